import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

const ofActions = (count: number) => (count === 1 ? '1 action' : `${count} actions`);

export const timeline: Texts['timeline'] = {
  displays: 'Display',
  display: { table: 'List', timeline: 'Timeline', board: 'Board' },
  period: 'Period shown',
  earlier: (term) => `Previous term ${term}`,
  later: (term) => `Next term ${term}`,
  term: (term) => `Council term ${term}`,
  caption: 'Actions on a timeline',
  time: 'Time',
  legend: (day) =>
    `The vertical line is ${day}. Dashed end: the day is known only to the month, quarter or year. Open end: there is no start or no due date. Signs in the bar are milestones by their condition, triangles at the top are meetings.`,
  fromTo: (from, to) => `${from} – ${to}`,
  noStart: (to) => `no start given – ${to}`,
  noDue: (from) => `${from} – no due date`,
  noDates: 'Neither start nor due date is given',
  before: 'before the period shown',
  after: 'after the period shown',
  milestones: (count) => (count === 1 ? '1 milestone' : `${num(count)} milestones`),
  moreMilestones: (count) => `${num(count)} more on the page of the action`,
  meetings: (count) => (count === 1 ? '1 meeting' : `${num(count)} meetings`),
  moreMeetings: (shown, all) =>
    `The first ${num(shown)} of ${num(all)} are shown. Choose a year or a forum.`,
  on: (date, name) => `${date} ${name}`,
  goalLegend:
    'A goal has no dates of its own: its dark bar is the time of its actions in this list, the thin frame the period of its plan.',
  goalSpan: (span) => `The goal by its actions: ${span}`,
  undated: (starts, dues) =>
    starts === 0
      ? `No due date: ${ofActions(dues)}.`
      : dues === 0
        ? `No start: ${ofActions(starts)}.`
        : `No start: ${ofActions(starts)}. No due date: ${ofActions(dues)}.`,
  ofPlan: (from, to) => `The period of its plan is ${from} – ${to}.`,
};
