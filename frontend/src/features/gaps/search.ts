import type { GapReason } from './queries';

export const reasons = [
  'gap',
  'unaccepted',
  'no_receiver',
  'review_overdue',
  'no_action',
] as const satisfies readonly GapReason[];

/** The filters of the list, as they stand in the address. */
export interface GapSearch {
  chainId?: string;
  reason?: GapReason;
  partyId?: string;
  /** Whether an open action treats it. */
  treated?: 'true' | 'false';
}

/** Reads the address; what cannot be a filter is left out. */
export function readGapSearch(search: Record<string, unknown>): GapSearch {
  const { chainId, partyId } = search;
  const reason = reasons.find((known) => known === search.reason);
  const treated = String(search.treated);
  return {
    ...(typeof chainId === 'string' && chainId !== '' && { chainId }),
    ...(typeof partyId === 'string' && partyId !== '' && { partyId }),
    ...(reason && { reason }),
    ...((treated === 'true' || treated === 'false') && { treated }),
  };
}
