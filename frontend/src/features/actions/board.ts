import { groupKey } from './groups';
import type { ActionStatus, ActionSummary, ListActionsQuery } from './queries';
import type { ActionSearch } from './search';

/** By what the board has its columns. */
export type BoardBy = 'status' | 'phase';

/** As many cards as a column fetches at a time. */
export const blockSize = 50;

export interface BoardColumn {
  /** Status or id of the phase; empty: in no phase. */
  key: string;
  name: string;
  /** What narrows the list to this column. */
  filter: Pick<ListActionsQuery, 'status' | 'phaseId'>;
  /** Why no card can be moved here. */
  refuses?: string;
}

/** What somebody asked for by moving a card. */
export interface Target {
  status?: ActionStatus;
  phaseId?: string;
}

/** What a report of a status asks for beside it, so that the form has to open. */
export type Needs = 'reason' | 'result' | 'forward';

/** By phase where the address groups by it, else by status. */
export function boardBy({ group }: ActionSearch): BoardBy {
  return group === 'phase' ? 'phase' : 'status';
}

/** Whether a card stands in a column. */
export function fits(by: BoardBy, action: ActionSummary, { key }: BoardColumn): boolean {
  return groupKey(by, action) === key;
}

export function needsOf(
  { reasonStatuses }: Pick<ActionSummary, 'reasonStatuses'>,
  status: ActionStatus,
): Needs | undefined {
  if (status === 'merged' || status === 'superseded') return 'forward';
  if (status === 'done') return 'result';
  return reasonStatuses.includes(status) ? 'reason' : undefined;
}

/**
 * The cards of a column: what was fetched and still stands there, and before it what the reader has
 * just moved there and that is further down than what was fetched.
 */
export function cardsOf(
  by: BoardBy,
  column: BoardColumn,
  fetched: readonly ActionSummary[],
  moved: readonly ActionSummary[],
): ActionSummary[] {
  const here = fetched.filter((action) => fits(by, action, column));
  const ids = new Set(here.map(({ id }) => id));
  return [...moved.filter((action) => fits(by, action, column) && !ids.has(action.id)), ...here];
}

/**
 * Where an arrow key leads from a part of a card: to the same part of the next card of the column,
 * or of the card at the same place of the next column that has one.
 */
export function neighbour(root: HTMLElement, from: Element, key: string): HTMLElement | undefined {
  const card = from.closest<HTMLElement>('[data-card]');
  const part = from.closest<HTMLElement>('[data-part]')?.dataset.part;
  if (!card || !part) return undefined;
  const columns = [...root.querySelectorAll<HTMLElement>('[data-column]:not([hidden])')].map(
    (column) => [...column.querySelectorAll<HTMLElement>('[data-card]')],
  );
  const at = columns.findIndex((cards) => cards.includes(card));
  const row = columns[at]?.indexOf(card) ?? 0;
  const step = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1;
  let next: HTMLElement | undefined;
  if (key === 'ArrowUp' || key === 'ArrowDown') next = columns[at]?.[row + step];
  else {
    for (let to = at + step; to >= 0 && to < columns.length && !next; to += step) {
      const cards = columns[to] ?? [];
      next = cards[Math.min(row, cards.length - 1)];
    }
  }
  const same = next?.querySelector<HTMLElement>(`[data-part="${part}"]`);
  return same ?? next?.querySelector<HTMLElement>('[data-part]') ?? undefined;
}
