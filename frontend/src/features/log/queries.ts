import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { LogFilter } from './search';
import { ofNow } from '../../lib/asOf';

const one = (value: string | undefined) => (value ? [value] : undefined);

/** The filters of the log as the server takes them. */
export const logFilter = (filter: LogFilter) => ({
  partyId: one(filter.party),
  postId: one(filter.post),
  subjectKind: one(filter.kind),
  subjectId: one(filter.subject),
  permission: one(filter.permission),
  from: filter.from,
  to: filter.to,
});

/** The log, newest first, page by page; the first page also counts what there is. */
export const logQuery = (filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'log', filter],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/audit/entries', {
          params: {
            query: {
              ...logFilter(filter),
              limit: 50,
              cursor: pageParam,
              count: pageParam ? undefined : 'exact',
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

/** The post that the log is narrowed to, for its name. */
export const logPostQuery = (id: string) =>
  queryOptions({
    queryKey: ['posts', id],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/posts/{id}', { params: { path: { id }, query: { asOf: ofNow } }, signal })),
    enabled: id !== '',
  });
