import { queryOptions, useQuery } from '@tanstack/react-query';
import { useAsOf } from '../lib/asOf';
import type { ISODate } from '../lib/dates';
import type { Lang } from '../lib/lang';
import { localised } from '../lib/text';
import { api, bodyOf } from './client';
import type { components } from './schema';

export type Party = components['schemas']['Party'];

/** The parties change about never; one answer serves the whole visit. */
export const partiesQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['parties', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/parties', { params: { query: { asOf } }, signal }))).items,
    staleTime: 3_600_000,
  });

/** The parties, by the names that they had on the day shown. */
export function useParties() {
  return useQuery(partiesQuery(useAsOf()));
}

/** How a party is drawn: what the components of ui take. */
export interface PartyAppearance {
  shape: 'square' | 'circle' | 'outline';
  letter: string;
  name: string;
}

/**
 * The drawing of each party by its id, and by its key. The first principal party is a square, the
 * second a circle, everyone else an outlined letter. A party not known yet has a dash.
 */
export function usePartyLooks(lang: Lang): (idOrKey: string | undefined) => PartyAppearance {
  const parties = useParties().data;
  return (idOrKey) => partyLook(parties ?? [], idOrKey, lang);
}

export function partyLook(
  parties: readonly Party[],
  idOrKey: string | undefined,
  lang: Lang,
): PartyAppearance {
  const party = parties.find(({ id, key }) => id === idOrKey || key === idOrKey);
  if (!party) return { shape: 'outline', letter: '–', name: '' };
  const place = parties.filter(({ principal }) => principal).indexOf(party);
  return {
    shape: place === 0 ? 'square' : place === 1 ? 'circle' : 'outline',
    letter: party.letter,
    name: localised(party.shortName, lang).value,
  };
}
