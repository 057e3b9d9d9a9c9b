import { formatNumber } from '../../lib/numbers';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'fi');

/** Posts and things for which nobody really answers. */
export const radar = {
  title: pages.radar,
  lead: 'Tehtävät ja asiat, joista kukaan ei tosiasiassa vastaa. Sivulla on tehtäviä, ei henkilöitä.',
  loading: 'Haetaan vastuuaukkoja…',
  counts: 'Vastuuaukot syyn ja osapuolen mukaan',
  reason: 'Syy',
  party: 'Osapuoli',
  noParty: 'Ei osapuolta',
  all: 'Kaikki',
  show: (reason: string, party: string, count: number) => `${reason}, ${party}: ${num(count)}`,
  reasons: {
    left: {
      name: 'Hoitaja on lähtenyt',
      text: 'Tehtävän hoitaja on lähtenyt tai tehtävä on päättynyt, ja tehtävällä on yhä avoimia vastuita.',
    },
    vacant: {
      name: 'Tehtävässä ei ole ketään',
      text: 'Tehtävässä ei ole hoitajaa eikä sijaista.',
    },
    never_updated: {
      name: 'Tilaa ei ole koskaan kerrottu',
      text: 'Osapuoli johtaa toimenpidettä tai jakaa vastuun siitä, mutta ei ole itse kertonut sen tilaa toimenpiteen rajan sisällä, tavallisesti 60 päivässä, eikä sen tehtävä ole kertonut sitä kertaakaan. Kumpikin osapuoli vastaa vain omasta hiljaisuudestaan.',
    },
    not_updated: {
      name: 'Tilaa ei ole päivitetty',
      text: 'Osapuolen tehtävä on joskus kertonut toimenpiteen tilan, mutta osapuoli ei ole itse kertonut eikä vahvistanut sitä toimenpiteen rajan sisällä, tavallisesti 60 päivässä. Kumpikin osapuoli vastaa vain omasta hiljaisuudestaan.',
    },
    no_lead: {
      name: 'Johtava tehtävä puuttuu',
      text: 'Avointa toimenpidettä ei johda mikään tehtävä, tavoitteelta puuttuu osapuolen johtava tehtävä, tai palveluketjun alkuvaihetta ei johda mikään tehtävä.',
    },
    unit_only: {
      name: 'Nimetty vain vaihe, foorumi tai muita',
      text: 'Avoin toimenpide kuuluu palveluketjun vaiheeseen tai foorumiin tai sillä on muita tehtäviä, mutta mikään tehtävä ei johda sitä.',
    },
    unaccepted: {
      name: 'Johtovastuuta ei ole hyväksytty',
      text: 'Johtava tehtävä on ehdotettu, mutta osapuolet eivät ole hyväksyneet vastuuta.',
    },
  },
  found: (count: number) => (count === 1 ? '1 vastuuaukko' : `${num(count)} vastuuaukkoa`),
  none: 'Vastuuaukkoja ei ole',
  noneText: 'Tällä rajauksella kaikesta vastaa joku.',
  post: 'Tehtävä',
  thing: 'Asia',
  who: 'Kenen pitäisi vastata',
  owns: 'Avoimet vastuut',
  since: {
    left: 'Ilman hoitajaa',
    vacant: 'Ilman hoitajaa',
    never_updated: 'Tietoa odotettu alkaen',
    not_updated: 'Osapuoli vahvistanut viimeksi',
    no_lead: 'Ilman johtavaa tehtävää',
    unit_only: 'Ilman johtavaa tehtävää',
    unaccepted: 'Ehdotettu',
  },
  days: 'Kesto',
  dayCount: (days: number) => (days === 1 ? '1 päivä' : `${days} päivää`),
  owned: {
    goals: (count: number) => (count === 1 ? '1 tavoite' : `${num(count)} tavoitetta`),
    actions: (count: number) => (count === 1 ? '1 toimenpide' : `${num(count)} toimenpidettä`),
    chains: (count: number) => (count === 1 ? '1 palveluketju' : `${num(count)} palveluketjua`),
    stages: (count: number) =>
      count === 1 ? '1 palveluketjun vaihe' : `${num(count)} palveluketjun vaihetta`,
    handovers: (count: number) => (count === 1 ? '1 siirtymä' : `${num(count)} siirtymää`),
    forums: (count: number) => (count === 1 ? '1 foorumi' : `${num(count)} foorumia`),
  },
  ownsNothing: 'Ei avoimia vastuita',
  neverHeld: 'kukaan ei ole hoitanut tehtävää',
  deputies: (count: number) => (count === 1 ? '1 sijainen' : `${num(count)} sijaista`),
  next: (day: string) => `uusi hoitaja ${day}`,
};
