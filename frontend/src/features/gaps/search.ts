import { readTermSearch, type TermSearch } from '../../content/termSearch';
import type { GapReason } from './queries';

export const reasons = [
  'gap',
  'unaccepted',
  'no_receiver',
  'review_overdue',
  'no_review',
  'no_action',
] as const satisfies readonly GapReason[];

/** The filters of the list, as they stand in the address. */
export interface GapSearch extends Pick<TermSearch, 'themeId' | 'tagId'> {
  /** How wide the gap is. */
  gap?: 'minor' | 'major';
  chainId?: string;
  reason?: GapReason;
  partyId?: string;
  /** Whether an open action treats it. */
  treated?: 'true' | 'false';
}

/** Reads the address; what cannot be a filter is left out. */
export function readGapSearch(search: Record<string, unknown>): GapSearch {
  const { chainId, partyId, gap } = search;
  const { themeId, tagId } = readTermSearch(search);
  const reason = reasons.find((known) => known === search.reason);
  const treated = String(search.treated);
  return {
    ...(themeId && { themeId }),
    ...(tagId && { tagId }),
    ...((gap === 'minor' || gap === 'major') && { gap }),
    ...(typeof chainId === 'string' && chainId !== '' && { chainId }),
    ...(typeof partyId === 'string' && partyId !== '' && { partyId }),
    ...(reason && { reason }),
    ...((treated === 'true' || treated === 'false') && { treated }),
  };
}
