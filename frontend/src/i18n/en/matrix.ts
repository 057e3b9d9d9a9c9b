import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'en');

const n = (value: number) => formatNumber(value, 'en');
const count = (value: number, one: string, many: string) =>
  `${n(value)}\u00a0${value === 1 ? one : many}`;

export const matrix: Texts['matrix'] = {
  title: pages.matrix,
  loading: 'Fetching responsibilities…',
  lead: 'Who answers for what, and whether it has been agreed. A shared responsibility is in force only when both parties have accepted the same wording.',
  inForce: (inForce, all) =>
    all === 0
      ? ['', '', 'No responsibilities have been recorded yet.']
      : [
          'Now ',
          inForce === all
            ? `all ${count(all, 'responsibility', 'responsibilities')}`
            : `${n(inForce)} of ${count(all, 'responsibility', 'responsibilities')}`,
          inForce === 1 ? ' is in force.' : ' are in force.',
        ],
  waiting: {
    title: (waiting) => `Waiting for acceptance: ${n(waiting)}`,
    all: 'Show the responsibilities that wait',
    failed: 'The numbers of responsibilities could not be fetched',
    how: 'How acceptance proceeds',
    goal: (no) => `Goal\u00a0${no}`,
    action: (no) => `Action\u00a0${no}`,
    stage: (title) => `Stage ${title}`,
    forum: (title) => `Forum: ${title}`,
    chain: (title) => `Service chain: ${title}`,
    handovers: (n) => (n === 1 ? '1 hand-over' : `${num(n)} hand-overs`),
    waited: 'Has waited',
    days: (days) => count(days, 'day', 'days'),
    changed: 'Proposed change:',
  },
  filters: {
    rows: 'Rows',
    theme: 'Goals by theme',
    chain: 'By service chain',
    party: 'Party',
    allParties: 'All',
    part: 'Part',
    allParts: 'All',
    acceptance: 'Acceptance',
    allAcceptances: 'All',
    waiting: 'Waiting for acceptance',
    in_force: 'In force',
    condition: 'Condition of the action',
    allConditions: 'All',
    ofChain: 'Service chain',
    allChains: 'All',
    post: 'Post',
    tag: (name, value) => `${name}: ${value}`,
  },
  result: (rows, byChain, posts) =>
    `${byChain ? count(rows, 'row', 'rows') : count(rows, 'goal', 'goals')}, ${count(posts, 'post', 'posts')}`,
  legend: 'Marks',
  legendWaiting: 'Waiting for acceptance',
  none: 'No responsibilities have been recorded yet',
  more: 'The table holds the first 400 rows. Narrow the filters to see the rest.',
  grid: 'Matrix of responsibilities',
  nameColumn: 'Goal or action',
  nameColumnChain: 'Stage, hand-over or goal',
  acceptanceColumn: 'Acceptance',
  others: 'Others',
  showActions: (title) => `Show the actions: ${title}`,
  hideActions: (title) => `Hide the actions: ${title}`,
  showGroup: (title) => `Open the group ${title}`,
  hideGroup: (title) => `Close the group ${title}`,
  stage: (no) => `Stage ${no}`,
  goal: 'Goal',
  handover: 'Hand-over',
  noPart: 'No part',
  leads: 'Leads in the goals',
  shared: 'Shared in the goals',
  nobody: 'Nobody is recorded as responsible.',
  actions: (actions, more) =>
    more ? `more than ${n(actions)} actions` : count(actions, 'action', 'actions'),
  noActions: 'No actions',
  loadingActions: 'Fetching actions…',
  actionsFailed: 'The actions could not be fetched.',
  someActions: (shown, more, all) =>
    `${n(shown)} shown of ${more ? `more than ${n(all)}` : n(all)} actions.`,
  allActions: 'All actions',
  panel: {
    title: 'Chosen cell',
    choose: 'Choose a cell to see the wording of the responsibility and its acceptances.',
    empty: 'This post has no part in it.',
    row: {
      goal: (no) => `Goal ${no}`,
      action: (no) => `Action ${no}`,
      stage: (no) => `Stage ${no}`,
      handover: () => 'Hand-over',
    },
    loading: 'Fetching the wording…',
    noWording: 'No wording has been recorded.',
    change: 'Proposed change',
    withdrawn: 'The responsibility ends',
    from: (day) => `Valid from ${day}`,
    fromTo: (from, to) => `Valid from ${from} to ${to}`,
    accepted: (party, day) => `${party} accepted ${day}`,
    declined: (party, day) => `${party} declined ${day}`,
    open: (party, days) => `${party} open for ${count(days, 'day', 'days')}`,
    reason: (reason) => `‘${reason}’`,
    goTo: {
      goal: 'To the goal’s page',
      action: 'To the action’s page',
      chain: 'To the chain’s page',
    },
    close: 'Close',
  },
  keys: 'Keyboard: the arrows move from cell to cell, Home and End to the beginning and end of the row. Enter opens the wording and the acceptances, Esc returns to the table. On the name of a row, Enter opens its page and the space bar shows its actions.',
  asList: 'The same as a list',
  asGrid: 'The same as a table',
  listTitle: 'Responsibilities by goal',
  listTitleChain: 'Responsibilities by service chain',
  balance: {
    title: 'Balance of responsibilities',
    loading: 'Counting responsibilities…',
    bar: 'Lead and shared parts in goals, actions, stages and hand-overs.',
    ago: (day, figures) =>
      figures.every((figure) => figure === 0)
        ? `None had been recorded by ${day}.`
        : `On ${day} they were ${figures.map(n).join(' and ')}.`,
    by: 'Broken down',
    bys: { party: 'By party', theme: 'By theme', chain: 'By service chain' },
    groups: { theme: 'Theme', chain: 'Service chain' },
    party: 'Party',
    caption: (by) => `Responsibilities and their state: ${by}`,
    columns: {
      leads: 'Leads',
      shared: 'Shared',
      unaccepted: 'Waiting for acceptance',
      overdue: 'Actions late',
      stale: 'Own word out of date',
    },
    change: 'Change over a year',
    measure: 'Figure',
    measures: {
      parts: 'Lead and shared parts',
      unaccepted: 'Waiting for acceptance',
      overdue: 'Actions late',
      stale: 'Own word out of date',
    },
    asTable: 'The same as a table',
    day: 'Day',
  },
};
