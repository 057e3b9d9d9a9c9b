import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** Words for the list of where the chains break. */
export const gaps = {
  title: 'Missä ketju katkeaa?',
  lead: (n: number, untreated: number) =>
    n === 0
      ? 'Yhdessäkään siirtymässä ei ole aukkoa, ja kaikki on hyväksytty ja tarkistettu ajallaan.'
      : `${n === 1 ? 'Yksi siirtymä vaatii' : `${num(n)} siirtymää vaatii`} huomiota. ${
          untreated === 0
            ? 'Jokaista hoitaa jokin toimenpide.'
            : untreated === 1
              ? 'Yhtä ei hoida mikään toimenpide.'
              : `${untreated} siirtymää ei hoida mikään toimenpide.`
        }`,
  loading: 'Haetaan siirtymiä…',
  caption: 'Siirtymät, joissa ketju katkeaa, syyn mukaan',
  count: (n: number) => (n === 1 ? '1 siirtymä' : `${num(n)} siirtymää`),
  chain: 'Palveluketju',
  handover: 'Siirtymä',
  reason: 'Syy',
  reasons: {
    gap: 'Aukko',
    unaccepted: 'Ei hyväksytty',
    no_receiver: 'Ei vastaanottajaa',
    review_overdue: 'Tarkistus myöhässä',
    no_review: 'Tarkistusta ei sovittu',
    no_action: 'Ei toimenpidettä',
  },
  alsoReasons: (names: string) => `Lisäksi: ${names}`,
  returned: (days: number) =>
    days === 0
      ? 'Palautettu tänään.'
      : `Palautettu ${days} ${days === 1 ? 'päivä' : 'päivää'} sitten.`,
  party: 'Osapuoli',
  width: 'Aukon koko',
  treatment: 'Hoitava toimenpide',
  treated: { true: 'Toimenpide hoitaa', false: 'Ei toimenpidettä' },
  any: 'Kaikki',
  untreated: 'Ei toimenpidettä',
  create: 'Luo toimenpide',
  createFor: (what: string) => `Luo toimenpide: ${what}`,
};
