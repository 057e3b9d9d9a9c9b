import { queryOptions } from '@tanstack/react-query';
import type { ISODate } from '../lib/dates';
import { api, bodyOf } from './client';
import type { components } from './schema';

export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditChange = components['schemas']['AuditChange'];

/** The latest entries about one thing and its parts, up to the day shown. */
export const historyQuery = (
  subjectKind: string,
  subjectId: string,
  limit: number,
  to: ISODate | undefined,
) =>
  queryOptions({
    queryKey: ['audit', 'history', subjectKind, subjectId, limit, { to }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/audit/entries', {
          params: { query: { subjectKind: [subjectKind], subjectId: [subjectId], to, limit } },
          signal,
        }),
      ),
  });
