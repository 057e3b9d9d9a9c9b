import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { holdingsOverTime } from '../../api/holdings';
import { allItems } from '../../api/pages';
import type { components } from '../../api/schema';
import { ofNow } from '../../lib/asOf';
import type { ISODate } from '../../lib/dates';
import type { Role } from './search';

export type Grant = components['schemas']['Grant'];
export type GrantInput = components['schemas']['GrantInput'];

interface Asked {
  asOf: ISODate | undefined;
  validOn?: string;
  role?: Role[];
  partyId?: string[];
  personId?: string[];
}

/** The grants that the filters let through, page after page, with how many there are. */
export const grantsQuery = (asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ['grants', asked],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/grants', {
          params: {
            query: {
              ...asked,
              sort: 'role,party,holder',
              count: 'exact',
              limit: 100,
              cursor: pageParam,
            },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

/** The people who have signed in, page after page. */
export const peopleQuery = (asked: { asOf: ISODate | undefined; q?: string; partyId?: string[] }) =>
  infiniteQueryOptions({
    queryKey: ['people', asked],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/people', {
          params: { query: { ...asked, count: 'exact', limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

/** The posts that a person has held, whenever, as it was known on the day shown; the newest first. */
export const holdingsOfPersonQuery = (personId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['holdings', 'of-person', personId, { asOf }],
    queryFn: ({ signal }) => holdingsOverTime({ personId: [personId] }, asOf, signal),
  });

/** The roles of a person on the day shown, by their posts and in person. */
export const grantsOfPersonQuery = (personId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['grants', 'of-person', personId, { asOf }],
    queryFn: ({ signal }) =>
      allItems((cursor) =>
        bodyOf(
          api.GET('/grants', {
            params: { query: { personId: [personId], sort: 'role', cursor, limit: 200, asOf } },
            signal,
          }),
        ),
      ),
  });

/** The forums that a secretary can be granted. */
export const forumChoicesQuery = queryOptions({
  queryKey: ['forums', 'choices'],
  queryFn: ({ signal }) =>
    allItems((cursor) =>
      bodyOf(
        api.GET('/forums', { params: { query: { cursor, limit: 200, asOf: ofNow } }, signal }),
      ),
    ),
});

function invalidate(client: QueryClient) {
  return Promise.all(
    ['grants', 'people', 'me'].map((kind) => client.invalidateQueries({ queryKey: [kind] })),
  );
}

export function useCreateGrant() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: GrantInput) => bodyOf(api.POST('/grants', { body })),
    onSuccess: () => invalidate(client),
  });
}

export function useEndGrant() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      bodyOf(api.POST('/grants/{id}/end', { params: { path: { id } }, body: { reason } })),
    onSuccess: () => invalidate(client),
  });
}
