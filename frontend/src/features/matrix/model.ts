import type { Matrix, MatrixCell, MatrixColumn, MatrixRow } from './queries';

/** A row of the grid with its cells by post. A post can have two parts in one thing. */
export interface GridRow {
  row: MatrixRow;
  /** Unique in the grid: a goal can stand in several groups. */
  key: string;
  cells: ReadonlyMap<string, readonly MatrixCell[]>;
  /** Of a goal: its actions, as far as they are loaded. */
  actions: readonly GridRow[];
}

export interface GridGroup {
  id: string;
  title: Matrix['groups'][number]['title'];
  rows: readonly GridRow[];
}

export interface GridModel {
  groups: readonly GridGroup[];
  columns: readonly MatrixColumn[];
}

/**
 * Puts the matrix together with the actions that were fetched goal by goal; `partyIds` is the order
 * of the parties. Columns that only those actions need stand where the server would put them.
 */
export function gridModel(
  matrix: Matrix,
  opened: readonly Matrix[],
  partyIds: readonly string[],
): GridModel {
  const cells = new Map<string, Map<string, Map<string, MatrixCell>>>();
  const columns = new Map<string, MatrixColumn>();
  for (const answer of [matrix, ...opened]) {
    for (const column of answer.columns) {
      if (!columns.has(column.post.id)) columns.set(column.post.id, column);
    }
    for (const cell of answer.cells) {
      const ofSubject = entry(
        cells,
        cell.subjectId,
        () => new Map<string, Map<string, MatrixCell>>(),
      );
      entry(ofSubject, cell.postId, () => new Map<string, MatrixCell>()).set(
        cell.responsibilityId,
        cell,
      );
    }
  }
  const gridRow = (row: MatrixRow, actions: GridRow[]): GridRow => ({
    row,
    key: `${row.groupId} ${row.goalId ?? ''} ${row.id}`,
    cells: new Map(
      [...(cells.get(row.id) ?? [])].map(([post, found]) => [post, [...found.values()]]),
    ),
    actions,
  });
  const rowsOf = new Map<string, GridRow[]>();
  for (const row of matrix.rows) {
    if (row.kind === 'action') continue;
    const actions = new Map<string, MatrixRow>();
    for (const answer of [matrix, ...opened]) {
      for (const action of answer.rows) {
        const here = action.goalId === row.id && action.groupId === row.groupId;
        if (action.kind === 'action' && here) actions.set(action.id, action);
      }
    }
    entry(rowsOf, row.groupId, () => []).push(
      gridRow(
        row,
        [...actions.values()].map((action) => gridRow(action, [])),
      ),
    );
  }
  return {
    groups: matrix.groups.map(({ id, title }) => ({ id, title, rows: rowsOf.get(id) ?? [] })),
    columns: opened.length === 0 ? matrix.columns : inOrder([...columns.values()], partyIds),
  };
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

const alphabet = new Intl.Collator('fi');

function inOrder(columns: MatrixColumn[], partyIds: readonly string[]): MatrixColumn[] {
  const place = ({ post }: MatrixColumn) => partyIds.indexOf(post.partyId);
  return columns.sort(
    (a, b) =>
      place(a) - place(b) ||
      alphabet.compare(a.unit.fi, b.unit.fi) ||
      alphabet.compare(a.unitId, b.unitId) ||
      alphabet.compare(a.post.title.fi, b.post.title.fi),
  );
}

/** Columns of one party side by side. */
export interface Band {
  partyId: string;
  span: number;
}

export function bandsOf(columns: readonly MatrixColumn[], principals: readonly string[]): Band[] {
  const bands: Band[] = [];
  for (const { post } of columns) {
    const partyId = principals.includes(post.partyId) ? post.partyId : '';
    const last = bands.at(-1);
    if (last?.partyId === partyId) last.span += 1;
    else bands.push({ partyId, span: 1 });
  }
  return bands;
}

/** A place in the grid: rows from 0, column 0 is the name, 1 the acceptance, then the posts. */
export interface Place {
  row: number;
  column: number;
}

/** Where a key leads from a place; undefined if it is none of the grid's keys. */
export function moved(
  { row, column }: Place,
  { key, ctrlKey }: { key: string; ctrlKey: boolean },
  rows: number,
  columns: number,
): Place | undefined {
  const page = 10;
  const at = (r: number, c: number): Place => ({
    row: Math.max(0, Math.min(rows - 1, r)),
    column: Math.max(0, Math.min(columns - 1, c)),
  });
  switch (key) {
    case 'ArrowUp':
      return at(row - 1, column);
    case 'ArrowDown':
      return at(row + 1, column);
    case 'ArrowLeft':
      return at(row, column - 1);
    case 'ArrowRight':
      return at(row, column + 1);
    case 'Home':
      return at(ctrlKey ? 0 : row, 0);
    case 'End':
      return at(ctrlKey ? rows - 1 : row, columns - 1);
    case 'PageUp':
      return at(row - page, column);
    case 'PageDown':
      return at(row + page, column);
    default:
      return undefined;
  }
}
