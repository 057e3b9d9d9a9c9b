import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components, paths } from '../../api/schema';
import type { ISODate } from '../../lib/dates';

type Schemas = components['schemas'];
export type Forum = Schemas['Forum'];
export type ForumInput = Schemas['ForumInput'];
export type Membership = Schemas['Membership'];
export type MembershipInput = Schemas['MembershipInput'];
export type MembershipEnd = Schemas['MembershipEndInput'];
export type MeetingSummary = Schemas['MeetingSummary'];
export type OutcomeEntry = Schemas['OutcomeEntry'];
export type AgendaItem = Schemas['AgendaItem'];
export type ListForums = NonNullable<paths['/forums']['get']['parameters']['query']>;

export const forumKeys = { all: ['forums'] as const };

/** The register. There are some tens of forums at most: one page holds them. */
export const forumListQuery = (filters: ListForums) =>
  queryOptions({
    queryKey: [...forumKeys.all, 'list', filters],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/forums', { params: { query: { ...filters, limit: 200 } }, signal })))
        .items,
    placeholderData: keepPreviousData,
  });

/** One forum by its id or key. */
export const forumQuery = (id: string, asOf?: ISODate) =>
  queryOptions({
    queryKey: [...forumKeys.all, 'one', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/forums/{id}', { params: { path: { id }, query: { asOf } }, signal })),
  });

/** The meetings of a forum that the reader sees, the latest first. */
export const forumMeetingsQuery = (forumId: string, asOf?: ISODate) =>
  queryOptions({
    queryKey: ['meetings', 'of-forum', forumId, { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/meetings', {
            params: { query: { forumId: [forumId], sort: '-startsAt', limit: 200, asOf } },
            signal,
          }),
        )
      ).items,
  });

/** What a forum decided and assigned, the latest meeting first. */
export const forumOutcomesQuery = (forumId: string, asOf?: ISODate) =>
  infiniteQueryOptions({
    queryKey: ['meetings', 'outcomes-of-forum', forumId, { asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/outcomes', {
          params: {
            query: {
              forumId: [forumId],
              type: ['decision', 'assignment', 'referral'],
              limit: 50,
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

/** The agenda of the meeting that comes next, where the reader may see it. */
export const nextAgendaQuery = (meetingId: string, asOf?: ISODate) =>
  queryOptions({
    queryKey: ['meetings', 'agenda', meetingId, { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/meetings/{id}/agenda-items', {
            params: { path: { id: meetingId }, query: { asOf } },
            signal,
          }),
        )
      ).items,
  });

export function useSaveForum() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, body }: { id?: string; version: number; body: ForumInput }) =>
      id === undefined
        ? bodyOf(api.POST('/forums', { body }))
        : bodyOf(
            api.PUT('/forums/{id}', {
              params: { path: { id }, header: { 'If-Match': `"${version}"` } },
              body,
            }),
          ),
    onSuccess: () => client.invalidateQueries({ queryKey: forumKeys.all }),
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

export function useEndMembership(forumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ memberId, body }: { memberId: string; body: MembershipEnd }) =>
      bodyOf(
        api.POST('/forums/{id}/members/{memberId}/end', {
          params: { path: { id: forumId, memberId } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: forumKeys.all }),
  });
}

// What a forum names. These change seldom.
const seldom = 300_000;

export const goalOptionsQuery = queryOptions({
  queryKey: ['goals', 'options'],
  queryFn: async ({ signal }) =>
    (await bodyOf(api.GET('/goals', { params: { query: { limit: 200 } }, signal }))).items,
  staleTime: seldom,
});

export const chainOptionsQuery = queryOptions({
  queryKey: ['chains', 'options'],
  queryFn: async ({ signal }) =>
    (await bodyOf(api.GET('/chains', { params: { query: { limit: 200 } }, signal }))).items,
  staleTime: seldom,
});
