import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const goals: Texts['goals'] = {
  title: 'Goals',
  lead: (goals, actions, late) =>
    `${goals === 1 ? 'One goal' : `${num(goals)} goals`}, furthered by ${
      actions === 1 ? 'one action' : `${num(actions)} actions`
    }. ${late === 0 ? 'No action is late.' : late === 1 ? 'One action is late.' : `${num(late)} actions are late.`}`,
  leadGoals: (goals) => (goals === 1 ? 'One goal.' : `${num(goals)} goals.`),
  count: (n) => (n === 1 ? '1 goal' : `${num(n)} goals`),
  create: 'New goal',
  planPage: 'Plan and annual cycle',
  edit: 'Edit the goal',
  editLabel: (no) => `Edit goal ${no}`,
  saved: (no) => `Goal ${no} has been saved.`,
  loading: 'Fetching goals…',
  loadingOne: 'Fetching the goal…',
  goalNo: (no) => `Goal ${no}`,
  theme: 'Theme',
  allThemes: 'All themes',
  group: 'Target group',
  groups: 'Target groups',
  allGroups: 'All target groups',
  plan: 'Plan',
  allPlans: 'All plans',
  titleField: 'Goal',
  description: 'Description',
  level: {
    field: 'Level',
    shared: 'Shared goal',
    of: (party) => `Goal of a party: ${party}`,
    above: 'The shared goal above it',
    chooseAbove: 'Choose a shared goal',
    mark: 'under the shared goal',
    partyGoals: 'Goals of the parties',
    partyGoalsText:
      'Each party answers for its own goal. The actions for them serve this shared goal too and are shown below.',
    filter: 'Level',
    all: 'All',
    onlyShared: 'Shared goals only',
    under: (no) => `Under goal ${no}`,
  },
  ended: 'Ended',
  notEnded: 'Only current ones',
  endedChoices: { true: 'Only ended ones', all: 'All' },
  ending: {
    legend: 'Ending the goal',
    field: 'Whether the goal stands',
    none: 'is current',
    kinds: {
      cancelled: 'is cancelled',
      merged: 'is merged into another',
      superseded: 'is superseded by another',
    },
    goal: 'In which goal does the work go on?',
    reason: 'Why does the goal end?',
    backReason: 'Why is the ending taken back?',
    running: (count) =>
      count === 1
        ? 'One action for the goal is not finished. It stays under this goal and goes on unless it is moved or ended itself:'
        : `${num(count)} actions for the goal are not finished. They stay under this goal and go on unless they are moved or ended themselves:`,
    ended: {
      cancelled: (day) => `The goal was cancelled on ${day}.`,
      merged: (day) => `The goal was merged into another on ${day}. The work goes on here:`,
      superseded: (day) => `The goal was superseded by another on ${day}. The work goes on here:`,
    },
    actionsStay:
      'The actions stay under this goal. Those that are not finished go on unless they are moved or ended themselves.',
    from: 'Goes on in this goal:',
  },
  acceptance: 'Acceptance',
  acceptances: {
    accepted: 'Accepted',
    open: 'Waiting for acceptance',
    none: 'Without responsibilities',
  },
  whoAnswers: 'Who is responsible',
  actions: 'Actions',
  action: 'Action',
  actionCount: (n) => (n === 1 ? '1 action' : `${num(n)} actions`),
  noActions: 'The goal has no actions.',
  leads: 'Lead',
  due: 'Due',
  condition: 'Condition',
  forums: 'Forums',
};
