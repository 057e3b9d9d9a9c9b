import {
  hashKey,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { api, bodyOf, type ReadQuery } from '../../api/client';
import type { components } from '../../api/schema';
import { ofNow } from '../../lib/asOf';
import type { ISODate, Period } from '../../lib/dates';
import type { WorkFilters } from './workSearch';

export { actionQuery } from '../../api/actions';

type Schemas = components['schemas'];
export type ActionSummary = Schemas['ActionSummary'];
export type Action = Schemas['Action'];
export type ActionInput = Schemas['ActionInput'];
export type ActionChange = Schemas['ActionChange'];
export type ActionStatus = ActionSummary['status'];
export type StatusReport = Schemas['StatusReport'];
export type StatusReportInput = Schemas['StatusReportInput'];
export type MyWork = Schemas['MyWork'];
export type WorkReason = Schemas['WorkItem']['reason'];
export type UnitReason = Extract<WorkReason, 'late' | 'stale' | 'due_soon'>;
export type Awaited = Schemas['Awaited'];
export type AwaitedItem = Schemas['AwaitedItem'];
export type MyUnits = Schemas['MyUnits'];
export type UnitFigures = Schemas['UnitFigures'];
export type WorkItem = Schemas['WorkItem'];
export type Task = Schemas['Task'];
export type TaskInput = Schemas['TaskInput'];
export type TaskChange = Schemas['TaskChange'];
export type MeetingSummary = Schemas['MeetingSummary'];
export type Dependency = Schemas['Dependency'];
export type AuditEntry = Schemas['AuditEntry'];
export type ListActionsQuery = ReadQuery<'/actions'>;

export const actionKeys = { all: ['actions'] as const, work: ['my-work'] as const };

/** Pages of this many rows, the most that the server gives: they come as the reader scrolls. */
const pageSize = 200;

/** The list by its filters, page after page of `limit` rows. */
export const actionListQuery = (filters: ListActionsQuery, limit = pageSize) =>
  infiniteQueryOptions({
    queryKey: [...actionKeys.all, 'list', filters, limit],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/actions', {
          params: {
            query: { ...filters, limit, count: 'exact', cursor: pageParam || undefined },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

/** As many meetings as a timeline shows. */
export const meetingLimit = 100;

/** The meetings that begin within a period, cancelled ones left out: the first of them, and how many. */
export const timelineMeetingsQuery = (
  period: Period,
  forumId: string[] | undefined,
  asOf: ISODate | undefined,
) =>
  queryOptions({
    queryKey: ['meetings', 'timeline', period.first, period.last, { forumId, asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/meetings', {
          params: {
            query: {
              from: period.first,
              to: period.last,
              forumId,
              status: ['draft', 'called', 'in_progress', 'closed', 'approved', 'published'],
              limit: meetingLimit,
              count: 'exact',
              asOf,
            },
          },
          signal,
        }),
      ),
  });

/** How many actions the filters let through. */
export const actionCountQuery = (filters: ListActionsQuery) =>
  queryOptions({
    queryKey: [...actionKeys.all, 'count', filters],
    queryFn: async ({ signal }) => {
      const query = { ...filters, limit: 1, count: 'exact' as const };
      return (await bodyOf(api.GET('/actions', { params: { query }, signal }))).total ?? 0;
    },
    placeholderData: keepPreviousData,
  });

/** The status reports of an action, the latest first. */
export const reportsQuery = (id: string, asOf: ISODate | undefined) =>
  infiniteQueryOptions({
    queryKey: [...actionKeys.all, 'reports', id, { asOf }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/actions/{id}/status-reports', {
          params: { path: { id }, query: { asOf, limit: 20, cursor: pageParam || undefined } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });

/** The log of one action, the latest first. */
export const historyQuery = (id: string, to?: ISODate) =>
  infiniteQueryOptions({
    queryKey: [...actionKeys.all, 'history', id, { to }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/audit/entries', {
          params: {
            query: {
              subjectKind: ['action'],
              subjectId: [id],
              to,
              limit: 30,
              cursor: pageParam || undefined,
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });

/** What waits for the post acted in, the most urgent `limit` of it. Always of today. */
export const myWorkQuery = (limit: number, reason?: WorkReason[], about: WorkFilters = {}) =>
  queryOptions({
    queryKey: [...actionKeys.work, limit, { reason, ...about }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/me/work', { params: { query: { limit, reason, ...about } }, signal })),
    placeholderData: keepPreviousData,
  });

/** What the post acted in waits for from others, the longest waiting `limit` of it. */
export const awaitedQuery = (limit: number, about: WorkFilters = {}) =>
  queryOptions({
    queryKey: [...actionKeys.work, 'awaited', limit, about],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/me/awaited', { params: { query: { limit, ...about } }, signal })),
    placeholderData: keepPreviousData,
  });

/** What is late, out of date or due soon in the units that the reader manages. */
export const myUnitsQuery = (limit: number, reason?: UnitReason[], about: WorkFilters = {}) =>
  queryOptions({
    queryKey: [...actionKeys.work, 'units', limit, { reason, ...about }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/me/units', { params: { query: { limit, reason, ...about } }, signal })),
    placeholderData: keepPreviousData,
  });

// What actions name and are filtered by. These change seldom.
const seldom = 300_000;

export const themesQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['themes', 'options', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/themes', { params: { query: { asOf, limit: 200 } }, signal }))).items,
    staleTime: seldom,
  });

/** All goals: what has ended still has its actions. */
export const goalsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['goals', 'options', { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/goals', { params: { query: { asOf, ended: 'all', limit: 200 } }, signal }),
        )
      ).items,
    staleTime: seldom,
  });

export const chainsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['chains', 'options', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/chains', { params: { query: { asOf, limit: 200 } }, signal }))).items,
    staleTime: seldom,
  });

export const forumsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['forums', 'options', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/forums', { params: { query: { asOf, limit: 200 } }, signal }))).items,
    staleTime: seldom,
  });

export const targetGroupsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['target-groups', 'options', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/target-groups', { params: { query: { asOf, limit: 200 } }, signal })))
        .items,
    staleTime: seldom,
  });

export const districtsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['districts', 'options', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/districts', { params: { query: { asOf, limit: 200 } }, signal })))
        .items,
    staleTime: seldom,
  });

export const legalBasesQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['legal-bases', 'options', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/legal-bases', { params: { query: { asOf, limit: 200 } }, signal })))
        .items,
    staleTime: seldom,
  });

/** Posts by a part of their title or unit. */
export const postsQuery = (q: string) =>
  queryOptions({
    queryKey: ['posts', 'search', q],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/posts', {
            params: { query: { q: q || undefined, limit: 20, asOf: ofNow } },
            signal,
          }),
        )
      ).items,
    placeholderData: keepPreviousData,
  });

/** One post, for the name of a filter that came with the address. */
export const postQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['posts', 'one', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/posts/{id}', { params: { path: { id }, query: { asOf } }, signal })),
    staleTime: seldom,
  });

/** The version that a change is based on, as a header. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });

type ActionPages = InfiniteData<Schemas['ListActionSummary']>;

/**
 * What a write of an action makes old: lists, the item, the log, my work, and what is counted of it.
 * Of a list that has been scrolled through several pages only the row that was saved is renewed and
 * the total counted, as long as the list is on show: a row that its filters let no longer through
 * stays where the reader left it. Without `saved` all of it is fetched again.
 */
export function useRefresh() {
  const client = useQueryClient();
  return async (saved?: unknown) => {
    const lists = { queryKey: [...actionKeys.all, 'list'] };
    const row = isAction(saved) ? saved : undefined;
    const long = row
      ? client
          .getQueriesData<ActionPages>(lists)
          .filter(([, data]) => (data?.pages.length ?? 0) > 1)
      : [];
    const kept = new Set(long.map(([key]) => hashKey(key)));
    for (const [key, data] of long) if (row && data) client.setQueryData(key, renewed(data, row));
    await Promise.all([
      client.invalidateQueries({
        queryKey: actionKeys.all,
        predicate: ({ queryHash }) => !kept.has(queryHash),
      }),
      client.invalidateQueries({
        ...lists,
        predicate: ({ queryHash }) => kept.has(queryHash),
        refetchType: 'none',
      }),
      ...long.map(async ([key]) => {
        if (!client.getQueryCache().find({ queryKey: key })?.isActive()) return;
        const total = await client.query({
          ...actionCountQuery(key[2] as ListActionsQuery),
          staleTime: 0,
        });
        client.setQueryData<ActionPages>(
          key,
          (now) => now && { ...now, pages: now.pages.map((page) => ({ ...page, total })) },
        );
        await client.invalidateQueries({ queryKey: key, exact: true, refetchType: 'none' });
      }),
      client.invalidateQueries({ queryKey: actionKeys.work }),
      ...[['freshness'], ['overview'], ['changes'], ['rounds']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    ]);
  };
}

function isAction(saved: unknown): saved is Action {
  return typeof saved === 'object' && saved !== null && 'partyStatuses' in saved;
}

/** The pages with the row as it is now; what the list alone has of it stays. */
function renewed(data: ActionPages, saved: Action): ActionPages {
  const row = (each: ActionSummary) =>
    each.id === saved.id ? { ...each, ...saved, milestones: each.milestones } : each;
  return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(row) })) };
}

interface Report {
  id: string;
  version: number;
  body: StatusReportInput;
}

/** Reports the status of any action. */
export function useReport() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, version, body }: Report) =>
      bodyOf(
        api.POST('/actions/{id}/status-reports', {
          params: { path: { id }, header: ifMatch(version) },
          body,
        }),
      ),
    onSuccess: refresh,
  });
}

export function useConfirmAction(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (version: number) =>
      bodyOf(
        api.POST('/actions/{id}/confirmation', {
          params: { path: { id }, header: ifMatch(version) },
        }),
      ),
    onSuccess: refresh,
  });
}

/** Withdraws an action that was made in error, or takes that back. */
export function useWithdrawal(id: string, decision: 'withdrawal' | 'restoration') {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ version, reason }: { version: number; reason: string }) =>
      bodyOf(
        api.POST(`/actions/{id}/${decision}`, {
          params: { path: { id }, header: ifMatch(version) },
          body: { reason: reason.trim() },
        }),
      ),
    onSuccess: refresh,
  });
}

/** Takes back what one's own party said last of an action. */
export function useWithdrawWord() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, wordId, reason }: { id: string; wordId: string; reason?: string }) =>
      bodyOf(
        api.POST('/actions/{id}/words/{wordId}/withdrawal', {
          params: { path: { id, wordId } },
          ...(reason !== undefined && { body: { reason } }),
        }),
      ),
    onSuccess: refresh,
    onError: () => refresh(),
  });
}

export function useCreateAction() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: ActionInput) => bodyOf(api.POST('/actions', { body })),
    onSuccess: refresh,
  });
}

export function useSaveAction(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body: ActionChange }) =>
      bodyOf(
        api.PUT('/actions/{id}', { params: { path: { id }, header: ifMatch(version) }, body }),
      ),
    onSuccess: refresh,
  });
}

export function useAddTask(action: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: TaskInput) =>
      bodyOf(api.POST('/actions/{id}/tasks', { params: { path: { id: action } }, body })),
    onSuccess: refresh,
  });
}

export function useSaveTask(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body: TaskChange }) =>
      bodyOf(api.PUT('/tasks/{id}', { params: { path: { id }, header: ifMatch(version) }, body })),
    onSuccess: refresh,
  });
}

export function useCompleteTask() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, version }: Pick<Task, 'id' | 'version'>) =>
      bodyOf(
        api.POST('/tasks/{id}/completion', {
          params: { path: { id }, header: ifMatch(version) },
          body: {},
        }),
      ),
    onSuccess: refresh,
  });
}

/** Takes back that a task is done, or withdrawn. */
export function useReopenTask() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, version }: Pick<Task, 'id' | 'version'>) =>
      bodyOf(
        api.POST('/tasks/{id}/reopening', {
          params: { path: { id }, header: ifMatch(version) },
          body: {},
        }),
      ),
    onSuccess: refresh,
  });
}

export function useWithdrawTask(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ version, reason }: { version: number; reason: string }) =>
      bodyOf(
        api.POST('/tasks/{id}/withdrawal', {
          params: { path: { id }, header: ifMatch(version) },
          body: { reason },
        }),
      ),
    onSuccess: refresh,
  });
}

/** Makes the action wait for another one. */
export function useAddDependency(action: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (needsId: string) =>
      bodyOf(
        api.POST('/actions/{id}/dependencies', {
          params: { path: { id: action } },
          body: { needsId },
        }),
      ),
    onSuccess: refresh,
  });
}

export function useRemoveDependency(action: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (dependencyId: string) =>
      bodyOf(
        api.POST('/actions/{id}/dependencies/{dependencyId}/removal', {
          params: { path: { id: action, dependencyId } },
          body: {},
        }),
      ),
    onSuccess: refresh,
    onError: () => refresh(),
  });
}
