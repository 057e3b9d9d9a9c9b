import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'en');

export const log: Texts['log'] = {
  title: 'Log',
  menu: pages.log,
  lead: 'Every change stays in sight: who made it, in which post, what changed, by which permission and why. The log cannot be changed.',
  count: (n) => (n === 1 ? '1 entry' : `${num(n)} entries`),
  loading: 'Fetching the log…',
  no: 'No.',
  field: 'Field',
  all: 'All',
  post: 'Post',
  from: 'From',
  to: 'To',
  oneSubject: 'One subject',
  signInTitle: 'Sign in to read the whole log',
  signInText:
    'Changes of public goals and actions are shown on their own pages without an account.',
};
