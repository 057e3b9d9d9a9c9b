import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const forumImport: Texts['forumImport'] = {
  link: 'Importera ett hållet möte',
  title: 'Importera ett hållet möte',
  lead: 'Ärendena, resultaten och närvaron för ett möte som hållits tidigare läses ur en fil. Inget sparas förrän du bekräftar.',
  secretaryOnly: 'Forumets sekreterare importerar möten.',
  file: 'Fil',
  formats: 'En YAML- eller XLSX-fil, högst 2 MB. Tom tabell:',
  template: { fi: 'på finska', sv: 'på svenska' },
  choose: 'Välj en fil',
  checking: 'Filen kontrolleras…',
  notChecked: 'Filen kunde inte kontrolleras',
  preview: 'Filen är i sin ordning',
  errors: (count) => (count === 1 ? 'Filen har 1 fel' : `Filen har ${num(count)} fel`),
  meeting: 'Möte',
  items: 'Ärenden',
  outcomes: 'Resultat',
  attendance: 'Uppgifter om närvaro',
  becomes:
    'Mötet blir ett avslutat möte. Anteckna den närvaro som saknas och beslutens fortsättning och sänd handlingen för godkännande. Ärenden som hänskjuts till andra forum sänds genast, och svarstiden börjar vid importen.',
  import: 'Importera mötet',
  imported: 'Mötet importerades.',
  notImported: 'Mötet importerades inte',
  place: 'Ställe',
  lineOf: (line, column) => (column ? `rad ${line}, kolumn ${column}` : `rad ${line}`),
  wholeFile: 'hela filen',
  key: 'Uppgift',
  what: 'Vad som är fel',
  again: 'Rätta filen och välj den på nytt.',
};
