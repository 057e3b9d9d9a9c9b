/** What is compared, and when; what is typed stays, the server says what is wrong with it. */
export interface BetweenSearch {
  /** The address of a list or item in the API, with its filters. */
  of?: string;
  from?: string;
  to?: string;
}

export function readBetweenSearch(search: Record<string, unknown>): BetweenSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return { of: text(search.of), from: text(search.from), to: text(search.to) };
}
