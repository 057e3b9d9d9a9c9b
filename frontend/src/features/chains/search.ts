/** What a chain's address says beside the chain. */
export interface ChainSearch {
  /** The hand-over whose details are open. */
  handover?: string;
}

/** Reads the address; what is no id is left out. */
export function readChainSearch(search: Record<string, unknown>): ChainSearch {
  return typeof search.handover === 'string' && search.handover !== ''
    ? { handover: search.handover }
    : {};
}
