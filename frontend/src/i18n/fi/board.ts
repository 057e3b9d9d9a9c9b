import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** The actions as cards in columns. */
export const board = {
  title: 'Toimenpiteet tauluna',
  help: 'Siirrä-painike näyttää, mihin sarakkeisiin kortin voi viedä. Kortin voi myös vetää. Nuolinäppäimillä pääset kortilta toiselle.',
  columnsBy: 'Sarakkeet',
  by: { status: 'Tilan mukaan', phase: 'Toteutusvaiheen mukaan' },
  column: 'Näytettävä sarake',
  withCount: (name: string, count: number) => `${name} (${num(count)})`,
  empty: 'Ei toimenpiteitä',
  noCards: 'Kortteja ei voitu hakea.',
  more: (shown: number, all: number) => `Näytä lisää (${num(shown)}/${num(all)})`,
  othersToo: (count: number) => (count === 1 ? 'ja 1 muu' : `ja ${num(count)} muuta`),
  move: 'Siirrä',
  moveOne: (no: number) => `Siirrä toimenpide ${no}`,
  isIn: (no: number, column: string) =>
    `Toimenpide ${no} on sarakkeessa ${column}. Mihin se siirretään?`,
  reportsFor: (party: string) =>
    `Siirto kirjaa oman osapuolesi tilan: ${party}. Sarake näyttää osapuolten yhteisen tilan.`,
  here: 'kortti on tässä',
  saidAlready: 'oma osapuolesi on jo kirjannut tämän',
  needs: {
    reason: 'kysyy perustelun',
    result: 'kysyy tuloksen',
    forward: 'kysyy, missä työ jatkuu',
  },
  noPhase: 'Toteutusvaihetta ei voi poistaa siirtämällä. Vaihda se toimenpiteen lomakkeella.',
  retiredPhase: 'Vaihe ei ole enää käytössä.',
  notYours: (names: string) =>
    `Tehtävässäsi ei ole oikeutta kirjata tämän toimenpiteen tilaa. Sen kirjaavat vastuussa olevat osapuolet: ${names}.`,
  nobodys:
    'Tehtävässäsi ei ole oikeutta kirjata tämän toimenpiteen tilaa. Siitä ei vielä vastaa kukaan: tilan voi kirjata koordinaattori.',
  withdrawn: 'Toimenpide on poistettu virheellisenä. Palauta se ensin.',
  moving: (no: number) => `Toimenpidettä ${no} siirretään.`,
  moved: (no: number, from: string, to: string) => `Toimenpide ${no} siirrettiin: ${from} → ${to}.`,
  saidOwn: (no: number, word: string, joint: string) =>
    `Oman osapuolesi tila toimenpiteelle ${no} on nyt ${word}. Osapuolten yhteinen tila on ${joint}, joten kortti on siinä sarakkeessa.`,
  alreadySaid: (no: number, word: string, joint: string) =>
    `Oman osapuolesi tila toimenpiteelle ${no} on jo ${word}. Osapuolten yhteinen tila on ${joint}.`,
  notMoved: (no: number, why: string) =>
    `Toimenpidettä ${no} ei siirretty. ${why} Lomake on auki kortissa.`,
  dropHere: 'Pudota tähän',
};
