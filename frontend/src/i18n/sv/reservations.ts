import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const reservations: Texts['reservations'] = {
  title: 'Avvikande ståndpunkter',
  none: 'Det finns inga avvikande ståndpunkter.',
  make: 'Registrera en avvikande ståndpunkt',
  aboutWhat: 'Vad ståndpunkten gäller',
  about: {
    goal: 'Målet',
    action: 'Åtgärdens gemensamma status',
    responsibility: 'Ansvaret:',
  },
  text: 'Din parts ståndpunkt',
  textHint:
    'Skriv på åtminstone ett språk. Ståndpunkten kan inte ändras senare, men den kan återtas.',
  made: 'Den avvikande ståndpunkten registrerades.',
  withdraw: 'Återta ståndpunkten',
  withdrawOf: (date) => `Återta ståndpunkten som registrerades ${date}`,
  withdrawn: (date) => `återtagen ${date}`,
  withdrawnNow: 'Den avvikande ståndpunkten återtogs.',
  because: 'Orsak till återtagandet:',
  reason: 'Varför ståndpunkten återtas',
  reasonHint: 'Ståndpunkten och orsaken till återtagandet förblir läsbara.',
  count: (count) =>
    count === 1 ? '1 avvikande ståndpunkt' : `${num(count)} avvikande ståndpunkter`,
};
