import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const gaps: Texts['gaps'] = {
  title: 'Var brister kedjan?',
  lead: (n, untreated) =>
    n === 0
      ? 'Ingen övergång har en lucka, och alla är godkända och har setts över i tid.'
      : `${n === 1 ? 'En övergång kräver' : `${num(n)} övergångar kräver`} uppmärksamhet. ${
          untreated === 0
            ? 'Var och en behandlas i någon åtgärd.'
            : untreated === 1
              ? 'En behandlas inte i någon åtgärd.'
              : `${untreated} behandlas inte i någon åtgärd.`
        }`,
  loading: 'Hämtar övergångar…',
  caption: 'Övergångar där kedjan brister, enligt orsak',
  count: (n) => (n === 1 ? '1 övergång' : `${num(n)} övergångar`),
  chain: 'Servicekedja',
  handover: 'Övergång',
  reason: 'Orsak',
  reasons: {
    gap: 'Lucka',
    unaccepted: 'Inte godkänd',
    no_receiver: 'Ingen mottagare',
    review_overdue: 'Översynen försenad',
    no_review: 'Ingen översyn avtalad',
    no_action: 'Ingen åtgärd',
  },
  alsoReasons: (names) => `Dessutom: ${names}`,
  returned: (days) =>
    days === 0
      ? 'Återsändes i dag.'
      : `Återsändes för ${days} ${days === 1 ? 'dag' : 'dagar'} sedan.`,
  party: 'Part',
  width: 'Luckans storlek',
  treatment: 'Åtgärd som behandlar den',
  treated: { true: 'Behandlas i en åtgärd', false: 'Ingen åtgärd' },
  any: 'Alla',
  untreated: 'Ingen åtgärd',
  create: 'Skapa en åtgärd',
  createFor: (what) => `Skapa en åtgärd: ${what}`,
};
