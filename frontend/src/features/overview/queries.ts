import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import type { ISODate } from '../../lib/dates';
import { overviewQueryOf, type OverviewFilter, type OverviewSearch } from './search';

export type Overview = components['schemas']['Overview'];
export type OverviewGoal = components['schemas']['OverviewGoal'];
export type OverviewDecision = components['schemas']['OverviewDecision'];
export type OverviewEvent = components['schemas']['OverviewEvent'];
export type OverviewGroup = components['schemas']['OverviewGroup'];
export type ActionStatus = keyof Overview['counts']['byStatus'];

export type HandoverItem = components['schemas']['HandoverItem'];
export type ResponsibilityItem = components['schemas']['ResponsibilityItem'];

export const overviewKeys = { all: ['overview'] as const };

/** All of the overview in one read; while another day is fetched, the one before stays. */
export const overviewQuery = (filter: OverviewFilter, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...overviewKeys.all, overviewQueryOf(filter), { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/overview', { params: { query: { ...overviewQueryOf(filter), asOf } }, signal }),
      ),
    placeholderData: keepPreviousData,
  });

/** The figures by chain or by party. */
export const overviewGroupsQuery = (
  by: NonNullable<OverviewSearch['by']>,
  filter: OverviewFilter,
  asOf: ISODate | undefined,
) =>
  queryOptions({
    queryKey: [...overviewKeys.all, 'groups', by, overviewQueryOf(filter), { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/overview-groups', {
          params: { query: { ...overviewQueryOf(filter), by, asOf } },
          signal,
        }),
      ),
  });

/** The chains, to narrow by. */
export const chainTitlesQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['chains', 'titles', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/chains', { params: { query: { limit: 200, asOf } }, signal }))).items,
  });

/** How much forums have left open, as their list counts it. */
export const openLoopsCountQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['open-loops', 'count', { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/open-loops', { params: { query: { limit: 1, count: 'exact', asOf } }, signal }),
        )
      ).total ?? 0,
  });

/** How many of what waits longest the overview names. */
export const longestWaiting = 3;

const waiting = (asOf: ISODate | undefined) => ({
  standing: ['proposed', 'declined', 'reopened', 'change_declined'] as (
    'proposed' | 'declined' | 'reopened' | 'change_declined'
  )[],
  sort: 'waitingSince',
  limit: longestWaiting,
  count: 'exact' as const,
  asOf,
});

/** The responsibilities that have waited longest, and how many wait in all. */
export const waitingResponsibilitiesQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['responsibilities', 'waiting-longest', { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/responsibilities', { params: { query: waiting(asOf) }, signal })),
  });

/** The hand-overs that have waited longest, and how many wait in all. */
export const waitingHandoversQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['responsibilities', 'waiting-handovers-longest', { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/handovers', { params: { query: waiting(asOf) }, signal })),
  });
