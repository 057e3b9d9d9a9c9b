import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** What forums have left open, and what they are measured by. */
export const forumLoops = {
  title: 'Foorumien avoimet asiat',
  lead: (count: number) =>
    count === 0
      ? 'Jokaisella päätöksellä on jatko, jokaiseen lähetteeseen on vastattu ja jokainen siirretty asia on otettu käsittelyyn.'
      : `${count === 1 ? 'Yksi asia odottaa' : `${num(count)} asiaa odottaa`} jatkoa: päätös ilman jatkoa, lähete ilman vastausta tai siirretty asia, jota ei ole otettu käsittelyyn.`,
  count: (count: number) => (count === 1 ? '1 avoin asia' : `${num(count)} avointa asiaa`),
  loading: 'Haetaan avoimia asioita…',
  none: 'Avoimia asioita ei ole.',
  what: 'Asia',
  kind: 'Mikä puuttuu',
  kinds: {
    without_ending: 'Jatko kirjaamatta',
    deferred: 'Siirretty, ei käsitelty',
    referral: 'Lähete ilman vastausta',
  },
  forum: 'Foorumi',
  age: 'Ikä',
  olderThan: (days: number) => `vähintään ${days} pv`,
  all: 'Kaikki avoimet asiat',
  overview: (count: number) =>
    count === 1 ? 'Foorumeissa 1 avoin asia' : `Foorumeissa ${num(count)} avointa asiaa`,
  columns: {
    attendance: 'Läsnäolo',
    decisions: (year: number | undefined) => `Päätökset ${year ?? ''}`,
    open: 'Avoinna',
    mandate: 'Tehtävä ja toimivalta',
  },
  cancelled: (count: number) => `${num(count)} peruttu`,
  accepted: 'Hyväksytty',
  notAccepted: 'Ei hyväksytty',
  acceptMandate: 'Hyväksy tehtävä ja toimivalta',
  mandateAccepted: 'Tehtävä ja toimivalta hyväksyttiin.',
  notSaved: 'Hyväksyntää ei tallennettu',
};
