import { useRef, useState } from 'react';

/** As many as the server takes in one bulk change. */
export const maxSelected = 200;

/** The rows of a list that are chosen for a change of all of them. */
export interface Selection<Row> {
  /** In the order of the list. */
  rows: readonly Row[];
  has: (id: string) => boolean;
  /** Also all between it and the row that was chosen last, with `range`. */
  choose: (id: string, on: boolean, range: boolean) => void;
  chooseAll: (on: boolean) => void;
  /** Takes rows off. */
  leave: (ids: readonly string[]) => void;
}

/** Only rows of the list count: what a filter takes away is not changed unseen. */
export function useSelection<Row extends { id: string }>(all: readonly Row[]): Selection<Row> {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const rows = all.filter(({ id }) => ids.has(id)).slice(0, maxSelected);
  const set = (change: readonly string[], on: boolean) => {
    const next = new Set(rows.map(({ id }) => id));
    for (const id of change) {
      if (!on) next.delete(id);
      else if (next.size < maxSelected) next.add(id);
    }
    setIds(next);
  };
  return {
    rows,
    has: (id) => ids.has(id),
    choose: (id, on, range) => {
      const from = all.findIndex((row) => row.id === last.current);
      const to = all.findIndex((row) => row.id === id);
      last.current = id;
      if (!range || from < 0) {
        set([id], on);
        return;
      }
      const between = all.slice(Math.min(from, to), Math.max(from, to) + 1);
      set(
        between.map((row) => row.id),
        on,
      );
    },
    chooseAll: (on) =>
      set(
        all.map(({ id }) => id),
        on,
      ),
    leave: (left) => set(left, false),
  };
}
