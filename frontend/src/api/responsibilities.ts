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

export type ResponsibilityItem = components['schemas']['ResponsibilityItem'];
export type Agreement = components['schemas']['Agreement'];
export type Revision = components['schemas']['Revision'];
export type Terms = components['schemas']['Terms'];
export type Standing = ResponsibilityItem['standing'];
export type SubjectRef = ResponsibilityItem['subject'];
export type SubjectKind = SubjectRef['kind'];
export type ResponsibilityComment = components['schemas']['ResponsibilityComment'];
export type HandoverItem = components['schemas']['HandoverItem'];
export type MandateItem = components['schemas']['Forum'];

/** The thing that responsibilities are about. */
export interface Subject {
  kind: SubjectKind;
  id: string;
}

export const responsibilityKeys = { all: ['responsibilities'] as const };

/** Who answers for one thing, how far the parties agree, and what the reader may do. */
export const subjectResponsibilitiesQuery = ({ kind, id }: Subject, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...responsibilityKeys.all, 'of', kind, id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/responsibilities/of/{kind}/{id}', {
          params: { path: { kind, id }, query: { asOf } },
          signal,
        }),
      ),
  });

/** Every content that was proposed for one responsibility, the newest first. */
export const agreementsQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...responsibilityKeys.all, 'agreements', id, { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/responsibilities/{id}/agreements', {
            params: { path: { id }, query: { asOf } },
            signal,
          }),
        )
      ).items,
  });

/** One responsibility, with what the reader may do. */
export const responsibilityQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...responsibilityKeys.all, id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/responsibilities/{id}', { params: { path: { id }, query: { asOf } }, signal }),
      ),
  });

/** What staff have said of a responsibility's contents, the latest first, page after page. */
export const commentsQuery = (id: string, asOf: ISODate | undefined) =>
  infiniteQueryOptions({
    queryKey: [...responsibilityKeys.all, id, 'comments', { asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/responsibilities/{id}/comments', {
          params: { path: { id }, query: { asOf, limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  });

/** Every content that was proposed for one hand-over, the newest first. */
export const handoverAgreementsQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...responsibilityKeys.all, 'handover-agreements', id, { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/handovers/{id}/agreements', {
            params: { path: { id }, query: { asOf } },
            signal,
          }),
        )
      ).items,
  });

/** What a change of a responsibility makes old: it shows on the page of its subject and in lists. */
function changed(client: QueryClient) {
  return Promise.all(
    [
      responsibilityKeys.all,
      ['goals'],
      ['actions'],
      ['chains'],
      ['forums'],
      ['gaps'],
      ['matrix'],
      ['overview'],
      ['my-work'],
      ['audit'],
    ].map((queryKey) => client.invalidateQueries({ queryKey })),
  );
}

/** A content that somebody replaced meanwhile is fetched, so that it can be read before it is answered. */
function afterFailure(client: QueryClient) {
  return (error: unknown) => {
    if (error instanceof Problem && (error.status === 412 || error.status === 409)) {
      void changed(client);
    }
  };
}

const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });

/** What parties accept: a responsibility, a hand-over of a chain, or the mandate of a forum. */
export type AnswerableKind = 'responsibility' | 'handover' | 'mandate';

interface Answered {
  kind: AnswerableKind;
  id: string;
  version: number;
}

/** Answers what waits for the reader's party: exactly the content of this version. */
export function useAnswer({ kind, id, version }: Answered) {
  const client = useQueryClient();
  const params = { path: { id }, header: ifMatch(version) };
  return useMutation({
    /** Answers; the parties that have not accepted after it. A mandate is only accepted. */
    mutationFn: async (body: components['schemas']['Answer']): Promise<string[]> => {
      if (kind === 'mandate') {
        const { mandateAnswers } = await bodyOf(
          api.POST('/forums/{id}/mandate-acceptance', { params }),
        );
        return mandateAnswers.filter(({ acceptedAt }) => !acceptedAt).map(({ partyId }) => partyId);
      }
      const { waiting } = await (kind === 'handover'
        ? bodyOf(api.POST('/handovers/{id}/acceptances', { params, body }))
        : bodyOf(api.POST('/responsibilities/{id}/acceptances', { params, body })));
      return (waiting?.acceptances ?? [])
        .filter(({ answer }) => answer !== 'accepted')
        .map(({ partyId }) => partyId);
    },
    onSuccess: () => changed(client),
    onError: afterFailure(client),
  });
}

export function usePropose() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: components['schemas']['ResponsibilityProposal']) =>
      bodyOf(api.POST('/responsibilities', { body })),
    onSuccess: () => changed(client),
  });
}

export function useChangeTerms(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: Terms; version: number }) =>
      bodyOf(
        api.PUT('/responsibilities/{id}', {
          params: { path: { id }, header: ifMatch(version) },
          body,
        }),
      ),
    onSuccess: () => changed(client),
  });
}

/** Says something of exactly the content that was read: a remark, or that changes are asked for. */
export function useSayOfProposal({ id, version }: Pick<ResponsibilityItem, 'id' | 'version'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: components['schemas']['ResponsibilityWord']) =>
      bodyOf(
        api.POST('/responsibilities/{id}/comments', {
          params: { path: { id }, header: ifMatch(version) },
          body,
        }),
      ),
    onSuccess: () =>
      Promise.all(
        [responsibilityKeys.all, ['my-work'], ['audit']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
    onError: afterFailure(client),
  });
}

/** Takes back what the reader's own party proposed. */
export function useWithdraw(id: string, version: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      bodyOf(
        api.POST('/responsibilities/{id}/withdrawal', {
          params: { path: { id }, header: ifMatch(version) },
          body: reason ? { reason } : {},
        }),
      ),
    onSuccess: () => changed(client),
    onError: afterFailure(client),
  });
}
