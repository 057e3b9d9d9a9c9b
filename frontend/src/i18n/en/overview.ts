import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

const n = (value: number) => formatNumber(value, 'en');
const count = (value: number, one: string, many: string) =>
  `${n(value)}\u00a0${value === 1 ? one : many}`;

export const overview: Texts['overview'] = {
  title: 'Overview',
  loading: 'Fetching the overview…',
  lead: ({ goals, actions, late, done, due }) => [
    'Espoo and the wellbeing services county have ',
    ['goals', count(goals, 'goal', 'goals')],
    ' and ',
    ['actions', count(actions, 'action', 'actions')],
    '. ',
    ...(actions === 0
      ? []
      : [
          ...(late === 0
            ? ['No action is late']
            : ['Of the actions, ', ['late', count(late, 'is late', 'are late')] as const]),
          ...(done === 0 ? [] : [' and ', ['done', count(done, 'is done', 'are done')] as const]),
          '. ',
          ...(due === 0
            ? ['Nothing is due within the next 60\u00a0days.']
            : [
                'Within the next 60\u00a0days, ',
                ['due', count(due, 'action is due', 'actions are due')] as const,
                '.',
              ]),
        ]),
  ],
  leadEmpty: 'No shared goals or actions have been recorded yet.',
  leadNarrowed: 'There are no goals or actions with these filters.',
  acceptanceLead: ({ accepted, open }) => [
    ...(accepted === 0
      ? []
      : [
          ' Responsibilities for ',
          ['accepted', count(accepted, 'goal', 'goals')] as const,
          ' are accepted by the parties',
        ]),
    ...(open === 0
      ? []
      : accepted === 0
        ? [
            ' Responsibilities for ',
            ['open', count(open, 'goal', 'goals')] as const,
            ' are still open',
          ]
        : [', ', ['open', `those for ${n(open)}\u00a0are still open`] as const]),
    ...(accepted + open === 0 ? [] : ['.']),
  ],
  gapsLead: ({ handovers, major }) =>
    major === 0
      ? [' The hand-overs of the service chains have no major gaps.']
      : [
          ` The service chains have ${count(handovers, 'hand-over', 'hand-overs')}, with `,
          ['major', count(major, 'major gap', 'major gaps')],
          '.',
        ],
  narrow: 'Narrow by party, service chain, theme, target group, district or tag',
  notNarrowed:
    'The filters narrow goals, actions and hand-overs, not meetings and their decisions.',
  waiting: {
    title: 'Waiting for acceptance',
    responsibilities: (n) => (n === 1 ? '1 responsibility' : `${num(n)} responsibilities`),
    handovers: (n) => (n === 1 ? '1 hand-over' : `${num(n)} hand-overs`),
  },
  gaps: {
    title: 'Gaps in hand-overs',
    caption: 'Hand-overs of the service chains by the width of their gap',
    chain: 'Chain',
    major: 'Major',
    minor: 'Minor',
    none: 'No gap',
  },
  byCondition: 'On time? Actions by condition',
  byStatus: 'Actions by status:',
  byPhase: 'By phase:',
  noPhase: 'No phase',
  breakdown: 'Breakdown',
  breakdowns: { theme: 'By theme', chain: 'By service chain', party: 'By party' },
  noLead: 'without a lead',
  groups: {
    loading: 'Fetching the figures…',
    caption: {
      chain: 'Goals, actions and hand-overs by service chain',
      party: 'Goals, actions and hand-overs by party',
    },
    first: { chain: 'Service chain', party: 'Party' },
    none: { chain: 'In no service chain', party: 'Without a lead' },
    columns: {
      goals: 'Goals',
      goalsOpen: 'Goals not accepted',
      actions: 'Actions',
      major: 'Major gap',
      minor: 'Minor gap',
      handoversOpen: 'Hand-overs not accepted',
    },
    note: {
      chain: 'A goal may belong to several service chains and then counts in each of them.',
      party:
        'A goal counts for every party that has any part in it. An action counts for the party that leads it, a hand-over both for who gives and for who receives.',
    },
  },
  goals: {
    title: 'Who is responsible for what, and its condition',
    none: 'No goals have been recorded yet',
    noneText: 'Once goals are recorded for the plan, they are shown here by theme.',
  },
  changes: {
    title: 'What has changed',
    pageTitle: 'Changes',
    all: 'All changes',
    loading: 'Fetching the changes…',
    sinceMeeting: 'Since the last meeting of the steering group:',
    since: (day) => `Since ${day}`,
    sinceSteering: 'Compare with the meeting of the steering group',
    sinceVisit: (day) => `Since your last visit (${day})`,
    compare: 'Compare with the day',
    show: 'Compare',
    nothing: 'Nothing has changed.',
    lead: (since, day) =>
      `The state at the end of ${since} is compared with that of ${day}. What changed and changed back is not told.`,
    count: (changes) => count(changes, 'change', 'changes'),
    what: 'What',
    kind: 'Kind of change',
    detail: 'In detail',
    on: 'Day',
    noDue: 'no due date',
    noPhase: 'no phase',
    became: (was, now) => `${was} → ${now}`,
    kinds: {
      action_late: 'Became late',
      action_done: 'Done',
      action_dropped: 'Cancelled, merged or superseded',
      action_added: 'Added',
      action_due_moved: 'Due date changed',
      action_phase_moved: 'Phase of implementation changed',
      milestone_reached: 'Milestones reached',
      milestone_set: 'Milestones added or moved',
      milestone_removed: 'Milestones removed',
      needs_added: 'Now waits for another action',
      needs_removed: 'No longer waits for another action',
      action_confirmed: 'Out-of-date status confirmed',
      gap_widened: 'Gap widened',
      gap_narrowed: 'Gap narrowed or closed',
      accepted: 'Accepted responsibilities and hand-overs',
      declined: 'Declined responsibilities and hand-overs',
      decided: 'Decisions',
    },
    one: {
      action_late: 'Became late',
      action_done: 'Done',
      action_dropped: 'Cancelled, merged or superseded',
      action_added: 'Added',
      action_due_moved: 'Due date changed',
      action_phase_moved: 'Phase of implementation changed',
      milestone_reached: 'Milestone reached',
      milestone_set: 'Milestone added or moved',
      milestone_removed: 'Milestone removed',
      needs_added: 'Now waits for another action',
      needs_removed: 'No longer waits for another action',
      action_confirmed: 'Out-of-date status confirmed',
      gap_widened: 'Gap widened',
      gap_narrowed: 'Gap narrowed or closed',
      accepted: 'Accepted',
      declined: 'Declined',
      decided: 'Decided',
    },
    counted: {
      action_late: (n) => (n === 1 ? 'action became late' : 'actions became late'),
      action_done: (n) => (n === 1 ? 'action was done' : 'actions were done'),
      action_dropped: (n) =>
        n === 1
          ? 'action was cancelled, merged or superseded'
          : 'actions were cancelled, merged or superseded',
      action_added: (n) => (n === 1 ? 'action was added' : 'actions were added'),
      action_due_moved: (n) => (n === 1 ? 'due date changed' : 'due dates changed'),
      action_phase_moved: (n) =>
        n === 1 ? 'phase of implementation changed' : 'phases of implementation changed',
      milestone_reached: (n) => (n === 1 ? 'milestone was reached' : 'milestones were reached'),
      milestone_set: (n) =>
        n === 1 ? 'milestone was added or moved' : 'milestones were added or moved',
      milestone_removed: (n) => (n === 1 ? 'milestone was removed' : 'milestones were removed'),
      needs_added: (n) => (n === 1 ? 'dependency was added' : 'dependencies were added'),
      needs_removed: (n) => (n === 1 ? 'dependency was removed' : 'dependencies were removed'),
      action_confirmed: (n) =>
        n === 1 ? 'out-of-date status was confirmed' : 'out-of-date statuses were confirmed',
      gap_widened: (n) => (n === 1 ? 'gap widened' : 'gaps widened'),
      gap_narrowed: (n) => (n === 1 ? 'gap narrowed or closed' : 'gaps narrowed or closed'),
      accepted: (n) =>
        n === 1
          ? 'responsibility or hand-over was accepted'
          : 'responsibilities or hand-overs were accepted',
      declined: (n) =>
        n === 1
          ? 'responsibility or hand-over was declined'
          : 'responsibilities or hand-overs were declined',
      decided: (n) => (n === 1 ? 'decision' : 'decisions'),
    },
  },
  decisions: {
    title: 'Last decided',
    forums: 'Forums',
    none: 'No decisions of meetings have been recorded yet.',
    action: (no) => `Action\u00a0${no}`,
    item: (no) => `item\u00a0${no}`,
    without: (without, all) =>
      `${count(without, 'decision has', 'decisions have')} no follow-up (${n(all)} ${all === 1 ? 'decision' : 'decisions'} in all)`,
    listed: 'Open as a list',
    latestOf: (shown) => `The latest ${n(shown)} are shown here.`,
    allEnded: (all) =>
      all === 1
        ? 'The decision has a recorded follow-up: an action, or a reason why none is needed.'
        : `All ${n(all)} decisions have a recorded follow-up: an action, or a reason why none is needed.`,
  },
  next: {
    title: 'What comes next',
    allDue: (due) => (due === 1 ? 'The one due date' : `All ${n(due)}\u00a0due dates`),
    none: 'There are no due dates or meetings within the next 60 days.',
    due: (no) => `Due date of action\u00a0${no}`,
    meeting: (time) => `Meeting at ${time}`,
  },
  freshness: ({ total, inTarget, inLimit, stale }) => [
    'Freshness: of ',
    ['total', count(total, 'unfinished action', 'unfinished actions')],
    ', ',
    [
      'inTarget',
      count(
        inTarget,
        'has been confirmed within the target',
        'have been confirmed within the target',
      ),
    ],
    ', ',
    ['inLimit', `${n(inLimit)}\u00a0within the limit`],
    ' and ',
    ['stale', count(stale, 'is out of date', 'are out of date')],
    '.',
  ],
  freshnessNone: 'There are no unfinished actions.',
  how: 'How the figures are computed',
};
