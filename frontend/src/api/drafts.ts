import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import type { ISODate } from '../lib/dates';
import { Problem } from '../lib/problem';
import { api, bodyOf } from './client';
import type { components } from './schema';

export type Draft = components['schemas']['Draft'];
export type DraftSummary = components['schemas']['DraftSummary'];
export type DraftComment = components['schemas']['DraftComment'];
export type DraftDifference = components['schemas']['DraftDifference'];
export type DraftKind = components['schemas']['NewDraft']['subjectKind'];
export type CommentKind = DraftComment['kind'];

export const draftKeys = { all: ['drafts'] as const };

/** The draft of one thing that waits to be published, or null. For staff; others find none. */
export const openDraftQuery = (kind: DraftKind, id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...draftKeys.all, 'open', kind, id, { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/drafts', {
            params: { query: { subjectKind: [kind], subjectId: [id], state: ['open'], asOf } },
            signal,
          }),
        )
      ).items[0] ?? null,
  });

export const draftQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...draftKeys.all, id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/drafts/{id}', { params: { path: { id }, query: { asOf } }, signal })),
  });

/** What the parties have said of a draft, the latest first, page after page. */
export const draftCommentsQuery = (id: string, asOf: ISODate | undefined) =>
  infiniteQueryOptions({
    queryKey: [...draftKeys.all, id, 'comments', { asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/drafts/{id}/comments', {
          params: { path: { id }, query: { asOf, limit: 20, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  });

/** What a draft makes old before it is published. */
function changed(client: QueryClient) {
  return Promise.all(
    [
      draftKeys.all,
      ['goals'],
      ['chains'],
      ['plans'],
      ['responsibilities'],
      ['gaps'],
      ['matrix'],
      ['overview'],
      ['my-work'],
      ['audit'],
    ].map((queryKey) => client.invalidateQueries({ queryKey })),
  );
}

/** What somebody did to the draft meanwhile is fetched, so that it can be read. */
function afterFailure(client: QueryClient) {
  return (error: unknown) => {
    if (error instanceof Problem && (error.status === 412 || error.status === 409)) {
      void client.invalidateQueries({ queryKey: draftKeys.all });
    }
  };
}

const target = ({ id, version }: Pick<DraftSummary, 'id' | 'version'>) => ({
  path: { id },
  header: { 'If-Match': `"${version}"` },
});

export function useCreateDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: components['schemas']['NewDraft']) => bodyOf(api.POST('/drafts', { body })),
    onSuccess: () => changed(client),
  });
}

interface Version {
  id: string;
  version: number;
}

export function useSaveDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, ...draft }: Version & { body: components['schemas']['DraftEdit'] }) =>
      bodyOf(api.PUT('/drafts/{id}', { params: target(draft), body })),
    onSuccess: () => changed(client),
  });
}

/** Says something of exactly this version: a remark, that it is agreed to, or what is to change. */
export function useSayOfDraft(draft: Version) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: components['schemas']['DraftWord']) =>
      bodyOf(api.POST('/drafts/{id}/comments', { params: target(draft), body })),
    onSuccess: () => changed(client),
    onError: afterFailure(client),
  });
}

export function usePublishDraft(draft: Version) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/drafts/{id}/publication', { params: target(draft) })),
    // Once it is published, anything may say otherwise: states, figures, own work.
    onSuccess: () => client.invalidateQueries(),
    onError: afterFailure(client),
  });
}

export function useDiscardDraft(draft: Version) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      bodyOf(api.POST('/drafts/{id}/discard', { params: target(draft), body: { reason } })),
    onSuccess: () => changed(client),
    onError: afterFailure(client),
  });
}
