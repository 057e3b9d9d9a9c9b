import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** Eriävä kanta: where a party does not agree. */
export const reservations = {
  title: 'Eriävät kannat',
  none: 'Eriäviä kantoja ei ole.',
  make: 'Kirjaa eriävä kanta',
  aboutWhat: 'Mitä kanta koskee',
  about: {
    goal: 'Tavoite',
    action: 'Toimenpiteen yhteinen tila',
    responsibility: 'Vastuu:',
  },
  text: 'Osapuolesi kanta',
  textHint:
    'Kirjoita ainakin yhdellä kielellä. Kantaa ei voi myöhemmin muuttaa, mutta sen voi perua.',
  made: 'Eriävä kanta kirjattiin.',
  withdraw: 'Peru kanta',
  withdrawOf: (date: string) => `Peru ${date} kirjattu kanta`,
  withdrawn: (date: string) => `peruttu ${date}`,
  withdrawnNow: 'Eriävä kanta peruttiin.',
  because: 'Perumisen syy:',
  reason: 'Miksi kanta perutaan',
  reasonHint: 'Kanta ja perumisen syy jäävät luettaviksi.',
  count: (count: number) => (count === 1 ? '1 eriävä kanta' : `${num(count)} eriävää kantaa`),
};
