import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { ofNow } from '../../lib/asOf';
import type { ISODate } from '../../lib/dates';

export type Goal = components['schemas']['Goal'];
export type GoalInput = components['schemas']['GoalInput'];

export const goalKeys = { all: ['goals'] as const };

/** How the register is narrowed; the names are those of the address. */
export interface GoalFilter {
  theme?: string;
  group?: string;
  plan?: string;
  tag?: string;
  party?: string;
  chain?: string;
  acceptance?: (typeof acceptances)[number];
  ended?: (typeof endedChoices)[number];
  /** A shared goal, or none: shared goals. */
  shared?: string;
}

/** Goals that have ended, or all; else those that have not. */
export const endedChoices = ['true', 'all'] as const;
/** What the register's address says: how it is narrowed, and the saved view that was opened. */
export interface GoalSearch extends GoalFilter {
  saved?: string;
}

/** How far the parties have agreed on a goal. */
export const acceptances = ['accepted', 'open', 'none'] as const;

/** The filter and the order of the register as the server takes them. */
export const goalRegister = (filter: GoalFilter, asOf: ISODate | undefined) => ({
  sort: 'theme,no',
  asOf,
  themeId: filter.theme ? [filter.theme] : undefined,
  targetGroupId: filter.group ? [filter.group] : undefined,
  planId: filter.plan ? [filter.plan] : undefined,
  tagId: filter.tag ? [filter.tag] : undefined,
  partyId: filter.party ? [filter.party] : undefined,
  chainId: filter.chain ? [filter.chain] : undefined,
  acceptance: filter.acceptance ? [filter.acceptance] : undefined,
  ended: filter.ended,
  sharedGoalId: filter.shared ? [filter.shared] : undefined,
});

/** As many goals as the server counts the actions of at once. */
const countedGoals = 50;

/** How many actions there are for any of these goals, each counted once, by condition. */
export const goalActionCountsQuery = (goals: readonly string[], asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...goalKeys.all, 'counts', goals, { asOf }],
    enabled: goals.length > 0 && goals.length <= countedGoals,
    queryFn: async ({ signal }) => {
      const query = { by: 'condition' as const, goalId: [...goals], asOf };
      const { items } = await bodyOf(api.GET('/action-groups', { params: { query }, signal }));
      const late = items.find(({ key }) => key === 'late')?.count ?? 0;
      return { all: items.reduce((sum, { count }) => sum + count, 0), late };
    },
    placeholderData: keepPreviousData,
  });

/** All goals that the filter lets through, by theme: they are dozens, never thousands. */
export const goalListQuery = (filter: GoalFilter, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...goalKeys.all, 'list', filter, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/goals', {
          params: { query: { ...goalRegister(filter, asOf), limit: 200 } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** The shared goals of a plan that have not ended. */
export const sharedGoalsQuery = (planId: string) =>
  queryOptions({
    queryKey: [...goalKeys.all, 'shared', planId],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/goals', {
            params: {
              query: { planId: [planId], sharedGoalId: ['none'], limit: 200, asOf: ofNow },
            },
            signal,
          }),
        )
      ).items,
  });

export const goalQuery = (no: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...goalKeys.all, no, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/goals/{id}', { params: { path: { id: no }, query: { asOf } }, signal })),
  });

/** The chains, to choose from. */
export const chainChoicesQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['chains', 'options', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/chains', { params: { query: { asOf, limit: 200 } }, signal }))).items,
    staleTime: 300_000,
  });

/** The actions for one goal, by number. */
export const goalActionsQuery = (goalId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['actions', 'list', { goalId, asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/actions', {
            params: { query: { goalId: [goalId], sort: 'no', limit: 200, asOf } },
            signal,
          }),
        )
      ).items,
  });

/** The forums that follow one goal. */
export const goalForumsQuery = (goalId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['forums', 'list', { goalId, asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/forums', { params: { query: { goalId: [goalId], limit: 50, asOf } }, signal }),
        )
      ).items,
  });

export function useCreateGoal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: GoalInput) => bodyOf(api.POST('/goals', { body })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: goalKeys.all }),
        client.invalidateQueries({ queryKey: ['chains'] }), // they show what is pinned to them
      ]),
  });
}

export function useSaveGoal(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: GoalInput; version: number }) =>
      bodyOf(
        api.PUT('/goals/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: goalKeys.all }),
        client.invalidateQueries({ queryKey: ['chains'] }),
        client.invalidateQueries({ queryKey: ['audit'] }),
      ]),
  });
}
