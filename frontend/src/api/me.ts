import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import type { components } from './schema';

export type Me = components['schemas']['Me'];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => bodyOf(api.GET('/me', { signal })),
  staleTime: 60_000,
});

/** Who is looking: the session, the chosen post, the posts to choose from and the permissions. */
export function useMe() {
  return useQuery(meQuery);
}

/** Whether the person may do this in the post they act in; false until the answer has come. */
export function useMay(permission: string): boolean {
  return useMe().data?.permissions.includes(permission) ?? false;
}
