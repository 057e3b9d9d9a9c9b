import { useMutation, useQuery, useQueryClient, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { myMailQuery } from '../api/mail';
import { useMe } from '../api/me';
import type { components } from '../api/schema';
import { useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { whenSaved } from '../lib/whenSaved';
import { Button } from '../ui/Button';
import { PathLink } from '../ui/PathLink';
import { ErrorState } from '../ui/states';
import { useToast } from '../ui/Toast';
import './followBar.css';

export type Followed = components['schemas']['FollowedThing'];
export type FollowedKind = components['schemas']['FollowingChoice']['subjectKind'];

/** What the reader follows. */
export const myFollowingQuery = queryOptions({
  queryKey: ['me', 'following'],
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/me/following', { signal }))).items,
});

/** Begins to follow a thing, or ends it. */
export function useFollow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({
      on,
      ...body
    }: {
      on: boolean;
      subjectKind: FollowedKind;
      subjectId: string;
    }) =>
      (
        await bodyOf(
          on ? api.POST('/me/following', { body }) : api.POST('/me/following/end', { body }),
        )
      ).items,
    onSuccess: (items) => client.setQueryData(myFollowingQuery.queryKey, items),
  });
}

interface FollowBarProps {
  kind: FollowedKind;
  id: string;
  /** Who has no account reads the feed of what is public. */
  isPublic: boolean;
}

/** Following a thing: by the daily mail for who is signed in, by a feed for everybody. */
export function FollowBar({ kind, id, isPublic }: FollowBarProps) {
  const texts = useTexts();
  const t = texts.following;
  const lang = useLang();
  const tell = useToast();
  const signedIn = useMe().data?.signedIn === true;
  const past = useAsOf() !== undefined;
  const mine = useQuery({ ...myFollowingQuery, enabled: signedIn && !past });
  const { mutateAsync, isPending, error } = useFollow();
  const mayFollow = signedIn && !past && mine.data !== undefined;
  const follows =
    mayFollow && mine.data.some(({ subject }) => subject.kind === kind && subject.id === id);
  const feed = `/api/v1/${kind}s/${id}/feed.atom?lang=${lang}`;
  const press = () => {
    if (isPending) return;
    const on = !follows;
    whenSaved(mutateAsync({ on, subjectKind: kind, subjectId: id }), () =>
      tell(on ? t.begun : t.ended),
    );
  };
  return (
    <div className="follow">
      {mayFollow && (
        <Button variant="secondary" small aria-disabled={isPending} onClick={press}>
          {follows ? t.stop : t.follow}
        </Button>
      )}
      {follows && (
        <span className="meta">
          <FollowingMail />
        </span>
      )}
      {isPublic && (
        <>
          <link rel="alternate" type="application/atom+xml" title={t.feed} href={feed} />
          <a className="q" href={feed} type="application/atom+xml">
            {t.feed}
          </a>
        </>
      )}
      {error && <ErrorState error={error} title={texts.problems.saveTitle} />}
    </div>
  );
}

/** Whether what changes in what the reader follows is told by mail, as they have chosen. */
export function FollowingMail() {
  const t = useTexts().following;
  const { data } = useQuery(myMailQuery);
  if (!data) return null;
  if (data.digest && !data.off.includes('following')) return t.told;
  return (
    <>
      {data.digest ? t.topicOff : t.digestOff}{' '}
      <PathLink path="/my-details" hash="mail">
        {t.choose}
      </PathLink>
    </>
  );
}
