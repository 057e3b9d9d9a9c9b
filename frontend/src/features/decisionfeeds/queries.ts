import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';

type Schemas = components['schemas'];
export type DecisionFeed = Schemas['DecisionFeed'];
export type DecisionFeedInput = Schemas['DecisionFeedInput'];

const feedKeys = { all: ['decision-feeds'] as const };

/** The RSS addresses of decision services: each party has twenty at most. */
export const feedsQuery = queryOptions({
  queryKey: feedKeys.all,
  queryFn: async ({ signal }) =>
    (
      await bodyOf(
        api.GET('/decision-feeds', { params: { query: { limit: 200, sort: 'url' } }, signal }),
      )
    ).items,
});

/** Writes an address: a new one of a party where there is no feed. */
export function useSaveFeed(partyId: string, feed?: DecisionFeed) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body: DecisionFeedInput }) =>
      feed
        ? bodyOf(
            api.PUT('/decision-feeds/{id}', {
              params: { path: { id: feed.id }, header: { 'If-Match': `"${version}"` } },
              body,
            }),
          )
        : bodyOf(api.POST('/decision-feeds', { body: { ...body, partyId } })),
    onSuccess: () => client.invalidateQueries({ queryKey: feedKeys.all }),
  });
}
