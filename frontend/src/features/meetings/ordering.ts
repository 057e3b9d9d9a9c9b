import type { AgendaItem } from './queries';

/** Where an item goes: after another on its level, and under which item. */
export interface Place {
  after?: string;
  parentId?: string;
}

type Row = Pick<AgendaItem, 'id' | 'kind' | 'parentId'>;

const isWide = (items: readonly Row[], row: Row) =>
  row.kind === 'heading' || items.some(({ parentId }) => parentId === row.id);

/** What stands on a level, without the item that moves. */
const level = (items: readonly Row[], parentId: string | undefined, without: string) =>
  items.filter((row) => row.parentId === parentId && row.id !== without);

/**
 * The place before or after another row. Beside a sub-item an item becomes one too, unless it has
 * sub-items itself or is a heading: then it goes beside that sub-item's own item.
 */
export function placeBeside(
  items: readonly Row[],
  id: string,
  target: string,
  position: 'before' | 'after',
): Place | undefined {
  const moved = items.find((row) => row.id === id);
  let beside = items.find((row) => row.id === target);
  if (!moved || !beside || id === target || beside.parentId === id) return undefined;
  if (beside.parentId && isWide(items, moved)) {
    const parent = beside.parentId;
    beside = items.find((row) => row.id === parent);
    if (!beside || beside.id === id) return undefined;
  }
  const { parentId } = beside;
  const under = parentId ? { parentId } : {};
  if (position === 'after') return { after: beside.id, ...under };
  const rows = level(items, parentId, id);
  const before = rows[rows.findIndex((row) => row.id === beside.id) - 1];
  return before ? { after: before.id, ...under } : under;
}

/** The place one step up or down on its level, into the item before it, or out of its item. */
export function shiftOf(
  items: readonly Row[],
  id: string,
  way: 'up' | 'down' | 'in' | 'out',
): Place | undefined {
  const row = items.find((item) => item.id === id);
  if (!row) return undefined;
  const rows = items.filter(({ parentId }) => parentId === row.parentId);
  const at = rows.findIndex((item) => item.id === id);
  const under = row.parentId ? { parentId: row.parentId } : {};
  switch (way) {
    case 'up': {
      const before = rows[at - 2];
      if (at === 0) return undefined;
      return before ? { after: before.id, ...under } : under;
    }
    case 'down': {
      const next = rows[at + 1];
      return next && { after: next.id, ...under };
    }
    case 'in': {
      const before = rows[at - 1];
      if (row.parentId || isWide(items, row) || before?.kind !== 'item') return undefined;
      const last = level(items, before.id, id).at(-1);
      return { parentId: before.id, ...(last && { after: last.id }) };
    }
    case 'out':
      return row.parentId ? { after: row.parentId } : undefined;
  }
}
