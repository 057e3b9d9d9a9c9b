import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import type { ISODate } from '../../lib/dates';
import type { CompareSearch, RoundSearch } from './search';

type Schemas = components['schemas'];
export type Round = Schemas['Round'];
export type RoundSummary = Schemas['RoundSummary'];
export type RoundFigure = Schemas['RoundFigure'];
export type RoundPreview = Schemas['RoundPreview'];
export type RoundSnapshot = Schemas['RoundSnapshot'];
export type Expectation = Schemas['RoundExpectation'];
export type RoundComparison = Schemas['RoundComparison'];
export type Compared = Schemas['RoundCompared'];
export type RoundCell = Schemas['RoundCell'];
export type NewRound = Schemas['NewRound'];
export type RoundChange = Schemas['RoundChange'];

export const roundKeys = { all: ['rounds'] as const };

/** All rounds, the newest period first. */
export const roundsQuery = (asOf: ISODate | undefined) =>
  infiniteQueryOptions({
    queryKey: [...roundKeys.all, 'list', { asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/reporting-rounds', { params: { query: { asOf, cursor: pageParam } }, signal }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });

/** One round by its key, with how it stands. */
export const roundQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...roundKeys.all, 'one', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/reporting-rounds/{id}', { params: { path: { id }, query: { asOf } }, signal }),
      ),
  });

/** Who has reported and who has not, page by page. */
export const expectationsQuery = (
  id: string,
  { level, party, state }: RoundSearch,
  asOf: ISODate | undefined,
) =>
  infiniteQueryOptions({
    queryKey: [...roundKeys.all, 'expectations', id, { level, party, state, asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/reporting-rounds/{id}/expectations', {
          params: {
            path: { id },
            query: {
              level: level && [level],
              partyId: party ? [party] : undefined,
              state,
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

/** When the levels of a round are due. */
export interface RoundDates {
  dueOn: string;
  goalDays: number;
  actionDays: number;
}

/** The last days of a round before it is opened. */
export const previewQuery = (planId: string, dates: RoundDates) =>
  queryOptions({
    queryKey: [...roundKeys.all, 'preview', planId, dates],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/reporting-rounds/preview', { params: { query: { planId, ...dates } }, signal }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** Rounds side by side, page by page. */
export const comparisonQuery = (
  round: readonly string[],
  level: CompareSearch['level'],
  asOf: ISODate | undefined,
) =>
  infiniteQueryOptions({
    queryKey: [...roundKeys.all, 'comparison', round, level, { asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/reporting-rounds/comparison', {
          params: {
            query: {
              round: [...round],
              level: level && [level],
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

/** Opens a round. */
export function useOpenRound() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewRound) => bodyOf(api.POST('/reporting-rounds', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: roundKeys.all }),
  });
}

const ifMatch = (id: string, version: number) => ({
  path: { id },
  header: { 'If-Match': `"${version}"` },
});

/** Gives an open round another title and later last days. */
export function useChangeRound(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: RoundChange; version: number }) =>
      bodyOf(api.PUT('/reporting-rounds/{id}', { params: ifMatch(id, version), body })),
    onSuccess: () => client.invalidateQueries({ queryKey: roundKeys.all }),
  });
}

/** What is decided of a round. */
export type RoundDecision =
  | { kind: 'completion'; note: RoundChange['title'] }
  | { kind: 'reopening'; reason: string }
  | { kind: 'cancellation'; reason: RoundChange['title'] };

/** Completes the own side of a round, takes that back, or cancels the round. */
export function useDecideRound({ id, version }: Pick<Round, 'id' | 'version'>) {
  const client = useQueryClient();
  const params = ifMatch(id, version);
  return useMutation({
    mutationFn: (decision: RoundDecision): Promise<Round> => {
      switch (decision.kind) {
        case 'completion':
          return bodyOf(
            api.POST('/reporting-rounds/{id}/completion', {
              params,
              body: { note: decision.note },
            }),
          );
        case 'reopening':
          return bodyOf(
            api.POST('/reporting-rounds/{id}/reopening', {
              params,
              body: { reason: decision.reason },
            }),
          );
        case 'cancellation':
          return bodyOf(
            api.POST('/reporting-rounds/{id}/cancellation', {
              params,
              body: { reason: decision.reason },
            }),
          );
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: roundKeys.all }),
  });
}

/** The address of the snapshot's file; the bytes are those that were frozen. */
export function snapshotAddress(
  id: string,
  format: 'json' | 'csv',
  query: Readonly<Record<string, string>>,
): string {
  return `/api/v1/reporting-rounds/${id}/snapshot.${format}?${new URLSearchParams(query).toString()}`;
}

/** The SHA-256 of the snapshot as it is downloaded now, in hexadecimal. */
export async function hashOfSnapshot(
  id: string,
  audience: RoundSnapshot['audience'],
): Promise<string> {
  const bytes = await bodyOf(
    api.GET('/reporting-rounds/{id}/snapshot.json', {
      params: { path: { id }, query: { audience } },
      parseAs: 'arrayBuffer',
    }),
  );
  const sum = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Sums figures over levels and parties. */
export function tally(figures: readonly RoundFigure[]) {
  const sum = { reported: 0, late: 0, missing: 0, waiting: 0 };
  for (const each of figures) {
    sum.reported += each.reported;
    sum.late += each.late;
    sum.missing += each.missing;
    sum.waiting += each.waiting;
  }
  return { ...sum, asked: sum.reported + sum.late + sum.missing + sum.waiting };
}
