import { addDays, daysBetween, periodOf, type ISODate, type Period } from '../../lib/dates';
import type { ActionSummary } from './queries';

/** A council term lasts four years from the first of June; one began in 2025. */
const termYears = 4;
const someTerm = 2025;

/** The term that begins in a year. */
function termFrom(year: number): Period {
  return { first: `${year}-06-01`, last: `${year + termYears}-05-31` };
}

/** The first year of the term in which a day is. */
function termOf(day: ISODate): number {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < '06-01' ? 1 : 0);
  return year - ((((year - someTerm) % termYears) + termYears) % termYears);
}

/** A year or a term of the address; anything else is undefined. */
export function readPeriod(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  const [, from, to] = /^((?:19|20|21)\d\d)(?:-(\d{4}))?$/.exec(text) ?? [];
  if (!from || (to && (Number(to) !== Number(from) + termYears || !isTerm(Number(from)))))
    return undefined;
  return text;
}

const isTerm = (year: number) => termOf(`${year}-06-01`) === year;

export interface Choice {
  /** As the address has it. */
  key: string;
  /** A term before or after the one shown: a step, not a part of it. */
  step?: 'earlier' | 'later';
}

export interface Scale extends Period {
  /** As the address would name it. */
  key: string;
  /** The parts with a name: years of a term, quarters of a year. */
  parts: (Period & { at: number; width: number })[];
  /** Where finer lines stand, in per cent. */
  lines: number[];
  /** What else can be shown: the terms beside, the term, its years. */
  choices: Choice[];
}

/** What the timeline shows: the period of the address, else the term in which the day is. */
export function scaleOf(period: string | undefined, day: ISODate): Scale {
  const year = period?.length === 4 ? Number(period) : undefined;
  const term = period ? termOf(`${period.slice(0, 4)}-06-01`) : termOf(day);
  const span = year ? { first: `${year}-01-01`, last: `${year}-12-31` } : termFrom(term);
  const key = (from: number) => `${from}-${from + termYears}`;
  const by = (precision: 'month' | 'quarter' | 'year') => partsOf(span, precision);
  return {
    ...span,
    key: year ? String(year) : key(term),
    parts: by(year ? 'quarter' : 'year').map((part) => {
      const at = place(part.first, span);
      return { ...part, at, width: place(addDays(part.last, 1), span) - at };
    }),
    lines: by(year ? 'month' : 'quarter')
      .slice(1)
      .map(({ first }) => place(first, span)),
    choices: [
      { key: key(term - termYears), step: 'earlier' },
      { key: key(term) },
      ...Array.from({ length: termYears + 1 }, (_, n) => ({ key: String(term + n) })),
      { key: key(term + termYears), step: 'later' },
    ],
  };
}

function partsOf({ first, last }: Period, precision: 'month' | 'quarter' | 'year'): Period[] {
  const parts: Period[] = [];
  for (let from = first; from <= last;) {
    const end = periodOf(from, precision).last;
    parts.push({ first: from, last: end < last ? end : last });
    from = addDays(end, 1);
  }
  return parts;
}

/** Where a day begins, in per cent of the period; below 0 or above 100 outside it. */
export function place(day: ISODate, { first, last }: Period): number {
  return (daysBetween(first, day) / (daysBetween(first, last) + 1)) * 100;
}

/** How far an open end reaches, in per cent. */
const tail = 10;

export interface Bar {
  /** Its ends, in per cent of the period and within it. */
  from: number;
  to: number;
  /** Until where the start, and from where the end, is known less exactly than by the day; in this order. */
  soft: { start: number; end: number };
  /** No start, or no due date, is known. */
  open: { start: boolean; end: boolean };
  /** It goes on before, or after, what is shown. */
  cut: { start: boolean; end: boolean };
}

type Dated = Pick<ActionSummary, 'startsOn' | 'startsPrecision' | 'dueOn' | 'duePrecision'>;

/**
 * The bar of an action from the first day of its start to the last day of its due period; which
 * side it is on if nothing of it is in sight, `none` without any date.
 */
export function barOf(action: Dated, span: Period): Bar | 'before' | 'after' | 'none' {
  const start = action.startsOn ? periodOf(action.startsOn, action.startsPrecision) : undefined;
  const due = action.dueOn ? periodOf(action.dueOn, action.duePrecision) : undefined;
  const begins = start && place(start.first, span);
  const ends = due && place(addDays(due.last, 1), span);
  if (begins === undefined && ends === undefined) return 'none';
  const begun = begins ?? Math.min(place(due?.first ?? span.first, span), ends ?? 0) - tail;
  const ended = ends ?? place(addDays(start?.last ?? span.last, 1), span) + tail;
  const [from, to] = begun < ended ? [begun, ended] : [ended, begun];
  if (to <= 0) return 'before';
  if (from >= 100) return 'after';
  const within = (at: number) => Math.min(100, Math.max(0, Math.min(to, Math.max(from, at))));
  const known = (period: Period | undefined) => !period || period.first === period.last;
  const soft = within(start && !known(start) ? place(addDays(start.last, 1), span) : from);
  return {
    from: within(from),
    to: within(to),
    soft: {
      start: soft,
      end: Math.max(soft, within(due && !known(due) ? place(due.first, span) : to)),
    },
    open: { start: !start, end: !due },
    cut: { start: start !== undefined && from < 0, end: due !== undefined && to > 100 },
  };
}

/** Where the last day of a due period is, in the middle of the day; undefined out of sight. */
export function markOf(iso: ISODate, precision: Dated['duePrecision'], span: Period) {
  const { last } = periodOf(iso, precision);
  if (last < span.first || last > span.last) return undefined;
  return (place(last, span) + place(addDays(last, 1), span)) / 2;
}
