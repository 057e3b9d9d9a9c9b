import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';

export type Holding = components['schemas']['Holding'];

/** Which posts the reader has held, the newest first. */
export const myHoldingsQuery = queryOptions({
  queryKey: ['holdings', 'mine'],
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/me/holdings', { signal }))).items,
});

/** Says whether the public sees the reader's name with the post of a holding. */
export function useShowName({ id, version }: Holding) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (namePublic: boolean) =>
      bodyOf(
        api.PUT('/holdings/{id}/name', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body: { namePublic },
        }),
      ),
    onSettled: () =>
      Promise.all(
        ['holdings', 'posts'].map((kind) => client.invalidateQueries({ queryKey: [kind] })),
      ),
  });
}
