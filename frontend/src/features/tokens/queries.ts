import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';

export type Token = components['schemas']['APIToken'];
export type TokenInput = components['schemas']['APITokenInput'];
export type Scope = Token['scopes'][number];

/** The tokens that the reader may see, the newest first. */
export const tokensQuery = infiniteQueryOptions({
  queryKey: ['api-tokens'],
  queryFn: ({ pageParam, signal }) =>
    bodyOf(
      api.GET('/api-tokens', {
        params: { query: { limit: 200, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      }),
    ),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

/** Makes a token; the answer tells its secret, once. */
export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TokenInput) => bodyOf(api.POST('/api-tokens', { body })),
    gcTime: 0, // the secret stays nowhere but on the page
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}

/** Revokes a token at once. */
export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      bodyOf(
        api.POST('/api-tokens/{id}/revocation', { params: { path: { id } }, body: { reason } }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}
