import { readTermSearch, type TermSearch } from '../../content/termSearch';

/** Why something is on the radar, in the order in which it is worked through. */
export const reasons = [
  'left',
  'vacant',
  'never_updated',
  'not_updated',
  'no_lead',
  'unit_only',
  'unaccepted',
] as const;

export type Reason = (typeof reasons)[number];

/** What of the radar is listed, kept in the address. */
export interface RadarSearch extends TermSearch {
  reason?: Reason;
  /** The id of a party, or `none`: of no party. */
  party?: string;
}

/** Reads the page's part of the address; what is not understood is left out. */
export function readRadarSearch(search: Record<string, unknown>): RadarSearch {
  const reason = reasons.find((known) => known === search.reason);
  return {
    ...readTermSearch(search),
    ...(reason ? { reason } : {}),
    ...(typeof search.party === 'string' && search.party !== '' ? { party: search.party } : {}),
  };
}
