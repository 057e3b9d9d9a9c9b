import type { Transfer } from './agendaQueries';
import type { AgendaItem } from './queries';

/** A line of an agenda: an item, or the trace of one that was moved to another meeting. */
export type AgendaLine = { item: AgendaItem; trace?: never } | { trace: Transfer; item?: never };

/**
 * An agenda with the traces of what left it, each after the item that it stood after. A trace tells
 * the number of then; what left later from above it counted then and does not now.
 */
export function withTraces(items: readonly AgendaItem[], moved: readonly Transfer[]): AgendaLine[] {
  const lines: AgendaLine[] = items.map((item) => ({ item }));
  // What came back stands on the agenda itself.
  const gone = moved.filter(({ toItemId }) => !items.some(({ id }) => id === toItemId));
  gone.forEach((trace, at) => {
    lines.splice(placeOf(trace, gone.slice(0, at), lines), 0, { trace });
  });
  return lines;
}

function placeOf(
  trace: Transfer,
  above: readonly Transfer[],
  lines: readonly AgendaLine[],
): number {
  const { agendaNo = 1, subNo, madeAt } = trace;
  const parent = lines.findIndex(
    ({ trace: other }) =>
      subNo && other && !other.subNo && other.agendaNo === agendaNo && other.madeAt === madeAt,
  );
  if (parent >= 0) return behind(lines, parent);
  const later = above.filter((other) => other.madeAt > madeAt);
  const no = agendaNo - later.filter((other) => !other.subNo).length;
  const after = lines.findLastIndex(({ item }) => {
    if (item?.kind !== 'item') return false;
    if (!subNo) return item.agendaNo < no;
    const sub = subNo - later.filter((other) => other.subNo && other.agendaNo === agendaNo).length;
    return item.agendaNo < no || (item.agendaNo === no && (item.subNo ?? 0) < sub);
  });
  if (after >= 0) return behind(lines, after);
  const first = lines.findIndex(({ item }) => item?.kind === 'item');
  return first >= 0 ? first : lines.length;
}

/** The place behind a line and the traces that stand there already. */
function behind(lines: readonly AgendaLine[], at: number): number {
  const next = lines.findIndex(({ trace }, index) => index > at && !trace);
  return next >= 0 ? next : lines.length;
}

/** Tells traces apart in a list: an item can have left an agenda more than once. */
export function traceKey({ toItemId, madeAt, agendaNo, subNo }: Transfer): string {
  return [madeAt, toItemId, agendaNo, subNo].join(' ');
}
