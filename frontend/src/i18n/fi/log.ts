import { formatNumber } from '../../lib/numbers';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'fi');

export const log = {
  title: 'Loki',
  menu: pages.log,
  lead: 'Jokainen muutos jää näkyviin: kuka teki, missä tehtävässä, mitä muuttui, millä oikeudella ja miksi. Lokia ei voi muuttaa.',
  count: (n: number) => (n === 1 ? '1 merkintä' : `${num(n)} merkintää`),
  loading: 'Haetaan lokia…',
  no: 'Nro',
  field: 'Kenttä',
  all: 'Kaikki',
  post: 'Tehtävä',
  from: 'Alkaen',
  to: 'Asti',
  oneSubject: 'Yksi kohde',
  signInTitle: 'Koko lokia varten on kirjauduttava',
  signInText:
    'Julkisten tavoitteiden ja toimenpiteiden muutokset näkyvät kunkin sivulla kirjautumatta.',
};
