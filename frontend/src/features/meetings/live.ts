import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { askMe, meQuery, useMe } from '../../api/me';
import { ofNow } from '../../lib/asOf';
import { agendaQuery, deskQuery, fetchItem, meetingQuery, takeItem, type Meeting } from './queries';

/** One word of the server about a meeting: what changed, never how. */
export interface MeetingEvent {
  kind: string;
  id?: string;
  version?: number;
  itemId?: string;
}

/** Events of one moment are taken together. */
const together = 150;
const firstDelay = 3_000;
const lastDelay = 30_000;

/**
 * Keeps a meeting's page as it is on the server, for who may read its papers: the server tells
 * what changed, and that is read anew. After a lost connection everything is.
 */
export function useLive(meeting: Meeting | undefined, on: boolean): void {
  const client = useQueryClient();
  const me = useMe().data;
  const id = meeting?.id;
  const watches = on && (meeting?.papers ?? false) && (me?.signedIn ?? false);
  const post = me?.post?.id;
  useEffect(() => {
    if (!watches || id === undefined || typeof EventSource === 'undefined') return;
    return watch(client, id);
  }, [client, id, watches, post]);
}

/** Watches until the returned function is called. */
export function watch(client: QueryClient, id: string): () => void {
  let source: EventSource | undefined;
  let stopped = false;
  let delay = firstDelay;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pending: MeetingEvent[] = [];

  const take = () => {
    const events = pending;
    pending = [];
    timer = undefined;
    if (!stopped) void refresh(client, id, events);
  };
  const open = () => {
    source = new EventSource(`/api/v1/meetings/${id}/events`);
    source.onmessage = ({ data }: MessageEvent<string>) => {
      delay = firstDelay;
      pending.push(JSON.parse(data) as MeetingEvent);
      timer ??= setTimeout(take, together);
    };
    // A lost connection is tried again by the browser; a refusal is not.
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED || stopped) return;
      void refused();
    };
  };
  const refused = async () => {
    const me = await askMe().catch(() => undefined);
    if (stopped) return;
    if (me && !me.signedIn) {
      client.setQueryData(meQuery.queryKey, me);
      return;
    }
    setTimeout(() => {
      if (!stopped) open();
    }, delay);
    delay = Math.min(delay * 2, lastDelay);
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}

/** Reads anew what the events name, and nothing that is on the page already. */
export async function refresh(
  client: QueryClient,
  id: string,
  events: readonly MeetingEvent[],
): Promise<void> {
  const kinds = new Set(events.map(({ kind }) => kind));
  const invalidate = (queryKey: readonly unknown[]) => client.invalidateQueries({ queryKey });
  const work: Promise<unknown>[] = [];
  const everything = kinds.has('resync');
  const meeting = client.getQueryData(meetingQuery(id, ofNow).queryKey);
  const newer = events.some(
    ({ kind, version }) => kind === 'meeting' && (version ?? Infinity) > (meeting?.version ?? 0),
  );
  if (everything || newer) work.push(invalidate(meetingQuery(id, ofNow).queryKey));
  if (everything || ['pen', 'watcher', 'autosave'].some((kind) => kinds.has(kind))) {
    work.push(invalidate(deskQuery(id).queryKey));
  }
  const items = client.getQueryData(agendaQuery(id, ofNow).queryKey)?.items ?? [];
  const changed = new Set(
    events.flatMap(({ kind, id: what, version = Infinity, itemId }) => {
      const item = items.find((known) => known.id === itemId);
      if (!itemId) return [];
      if (kind === 'agenda_item' && item && item.version >= version) return [];
      const outcome = item?.outcomes.find((known) => known.id === what);
      if (kind === 'outcome' && outcome && outcome.version >= version) return [];
      const action = item?.outcomes.some(({ actions }) =>
        actions.some((known) => known.id === what),
      );
      if (kind === 'action' && action) return [];
      return [itemId];
    }),
  );
  if (everything || kinds.has('agenda') || changed.size > 3) {
    work.push(invalidate(agendaQuery(id, ofNow).queryKey));
  } else {
    for (const itemId of changed) {
      work.push(
        fetchItem(itemId).then(
          (item) => takeItem(client, item),
          // Gone, or not for the reader any more: what is on the page is not to stay there.
          () => invalidate(agendaQuery(id, ofNow).queryKey),
        ),
      );
    }
  }
  await Promise.all(work);
}
