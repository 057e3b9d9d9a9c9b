import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import type { ISODate } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import type { SearchKind } from './search';

export type SearchHit = components['schemas']['SearchHit'];
export type SearchGroup = components['schemas']['SearchGroup'];
export type SearchText = components['schemas']['SearchText'];

interface Asked {
  q: string;
  lang: Lang;
  asOf: ISODate | undefined;
  kind?: SearchKind;
  limit: number;
}

/** What has the words; what was found before stays until the next answer is there. */
export const searchQuery = ({ q, kind, ...asked }: Asked) =>
  queryOptions({
    queryKey: ['search', { q: q.trim(), kind, ...asked }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/search', {
          params: { query: { ...asked, q: q.trim(), kind: kind && [kind] } },
          signal,
        }),
      ),
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
