import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const reservations: Texts['reservations'] = {
  title: 'Reservations',
  none: 'There are no reservations.',
  make: 'Register a reservation',
  aboutWhat: 'What it is about',
  about: {
    goal: 'The goal',
    action: 'The joint status of the action',
    responsibility: 'The responsibility of',
  },
  text: "Your party's position",
  textHint:
    'Write in at least one language. It cannot be changed afterwards, but it can be withdrawn.',
  made: 'The reservation was registered.',
  withdraw: 'Withdraw',
  withdrawOf: (date) => `Withdraw the reservation of ${date}`,
  withdrawn: (date) => `withdrawn ${date}`,
  withdrawnNow: 'The reservation was withdrawn.',
  because: 'Reason for withdrawal:',
  reason: 'Why it is withdrawn',
  reasonHint: 'The reservation and the reason stay readable.',
  count: (count) => (count === 1 ? '1 reservation' : `${num(count)} reservations`),
};
