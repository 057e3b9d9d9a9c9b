import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const forumLoops: Texts['forumLoops'] = {
  title: 'Open loops of the forums',
  lead: (count) =>
    count === 0
      ? 'Every decision has its ending, every referral its answer, and every deferred item has been taken up.'
      : `${count === 1 ? 'One matter waits' : `${num(count)} matters wait`} for an ending: a decision without one, a referral without an answer, or a deferred item that has not been taken up.`,
  count: (count) => (count === 1 ? '1 open loop' : `${num(count)} open loops`),
  loading: 'Fetching open loops…',
  none: 'There are no open loops.',
  what: 'Matter',
  kind: 'What is missing',
  kinds: {
    without_ending: 'Without an ending',
    deferred: 'Deferred, not taken up',
    referral: 'Referral without an answer',
  },
  forum: 'Forum',
  age: 'Age',
  olderThan: (days) => `at least ${days} d`,
  all: 'All open loops',
  overview: (count) =>
    count === 1 ? '1 open loop in the forums' : `${num(count)} open loops in the forums`,
  columns: {
    attendance: 'Attendance',
    decisions: (year) => `Decisions ${year ?? ''}`,
    open: 'Open',
    mandate: 'Mandate',
  },
  cancelled: (count) => `${num(count)} cancelled`,
  accepted: 'Accepted',
  notAccepted: 'Not accepted',
  acceptMandate: 'Accept the mandate',
  mandateAccepted: 'The mandate was accepted.',
  notSaved: 'The acceptance was not saved',
};
