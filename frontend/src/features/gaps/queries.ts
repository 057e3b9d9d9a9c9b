import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { termQuery } from '../../content/termSearch';
import type { ISODate } from '../../lib/dates';
import type { GapSearch } from './search';

export type GapItem = components['schemas']['GapItem'];
export type GapReason = GapItem['reasons'][number];

/** The filters and the order of the list as the server takes them. */
export const asked = (search: GapSearch, asOf: ISODate | undefined) => ({
  ...termQuery(search),
  ...narrowed(search),
  asOf,
});

const narrowed = ({ chainId, partyId, reason, treated, gap }: GapSearch) => ({
  gap: gap ? [gap] : undefined,
  chainId: chainId ? [chainId] : undefined,
  partyId: partyId ? [partyId] : undefined,
  reason: reason ? [reason] : undefined,
  treated,
  // What has waited longest comes first where waiting is what was asked for.
  sort: reason && sorted[reason],
});

const sorted: Partial<Record<GapReason, string>> = {
  unaccepted: 'waitingSince',
  review_overdue: 'nextReviewOn',
};

/** Where the chains break, the widest gaps first, page after page. */
export const gapListQuery = (search: GapSearch, asOf: ISODate | undefined) =>
  infiniteQueryOptions({
    queryKey: ['gaps', 'list', asked(search, asOf)],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/gaps', {
          params: {
            query: { ...asked(search, asOf), limit: 100, cursor: pageParam, count: 'exact' },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

/** How many of them there are. */
export const gapCountQuery = (search: GapSearch, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['gaps', 'count', asked(search, asOf)],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/gaps', {
            params: { query: { ...asked(search, asOf), limit: 1, count: 'exact' } },
            signal,
          }),
        )
      ).total ?? 0,
  });

/** The chains, to choose from. */
export const chainsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['chains', 'options', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/chains', { params: { query: { asOf, limit: 200 } }, signal }))).items,
    staleTime: 300_000,
  });
