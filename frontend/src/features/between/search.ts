/** What is compared, and when; what is typed stays, the server says what is wrong with it. */
export interface BetweenSearch {
  /** The address of a list or item in the API, with its filters. */
  of?: string;
  from?: string;
  to?: string;
  /** The page from which the reader came, below the language. */
  back?: string;
}

export function readBetweenSearch(search: Record<string, unknown>): BetweenSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const back = text(search.back);
  return {
    of: text(search.of),
    from: text(search.from),
    to: text(search.to),
    back: back && /^\/(?![/\\])/.test(back) ? back : undefined,
  };
}
