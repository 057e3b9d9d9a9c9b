import type { ISODate } from '../lib/dates';
import { api, bodyOf } from './client';
import { allItems } from './pages';

/** All holdings of a post or a person, whenever, as known on the day shown; the newest first. */
export const holdingsOverTime = (
  of: { postId: string[] } | { personId: string[] },
  asOf: ISODate | undefined,
  signal: AbortSignal,
) =>
  allItems((cursor) =>
    bodyOf(
      api.GET('/holdings', {
        params: {
          query: { ...of, validOn: 'any', sort: '-validFrom', cursor, limit: 200, asOf },
        },
        signal,
      }),
    ),
  );
