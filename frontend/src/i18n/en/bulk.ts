import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

const actionCount = (count: number) => (count === 1 ? '1 action' : `${num(count)} actions`);

export const bulk: Texts['bulk'] = {
  region: 'Change several at once',
  column: 'Selection',
  one: (no) => `Select action ${no}`,
  all: (count) => `Select all shown (${num(count)})`,
  chosen: (count) => `${num(count)} selected`,
  most: (count) => `At most ${num(count)} actions can be changed at once.`,
  change: 'Change the selected',
  clear: 'Clear the selection',
  what: 'What changes',
  kinds: {
    status: 'Status',
    dates: 'Dates',
    posts: 'Responsible posts',
    tags: 'Tags',
  },
  modes: { keep: 'Not changed', set: 'Set', clear: 'Removed' },
  newDate: (what) => `New date: ${what}`,
  progressHint: 'Left empty, each keeps its own.',
  resultHint: 'Needed if one has no result yet. Replaces an earlier result.',
  lead: 'The lead passes to',
  add: 'A post that takes part',
  part: 'Its part',
  remove: 'A post that leaves',
  nobody: 'None',
  postsHint:
    'What concerns the other party is a proposal until that party accepts it. Until then what was accepted last stays in force.',
  noTags: 'There are no tags yet.',
  addTags: 'Added',
  removeTags: 'Removed',
  reasonHint:
    'Needed when an agreed due date moves or the status differs from what the dates say. Kept in the log of each action.',
  needsReason: 'The change needs a reason.',
  nothingSaid: 'Choose first what changes.',
  check: 'Preview',
  checkAgain: 'Preview again',
  checking: 'Checking…',
  notChecked: 'The change could not be checked',
  preview: 'Preview of the change',
  would: (changed, refused, same) =>
    `${actionCount(changed)} would change, ${refused} refused, ${same} as they are.`,
  groups: {
    refused: 'Cannot be changed so',
    changed: 'Changed',
    same: 'So already, left alone',
  },
  becomes: 'What changes',
  same: 'It is so already.',
  onlyReport: 'New status report',
  unseen: 'There is no such action',
  leaveOut: (count) => `Leave the refused out (${num(count)})`,
  make: (count) => `Change ${actionCount(count)}`,
  making: 'Changing…',
  done: (count) => (count === 1 ? '1 action was changed.' : `${num(count)} actions were changed.`),
  notMade: 'Nothing was changed',
  again: 'Preview again: something changed in between.',
  undone: (count) =>
    count === 1
      ? 'The report on one action was undone.'
      : `The reports on ${num(count)} actions were undone.`,
  notUndone: 'The reports could not be undone.',
  refusals: {
    unknown: 'There is no such action, or you cannot see it.',
    stale_version: 'Somebody has changed it since the list was fetched.',
    forbidden: 'You are not allowed to change it.',
    party_not_asked: 'Your party neither leads nor shares it. The other one tells its status.',
    parts_forbidden: 'Coordinators and managers of the unit change the responsible posts.',
    post_of_other_party: 'Only a coordinator changes the part of a post of the other party.',
  },
};
