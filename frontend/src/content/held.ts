import { useState } from 'react';
import type { ResponsibilityItem } from '../api/responsibilities';

interface Rows<Item> {
  keyOf: (item: Item) => string;
  /** How an item stands there that the list has no more. */
  faded: (item: Item) => Item;
}

const responsibilities: Rows<ResponsibilityItem> = {
  keyOf: ({ id }) => id,
  faded: (item) => ({ ...item, discussion: undefined, permissions: [] }),
};
const none: readonly ResponsibilityItem[] = [];

/** `useHeldRows` of responsibilities. */
export function useHeld(fetched: readonly ResponsibilityItem[] = none, list = '') {
  return useHeldRows(fetched, responsibilities, list);
}

/**
 * The items of a list and, in their places, those that a refetch left out while somebody was
 * writing of them: what is typed stays until its writer removes it. `list` tells lists apart.
 */
export function useHeldRows<Item>(fetched: readonly Item[], rows: Rows<Item>, list = '') {
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set());
  const [seen, setSeen] = useState({ list, fetched, items: fetched });
  if (seen.fetched !== fetched || seen.list !== list) {
    const before = seen.list === list ? seen.items : [];
    setSeen({ list, fetched, items: withHeld(fetched, before, held, rows) });
  }
  const isGone = (key: string) => !fetched.some((item) => rows.keyOf(item) === key);
  return {
    items: seen.items.filter((item) => held.has(rows.keyOf(item)) || !isGone(rows.keyOf(item))),
    isGone,
    hold: (key: string, writing: boolean) =>
      setHeld((keys) => new Set(writing ? [...keys, key] : [...keys].filter((one) => one !== key))),
  };
}

function withHeld<Item>(
  fetched: readonly Item[],
  before: readonly Item[],
  held: ReadonlySet<string>,
  { keyOf, faded }: Rows<Item>,
): readonly Item[] {
  const items = [...fetched];
  before.forEach((item, index) => {
    if (!held.has(keyOf(item)) || fetched.some((one) => keyOf(one) === keyOf(item))) return;
    items.splice(index, 0, faded(item));
  });
  return items;
}
