import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import type { RoundTally } from '../fi/rounds';

const n = (value: number) => formatNumber(value, 'en');

const leadOf: Texts['rounds']['leadOf'] = ({ reported, late, missing, waiting }: RoundTally) => {
  const all = reported + late + missing + waiting;
  if (all === 0) return ['The round asks for no reports.'];
  if (all === 1) {
    if (reported === 1) return ['The only report asked for ', ['given', 'has been given'], '.'];
    if (late === 1) return ['The only report asked for ', ['late', 'has been given late'], '.'];
    return missing === 1
      ? ['The only report asked for ', ['missing', 'is missing'], ' after the last day.']
      : ['The only report asked for ', ['waiting', 'can still come'], ' in time.'];
  }
  return [
    `Of the ${n(all)}\u00a0reports asked for, `,
    ['given', `${n(reported + late)}\u00a0${reported + late === 1 ? 'has' : 'have'} been given`],
    ...(late === 0 ? [] : [', ', ['late', `${n(late)}\u00a0of them late`] as const]),
    ...(missing === 0
      ? ['. None is missing']
      : [
          '. ',
          ['missing', `${n(missing)}\u00a0${missing === 1 ? 'is' : 'are'} missing`] as const,
          ' after the last day',
        ]),
    ...(waiting === 0
      ? ['.']
      : [' and ', ['waiting', `${n(waiting)}\u00a0can still come`] as const, ' in time.']),
  ];
};

export const rounds: Texts['rounds'] = {
  title: 'Reporting rounds',
  lead: 'In a round both parties report on how the plan has been carried out: first on the actions, then on the goals and at the end on the plan. When both have completed their reporting, the situation is frozen.',
  loading: 'Fetching reporting rounds…',
  none: 'There are no reporting rounds.',
  noneText: 'A coordinator opens a round for a plan and a reporting period.',
  openNow: (round) => `${round} is open.`,
  noneOpen: 'No round is open.',
  list: 'Rounds, the newest period first',
  round: 'Round',
  period: 'Reporting period',
  state: 'Stage',
  lastDay: 'Last day of the plan',
  sides: 'Reporting of the parties',
  states: { open: 'Open', completed: 'Completed', cancelled: 'Cancelled' },
  kinds: { annual: 'Annual report', interim: 'Interim report' },
  compare: 'Compare rounds',
  planRounds: 'Reporting rounds',
  open: 'Open a round',
  opened: 'The round has been opened.',
  form: {
    plan: 'Plan',
    choosePlan: 'Choose a plan',
    kind: 'Kind',
    name: 'Name',
    key: 'Identifier',
    keyHint: 'Shown in the address. Small letters a–z, digits and hyphens; a letter first.',
    periodFrom: 'The period begins',
    periodTo: 'The period ends',
    opensOn: 'From which day on what is recorded counts',
    opensOnHint: 'Left empty: from today.',
    dueOn: 'Last day of the plan’s report',
    dueOnHint: 'The very last day. If it is not a working day, it moves to the next working day.',
    goalDays: 'Goals: working days before the plan',
    actionDays: 'Actions: working days before the goals',
    reason: 'Why the last day moves',
    reasonHint: 'Kept in the log.',
  },
  preview: 'Last days before the round is opened',
  previewChange: 'New last days',
  previewLead: (days) =>
    days === 1
      ? 'There is 1 working day left to report on the actions.'
      : `There are ${n(days)} working days left to report on the actions.`,
  previewMissing: 'The last days are shown here once the plan and the days have been given.',
  asks: (count) => (count === 1 ? 'Asks for 1 report' : `Asks for ${n(count)} reports`),
  holidays: (days) => `Besides weekends, these days were skipped: ${days}.`,
  levels: {
    action: { one: 'Action', many: 'Actions' },
    goal: { one: 'Goal', many: 'Goals' },
    plan: { one: 'Plan', many: 'Plan' },
  },
  leadOf,
  cancelledLead: (day, reason) => `The round was cancelled on ${day}: ${reason}`,
  completedLead: (day) =>
    `Both parties have completed their reporting, and the situation was frozen on ${day}.`,
  about: (kind, from, to) => `${kind} for ${from}–${to}`,
  counted: (day) => `What has been recorded since ${day} counts.`,
  due: 'Last days',
  level: 'Level',
  dueOn: 'Last day',
  before: 'Before the level above',
  workingDays: (days) => (days === 1 ? '1 working day' : `${n(days)} working days`),
  passed: 'passed',
  figures: 'Reporting by level and party',
  ofAsked: (given, asked) => `${n(given)}/${n(asked)}`,
  nothingAsked: 'not asked',
  lateOf: (count) => `${n(count)} late`,
  missingOf: (count) => `${n(count)} missing`,
  waitingOf: (count) => `${n(count)} awaited`,
  of: (level, party) => `${level}, ${party}: `,
  givenOf: (level, party) => `${level}, ${party}, reports given/asked for: `,
  givenSpoken: (given, asked) => `${n(given)} given, ${n(asked)} asked for`,
  side: {
    title: 'Reporting of the parties',
    done: (day) => `Completed on ${day}`,
    notYet: 'Not completed yet',
    complete: (party) => `Complete the reporting of ${party}`,
    completeText:
      'After that the party no longer reports on the goals or the plan. When the other party too has completed its reporting, the situation is frozen.',
    note: 'Why not everything has been reported',
    noteHint: 'Needed if reports are missing. Everybody can read this.',
    confirm: 'Complete the reporting',
    completed: 'The reporting of the party has been completed.',
    frozen: 'Both parties are done. The situation has been frozen.',
    reopen: 'Take it back',
    reopenReason: 'Why the completion is taken back',
    reopened: 'The completion has been taken back.',
  },
  edit: 'Move last days',
  editTitle: (round) => `Edit the round ${round}`,
  editHint: 'Last days can only be moved later, and a move needs a reason.',
  saved: 'The round has been saved.',
  cancel: 'Cancel the round',
  cancelText: 'Nothing is frozen for a cancelled round. What has been recorded stays.',
  cancelReason: 'Why the round is cancelled',
  cancelReasonHint: 'Everybody can read this.',
  cancelled: 'The round has been cancelled.',
  snapshot: {
    title: 'Frozen snapshot',
    text: 'The snapshot holds everything that was asked for in the round and each party’s last report on each item. It can be neither changed nor deleted.',
    audience: {
      public: 'The public version: internal items and accounts that are not public are left out.',
      staff: 'The internal version, with internal items and accounts.',
    },
    frozenAt: 'Frozen',
    hash: 'SHA-256 hash',
    size: 'Size',
    bytes: (count) => `${n(count)} bytes`,
    json: 'Download the snapshot (JSON)',
    csv: 'Download the table (CSV)',
    publicJson: 'Download the public version (JSON)',
    verify: 'Verify the hash',
    verifying: 'Computing the hash…',
    matches: 'The hash of the downloaded file is the one noted when it was frozen.',
    differs: (hash) => `The hash of the downloaded file is another one: ${hash}.`,
    broken: 'The snapshot kept on the server does not match the hash that was noted.',
  },
  rows: 'Who has reported and who has not',
  found: (count) => (count === 1 ? '1 report' : `${n(count)} reports`),
  noRows: 'No reports match the filters.',
  party: 'Party',
  all: 'All',
  thing: 'Item',
  who: 'Who reports',
  coordinator: 'Coordinator',
  nobody: 'No responsible post has been named',
  stands: 'Reporting',
  said: 'What was reported',
  do: 'Report',
  standings: {
    reported: 'Reported',
    late: 'Reported late',
    missing: 'Missing',
    waiting: 'Awaited',
  },
  overdue: (days) => (days === 1 ? '1 day over' : `${n(days)} days over`),
  assessments: {
    reached: 'Reached',
    on_course: 'On course',
    partly: 'Partly on course',
    off_course: 'Off course',
  },
  report: {
    one: (thing) => `Report: ${thing}`,
    again: 'Add to it',
    update: 'Update status',
    updateOf: (no) => `Update the status of action ${no}`,
    assessment: 'Assessment',
    text: 'Account',
    textHint: 'What has been achieved in the period and what has been left undone.',
    isPublic: 'The account is public',
    save: 'Give the report',
    saved: 'The report has been given.',
    savedLate: 'The report has been given. It is marked as late.',
    late: (day) => `The last day was ${day}. The report is marked as late.`,
    choose: 'Choose an assessment.',
  },
  comparison: {
    title: 'Comparison of rounds',
    lead: (first, last, past) =>
      `The rounds ${first} and ${last} side by side. Completed rounds are shown as they were frozen, an open round as it ${past ? 'stood on the chosen day' : 'stands now'}.`,
    choose: 'Choose at least two rounds.',
    few: 'It takes at least two rounds to compare.',
    nth: (place) => `Round ${place}`,
    noRound: 'No round',
    figures: 'Reporting by round',
    given: (given, asked, late) =>
      `${n(given)}/${n(asked)}${late === 0 ? '' : `, ${n(late)} late`}`,
    rows: 'The plan, the goals and the actions',
    count: (count) => (count === 1 ? '1 item' : `${n(count)} items`),
    notAsked: 'not in the round',
    thing: 'Item',
    asNow: 'as it stands now',
    asOn: (day) => `as it stood on ${day}`,
    frozen: (day) => `frozen on ${day}`,
  },
};
