import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { isISODate, type ISODate } from '../../lib/dates';

export type Change = components['schemas']['Change'];
export type ChangeKind = Change['kind'];
export type ChangeSummary = components['schemas']['ChangeSummary'];

/** In the order in which they are told. */
export const changeKinds = [
  'action_late',
  'action_done',
  'action_dropped',
  'action_added',
  'action_due_moved',
  'action_phase_moved',
  'milestone_reached',
  'milestone_set',
  'milestone_removed',
  'needs_added',
  'needs_removed',
  'action_confirmed',
  'gap_widened',
  'gap_narrowed',
  'accepted',
  'declined',
  'decided',
] as const satisfies readonly ChangeKind[];

/** The address of the list of changes. */
export interface ChangeSearch {
  /** After which day; without it the one that the server chooses. */
  since?: ISODate;
  kind?: ChangeKind;
}

/** Reads the address; what cannot be a filter is left out. */
export function readChangeSearch(search: Record<string, unknown>): ChangeSearch {
  const kind = changeKinds.find((known) => known === search.kind);
  return {
    ...(isISODate(search.since) && { since: search.since }),
    ...(kind && { kind }),
  };
}

const all = ['changes'] as const;

/** How much has changed since a day, or since the last meeting of the steering group. */
export const changeSummaryQuery = (since: ISODate | undefined, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...all, 'summary', { since, asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/change-summary', { params: { query: { since, asOf } }, signal })),
    placeholderData: keepPreviousData,
  });

/** What has changed since a day, the latest first. */
export const changesQuery = (
  since: ISODate,
  kind: ChangeKind | undefined,
  asOf: ISODate | undefined,
) =>
  infiniteQueryOptions({
    queryKey: [...all, 'list', { since, kind, asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/changes', {
          params: {
            query: {
              since,
              kind: kind && [kind],
              asOf,
              limit: 100,
              count: 'exact',
              cursor: pageParam || undefined,
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
