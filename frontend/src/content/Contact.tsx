import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import type { ISODate } from '../lib/dates';

/** The posts as the public may know them, all that a page names in one request. */
const contactsQuery = (ids: readonly string[], asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['posts', 'contacts', ids, { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/posts', {
            params: { query: { id: [...ids], validOn: 'any', limit: 200, asOf } },
            signal,
          }),
        )
      ).items,
    enabled: ids.length > 0,
  });

/** The contacts of the posts that a page names; `posts` may name one more than once. */
export function useContacts(posts: readonly { id: string }[]) {
  const ids = [...new Set(posts.map(({ id }) => id))].sort().slice(0, 200);
  const found = useQuery(contactsQuery(ids, useAsOf())).data ?? [];
  return (id: string) => found.find((post) => post.id === id);
}

type Reachable = NonNullable<ReturnType<ReturnType<typeof useContacts>>>;

/**
 * How to reach a post: the address of its service, and who holds it if that person has chosen to
 * be named. Nothing where there is neither.
 */
export function Contact({ post }: { post: Reachable | undefined }) {
  const t = useTexts().content;
  if (!post || (post.contacts.length === 0 && !post.serviceAddress)) return null;
  return (
    <p className="ps">
      {[
        ...post.contacts.map(({ name, kind }) => (kind === 'deputy' ? t.deputyNamed(name) : name)),
        post.serviceAddress,
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}
