import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const savedViews: Texts['savedViews'] = {
  title: 'Saved views',
  lead: 'A view remembers the filters, order and columns of a list. In it everybody sees only what they may see anyway.',
  all: 'All saved views',
  none: 'There are no saved views',
  how: 'Narrow the actions, the goals, the matrix of responsibilities or your own work and choose Save view.',
  name: 'Name',
  nameHint: 'Your own language is enough.',
  sharing: 'For whom',
  sharings: { own: 'Own', party: 'Party’s', everybody: 'Everybody’s' },
  sharedBy: {
    party: (party) => `${party}: for staff`,
    everybody: (party) => `${party}: for everybody, also the public`,
  },
  address: 'Permanent address',
  save: 'Save view',
  saved: 'The view was saved.',
  update: 'Save the changes to the view',
  updated: 'The view was updated.',
  notUpdated: 'The view could not be updated. Open it again.',
  change: 'Change',
  changeOne: (name) => `Change view ${name}`,
  withdraw: 'Remove',
  withdrawOne: (name) => `Remove view ${name}`,
  withdrawn: (name) => `View ${name} was removed.`,
  gone: 'There is no such view',
  goneWhy: 'It has been removed, or it is not shared with you.',
  more: (count) => `All ${num(count)} views`,
  find: 'Find by the name of the view',
  found: (count) => (count === 1 ? '1 view' : `${num(count)} views`),
};
