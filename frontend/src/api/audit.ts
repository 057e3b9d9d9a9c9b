import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import type { components } from './schema';

export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditChange = components['schemas']['AuditChange'];

/** The latest entries about one thing and its parts. */
export const historyQuery = (subjectKind: string, subjectId: string, limit: number) =>
  queryOptions({
    queryKey: ['audit', 'history', subjectKind, subjectId, limit],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/audit/entries', {
          params: { query: { subjectKind: [subjectKind], subjectId: [subjectId], limit } },
          signal,
        }),
      ),
  });
