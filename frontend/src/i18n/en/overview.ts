import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const n = (value: number) => formatNumber(value, 'en');
const count = (value: number, one: string, many: string) =>
  `${n(value)}\u00a0${value === 1 ? one : many}`;

export const overview: Texts['overview'] = {
  title: 'Overview',
  unaccepted: (goals) =>
    goals === 1
      ? 'Responsibilities of one goal wait for acceptance'
      : `Responsibilities of ${n(goals)} goals wait for acceptance`,
  loading: 'Fetching the overview…',
  lead: ({ goals, actions, late, done, due }) => [
    'Espoo and the wellbeing services county have ',
    ['goals', count(goals, 'shared goal', 'shared goals')],
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
  gapsLead: ({ handovers, major }) =>
    major === 0
      ? [' The hand-overs of the service chains have no major gaps.']
      : [
          ` The service chains have ${count(handovers, 'hand-over', 'hand-overs')}, with `,
          ['major', count(major, 'major gap', 'major gaps')],
          '.',
        ],
  narrow: 'Narrow by theme, target group, district or tag',
  notNarrowed:
    'The filters narrow goals, actions and hand-overs, not meetings and their decisions.',
  waiting: {
    title: 'Waiting for acceptance',
    responsibilities: (n) => (n === 1 ? '1 responsibility' : `${n} responsibilities`),
    handovers: (n) => (n === 1 ? '1 hand-over' : `${n} hand-overs`),
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
  goals: {
    title: 'Who is responsible for what, and its condition',
    none: 'No goals have been recorded yet',
    noneText: 'Once goals are recorded for the plan, they are shown here by theme.',
  },
  decisions: {
    title: 'Last decided',
    forums: 'Forums',
    none: 'No decisions of meetings have been recorded yet.',
    action: (no) => `Action\u00a0${no}`,
    item: (no) => `item\u00a0${no}`,
    without: (without, all) =>
      `${count(without, 'decision has', 'decisions have')} no follow-up (${n(all)} ${all === 1 ? 'decision' : 'decisions'} in all)`,
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
