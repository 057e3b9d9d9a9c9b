import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const gaps: Texts['gaps'] = {
  title: 'Where does it break?',
  lead: (n, untreated) =>
    n === 0
      ? 'No hand-over has a gap, and all are accepted and reviewed in time.'
      : `${n === 1 ? 'One hand-over needs' : `${num(n)} hand-overs need`} attention. ${
          untreated === 0
            ? 'An action treats each of them.'
            : untreated === 1
              ? 'One is treated by no action.'
              : `${untreated} are treated by no action.`
        }`,
  loading: 'Fetching hand-overs…',
  caption: 'Hand-overs at which a chain breaks, by reason',
  count: (n) => (n === 1 ? '1 hand-over' : `${num(n)} hand-overs`),
  chain: 'Service chain',
  handover: 'Hand-over',
  reason: 'Reason',
  reasons: {
    gap: 'Gap',
    unaccepted: 'Not accepted',
    no_receiver: 'No receiver',
    review_overdue: 'Review overdue',
    no_review: 'No review agreed',
    no_action: 'No action',
  },
  alsoReasons: (names) => `Also: ${names}`,
  returned: (days) =>
    days === 0 ? 'Returned today.' : `Returned ${days} ${days === 1 ? 'day' : 'days'} ago.`,
  party: 'Party',
  width: 'Width of the gap',
  treatment: 'Action that treats it',
  treated: { true: 'Treated by an action', false: 'No action' },
  any: 'All',
  untreated: 'No action',
  create: 'Create an action',
  createFor: (what) => `Create an action: ${what}`,
};
