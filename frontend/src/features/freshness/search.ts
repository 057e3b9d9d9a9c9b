/** What the actions are grouped by. */
export const groupings = ['party', 'unit', 'post'] as const;
export type Grouping = (typeof groupings)[number];

/** What is shown, kept in the address. */
export interface FreshnessSearch {
  /** By party where the address says nothing. */
  by?: Grouping;
  /** The id of a party, or `none`: what nobody leads. */
  party?: string;
  /** The id of a unit of that party. */
  unit?: string;
}

/** Reads the page's part of the address; what is not understood is left out. */
export function readFreshnessSearch(search: Record<string, unknown>): FreshnessSearch {
  const by = groupings.find((known) => known === search.by);
  const id = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const party = id(search.party);
  const unit = id(search.unit);
  return { ...(by && { by }), ...(party && { party }), ...(unit && { unit }) };
}
