import { focusManager, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { askMe, choosePost, meQuery, useMe, type Me } from '../api/me';
import { useLang, useTexts } from '../i18n';
import { Problem } from '../lib/problem';
import { Button, LinkButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { useToast } from '../ui/Toast';

/** How old an answer about the session may be before it is asked anew. */
const freshMs = 60_000;

/**
 * Tells that the session has ended while the page was open, and where to sign in again. The page
 * stays as it was, with what was typed: until the person is back nothing is fetched anew, since
 * the server would answer as to the public, and forms would go.
 */
export function SessionNotice() {
  const t = useTexts().session.ended;
  const lang = useLang();
  const { ended, leave } = useSessionEnd();
  return (
    <div role="alert">
      {ended && (
        <div className="session-ended">
          <div className="wrap">
            <p>
              <Icon name="lock" /> <b>{t.title}</b> {t.text}
            </p>
            <div className="btns">
              <LinkButton
                to="/$lang/sign-in"
                params={{ lang }}
                search={{ again: true }}
                target="_blank"
                small
              >
                {t.signIn}
              </LinkButton>
              <Button variant="quiet" small onClick={leave}>
                {t.leave}
              </Button>
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

/** Whether the session has ended, and a way to go on as the public. */
function useSessionEnd(): { ended: boolean; leave: () => void } {
  const client = useQueryClient();
  const over = useTexts().session.ended.over;
  const tell = useToast();
  const me = useMe().data;
  const [refused, setRefused] = useState(false);
  const [last, setLast] = useState<Me>(); // who was signed in when it was last asked
  if (me?.signedIn && me !== last) setLast(me);
  const ended = refused || (last !== undefined && me?.signedIn === false);

  // A write was refused as nobody's.
  useEffect(
    () =>
      client.getMutationCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'error') return;
        const error: unknown = event.action.error;
        if (error instanceof Problem && error.status === 401) setRefused(true);
      }),
    [client],
  );

  // On coming back to the page: first who it is, then the rest.
  useEffect(() => {
    let stopped = false;
    focusManager.setEventListener((setFocused) => {
      const look = async () => {
        if (document.visibilityState === 'hidden') {
          setFocused(false);
          return;
        }
        if (ended || (last && !isFresh(client))) {
          const now = await askMe().catch(() => undefined);
          if (stopped || !now) return;
          if (!now.signedIn) {
            setRefused(true);
            return;
          }
          client.setQueryData(meQuery.queryKey, await inSamePost(last, now));
          if (ended) tell(over);
          setRefused(false);
        }
        setFocused(true);
      };
      const listener = () => void look();
      document.addEventListener('visibilitychange', listener);
      window.addEventListener('focus', listener);
      return () => {
        stopped = true;
        document.removeEventListener('visibilitychange', listener);
        window.removeEventListener('focus', listener);
      };
    });
    return () => focusManager.setEventListener(() => undefined);
  }, [client, ended, last, over, tell]);

  const leave = () => {
    void client.resetQueries(); // first: with the old answer the person would count as signed in
    setRefused(false);
    setLast(undefined);
    focusManager.setFocused(true);
  };
  return { ended, leave };
}

function isFresh(client: QueryClient): boolean {
  const asked = client.getQueryState(meQuery.queryKey)?.dataUpdatedAt ?? 0;
  return Date.now() - asked < freshMs;
}

/** A new session begins in the person's first post; whoever acted in another goes on in that. */
async function inSamePost(before: Me | undefined, now: Me): Promise<Me> {
  const post = before?.post;
  if (!post || post.id === now.post?.id || !now.posts.some(({ id }) => id === post.id)) return now;
  return choosePost(post.id).catch(() => now);
}
