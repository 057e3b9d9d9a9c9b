/** What narrows the organisation page, kept in the address. */
export interface OrganisationSearch {
  q?: string;
  /** `any` shows past and coming units and posts too. */
  show?: 'any';
}

/** Reads the page's part of the address; what is not understood is left out. */
export function readOrganisationSearch(search: Record<string, unknown>): OrganisationSearch {
  return {
    ...(typeof search.q === 'string' && search.q !== '' ? { q: search.q } : {}),
    ...(search.show === 'any' ? { show: 'any' } : {}),
  };
}
