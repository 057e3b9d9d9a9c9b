/** What a chain's address says beside the chain. */
export interface ChainSearch {
  /** The hand-over whose details are open. */
  handover?: string;
  /** The form is open. */
  edit?: true;
}

/** The filters of the register, as they stand in the address. */
export interface ChainListSearch {
  themeId?: string;
  tagId?: string;
  partyId?: string;
}

/** Reads the register's filters from the address; what is no filter is left out. */
export function readChainListSearch(search: Record<string, unknown>): ChainListSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const themeId = text(search.themeId);
  const tagId = text(search.tagId);
  const partyId = text(search.partyId);
  return { ...(themeId && { themeId }), ...(tagId && { tagId }), ...(partyId && { partyId }) };
}

/** Reads the address; what is no id is left out. */
export function readChainSearch(search: Record<string, unknown>): ChainSearch {
  return {
    ...(typeof search.handover === 'string' && search.handover !== ''
      ? { handover: search.handover }
      : {}),
    ...(search.edit === true ? { edit: true as const } : {}),
  };
}
