import { useQueryClient, type Query } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { partiesQuery } from '../api/parties';
import { useTexts } from '../i18n';
import { isAway, Problem } from '../lib/problem';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { useToast } from '../ui/Toast';
import { useFocusBeforeNotice } from './focusBeforeNotice';

/** How long to wait before the service is tried again if it does not say, in seconds. */
const usualWait = 5;
const longestWait = 60;

/**
 * Tells that the service is there and its database is not. The page stays as it was, with what was
 * typed; the service is tried again as soon as it said, and what could not be fetched is fetched
 * when it is back. A write is never repeated by itself: its form still has the text.
 */
export function ServiceNotice() {
  const t = useTexts().app.away;
  const { away, retry } = useAway();
  return (
    <div role="alert">
      {away && (
        <div className="service-away">
          <div className="wrap">
            <p>
              <Icon name="error" /> <b>{t.title}</b> {t.text}
            </p>
            <div className="btns">
              <Button variant="secondary" small onClick={retry}>
                {t.retry}
              </Button>
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

function useAway(): { away: boolean; retry: () => void } {
  const client = useQueryClient();
  const over = useTexts().app.away.over;
  const tell = useToast();
  /** How long to wait; another one each time, so that the wait begins anew. */
  const [wait, setWait] = useState<{ seconds: number }>();
  const trying = useRef(false);
  const returnFocus = useFocusBeforeNotice();

  useEffect(() => {
    const note = (error: unknown) => {
      if (isAway(error)) setWait((known) => known ?? waitOf(error));
    };
    const queries = client.getQueryCache().subscribe((event) => {
      // Also while a query is still trying again by itself.
      if (event.type === 'updated') note(event.query.state.fetchFailureReason);
    });
    const writes = client.getMutationCache().subscribe((event) => {
      if (event.type === 'updated') note(event.mutation.state.error);
    });
    return () => {
      queries();
      writes();
    };
  }, [client]);

  const retry = useCallback(() => {
    if (trying.current) return;
    trying.current = true;
    void (async () => {
      try {
        await client.query({ ...partiesQuery(undefined), staleTime: 0, retry: false });
        if (document.activeElement?.closest('.service-away')) returnFocus();
        setWait(undefined);
        tell(over);
        await client.refetchQueries({ predicate: failedSo });
      } catch (error) {
        // Any other problem shows where it belongs.
        setWait(isAway(error) || isLost(error) ? waitOf(error) : undefined);
      } finally {
        trying.current = false;
      }
    })();
  }, [client, tell, over, returnFocus]);

  useEffect(() => {
    if (!wait) return;
    // Not all pages at the same moment.
    const timer = setTimeout(retry, wait.seconds * 1000 * (1 + Math.random() / 4));
    return () => clearTimeout(timer);
  }, [wait, retry]);

  return { away: wait !== undefined, retry };
}

function waitOf({ retryAfter }: Problem): { seconds: number } {
  return { seconds: Math.min(retryAfter || usualWait, longestWait) };
}

const failedSo = (query: Query) => isAway(query.state.error);

/** No answer at all: the service may be starting anew. */
function isLost(error: unknown): error is Problem {
  return error instanceof Problem && (error.status === 0 || error.status === 502);
}
