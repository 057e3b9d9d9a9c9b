import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, bodyOf, type ReadQuery } from '../../api/client';
import { useMe } from '../../api/me';
import type { components } from '../../api/schema';
import { ofNow, useAsOf } from '../../lib/asOf';
import { dateOf, type ISODate } from '../../lib/dates';

type Schemas = components['schemas'];
export type Forum = Schemas['Forum'];
export type ForumInput = Schemas['ForumInput'];
export type Membership = Schemas['Membership'];
export type MembershipInput = Schemas['MembershipInput'];
export type MembershipEnd = Schemas['MembershipEndInput'];
export type MeetingInput = Schemas['MeetingInput'];
export type MeetingSummary = Schemas['MeetingSummary'];
export type OutcomeEntry = Schemas['OutcomeEntry'];
export type ListForums = ReadQuery<'/forums'>;

export const forumKeys = { all: ['forums'] as const };
const meetingKeys = { all: ['meetings'] as const };

/** The largest page that the server gives. */
const limit = 200;

/** The register, in alphabetical order, with the number of all that the filters let through. */
export const forumListQuery = (filters: ListForums) =>
  infiniteQueryOptions({
    queryKey: [...forumKeys.all, 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/forums', {
          params: { query: { ...filters, limit, count: 'exact', cursor: pageParam || undefined } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

/** One forum by its id or key. */
export const forumQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...forumKeys.all, 'one', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/forums/{id}', { params: { path: { id }, query: { asOf } }, signal })),
  });

/** The meetings of a forum that the reader sees, the latest first. */
export const forumMeetingsQuery = (forumId: string, asOf: ISODate | undefined) =>
  infiniteQueryOptions({
    queryKey: [...meetingKeys.all, 'of-forum', forumId, { asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/meetings', {
          params: {
            query: {
              forumId: [forumId],
              sort: '-startsAt',
              limit,
              cursor: pageParam || undefined,
              asOf,
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });

/** What came of a forum's meetings, with the actions that followed, the latest first. */
export const forumOutcomesQuery = (forumId: string, asOf: ISODate | undefined) =>
  infiniteQueryOptions({
    queryKey: ['outcomes', 'of-forum', forumId, { asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/outcomes', {
          params: { query: { forumId: [forumId], limit, cursor: pageParam || undefined, asOf } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });

/** The agenda of a meeting; empty unless the reader may read its papers. */
export const agendaQuery = (meetingId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'agenda', meetingId, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/meetings/{id}/agenda-items', {
          params: { path: { id: meetingId }, query: { asOf } },
          signal,
        }),
      ),
    select: ({ items }) => items,
  });

/** The chains to choose from, and to filter by. */
export const chainChoicesQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['chains', 'choices', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/chains', { params: { query: { limit, asOf } }, signal }))).items,
    staleTime: 60_000,
  });

/** The goals to choose from. */
export const goalChoicesQuery = queryOptions({
  queryKey: ['goals', 'choices'],
  queryFn: async ({ signal }) =>
    (await bodyOf(api.GET('/goals', { params: { query: { limit, asOf: ofNow } }, signal }))).items,
  staleTime: 60_000,
});

/** Writes a forum: a new one where no id is given. */
export function useSaveForum(id?: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body: ForumInput }) =>
      id === undefined
        ? bodyOf(api.POST('/forums', { body }))
        : bodyOf(
            api.PUT('/forums/{id}', {
              params: { path: { id }, header: { 'If-Match': `"${version}"` } },
              body,
            }),
          ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: forumKeys.all }),
        client.invalidateQueries({ queryKey: ['chains'] }), // they show what is pinned to them
      ]),
  });
}

export function useAddMember(forumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MembershipInput) =>
      bodyOf(api.POST('/forums/{id}/members', { params: { path: { id: forumId } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: forumKeys.all }),
  });
}

export function useEndMembership(forumId: string, memberId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MembershipEnd) =>
      bodyOf(
        api.POST('/forums/{id}/members/{memberId}/end', {
          params: { path: { id: forumId, memberId } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: forumKeys.all }),
  });
}

export function useCreateMeeting(forumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MeetingInput) =>
      bodyOf(api.POST('/forums/{id}/meetings', { params: { path: { id: forumId } }, body })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: forumKeys.all }),
        client.invalidateQueries({ queryKey: meetingKeys.all }),
      ]),
  });
}

/**
 * The day that the page shows: the past day of the address, else the server's today; undefined
 * until it is known. Without an answer the clock of the browser is taken.
 */
export function useShownDay(): ISODate | undefined {
  const asOf = useAsOf();
  const me = useMe();
  const now = me.data?.now ?? (me.isError ? new Date() : undefined);
  return asOf ?? (now && dateOf(now));
}
