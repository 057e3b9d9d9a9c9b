import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

const ofActions = (count: number) => (count === 1 ? '1 åtgärd' : `${count} åtgärder`);

export const timeline: Texts['timeline'] = {
  displays: 'Visningssätt',
  display: { table: 'Lista', timeline: 'Tidslinje', board: 'Tavla' },
  period: 'Period som visas',
  earlier: (term) => `Föregående period ${term}`,
  later: (term) => `Nästa period ${term}`,
  term: (term) => `Fullmäktigeperioden ${term}`,
  caption: 'Åtgärder på en tidslinje',
  time: 'Tid',
  legend: (day) =>
    `Det lodräta strecket är ${day}. Streckad ände: dagen är känd bara på en månad, ett kvartal eller ett år när. Öppen ände: ingen början eller tidsfrist finns. Tecknen i stapeln är milstolpar enligt sitt läge, trianglarna upptill är möten.`,
  fromTo: (from, to) => `${from} – ${to}`,
  noStart: (to) => `ingen början angiven – ${to}`,
  noDue: (from) => `${from} – ingen tidsfrist`,
  noDates: 'Varken början eller tidsfrist är angiven',
  before: 'före perioden som visas',
  after: 'efter perioden som visas',
  milestones: (count) => (count === 1 ? '1 milstolpe' : `${num(count)} milstolpar`),
  moreMilestones: (count) => `Dessutom ${num(count)}, på åtgärdens sida`,
  meetings: (count) => (count === 1 ? '1 möte' : `${num(count)} möten`),
  moreMeetings: (shown, all) =>
    `De ${num(shown)} första visas, sammanlagt ${num(all)}. Välj ett år eller ett forum.`,
  on: (date, name) => `${date} ${name}`,
  goalLegend:
    'Ett mål har inga egna dagar: den mörka stapeln är tiden för dess åtgärder i den här listan och den smala ramen perioden för dess plan.',
  goalSpan: (span) => `Målet enligt sina åtgärder: ${span}`,
  undated: (starts, dues) =>
    starts === 0
      ? `Tidsfrist saknas för ${ofActions(dues)}.`
      : dues === 0
        ? `Början saknas för ${ofActions(starts)}.`
        : `Början saknas för ${ofActions(starts)}, tidsfrist för ${ofActions(dues)}.`,
  ofPlan: (from, to) => `Planens period är ${from} – ${to}.`,
};
