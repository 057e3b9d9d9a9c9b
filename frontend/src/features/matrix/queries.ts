import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type ReadQuery } from '../../api/client';
import type { components } from '../../api/schema';
import { termQuery, type TermSearch } from '../../content/termSearch';
import type { ISODate } from '../../lib/dates';

export type Matrix = components['schemas']['Matrix'];
export type MatrixRow = components['schemas']['MatrixRow'];
export type MatrixCell = components['schemas']['MatrixCell'];
export type MatrixColumn = components['schemas']['MatrixColumn'];
export type ResponsibilityItem = components['schemas']['ResponsibilityItem'];
export type HandoverItem = components['schemas']['HandoverItem'];
export type MatrixQuery = ReadQuery<'/matrix'>;

export const matrixKeys = { all: ['matrix'] as const };

/** The matrix in one read; while other filters are fetched, what was there stays. */
export const matrixQuery = (query: MatrixQuery) =>
  queryOptions({
    queryKey: [...matrixKeys.all, query],
    queryFn: ({ signal }) => bodyOf(api.GET('/matrix', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

/** How many responsibilities there are, in force and waiting, whatever the filter. */
export const countsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['responsibilities', 'counts', { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/responsibilities/counts', { params: { query: { asOf } }, signal })),
  });

export type Counts = components['schemas']['ResponsibilityCounts'];

/** The actions of one goal, where the matrix came without them. */
export const goalActionsQuery = (query: MatrixQuery, goalId: string) =>
  queryOptions({
    queryKey: [...matrixKeys.all, 'goal', goalId, query],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/matrix', { params: { query: { ...query, goalId: [goalId] } }, signal })),
  });

/** How many cards of what waits stand above the matrix. */
export const cards = 5;

/** What has waited longest for a party's answer, and how many wait in all. */
export const waitingQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['responsibilities', 'waiting', { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/responsibilities', {
          params: {
            query: {
              standing: ['proposed', 'declined', 'reopened', 'change_declined'],
              sort: 'waitingSince',
              limit: cards,
              asOf,
            },
          },
          signal,
        }),
      ),
  });

/** The hand-overs that have waited longest, and how many wait in all. */
export const waitingHandoversQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['responsibilities', 'waiting-handovers', { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/handovers', {
          params: {
            query: {
              standing: ['proposed', 'declined', 'reopened', 'change_declined'],
              sort: 'waitingSince',
              limit: cards,
              count: 'exact',
              asOf,
            },
          },
          signal,
        }),
      ),
  });

/** The chains, for the filter. */
export const chainsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['chains', 'titles', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/chains', { params: { query: { limit: 200, asOf } }, signal }))).items,
  });

/** The name of a post that the matrix is narrowed to. */
export const postQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['posts', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/posts/{id}', { params: { path: { id }, query: { asOf } }, signal })),
  });

export type Balance = components['schemas']['Balance'];

/** How much each party has taken on, now and at the ends of the last months. */
export const balanceQuery = (
  by: 'party' | 'theme' | 'chain',
  search: TermSearch,
  asOf: ISODate | undefined,
) =>
  queryOptions({
    queryKey: [...matrixKeys.all, 'balance', by, termQuery(search), { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/balance', { params: { query: { by, ...termQuery(search), asOf } }, signal }),
      ),
    placeholderData: keepPreviousData,
  });
