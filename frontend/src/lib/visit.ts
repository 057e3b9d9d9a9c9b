import { isISODate, type ISODate } from './dates';

const place = 'yhdyspinta.visits';

interface Visits {
  /** The last day on which this browser was here. */
  last: ISODate;
  /** The one before that. */
  before?: ISODate;
}

/**
 * The day of the visit before today's, as this browser remembers it; nobody else knows of it.
 * Notes today as the last one. A browser that refuses storage remembers none.
 */
export function visitBefore(today: ISODate): ISODate | undefined {
  try {
    const kept = read();
    const visits: Visits =
      kept?.last === today
        ? kept
        : { last: today, ...(kept && kept.last < today && { before: kept.last }) };
    localStorage.setItem(place, JSON.stringify(visits));
    return visits.before;
  } catch {
    return undefined;
  }
}

function read(): Visits | undefined {
  const kept: unknown = JSON.parse(localStorage.getItem(place) ?? 'null');
  if (typeof kept !== 'object' || kept === null || !('last' in kept)) return undefined;
  const { last } = kept;
  const before = 'before' in kept ? kept.before : undefined;
  if (!isISODate(last)) return undefined;
  return { last, ...(isISODate(before) && { before }) };
}
