import { queryOptions } from '@tanstack/react-query';
import type { ISODate } from '../lib/dates';
import { api, bodyOf } from './client';

/** One action by its number or id. */
export const actionQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['actions', 'one', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/actions/{id}', { params: { path: { id }, query: { asOf } }, signal })),
  });
