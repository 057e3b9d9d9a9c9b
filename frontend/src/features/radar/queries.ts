import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { termQuery, type TermSearch } from '../../content/termSearch';
import type { ISODate } from '../../lib/dates';
import type { RadarSearch, Reason } from './search';

export type RadarItem = components['schemas']['RadarItem'];
export type RadarCount = components['schemas']['RadarCount'];

/** How many there are of each reason and party. */
export const radarCountsQuery = (terms: TermSearch, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['radar', 'counts', termQuery(terms), { asOf }],
    queryFn: async ({ signal }) => {
      const query = { ...termQuery(terms), asOf };
      return (await bodyOf(api.GET('/radar/counts', { params: { query }, signal }))).items;
    },
    placeholderData: keepPreviousData,
  });

/** The filters of the radar as the server takes them. */
export const radarFilter = ({ party, ...terms }: RadarSearch, asOf: ISODate | undefined) => ({
  ...termQuery(terms),
  partyId: party ? [party] : undefined,
  asOf,
});

/** What is on the radar for a reason, the longest first, page by page. */
export const radarQuery = (
  reason: Reason,
  { party, ...terms }: RadarSearch,
  asOf: ISODate | undefined,
) =>
  infiniteQueryOptions({
    queryKey: ['radar', 'list', reason, party, termQuery(terms), { asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/radar', {
          params: {
            query: {
              ...termQuery(terms),
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
