import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'sv');

export const log: Texts['log'] = {
  title: 'Logg',
  menu: pages.log,
  lead: 'Varje ändring förblir synlig: vem som gjorde den, i vilken befattning, vad som ändrades, med vilken rättighet och varför. Loggen kan inte ändras.',
  count: (n) => (n === 1 ? '1 anteckning' : `${num(n)} anteckningar`),
  loading: 'Hämtar loggen…',
  no: 'Nr',
  field: 'Fält',
  all: 'Alla',
  post: 'Befattning',
  from: 'Från',
  to: 'Till',
  oneSubject: 'Ett objekt',
  signInTitle: 'Hela loggen kräver inloggning',
  signInText:
    'Ändringarna i offentliga mål och åtgärder visas på deras egna sidor utan inloggning.',
};
