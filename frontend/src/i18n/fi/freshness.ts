import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** How often a status is to be confirmed, and who has how much that is out of date. */
export const freshness = {
  title: 'Tuoreus',
  lead: 'Kuinka tuoreita tiedot toimenpiteistä ovat ja keneltä puuttuu vahvistus. Mukana ovat toimenpiteet, jotka eivät ole tauolla eivätkä päättyneet. Sivulla on osapuolia, yksiköitä ja tehtäviä, ei henkilöitä.',
  loading: 'Haetaan tuoreutta…',
  by: 'Näytä',
  groupings: { party: 'Osapuolittain', unit: 'Yksiköittäin', post: 'Tehtävittäin' },
  names: { party: 'Osapuoli', unit: 'Yksikkö', post: 'Päävastuussa oleva tehtävä' },
  party: 'Osapuoli',
  unit: 'Yksikkö',
  all: 'Kaikki',
  nobody: 'Ei päävastuuta',
  running: 'Toimenpiteitä',
  inTarget: 'Vahvistettu ajallaan',
  inLimit: 'Odottaa vahvistusta',
  stale: 'Vanhentunut',
  oldest: 'Vanhin vahvistus',
  never: 'Ei vahvistettu',
  ago: (days: number) => (days === 0 ? 'tänään' : days === 1 ? '1 pv sitten' : `${days} pv sitten`),
  show: (who: string, what: string, count: number) =>
    `${who}, ${what.toLowerCase()}: ${num(count)}`,
  count: (rows: number) => (rows === 1 ? '1 rivi' : `${rows} riviä`),
  none: 'Vahvistettavia toimenpiteitä ei ole',
  noneText: 'Tällä rajauksella mitään ei tarvitse vahvistaa.',
  sum: (running: number, inLimit: number, stale: number) =>
    `Toimenpiteitä, joiden tilanne vahvistetaan, on ${running}: ${
      stale === 0
        ? 'minkään tieto ei ole vanhentunut'
        : stale === 1
          ? 'yhden tieto on vanhentunut'
          : `${stale} toimenpiteen tieto on vanhentunut`
    }, ja ${
      inLimit === 0
        ? 'mikään ei odota vahvistusta'
        : inLimit === 1
          ? '1 odottaa vahvistusta'
          : `${inLimit} odottaa vahvistusta`
    }.`,
  below: 'Yksikön luvuissa ovat mukana sen alayksiköt, joten rivejä ei voi laskea yhteen.',
  how: 'Miten tuoreus lasketaan',
  rhythm: {
    label: 'Kuinka usein tilanne vahvistetaan',
    ofPlan: 'Suunnitelman mukaan',
    ofAction: 'oma rytmi',
    planHint:
      'Koskee suunnitelman toimenpiteitä, joilla ei ole omaa rytmiä. Jos toimenpide kuuluu usean suunnitelman tavoitteisiin, tiukin ratkaisee. Toimenpiteet merkitään heti uuden rytmin mukaan.',
    actionHint:
      'Suunnitelman rytmi, ellei tähän valita muuta. Kun rytmiä muutetaan harvemmaksi, kysytään perustelu.',
    presets: {
      monthly: 'Kuukausittain',
      quarterly: 'Neljännesvuosittain',
      half_yearly: 'Puolivuosittain',
      own: 'Muu väli',
    },
    option: (name: string, target: number, limit: number) =>
      `${name} (tavoite ${target} pv, raja ${limit} pv)`,
    days: (target: number, limit: number) => `tavoite ${target} pv, raja ${limit} pv`,
    target: 'Tavoite, päivää',
    targetHint: 'Näin monen päivän kuluttua tilanne pitäisi vahvistaa uudelleen.',
    limit: 'Raja, päivää',
    limitHint: 'Tätä vanhempi tieto merkitään vanhentuneeksi. Enintään 366.',
  },
  levels: {
    in_target: 'Vahvistettu ajallaan',
    in_limit: 'Odottaa vahvistusta',
    stale: 'Vahvistus vanhentunut',
  },
};
