import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLang } from '../i18n';
import { ofNow } from '../lib/asOf';
import { localised } from '../lib/text';
import { api, bodyOf } from './client';
import type { components } from './schema';

export type Person = components['schemas']['Person'];

const personSearchQuery = (q: string, partyId: readonly string[]) =>
  queryOptions({
    queryKey: ['people', 'search', q, partyId],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/people', {
            params: { query: { q, partyId: [...partyId], limit: 20, asOf: ofNow } },
            signal,
          }),
        )
      ).items,
    placeholderData: keepPreviousData,
  });

/**
 * Finds people by a part of their name or e-mail address: what a ComboBox shows. Only for those
 * who may read people. Without parties, those of all whom the reader may see.
 */
export function usePersonSearch(partyIds: readonly string[] = []) {
  const lang = useLang();
  const [text, setText] = useState('');
  const query = useQuery(personSearchQuery(text, partyIds));
  return {
    found: (query.data ?? []).map((person) => ({
      id: person.id,
      label: person.name,
      detail: [person.email, ...person.posts.map(({ title }) => localised(title, lang).value)]
        .filter(Boolean)
        .join(' · '),
      partyId: person.partyId,
    })),
    search: setText,
    loading: query.isFetching,
  };
}
