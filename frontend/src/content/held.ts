import { useState } from 'react';
import type { ResponsibilityItem } from '../api/responsibilities';

const none: readonly ResponsibilityItem[] = [];

/**
 * The items of a list and, in their places, those that a refetch left out while somebody was
 * writing of them: what is typed stays until its writer removes it. `list` tells lists apart.
 */
export function useHeld(fetched: readonly ResponsibilityItem[] = none, list = '') {
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set());
  const [seen, setSeen] = useState({ list, fetched, items: fetched });
  if (seen.fetched !== fetched || seen.list !== list) {
    const before = seen.list === list ? seen.items : none;
    setSeen({ list, fetched, items: withHeld(fetched, before, held) });
  }
  const isGone = (id: string) => !fetched.some((item) => item.id === id);
  return {
    items: seen.items.filter(({ id }) => held.has(id) || !isGone(id)),
    isGone,
    hold: (id: string, writing: boolean) =>
      setHeld((ids) => new Set(writing ? [...ids, id] : [...ids].filter((each) => each !== id))),
  };
}

function withHeld(
  fetched: readonly ResponsibilityItem[],
  before: readonly ResponsibilityItem[],
  held: ReadonlySet<string>,
): readonly ResponsibilityItem[] {
  const items = [...fetched];
  before.forEach((item, index) => {
    if (!held.has(item.id) || fetched.some(({ id }) => id === item.id)) return;
    items.splice(index, 0, { ...item, discussion: undefined, permissions: [] });
  });
  return items;
}
