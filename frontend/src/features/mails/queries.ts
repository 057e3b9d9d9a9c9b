import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import type { MailSearch } from './search';

export type SentMail = components['schemas']['SentMail'];

/** The sent log, the newest first; it looks again by itself while mails are on their way. */
export const mailsQuery = ({ state, kind }: MailSearch) =>
  infiniteQueryOptions({
    queryKey: ['mails', 'list', { state, kind }],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/mails', {
          params: {
            query: {
              state: state && [state],
              kind: kind && [kind],
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

/** One mail with what it says. */
export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: ['mails', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/mails/{id}', { params: { path: { id } }, signal })),
  });
