import type { Texts } from '../fi';

export const goals: Texts['goals'] = {
  title: 'Goals',
  lead: (goals, actions, late) =>
    `${goals === 1 ? 'One shared goal' : `${goals} shared goals`}, furthered by ${
      actions === 1 ? 'one action' : `${actions} actions`
    }. ${late === 0 ? 'No action is late.' : late === 1 ? 'One action is late.' : `${late} actions are late.`}`,
  count: (n) => (n === 1 ? '1 goal' : `${n} goals`),
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
  acceptance: 'Acceptance',
  acceptances: {
    accepted: 'Accepted',
    open: 'Waiting for acceptance',
    none: 'Without responsibilities',
  },
  whoAnswers: 'Who is responsible',
  actions: 'Actions',
  action: 'Action',
  actionCount: (n) => (n === 1 ? '1 action' : `${n} actions`),
  noActions: 'The goal has no actions.',
  leads: 'Lead',
  due: 'Due',
  condition: 'Condition',
  forums: 'Forums',
};
