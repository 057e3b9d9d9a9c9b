import { isISODate, type ISODate } from '../../lib/dates';
import { readTermSearch, termQuery, type TermSearch } from '../../content/termSearch';

/** What narrows the overview; the names are those of the address and of the server. */
export interface OverviewFilter extends TermSearch {
  partyId?: string;
  chainId?: string;
}

/** By what the figures are broken down; by theme the goals themselves are shown. */
export const breakdowns = ['theme', 'chain', 'party'] as const;
export type Breakdown = (typeof breakdowns)[number];

export const acceptances = ['accepted', 'open', 'none'] as const;
export type Acceptance = (typeof acceptances)[number];

/** The address of the overview. */
export interface OverviewSearch extends OverviewFilter {
  by?: Exclude<Breakdown, 'theme'>;
  /** Which of the goals that are told the table shows. */
  acceptance?: Acceptance;
  /** After which day it is told what has changed. */
  since?: ISODate;
}

/** Reads the address; what cannot be a filter is left out. */
export function readOverviewSearch(search: Record<string, unknown>): OverviewSearch {
  const { partyId, chainId } = search;
  const by = (['chain', 'party'] as const).find((known) => known === search.by);
  const acceptance = acceptances.find((known) => known === search.acceptance);
  return {
    ...readTermSearch(search),
    ...(typeof partyId === 'string' && partyId !== '' && { partyId }),
    ...(typeof chainId === 'string' && chainId !== '' && { chainId }),
    ...(by && { by }),
    ...(acceptance && { acceptance }),
    ...(isISODate(search.since) && { since: search.since }),
  };
}

/** What of the address the server is asked with. */
export function filterOf(search: OverviewSearch): OverviewFilter {
  const { partyId, chainId } = search;
  return {
    ...readTermSearch({ ...search }),
    ...(partyId && { partyId }),
    ...(chainId && { chainId }),
  };
}

/** Whether something is left out: that nothing is found does not say that nothing is there. */
export function isNarrowed(filter: OverviewFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** Takes every filter off. */
export const withoutFilters: OverviewSearch = {
  themeId: undefined,
  targetGroupId: undefined,
  districtId: undefined,
  tagId: undefined,
  partyId: undefined,
  chainId: undefined,
  acceptance: undefined,
};

/** The filters as the server takes them. */
export function overviewQueryOf({ partyId, chainId, ...terms }: OverviewFilter) {
  return {
    ...termQuery(terms),
    ...(partyId && { partyId: [partyId] }),
    ...(chainId && { chainId: [chainId] }),
  };
}
