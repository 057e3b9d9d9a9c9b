import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const ordinals = ['first', 'second', 'third', 'fourth'];
const rows = { item: 'standing item', heading: 'heading' };
const weeks = (week: number) => (week === -1 ? 'last' : (ordinals[week - 1] ?? String(week)));

export const forumYear: Texts['forumYear'] = {
  title: 'The year’s meetings',
  lead: 'The template makes the year’s meetings as drafts. Moving one leaves the others.',
  link: 'Plan the year',
  secretaryOnly: 'The forum’s secretary plans the year’s meetings.',
  loading: 'Fetching the template…',
  template: 'Meeting template',
  newTemplate: 'New meeting template',
  editTemplate: 'Edit the template',
  templateSaved: 'The template was saved. Meetings already made did not change.',
  when: 'Meeting days',
  rule: ({ frequency, weekday, week = 1, every = 1, months }) => {
    const day = weekdays[weekday - 1] ?? '';
    const rhythm =
      frequency === 'monthly'
        ? `The ${weeks(week)} ${day} of the month`
        : every === 1
          ? `Every ${day}`
          : `${day} every ${every} weeks`;
    return months.length === 12
      ? rhythm
      : `${rhythm}: ${months.map((month) => monthNames[month - 1] ?? '').join(', ')}`;
  },
  clock: 'Time',
  clockOf: (clock, minutes) => `at ${clock}, ${minutes} min`,
  place: 'Place',
  items: 'Standing items',
  noItems: 'No standing items',
  minutes: (count) => `${num(count)} min`,
  total: (reserved, duration) =>
    reserved > duration
      ? `The items take ${reserved} min, ${reserved - duration} min more than the meeting lasts.`
      : `The items take ${reserved} min of the meeting’s ${duration} minutes.`,
  frequency: 'Recurrence',
  frequencies: { monthly: 'Monthly', weekly: 'Weekly' },
  week: 'Week of the month',
  weeks,
  every: 'Weeks between',
  everyWeeks: (count) => (count === 1 ? 'every week' : `every ${num(count)} weeks`),
  weekday: 'Weekday',
  weekdays,
  months: 'Months in which the forum meets',
  monthNames,
  duration: 'Duration in minutes',
  meetingTitle: 'Title of the meeting',
  meetingTitleHint: 'May stay empty. {number} and {year} become the meeting’s number and year.',
  rowNo: (no, kind) => `${{ item: 'Standing item', heading: 'Heading' }[kind]} ${no}`,
  itemMinutes: 'Time reserved, min',
  presenter: 'Presenter',
  up: 'Up',
  down: 'Down',
  moveUp: (no, kind) => `Move ${rows[kind]} ${no} up`,
  moveDown: (no, kind) => `Move ${rows[kind]} ${no} down`,
  remove: 'Remove',
  removeRow: (no, kind) => `Remove ${rows[kind]} ${no}`,
  addItem: 'Add a standing item',
  addHeading: 'Add a heading',
  preview: 'Preview of the year’s meetings',
  previewNote: 'Nothing is made until you confirm.',
  previewCaption: (year) => `Meeting days of ${year}`,
  year: 'Year',
  make: 'Make',
  makeOn: (date) => `Make the meeting on ${date}`,
  day: 'Day',
  meeting: 'Meeting',
  note: 'Note',
  noDays: 'The template gives no days in this year.',
  weekend: 'weekend',
  moved: (from, why) => `Moves from ${from}: ${why}.`,
  movedTo: (date) => `The meeting was made and moved: ${date}.`,
  alreadyMade: 'The meeting has been made.',
  cancelled: 'The meeting was made and cancelled.',
  past: 'The day is over.',
  near: (no, date) => `Meeting ${no} is close to it, ${date}.`,
  notMade: 'The meetings were not made',
  made: (count) =>
    count === 1
      ? 'One meeting was made as a draft.'
      : `${num(count)} meetings were made as drafts.`,
  makeDrafts: (count) => (count === 1 ? 'Make 1 draft' : `Make ${num(count)} drafts`),
  allMade: 'All coming days have been made.',
  draftsNote: 'Drafts are seen by the secretary, the coordinators and the auditors.',
  cycle: 'Annual cycle',
  editCycle: 'Edit the annual cycle',
  editDone: 'Stop editing',
  noEvents: 'No events of the plan’s annual cycle are tied to this forum.',
  unplaced: 'Not in any meeting yet',
  unplacedChoice: 'Not yet',
  meetingCancelled: 'The meeting is cancelled:',
  placeIn: 'Handled in the meeting',
  placed: 'Saved.',
  notSaved: 'It was not saved',
  release: 'Release from the forum',
  releaseOf: (title) => `Release from the forum: ${title}`,
  released: 'The event was released from the forum.',
  assign: 'Tie an event of the annual cycle to this forum',
  chooseEvent: 'Choose an event',
  assigned: 'The event was tied to the forum.',
  noFreeEvents: 'Every event of the annual cycle has a forum.',
  topics: 'Proposed topics',
  loadingTopics: 'Fetching topics…',
  noTopics: 'No topic waits to be handled.',
  propose: 'Propose a topic',
  sendProposal: 'Propose',
  proposed: 'The topic was proposed to the forum.',
  topicSaved: 'The topic was saved.',
  editThis: 'Edit the topic',
  edit: 'Edit',
  editTopic: (title) => `Edit the topic: ${title}`,
  withdraw: 'Withdraw',
  withdrawTopic: (title) => `Withdraw: ${title}`,
  withdrawn: 'The topic was withdrawn.',
  decline: 'Decline',
  declineTopic: (title) => `Decline: ${title}`,
  declined: 'The topic was declined.',
  reason: 'Reason',
  hideSettled: 'Hide what is settled',
  showSettled: (count) => `Show what is settled (${num(count)})`,
  topicStates: {
    open: 'Open',
    drawn: 'Taken to meeting',
    declined: 'Declined',
    withdrawn: 'Withdrawn',
  },
  about: { goal: 'Goal', action: 'Action', handover: 'Hand-over' },
  caseOf: 'Case',
  wantedBy: (date) => `Wanted by ${date}`,
  topicTitle: 'Topic',
  why: 'Why it should be handled',
  aboutKind: 'What it concerns',
  aboutWhich: {
    goal: 'Goal that it concerns',
    action: 'Action that it concerns',
    handover: 'Hand-over that it concerns',
  },
  none: 'None',
  wantedOn: 'To be handled by',
  caseParty: 'Party of the case',
  caseNo: 'Number of the case',
  offers: {
    title: 'Offered to the agenda',
    none: 'Nothing waits to be handled.',
    kinds: {
      topic: 'Proposed topics',
      action: 'Open actions',
      deferred: 'Deferred items',
      referral: 'Matters referred to the forum',
      returned: 'Matters returned by another forum',
      sent: 'Matters referred to other forums, waiting for an answer',
    },
    does: {
      topic: '',
      action: '',
      deferred:
        'The item comes with its sub-items and attachments and continues its earlier handling.',
      referral: 'By taking the matter up the forum answers the sender that it accepts it.',
      returned: 'The item comes with its attachments and continues its earlier handling.',
      sent: 'A new item is made. The answer is still waited for.',
    },
    forum: {
      referral: (name) => `from ${name}`,
      sent: (name) => `answer expected from ${name}`,
    },
    answerBy: (date) => `answer due ${date}`,
    from: (no) => `from meeting ${no}`,
    due: (date) => `due ${date}`,
    wantedBy: (date) => `wanted by ${date}`,
    take: (count) =>
      count > 1 ? `Take ${num(count)} items onto the agenda` : 'Take onto the agenda',
    taken: (count) =>
      count === 1
        ? 'The item was taken onto the agenda.'
        : `${num(count)} items were taken onto the agenda.`,
    notTaken: 'The items were not taken onto the agenda',
  },
};
