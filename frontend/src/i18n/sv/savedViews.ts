import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const savedViews: Texts['savedViews'] = {
  title: 'Sparade vyer',
  lead: 'En vy minns listans avgränsningar, ordning och kolumner. Var och en ser i den bara det som hen får se även annars.',
  all: 'Alla sparade vyer',
  none: 'Det finns inga sparade vyer',
  how: 'Avgränsa åtgärderna, målen, ansvarsmatrisen eller ditt arbete och välj Spara vyn.',
  name: 'Namn',
  nameHint: 'Det räcker på ditt eget språk.',
  sharing: 'För vem',
  sharings: { own: 'Egen', party: 'Partens', everybody: 'Allas' },
  sharedBy: {
    party: (party) => `${party}: för personalen`,
    everybody: (party) => `${party}: för alla, även offentligt`,
  },
  address: 'Permanent adress',
  save: 'Spara vyn',
  saved: 'Vyn sparades.',
  update: 'Spara ändringarna i vyn',
  updated: 'Vyn uppdaterades.',
  notUpdated: 'Vyn kunde inte uppdateras. Öppna den på nytt.',
  change: 'Ändra',
  changeOne: (name) => `Ändra vyn ${name}`,
  withdraw: 'Ta bort',
  withdrawOne: (name) => `Ta bort vyn ${name}`,
  withdrawn: (name) => `Vyn ${name} togs bort.`,
  gone: 'Vyn finns inte',
  goneWhy: 'Den har tagits bort, eller så har den inte delats med dig.',
  more: (count) => `Alla ${num(count)} vyer`,
  find: 'Sök på vyns namn',
  found: (count) => (count === 1 ? '1 vy' : `${num(count)} vyer`),
};
