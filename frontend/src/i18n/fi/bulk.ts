import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

const actionCount = (count: number) =>
  count === 1 ? '1 toimenpide' : `${num(count)} toimenpidettä`;

/** A change of several actions at once. */
export const bulk = {
  region: 'Muuta useaa kerralla',
  column: 'Valinta',
  one: (no: number) => `Valitse toimenpide ${no}`,
  all: (count: number) => `Valitse kaikki näkyvät (${num(count)})`,
  chosen: (count: number) => (count === 1 ? '1 valittu' : `${num(count)} valittu`),
  most: (count: number) => `Kerralla voi muuttaa enintään ${num(count)} toimenpidettä.`,
  change: 'Muuta valittuja',
  clear: 'Poista valinnat',
  what: 'Mitä muutetaan',
  kinds: {
    status: 'Tila',
    dates: 'Päivämäärät',
    posts: 'Vastuutehtävät',
    tags: 'Asiasanat',
  },
  modes: { keep: 'Ei muuteta', set: 'Asetetaan', clear: 'Poistetaan' },
  newDate: (what: string) => `Uusi päivä: ${what}`,
  progressHint: 'Tyhjänä kunkin oma säilyy.',
  resultHint: 'Tarvitaan, jos jollakin ei ole vielä tulosta. Korvaa aiemman tuloksen.',
  lead: 'Päävastuu siirtyy tehtävälle',
  add: 'Mukaan tulee tehtävä',
  part: 'Sen osuus',
  remove: 'Pois jää tehtävä',
  nobody: 'Ei kukaan',
  postsHint:
    'Toista osapuolta koskeva muutos on ehdotus, kunnes se hyväksyy sen. Siihen asti voimassa on viimeksi hyväksytty.',
  noTags: 'Asiasanoja ei ole vielä otettu käyttöön.',
  addTags: 'Lisätään',
  removeTags: 'Poistetaan',
  reasonHint:
    'Tarvitaan, kun sovittu määräaika siirtyy tai tila poikkeaa siitä, mitä päivämäärät kertovat. Jää jokaisen toimenpiteen lokiin.',
  needsReason: 'Muutos tarvitsee perustelun.',
  nothingSaid: 'Valitse ensin, mitä muutetaan.',
  check: 'Esikatsele',
  checkAgain: 'Esikatsele uudelleen',
  checking: 'Tarkistetaan…',
  notChecked: 'Muutosta ei voitu tarkistaa',
  preview: 'Muutoksen esikatselu',
  would: (changed: number, refused: number, same: number) =>
    `Muuttuu ${actionCount(changed)}, estyy ${refused}, ennallaan ${same}.`,
  groups: {
    refused: 'Ei voi muuttaa näin',
    changed: 'Muuttuu',
    same: 'Jo näin, ei muuteta',
  },
  becomes: 'Mikä muuttuu',
  same: 'On jo näin.',
  onlyReport: 'Uusi tilannetieto',
  unseen: 'Toimenpidettä ei ole',
  leaveOut: (count: number) => `Jätä estyneet pois (${num(count)})`,
  make: (count: number) => `Muuta ${actionCount(count)}`,
  making: 'Muutetaan…',
  done: (count: number) =>
    count === 1 ? '1 toimenpide muutettiin.' : `${num(count)} toimenpidettä muutettiin.`,
  notMade: 'Mitään ei muutettu',
  again: 'Esikatsele uudelleen: jokin muuttui sillä välin.',
  undone: (count: number) =>
    count === 1
      ? 'Yhden toimenpiteen kirjaus kumottiin.'
      : `${num(count)} toimenpiteen kirjaus kumottiin.`,
  notUndone: 'Kirjauksia ei voitu kumota.',
  refusals: {
    unknown: 'Toimenpidettä ei ole, tai et näe sitä.',
    stale_version: 'Joku on muuttanut tätä sen jälkeen, kun luettelo haettiin.',
    forbidden: 'Sinulla ei ole oikeutta muuttaa tätä.',
    party_not_asked: 'Osapuolesi ei johda tätä eikä vastaa tästä yhteisesti. Tilan kertoo toinen.',
    parts_forbidden: 'Vastuutehtäviä muuttavat koordinaattori ja yksikön esihenkilö.',
    post_of_other_party: 'Toisen osapuolen tehtävän osuutta muuttaa vain koordinaattori.',
  },
};
