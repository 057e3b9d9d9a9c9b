/** What sorts things, by the names that the address and the server give its filters. */
export const termKeys = ['themeId', 'targetGroupId', 'districtId', 'tagId'] as const;
export type TermKey = (typeof termKeys)[number];

/** Filters by terms as they stand in the address; `none` finds what has none. */
export type TermSearch = Partial<Record<TermKey, string>>;

/** Reads the address; what cannot be a filter is left out. */
export function readTermSearch(search: Record<string, unknown>): TermSearch {
  const found: TermSearch = {};
  for (const key of termKeys) {
    const value = search[key];
    if (typeof value === 'string' && value !== '') found[key] = value;
  }
  return found;
}

/** The filters as the server takes them. */
export function termQuery(search: TermSearch): Partial<Record<TermKey, string[]>> {
  const query: Partial<Record<TermKey, string[]>> = {};
  for (const key of termKeys) {
    const value = search[key];
    if (value) query[key] = [value];
  }
  return query;
}
