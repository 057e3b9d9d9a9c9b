import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const freshness: Texts['freshness'] = {
  title: 'Aktualitet',
  lead: 'Hur aktuella uppgifterna om åtgärderna är och vem som ännu ska bekräfta sina. Med är de åtgärder som varken är pausade eller avslutade. Sidan visar parter, enheter och befattningar, inte personer.',
  loading: 'Aktualiteten hämtas…',
  by: 'Visa',
  groupings: { party: 'Enligt part', unit: 'Enligt enhet', post: 'Enligt befattning' },
  names: { party: 'Part', unit: 'Enhet', post: 'Huvudansvarig befattning' },
  party: 'Part',
  unit: 'Enhet',
  all: 'Alla',
  nobody: 'Ingen huvudansvarig',
  running: 'Åtgärder',
  inTarget: 'Bekräftade i tid',
  inLimit: 'Väntar på bekräftelse',
  stale: 'Föråldrade',
  oldest: 'Äldsta bekräftelsen',
  never: 'Inte bekräftad',
  ago: (days) =>
    days === 0 ? 'i dag' : days === 1 ? 'för 1 dag sedan' : `för ${days} dagar sedan`,
  show: (who, what, count) => `${who}, ${what.toLowerCase()}: ${num(count)}`,
  count: (rows) => (rows === 1 ? '1 rad' : `${rows} rader`),
  none: 'Det finns inga åtgärder att bekräfta',
  noneText: 'Med den här avgränsningen behöver inget bekräftas.',
  sum: (running, inLimit, stale) =>
    `Läget bekräftas för ${running === 1 ? '1 åtgärd' : `${running} åtgärder`}: ${
      stale === 0
        ? 'ingen har föråldrade uppgifter'
        : stale === 1
          ? '1 har föråldrade uppgifter'
          : `${stale} har föråldrade uppgifter`
    } och ${
      inLimit === 0
        ? 'ingen väntar på bekräftelse'
        : inLimit === 1
          ? '1 väntar på bekräftelse'
          : `${inLimit} väntar på bekräftelse`
    }.`,
  below:
    'I en enhets siffror ingår enheterna under den, så raderna kan inte räknas ihop med varandra.',
  how: 'Så räknas aktualiteten',
  rhythm: {
    label: 'Hur ofta läget bekräftas',
    ofPlan: 'Enligt planen',
    ofAction: 'egen rytm',
    planHint:
      'Gäller de av planens åtgärder som inte har en egen rytm. Om en åtgärd hör till mål i flera planer avgör den strängaste. Åtgärderna bedöms genast enligt den nya rytmen.',
    actionHint:
      'Planens rytm, om inget annat väljs här. När rytmen ändras till en glesare krävs en motivering.',
    presets: {
      monthly: 'Varje månad',
      quarterly: 'Varje kvartal',
      half_yearly: 'Varje halvår',
      own: 'Annat intervall',
    },
    option: (name, target, limit) => `${name} (mål ${target} d, gräns ${limit} d)`,
    days: (target, limit) => `mål ${target} d, gräns ${limit} d`,
    target: 'Mål, dagar',
    targetHint: 'Efter så många dagar borde läget bekräftas på nytt.',
    limit: 'Gräns, dagar',
    limitHint: 'En äldre uppgift märks som föråldrad. Högst 366.',
  },
  levels: {
    in_target: 'Bekräftad i tid',
    in_limit: 'Väntar på bekräftelse',
    stale: 'Bekräftelsen är föråldrad',
  },
};
