import {
  infiniteQueryOptions,
  keepPreviousData,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, bodyOf, type ReadQuery } from '../../api/client';
import type { components } from '../../api/schema';
import { forumKeys, type Forum } from './queries';

export type OpenLoop = components['schemas']['OpenLoop'];
export type ListOpenLoops = ReadQuery<'/open-loops'>;

/** What forums have decided or put off without an ending, the oldest first, with their number. */
export const openLoopsQuery = (filters: ListOpenLoops) =>
  infiniteQueryOptions({
    queryKey: ['open-loops', filters],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/open-loops', {
          params: { query: { ...filters, count: 'exact', cursor: pageParam || undefined } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

/** Accepts the forum's purpose and mandate for one's party, in the words on the page. */
export function useAcceptMandate(forum: Forum) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      bodyOf(
        api.POST('/forums/{id}/mandate-acceptance', {
          params: { path: { id: forum.id }, header: { 'If-Match': `"${forum.version}"` } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: forumKeys.all }),
  });
}
