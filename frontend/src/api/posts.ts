import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLang } from '../i18n';
import { ofNow } from '../lib/asOf';
import type { Lang } from '../lib/lang';
import { localised } from '../lib/text';
import { api, bodyOf } from './client';
import type { components } from './schema';

export type Post = components['schemas']['Post'];
export type PostRef = components['schemas']['PostRef'];
export type Responsibility = components['schemas']['Responsibility'];
export type CaseReference = components['schemas']['CaseReference'];

/** A post to choose, in the words of the page's language. */
export interface PostOption {
  id: string;
  label: string;
  /** The units above it, the nearest last. */
  detail: string;
  partyId: string;
}

const postSearchQuery = (q: string, partyId: readonly string[]) =>
  queryOptions({
    queryKey: ['posts', 'search', q, partyId],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/posts', {
            params: { query: { q, partyId: [...partyId], limit: 20, asOf: ofNow } },
            signal,
          }),
        )
      ).items,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/**
 * Finds posts by a part of their title or of a unit above them, in any language: what a ComboBox
 * shows. Without parties, those of all; nothing while it is not enabled.
 */
export function usePostSearch(partyIds: readonly string[] = [], enabled = true) {
  const lang = useLang();
  const [text, setText] = useState('');
  const query = useQuery({ ...postSearchQuery(text, partyIds), enabled });
  // While an answer for other parties stays, none of their posts is offered.
  const posts = (query.data ?? []).filter(
    ({ partyId }) => enabled && (partyIds.length === 0 || partyIds.includes(partyId)),
  );
  return {
    found: posts.map((post) => postOption(post, lang)),
    posts,
    search: setText,
    loading: query.isFetching,
  };
}

/** The post as a ComboBox shows it. */
export function postOption(
  post: Pick<Post, 'id' | 'title' | 'partyId'> & Partial<Pick<Post, 'unitPath'>>,
  lang: Lang,
): PostOption {
  return {
    id: post.id,
    label: localised(post.title, lang).value,
    detail: (post.unitPath ?? []).map(({ name }) => localised(name, lang).value).join(' › '),
    partyId: post.partyId,
  };
}
