import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import type { Lang } from '../../lib/lang';

export type Between = components['schemas']['Between'];
export type BetweenAbout = components['schemas']['BetweenAbout'];
export type BetweenItem = components['schemas']['BetweenItem'];

/** What changed in a list or item between two days, without the later one until now, in the words of a language. */
export const betweenQuery = (of: string, from: string, to: string | undefined, lang: Lang) =>
  queryOptions({
    queryKey: ['between', { of, from, to, lang }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/between', { params: { query: { of, from, to, lang } }, signal })),
  });
