import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { allItems } from '../api/pages';
import type { SubjectKind } from '../api/responsibilities';
import { ofNow } from '../lib/asOf';
import type { LocalisedText } from '../lib/text';

/** A goal, action, chain, stage, hand-over or forum, to choose from. */
export interface Thing {
  id: string;
  no?: number;
  title: LocalisedText;
  /** Of a stage or hand-over: its chain. */
  of?: LocalisedText;
}

/** Things of a kind by a part of their name. Only actions are so many that the server searches. */
export const thingsQuery = (kind: SubjectKind, q: string) =>
  queryOptions({
    queryKey: ['things', kind, kind === 'action' ? q : ''],
    queryFn: async ({ signal }): Promise<Thing[]> => {
      switch (kind) {
        case 'goal':
          return allItems((cursor) =>
            bodyOf(
              api.GET('/goals', { params: { query: { limit: 200, cursor, asOf: ofNow } }, signal }),
            ),
          );
        case 'action': {
          const query = { q: q || undefined, limit: 20, asOf: ofNow };
          return (await bodyOf(api.GET('/actions', { params: { query }, signal }))).items;
        }
        case 'forum':
          return allItems((cursor) =>
            bodyOf(
              api.GET('/forums', {
                params: { query: { limit: 200, cursor, asOf: ofNow } },
                signal,
              }),
            ),
          );
        case 'chain':
        case 'stage': {
          const chains = await allItems((cursor) =>
            bodyOf(
              api.GET('/chains', {
                params: { query: { limit: 200, cursor, asOf: ofNow } },
                signal,
              }),
            ),
          );
          if (kind === 'chain') return chains.map(({ id, title }) => ({ id, title }));
          return chains.flatMap(({ title: of, stages }) =>
            stages.map(({ id, title }) => ({ id, title, of })),
          );
        }
        case 'handover': {
          const all = await allItems((cursor) =>
            bodyOf(
              api.GET('/handovers', {
                params: { query: { limit: 200, cursor, asOf: ofNow } },
                signal,
              }),
            ),
          );
          return all.map(({ id, what, chain }) => ({ id, title: what, of: chain.title }));
        }
      }
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
