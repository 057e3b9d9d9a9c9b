import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Expectation = Schemas['RoundExpectation'];
export type RoundReportInput = Schemas['RoundReportInput'];

/** Reports on a goal or the plan in a round, for one's own party. */
export function useReportInRound(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RoundReportInput) =>
      bodyOf(api.POST('/reporting-rounds/{id}/reports', { params: { path: { id } }, body })),
    onSuccess: () =>
      Promise.all(
        ['rounds', 'my-work'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  });
}
