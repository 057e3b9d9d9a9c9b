import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const freshness: Texts['freshness'] = {
  title: 'Freshness',
  lead: 'How fresh the information on the actions is, and whose confirmation is missing. It covers actions that are neither paused nor over. The page shows parties, units and posts, not persons.',
  loading: 'Loading freshness…',
  by: 'Show',
  groupings: { party: 'By party', unit: 'By unit', post: 'By post' },
  names: { party: 'Party', unit: 'Unit', post: 'Lead post' },
  party: 'Party',
  unit: 'Unit',
  all: 'All',
  nobody: 'No lead',
  running: 'Actions',
  inTarget: 'Confirmed in time',
  inLimit: 'To be confirmed',
  stale: 'Out of date',
  oldest: 'Oldest confirmation',
  never: 'Not confirmed',
  ago: (days) => (days === 0 ? 'today' : days === 1 ? '1 day ago' : `${days} days ago`),
  show: (who, what, count) => `${who}, ${what.toLowerCase()}: ${num(count)}`,
  count: (rows) => (rows === 1 ? '1 row' : `${rows} rows`),
  none: 'There are no actions to confirm',
  noneText: 'With these filters nothing needs confirming.',
  sum: (running, inLimit, stale) =>
    `The status of ${running === 1 ? '1 action' : `${running} actions`} is to be confirmed: ${
      stale === 0
        ? 'none is out of date'
        : stale === 1
          ? '1 is out of date'
          : `${stale} are out of date`
    }, and ${
      inLimit === 0
        ? 'none waits for confirmation'
        : inLimit === 1
          ? '1 waits for confirmation'
          : `${inLimit} wait for confirmation`
    }.`,
  below: 'The figures of a unit include the units below it, so the rows cannot be added up.',
  how: 'How freshness is computed',
  rhythm: {
    label: 'How often the status is confirmed',
    ofPlan: 'As the plan says',
    ofAction: 'its own',
    planHint:
      'Applies to the plan’s actions that have no interval of their own. If an action serves goals of several plans, the strictest decides. Actions are judged by the new interval at once.',
    actionHint:
      'As the plan says, unless something else is chosen here. A change to less often needs a reason.',
    presets: {
      monthly: 'Monthly',
      quarterly: 'Quarterly',
      half_yearly: 'Every half year',
      own: 'Another interval',
    },
    option: (name, target, limit) => `${name} (target ${target} d, limit ${limit} d)`,
    days: (target, limit) => `target ${target} days, limit ${limit} days`,
    target: 'Target, days',
    targetHint: 'After so many days the status should be confirmed again.',
    limit: 'Limit, days',
    limitHint: 'Older information is marked out of date. At most 366.',
  },
  levels: {
    in_target: 'Confirmed in time',
    in_limit: 'To be confirmed',
    stale: 'Confirmation out of date',
  },
};
