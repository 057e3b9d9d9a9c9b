import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { forumKeys } from './queries';

export type WatchedWords = components['schemas']['WatchedWords'];

/** The words by which a forum looks for decisions that concern it. */
export const wordsQuery = (forumId: string) =>
  queryOptions({
    queryKey: [...forumKeys.all, 'words', forumId],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/forums/{id}/watched-words', { params: { path: { id: forumId } }, signal })),
  });

export function useSaveWords(forumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, words }: { version: number; words: string[] }) =>
      bodyOf(
        api.PUT('/forums/{id}/watched-words', {
          params: { path: { id: forumId }, header: { 'If-Match': `"${version}"` } },
          body: { words },
        }),
      ),
    onSuccess: () =>
      Promise.all(
        [[...forumKeys.all, 'words', forumId], ['decision-offers']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
