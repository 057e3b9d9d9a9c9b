interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/**
 * All items of a list, page after page: for what is small enough to be shown whole, such as the
 * units of the parties.
 */
export async function allItems<T>(page: (cursor?: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const answer = await page(cursor);
    items.push(...answer.items);
    cursor = answer.nextCursor;
  } while (cursor);
  return items;
}
