import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** Names for what the address of a list says. */
export const savedViews = {
  title: 'Tallennetut näkymät',
  lead: 'Näkymä muistaa luettelon rajaukset, järjestyksen ja sarakkeet. Jokainen näkee siinä vain sen, mitä muutenkin saa nähdä.',
  all: 'Kaikki tallennetut näkymät',
  none: 'Tallennettuja näkymiä ei ole',
  how: 'Rajaa toimenpiteitä, tavoitteita, vastuumatriisia tai omaa työtäsi ja valitse Tallenna näkymä.',
  name: 'Nimi',
  nameHint: 'Omalla kielelläsi riittää.',
  sharing: 'Kenelle',
  sharings: { own: 'Oma', party: 'Osapuolen', everybody: 'Kaikkien' },
  sharedBy: {
    party: (party: string) => `${party}: henkilöstölle`,
    everybody: (party: string) => `${party}: kaikille, myös julkisesti`,
  },
  address: 'Pysyvä osoite',
  save: 'Tallenna näkymä',
  saved: 'Näkymä tallennettiin.',
  update: 'Tallenna muutokset näkymään',
  updated: 'Näkymä päivitettiin.',
  notUpdated: 'Näkymää ei voitu päivittää. Avaa se uudelleen.',
  change: 'Muuta',
  changeOne: (name: string) => `Muuta näkymää ${name}`,
  withdraw: 'Poista',
  withdrawOne: (name: string) => `Poista näkymä ${name}`,
  withdrawn: (name: string) => `Näkymä ${name} poistettiin.`,
  gone: 'Näkymää ei ole',
  goneWhy: 'Se on poistettu, tai sitä ei ole jaettu sinulle.',
  more: (count: number) => `Kaikki ${num(count)} näkymää`,
  find: 'Hae näkymän nimellä',
  found: (count: number) => (count === 1 ? '1 näkymä' : `${num(count)} näkymää`),
};
