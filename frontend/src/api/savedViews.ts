import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type SavedView = Schemas['SavedView'];
export type SavedViewInput = Schemas['SavedViewInput'];
export type ViewPage = SavedView['page'];
export type ViewQuery = SavedView['query'];

/** Where on the site a page with views is, after the language. */
export const viewPath = {
  actions: 'actions',
  goals: 'goals',
  my_work: 'my-work',
  matrix: 'responsibilities',
} as const satisfies Record<ViewPage, string>;

const key = ['saved-views'] as const;

/** The views that the reader has, of one page or of all. */
export const savedViewsQuery = (page?: ViewPage) =>
  queryOptions({
    queryKey: [...key, { page }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/saved-views', {
            params: { query: { page: page && [page], limit: 200 } },
            signal,
          }),
        )
      ).items,
    staleTime: 60_000,
  });

/** One view by its id. */
export const savedViewQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/saved-views/{id}', { params: { path: { id } }, signal })),
  });

function useRefreshed() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: key });
}

export function useCreateView() {
  const refresh = useRefreshed();
  return useMutation({
    mutationFn: (body: Schemas['NewSavedView']) => bodyOf(api.POST('/saved-views', { body })),
    onSuccess: refresh,
  });
}

export function useChangeView() {
  const refresh = useRefreshed();
  return useMutation({
    mutationFn: ({ id, version, body }: { id: string; version: number; body: SavedViewInput }) =>
      bodyOf(
        api.PUT('/saved-views/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: refresh,
    onError: refresh,
  });
}

export function useWithdrawView() {
  const refresh = useRefreshed();
  return useMutation({
    mutationFn: async ({ id, version }: Pick<SavedView, 'id' | 'version'>) => {
      await api.POST('/saved-views/{id}/withdrawal', {
        params: { path: { id }, header: { 'If-Match': `"${version}"` } },
      });
    },
    onSuccess: refresh,
    onError: refresh,
  });
}

/** What a list is asked for as a view keeps it: without what is not said, and without the day. */
export function viewQuery(query: Record<string, unknown>): ViewQuery {
  const out: ViewQuery = {};
  for (const [name, value] of Object.entries(query)) {
    if (name === 'asOf' || value === undefined) continue;
    out[name] = (Array.isArray(value) ? value : [value]).map(String);
  }
  return out;
}

/** Whether two views show the same. */
export function sameQuery(a: ViewQuery, b: ViewQuery): boolean {
  const text = (query: ViewQuery) =>
    JSON.stringify(Object.entries(query).toSorted(([x], [y]) => (x < y ? -1 : 1)));
  return text(a) === text(b);
}

/**
 * What the address of its page says: one value as it is, several as a list. The page reads the
 * names of its list beside its own.
 */
export function viewSearch({ id, query }: Pick<SavedView, 'id' | 'query'>) {
  const search: Record<string, string | string[]> = { saved: id };
  for (const [name, values] of Object.entries(query)) {
    const [only, ...more] = values;
    search[name] = more.length === 0 && only !== undefined ? only : values;
  }
  return search;
}
