import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';

type Schemas = components['schemas'];
export type Jobs = Schemas['Jobs'];
export type Job = Schemas['Job'];
export type JobRun = Schemas['JobRun'];

/** How all scheduled work is doing; asked again while the page is open. */
export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => bodyOf(api.GET('/jobs', { signal })),
  refetchInterval: 15_000,
});

/** Lets a kind of work run now. */
export function useRunJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (kind: Job['kind']) =>
      bodyOf(api.POST('/jobs/{kind}/runs', { params: { path: { kind } } })),
    onSuccess: (jobs) => client.setQueryData(jobsQuery.queryKey, jobs),
  });
}
