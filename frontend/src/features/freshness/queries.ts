import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { allItems } from '../../api/pages';
import type { components } from '../../api/schema';
import type { ISODate } from '../../lib/dates';
import type { FreshnessSearch, Grouping } from './search';

export type FreshnessGroup = components['schemas']['FreshnessGroup'];

/** The filters of the list as the server takes them. */
export const filters = ({ party, unit }: FreshnessSearch) => ({
  partyId: party ? [party] : undefined,
  unitId: unit ? [unit] : undefined,
});

/** The groups that have running actions, the most out of date first, page by page. */
export const freshnessQuery = (by: Grouping, search: FreshnessSearch, asOf: ISODate | undefined) =>
  infiniteQueryOptions({
    queryKey: ['freshness', 'list', by, filters(search), { asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/freshness', {
          params: {
            query: {
              ...filters(search),
              by,
              limit: 50,
              count: 'exact',
              cursor: pageParam || undefined,
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

/** The same by party and whole: few rows that add up. */
export const freshnessSumQuery = (search: FreshnessSearch, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['freshness', 'sum', filters(search), { asOf }],
    queryFn: ({ signal }) =>
      allItems((cursor) =>
        bodyOf(
          api.GET('/freshness', {
            params: { query: { ...filters(search), by: 'party', limit: 200, cursor, asOf } },
            signal,
          }),
        ),
      ),
    placeholderData: keepPreviousData,
  });
