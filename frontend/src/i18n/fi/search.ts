import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** Words of the search box and of what it finds. */
export const search = {
  title: 'Haku',
  label: 'Hae tavoitteista, toimenpiteistä, foorumeista, kokousasioista, päätöksistä ja tehtävistä',
  placeholder: 'Hae',
  search: 'Hae',
  intro:
    'Haku löytää sanat eri taivutusmuodoissa, sanojen alut ja pienet kirjoitusvirheet kaikilla sisällön kielillä.',
  lead: (count: number, more: boolean, q: string) =>
    more
      ? `Haulla ”${q}” löytyi yli ${num(count)} osumaa.`
      : count === 1
        ? `Haulla ”${q}” löytyi yksi osuma.`
        : `Haulla ”${q}” löytyi ${num(count)} osumaa.`,
  results: 'Hakutulokset',
  searching: 'Haetaan…',
  failed: 'Haku ei onnistunut. Yritä uudelleen.',
  tooShort: 'Kirjoita vähintään kaksi kirjainta.',
  nothing: (q: string) => `Haulla ”${q}” ei löytynyt mitään.`,
  near: 'Sanoja ei löytynyt sellaisinaan. Näytetään lähimmät osumat.',
  meant: 'Tarkoititko:',
  offers: (n: number) => (n === 1 ? 'Yksi ehdotus' : `${num(n)} ehdotusta`),
  all: (q: string) => `Näytä kaikki tulokset haulle ”${q}”`,
  byKind: 'Tulokset lajeittain',
  allKinds: 'Kaikki',
  help: 'Kokeile lyhyempää sanaa, sanan alkua tai vähemmän sanoja. Voit myös selata:',
  count: (n: number) => (n === 1 ? '1 osuma' : `${num(n)} osumaa`),
  some: (shown: number, count: string) => `${num(shown)} parasta / ${count}`,
  narrow: 'Näytetään parhaat osumat. Tarkenna hakua lisäämällä sanoja.',
  inList: { action: 'Hae toimenpiteiden luettelosta', post: 'Hae organisaatiosta' },
  item: (no: string) => `asia ${no}`,
  kind: {
    goal: 'Tavoite',
    action: 'Toimenpide',
    forum: 'Foorumi',
    agenda_item: 'Kokousasia',
    outcome: 'Lopputulos',
    post: 'Tehtävä',
  },
  kinds: {
    goal: 'Tavoitteet',
    action: 'Toimenpiteet',
    forum: 'Foorumit',
    agenda_item: 'Kokousasiat',
    outcome: 'Päätökset ja muut lopputulokset',
    post: 'Tehtävät',
  },
  allOf: {
    goal: (n: string) => `Kaikki tavoitteet (${n})`,
    action: (n: string) => `Kaikki toimenpiteet (${n})`,
    forum: (n: string) => `Kaikki foorumit (${n})`,
    agenda_item: (n: string) => `Kaikki kokousasiat (${n})`,
    outcome: (n: string) => `Kaikki päätökset ja muut lopputulokset (${n})`,
    post: (n: string) => `Kaikki tehtävät (${n})`,
  },
  parts: {
    title: 'Otsikko',
    description: 'Kuvaus',
    result: 'Tulos',
    purpose: 'Tarkoitus',
    mandate: 'Tehtävä ja toimivalta',
    proposal: 'Ehdotus',
    proceedings: 'Käsittely',
    decision: 'Päätös',
    explanation: 'Selostus',
    heard: 'Kuullut',
    goesOnTo: 'Jatkokäsittely',
    noActionReason: 'Miksi ei jatkotoimia',
  },
};
