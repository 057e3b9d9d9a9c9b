import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import type { Lang } from '../../lib/lang';

export type Between = components['schemas']['Between'];
export type BetweenItem = components['schemas']['BetweenItem'];

/** What changed in a list or item between two days, in the words of a language. */
export const betweenQuery = (of: string, from: string, to: string, lang: Lang) =>
  queryOptions({
    queryKey: ['between', { of, from, to, lang }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/between', { params: { query: { of, from, to, lang } }, signal })),
  });
