import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const between: Texts['between'] = {
  title: 'What changed between two days',
  lead: 'How things were at the end of both days is compared. The page shows what you may see today and what could be seen then.',
  week: 'Since a week ago',
  month: 'Since a month ago',
  year: 'Since a year ago',
  loading: 'Comparing…',
  ofList: (name) => `List: ${name}`,
  filters: 'Filters of the list',
  back: 'Back',
  came: 'Came into the list',
  changed: 'Changed',
  went: 'Went from the list',
  cameText: 'New ones, and those that match the filters on the later day only.',
  wentText:
    'Deleted and ended ones, and those that no longer match the filters. The link leads to how they were on the earlier day.',
  itemCame: 'This could not be seen on the earlier day.',
  itemWent: 'This could no longer be seen on the later day.',
  count: (rows) => num(rows),
  unchanged: (rows) => (rows === 1 ? '1 row is unchanged.' : `${num(rows)} rows are unchanged.`),
  none: 'Nothing changed between the days',
  left: (rows) =>
    rows === 1
      ? 'And 1 row that is not listed here. It is in the file.'
      : `And ${num(rows)} rows that are not listed here. They are in the file.`,
  values: 'Details',
  old: 'Before',
  new: 'After',
  empty: 'Empty',
  inLanguage: { fi: 'in Finnish', sv: 'in Swedish', en: 'in English' },
  publicSees: 'Only public content is shown. What was made public between the days shows as new.',
  choose: 'Choose first what to compare',
  chooseText:
    'Open a list, such as actions or goals, and choose “What changed between two days” there. The filters of the list come along.',
};
