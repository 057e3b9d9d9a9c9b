/** What forums have left open, and what they are measured by. */
export const forumLoops = {
  title: 'Foorumien avoimet asiat',
  lead: (count: number) =>
    count === 0
      ? 'Jokaisella päätöksellä on jatko, jokaiseen lähetykseen on vastattu ja jokainen siirretty asia on otettu käsittelyyn.'
      : `${count === 1 ? 'Yksi asia odottaa' : `${count} asiaa odottaa`} jatkoa: päätös ilman jatkoa, lähetys ilman vastausta tai siirretty asia, jota ei ole otettu käsittelyyn.`,
  count: (count: number) => (count === 1 ? '1 avoin asia' : `${count} avointa asiaa`),
  loading: 'Haetaan avoimia asioita…',
  none: 'Avoimia asioita ei ole.',
  what: 'Asia',
  kind: 'Mikä puuttuu',
  kinds: {
    without_ending: 'Jatko kirjaamatta',
    deferred: 'Siirretty, ei käsitelty',
    referral: 'Lähetys ilman vastausta',
  },
  forum: 'Foorumi',
  age: 'Ikä',
  olderThan: (days: number) => `vähintään ${days} pv`,
  all: 'Kaikki avoimet asiat',
  overview: (count: number) =>
    count === 1 ? 'Foorumeissa 1 avoin asia' : `Foorumeissa ${count} avointa asiaa`,
  columns: {
    attendance: 'Läsnäolo',
    decisions: (year: number | undefined) => `Päätökset ${year ?? ''}`,
    open: 'Avoinna',
    mandate: 'Tehtävä',
  },
  cancelled: (count: number) => `${count} peruttu`,
  accepted: 'Hyväksytty',
  notAccepted: 'Ei hyväksytty',
  download: 'Lataa luettelo:',
  acceptMandate: 'Hyväksy tehtävä',
  mandateAccepted: 'Tehtävä hyväksyttiin.',
  notSaved: 'Hyväksyntää ei tallennettu',
};
