import { focusManager, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState, type MouseEvent } from 'react';
import { pageIsOf } from '../api/client';
import { askMe, choosePost, meQuery, useMe, type Me } from '../api/me';
import { useLang, useTexts } from '../i18n';
import { Problem } from '../lib/problem';
import { onSignedIn } from '../lib/tabs';
import { Button, LinkButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { useToast } from '../ui/Toast';
import { useFocusBeforeNotice } from './focusBeforeNotice';

/** How old an answer about the session may be before it is asked anew. */
const freshMs = 60_000;

/**
 * Tells that the session has ended while the page was open, and where to sign in again. The page
 * stays as it was, with what was typed: until the person is back nothing is fetched anew, since
 * the server would answer as to the public, and forms would go. When somebody else has signed in
 * meanwhile it says so, and nothing is saved in their name until that is chosen.
 */
export function SessionNotice() {
  const t = useTexts().session.ended;
  const lang = useLang();
  const { ended, other, last, leave, accept } = useSessionEnd();
  const who = other?.name ?? '';
  return (
    <div role="alert">
      {(ended || other) && (
        <div className="session-ended">
          <div className="wrap">
            <p>
              <Icon name="lock" /> <b>{other ? t.otherTitle(who) : t.title}</b>{' '}
              {other ? t.otherText(last?.name ?? '') : t.text}
            </p>
            <div className="btns">
              <LinkButton
                to="/$lang/sign-in"
                params={{ lang }}
                search={{ again: true, other: other ? true : undefined }}
                target="_blank"
                small
                onClick={openHere}
              >
                {t.signIn}
              </LinkButton>
              {other ? (
                <Button variant="quiet" small onClick={accept}>
                  {t.goOnAs(who)}
                </Button>
              ) : (
                <Button variant="quiet" small onClick={leave}>
                  {t.leave}
                </Button>
              )}
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

/** Opens the link's tab as one that can close itself; where that is not allowed the link does it. */
function openHere(event: MouseEvent<HTMLAnchorElement>) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (window.open(event.currentTarget.href, '_blank')) event.preventDefault();
}

interface SessionEnd {
  ended: boolean;
  /** Who is signed in now, if that is somebody else than the page was opened for. */
  other: Me | undefined;
  /** Who was signed in when the page was opened. */
  last: Me | undefined;
  /** Goes on as the public. */
  leave: () => void;
  /** Goes on as the other. */
  accept: () => void;
}

/** Whether the session has ended or is somebody else's, and ways to go on. */
function useSessionEnd(): SessionEnd {
  const client = useQueryClient();
  const over = useTexts().session.ended.over;
  const tell = useToast();
  const me = useMe().data;
  const [refused, setRefused] = useState(false);
  const [last, setLast] = useState<Me>(); // who was signed in when it was last asked
  const [stranger, setStranger] = useState<Me>();
  if (me?.signedIn && me !== last && (last === undefined || me.id === last.id)) setLast(me);
  const other = stranger ?? (me?.signedIn && last && me.id !== last.id ? me : undefined);
  const ended = refused || (last !== undefined && me?.signedIn === false);
  const returnFocus = useFocusBeforeNotice();

  useEffect(() => {
    pageIsOf(last?.id);
  }, [last?.id]);

  // On coming back to the page, when another tab has signed in, and when a write was refused:
  // first who it is, then the rest.
  useEffect(() => {
    let stopped = false;
    const look = async (setFocused: (focused: boolean) => void, anew = false) => {
      if (document.visibilityState === 'hidden' && !anew) {
        setFocused(false);
        return;
      }
      if (anew || ended || other || (last && !isFresh(client))) {
        const now = await askMe().catch(() => undefined);
        if (stopped || !now) return;
        if (!now.signedIn) {
          setRefused(true);
          return;
        }
        if (last && now.id !== last.id) {
          setStranger(now);
          return;
        }
        client.setQueryData(meQuery.queryKey, await inSamePost(last, now));
        setStranger(undefined);
        if (ended || other) {
          tell(over);
          returnFocus();
        }
        setRefused(false);
      }
      setFocused(true);
    };
    focusManager.setEventListener((setFocused) => {
      const listener = () => void look((focused) => setFocused(focused));
      document.addEventListener('visibilitychange', listener);
      window.addEventListener('focus', listener);
      return () => {
        document.removeEventListener('visibilitychange', listener);
        window.removeEventListener('focus', listener);
      };
    });
    const setFocused = (focused: boolean) => {
      focusManager.setFocused(focused);
    };
    const quiet = onSignedIn(() => {
      if (last) void look(setFocused, true);
    });
    const unsubscribe = client.getMutationCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'error') return;
      const error: unknown = event.action.error;
      if (!(error instanceof Problem)) return;
      if (error.status === 401) setRefused(true);
      if (error.code === 'other_person') void look(setFocused, true);
    });
    return () => {
      stopped = true;
      quiet();
      unsubscribe();
      focusManager.setEventListener(() => undefined);
    };
  }, [client, ended, last, other, over, returnFocus, tell]);

  const leave = () => {
    void client.resetQueries(); // first: with the old answer the person would count as signed in
    setRefused(false);
    setLast(undefined);
    focusManager.setFocused(true);
  };
  const accept = () => {
    setLast(other);
    setStranger(undefined);
    setRefused(false);
    client.removeQueries({ type: 'inactive' }); // what the first had read on other pages
    client.setQueryData(meQuery.queryKey, other);
    void client.invalidateQueries();
    focusManager.setFocused(true);
    returnFocus();
  };
  return { ended, other, last, leave, accept };
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
