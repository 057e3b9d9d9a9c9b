import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import type { components } from './schema';

export type Me = components['schemas']['Me'];
export type MyPost = components['schemas']['MyPost'];

/** Asks the server who is looking; pages take `useMe`. */
export function askMe(signal?: AbortSignal): Promise<Me> {
  return bodyOf(api.GET('/me', { signal }));
}

/** Makes a post the one acted in, for this session; pages take `useChoosePost`. */
export function choosePost(postId: string): Promise<Me> {
  return bodyOf(api.POST('/me/post', { body: { postId } }));
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => askMe(signal),
  staleTime: 60_000,
});

/** Who is looking: the session, the post acted in, the posts to choose from, the permissions. */
export function useMe() {
  return useQuery(meQuery);
}

/**
 * Whether the person may do this to something, somewhere; false until the answer has come. Whether
 * they may do it to one thing stands in that thing's own `permissions`.
 */
export function useMay(permission: string): boolean {
  return useMe().data?.permissions.some((held) => held === permission) ?? false;
}

/** Chooses the post to act in. What may be seen and done changes with it: all is fetched anew. */
export function useChoosePost() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: choosePost,
    onSuccess: async (me) => {
      client.setQueryData(meQuery.queryKey, me);
      await client.invalidateQueries();
    },
  });
}

/** The page of an identity provider, which leads back to where the person is now. */
export function signInAddress(signInUrl: string, returnTo: string): string {
  return `${signInUrl}?returnTo=${encodeURIComponent(returnTo)}`;
}
