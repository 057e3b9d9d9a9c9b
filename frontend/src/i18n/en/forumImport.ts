import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const forumImport: Texts['forumImport'] = {
  link: 'Import a past meeting',
  title: 'Import a past meeting',
  lead: 'The items, outcomes and attendance of a meeting held before are read from a file. Nothing is kept until you confirm.',
  secretaryOnly: 'The forum’s secretary imports meetings.',
  file: 'File',
  formats: 'A YAML or XLSX file of at most 2 MB. Empty workbook:',
  template: { fi: 'in Finnish', sv: 'in Swedish' },
  choose: 'Choose a file',
  checking: 'Checking the file…',
  notChecked: 'The file could not be checked',
  preview: 'The file is in order',
  errors: (count) => (count === 1 ? 'The file has 1 error' : `The file has ${num(count)} errors`),
  meeting: 'Meeting',
  items: 'Items',
  outcomes: 'Outcomes',
  attendance: 'Attendance of',
  becomes:
    'It becomes a closed meeting. Mark the attendance that is missing and the endings of decisions, and send the paper to approval. Referrals to other forums are sent at once, and their time to answer starts with the import.',
  import: 'Import the meeting',
  imported: 'The meeting was imported.',
  notImported: 'The meeting was not imported',
  place: 'Place',
  lineOf: (line, column) => (column ? `line ${line}, column ${column}` : `line ${line}`),
  wholeFile: 'the whole file',
  key: 'Value',
  what: 'What is wrong',
  again: 'Correct the file and choose it again.',
};
