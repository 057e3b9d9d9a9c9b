import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import type { ISODate } from '../../lib/dates';
import type { Reason } from './search';

export type RadarItem = components['schemas']['RadarItem'];
export type RadarCount = components['schemas']['RadarCount'];

/** How many there are of each reason and party. */
export const radarCountsQuery = (asOf?: ISODate) =>
  queryOptions({
    queryKey: ['radar', 'counts', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/radar/counts', { params: { query: { asOf } }, signal }))).items,
  });

/** What is on the radar for a reason, the longest first, page by page. */
export const radarQuery = (reason: Reason, party?: string, asOf?: ISODate) =>
  infiniteQueryOptions({
    queryKey: ['radar', 'list', reason, party, { asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/radar', {
          params: {
            query: {
              reason,
              partyId: party ? [party] : undefined,
              limit: 50,
              cursor: pageParam,
              asOf,
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
