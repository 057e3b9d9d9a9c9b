import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { holdingsOverTime } from '../../api/holdings';
import { allItems } from '../../api/pages';
import type { Party } from '../../api/parties';
import type { Post } from '../../api/posts';
import type { components } from '../../api/schema';
import type { Unit } from '../../api/units';
import type { ISODate } from '../../lib/dates';

export type Holding = components['schemas']['Holding'];
export type PartyInput = components['schemas']['PartyInput'];
export type UnitInput = components['schemas']['UnitInput'];
export type PostInput = components['schemas']['PostInput'];
export type HoldingInput = components['schemas']['HoldingInput'];
export type HoldingEnd = components['schemas']['HoldingEnd'];
export type DutyGroup = components['schemas']['DutyGroup'];

interface Asked {
  asOf: ISODate | undefined;
  validOn?: string;
}

/** The posts of all parties. */
export const postsQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['posts', 'all', asked],
    queryFn: ({ signal }) =>
      allItems((cursor) =>
        bodyOf(api.GET('/posts', { params: { query: { ...asked, cursor, limit: 200 } }, signal })),
      ),
    placeholderData: keepPreviousData,
  });

/** Who holds which post on the day shown; nothing for those who are no staff. */
export const holdingsQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['holdings', asked],
    queryFn: ({ signal }) =>
      allItems((cursor) =>
        bodyOf(
          api.GET('/holdings', { params: { query: { ...asked, cursor, limit: 200 } }, signal }),
        ),
      ),
    placeholderData: keepPreviousData,
  });

/** Everybody who has held a post, the newest first. */
export const holdingsOfQuery = (postId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['holdings', 'of', postId, { asOf }],
    queryFn: ({ signal }) => holdingsOverTime({ postId: [postId] }, asOf, signal),
  });

/** One post, as it was on the day shown. */
export const postQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['posts', 'page', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/posts/{id}', { params: { path: { id }, query: { asOf } }, signal })),
  });

/** The roles that a post gives on the day shown; for administrators and auditors. */
export const grantsOfPostQuery = (postId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['grants', 'of-post', postId, { asOf }],
    queryFn: ({ signal }) =>
      allItems((cursor) =>
        bodyOf(
          api.GET('/grants', {
            params: { query: { postId: [postId], sort: 'role', cursor, limit: 200, asOf } },
            signal,
          }),
        ),
      ),
  });

/** What is written, and the version that it is based on; that of a new thing does not matter. */
interface Write<Body> {
  body: Body;
  version: number;
}

function invalidate(client: QueryClient, ...kinds: string[]) {
  return Promise.all(kinds.map((kind) => client.invalidateQueries({ queryKey: [kind] })));
}

const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });

export function useRenameParty(party: Party) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: Write<PartyInput>) =>
      bodyOf(
        api.PUT('/parties/{id}', {
          params: { path: { id: party.id }, header: ifMatch(version) },
          body,
        }),
      ),
    onSuccess: () => invalidate(client, 'parties'),
  });
}

/** Saves a unit: a new one of the party, or a version of an old one. */
export function useSaveUnit(partyId: string, unit?: Unit) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: Write<UnitInput>) =>
      unit
        ? bodyOf(
            api.PUT('/units/{id}', {
              params: { path: { id: unit.id }, header: ifMatch(version) },
              body,
            }),
          )
        : bodyOf(api.POST('/units', { body: { ...body, partyId } })),
    onSuccess: () => invalidate(client, 'units', 'posts'),
  });
}

/** Saves a post: a new one, or a version of an old one. */
export function useSavePost(post?: Post) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: Write<PostInput>) =>
      post
        ? bodyOf(
            api.PUT('/posts/{id}', {
              params: { path: { id: post.id }, header: ifMatch(version) },
              body,
            }),
          )
        : bodyOf(api.POST('/posts', { body })),
    onSuccess: () => invalidate(client, 'posts', 'holdings'),
  });
}

/** Gives a post to a person; it may be the reader themselves. */
export function useAddHolding() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: HoldingInput) => bodyOf(api.POST('/holdings', { body })),
    onSuccess: () => invalidate(client, 'holdings', 'people', 'grants', 'me'),
  });
}

/** Everything that is open of a post: what somebody takes over when its holder leaves. */
export const dutiesQuery = (postId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['posts', postId, 'duties', { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/posts/{id}/duties', {
            params: { path: { id: postId }, query: { asOf } },
            signal,
          }),
        )
      ).groups,
  });

/** Sets the last day of a holding, and gives the post to whoever follows. */
export function useEndHolding() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: HoldingEnd & { id: string }) =>
      bodyOf(api.POST('/holdings/{id}/end', { params: { path: { id } }, body })),
    onSuccess: () => invalidate(client, 'holdings', 'posts', 'radar', 'people', 'grants', 'me'),
  });
}
