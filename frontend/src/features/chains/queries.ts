import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { allItems } from '../../api/pages';
import type { ISODate } from '../../lib/dates';
import type { ChainListSearch } from './search';

import type { ChainInput } from './types';

export const chainKeys = { all: ['chains'] as const };

/** All chains with their stages: they are a handful. */
export const chainListQuery = (asOf: ISODate | undefined, filter: ChainListSearch = {}) =>
  queryOptions({
    queryKey: [...chainKeys.all, 'list', filter, { asOf }],
    queryFn: async ({ signal }) => {
      const themeId = filter.themeId ? [filter.themeId] : undefined;
      const tagId = filter.tagId ? [filter.tagId] : undefined;
      const partyId = filter.partyId ? [filter.partyId] : undefined;
      const query = { limit: 200, asOf, themeId, tagId, partyId };
      return (await bodyOf(api.GET('/chains', { params: { query }, signal }))).items;
    },
    placeholderData: keepPreviousData,
  });

export const chainQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...chainKeys.all, id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/chains/{id}', { params: { path: { id }, query: { asOf } }, signal })),
  });

/** The posts of all parties, for the addresses of their services. */
export const postsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['posts', 'addresses', { asOf }],
    queryFn: ({ signal }) =>
      allItems((cursor) =>
        bodyOf(api.GET('/posts', { params: { query: { asOf, cursor, limit: 200 } }, signal })),
      ),
    staleTime: 300_000,
  });

/** The forums that follow one chain. */
export const chainForumsQuery = (chainId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['forums', 'list', { chainId, asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/forums', {
            params: { query: { chainId: [chainId], limit: 50, asOf } },
            signal,
          }),
        )
      ).items,
  });

export function useCreateChain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ChainInput & { key: string }) => bodyOf(api.POST('/chains', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: chainKeys.all }),
  });
}

export function useSaveChain(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: ChainInput; version: number }) =>
      bodyOf(
        api.PUT('/chains/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: chainKeys.all }),
        client.invalidateQueries({ queryKey: ['audit'] }),
      ]),
  });
}
