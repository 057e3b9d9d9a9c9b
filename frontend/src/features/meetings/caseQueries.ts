import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import type { ISODate } from '../../lib/dates';
import { meetingKeys } from './queries';

export type Case = components['schemas']['Case'];

type Seed = { itemId: string } | { party: string; registryNo: string };

/** Every handling of a case, by one of its items or by a registry number. */
export const caseQuery = (seed: Seed, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'case', seed, { asOf }],
    queryFn: ({ signal }) =>
      'itemId' in seed
        ? bodyOf(
            api.GET('/agenda-items/{id}/case', {
              params: { path: { id: seed.itemId }, query: { asOf } },
              signal,
            }),
          )
        : bodyOf(api.GET('/cases', { params: { query: { ...seed, asOf } }, signal })),
  });
