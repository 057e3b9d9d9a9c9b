import {
  infiniteQueryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { meetingKeys } from './queries';

export type DecisionOffer = components['schemas']['DecisionOffer'];

const offerKeys = { all: ['decision-offers'] as const };

/** What decision services have published that concerns a forum, the newest first. */
export const decisionOffersQuery = (forumId: string) =>
  infiniteQueryOptions({
    queryKey: [...offerKeys.all, forumId],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/forums/{id}/decision-offers', {
          params: {
            path: { id: forumId },
            query: { limit: 10, cursor: pageParam, count: pageParam ? undefined : 'exact' },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });

function renew(client: QueryClient) {
  return Promise.all(
    [offerKeys.all, meetingKeys.all].map((queryKey) => client.invalidateQueries({ queryKey })),
  );
}

/** Puts the link of an offer on an agenda item. */
export function useTakeDecision(forumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, agendaItemId }: { id: string; agendaItemId: string }) =>
      bodyOf(
        api.POST('/forums/{id}/decision-offers/{entryId}/agenda-link', {
          params: { path: { id: forumId, entryId: id } },
          body: { agendaItemId },
        }),
      ),
    onSuccess: () => renew(client),
  });
}

/** Puts an offer aside. */
export function useDismissDecision(forumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(
        api.POST('/forums/{id}/decision-offers/{entryId}/dismissal', {
          params: { path: { id: forumId, entryId: id } },
        }),
      ),
    onSuccess: () => renew(client),
  });
}
