import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { responsibilityKeys } from '../../api/responsibilities';
import type { components } from '../../api/schema';
import type { ISODate } from '../../lib/dates';
import { termQuery } from '../../content/termSearch';
import { standings, work, type Kind, type ListSearch } from './search';

export type ResponsibleOn = components['schemas']['ResponsibleOn'];
export type ResponsibleOnItem = components['schemas']['ResponsibleOnItem'];

/** Who was responsible for a thing on a day. */
export const onQuery = (subjectKind: Kind, subjectId: string, date: ISODate) =>
  queryOptions({
    queryKey: [...responsibilityKeys.all, 'on', subjectKind, subjectId, date],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/responsibilities/on', {
          params: { query: { subjectKind, subjectId, date } },
          signal,
        }),
      ),
  });

/** The filters and the order of that list as the server takes them. */
export const listFilter = (search: ListSearch, asOf: ISODate | undefined) => {
  const { kind, chainId, partyId, part, acceptance, begun } = search;
  return {
    subjectKind: kind === 'work' ? [...work] : kind && [kind],
    chainId: chainId ? [chainId] : undefined,
    ...termQuery(search),
    current: begun,
    partyId: partyId ? [partyId] : undefined,
    part: part ? [part] : undefined,
    standing: acceptance ? [...standings[acceptance]] : undefined,
    sort: acceptance === 'waiting' ? 'waitingSince' : 'part,post',
    asOf,
  };
};

/** The responsibilities of all kinds of things, page after page: what waits, the oldest first. */
export const responsibilityListQuery = (search: ListSearch, asOf: ISODate | undefined) =>
  infiniteQueryOptions({
    queryKey: [...responsibilityKeys.all, 'list', search, { asOf }],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...listFilter(search, asOf),
        limit: 100,
        cursor: pageParam,
        count: 'exact' as const,
      };
      return bodyOf(api.GET('/responsibilities', { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

/** The chains, for the filter. */
export const chainsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['chains', 'titles', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/chains', { params: { query: { limit: 200, asOf } }, signal }))).items,
  });
