/** The kinds of things that are searched, in the order in which they are shown. */
export const kinds = ['goal', 'action', 'forum', 'agenda_item', 'outcome', 'post'] as const;
export type SearchKind = (typeof kinds)[number];

/** What the results page looks for, as it stands in the address. */
export interface ResultSearch {
  q?: string;
  kind?: SearchKind;
}

/** As many characters as the server takes. */
export const maxText = 200;

export function readResultSearch(search: Record<string, unknown>): ResultSearch {
  // A number that is looked for reads as a number from the address.
  const q = typeof search.q === 'number' ? String(search.q) : search.q;
  const kind = kinds.find((known) => known === search.kind);
  return {
    ...(typeof q === 'string' && q.trim() !== '' && { q: q.slice(0, maxText) }),
    ...(kind && { kind }),
  };
}
