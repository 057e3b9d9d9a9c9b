import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  use,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { askMe, meQuery, useMe } from '../../api/me';
import { same } from '../../lib/merge';
import { Problem } from '../../lib/problem';
import { typedStore, type Typed } from '../../lib/typed';
import { useTexts } from '../../i18n';
import { ErrorState, LoadingLines } from '../../ui/states';
import { itemBody, itemInput, keptItem, type ItemBody } from './forms';
import { isClean, mergeItem } from './merging';
import {
  autosave,
  deskQuery,
  saveItem,
  takeItem,
  takePen,
  type AgendaItem,
  type DeskState,
  type Meeting,
} from './queries';
import { Desk, onlyAs, Writer } from './writing';

interface DeskContext {
  desk: Desk;
  /** What types in an item; one for each, as long as the page lives. */
  writer: (item: AgendaItem) => Writer<ItemBody>;
  /** Who writes, who watches, what others type. */
  state: DeskState | undefined;
  /** The service's clock. */
  now: () => Date;
  /** How far it is ahead of this device's clock, in milliseconds. */
  ahead: number;
}

const Context = createContext<DeskContext | undefined>(undefined);

export function useDesk(): DeskContext {
  const context = use(Context);
  if (!context) throw new Error('no desk here');
  return context;
}

/** Whose desk it is while nobody is signed in. */
const nobody = 'nobody';

/** How often a sign of life takes the free pen, at most, in milliseconds. */
const takeAgainAfter = 20_000;

/** Answers true at most once in so many milliseconds. */
function atMostEvery(milliseconds: number): () => boolean {
  let last = 0;
  return () => {
    if (Date.now() - last < milliseconds) return false;
    last = Date.now();
    return true;
  };
}

interface DeskProviderProps {
  meeting: Meeting;
  children: ReactNode;
}

/**
 * The desk of a meeting for its secretary: what is typed here outlives the fields that it is
 * typed in. Its contents show once what was typed before has been found.
 */
export function DeskProvider({ meeting, children }: DeskProviderProps) {
  const t = useTexts().meetings;
  const client = useQueryClient();
  const me = useMe().data;
  const query = useQuery(deskQuery(meeting.id));
  const [opened, setOpened] = useState(false);
  // Who was last signed in: what is typed after the sign-in has ended is still theirs.
  const [person, setPerson] = useState(me?.id ?? nobody);
  if (me?.id !== undefined && me.id !== person) setPerson(me.id);
  const running = meeting.status === 'in_progress';
  const live = useRef({ running, state: query.data });
  useEffect(() => {
    live.current = { running, state: query.data };
  });

  const made = useMemo(() => {
    const mayTake = atMostEvery(takeAgainAfter);
    const asPerson = onlyAs(
      person,
      () => client.getQueryData(meQuery.queryKey)?.id ?? nobody,
      async () => (await askMe()).id ?? nobody,
    );
    const desk = new Desk({
      local: typedStore(person, meeting.id),
      server: {
        autosave: (key, content) => asPerson(() => autosave(meeting.id, key, content)),
      },
      onTyping: () => {
        const { running, state } = live.current;
        if (!running || state?.pen || !mayTake()) return;
        const key = deskQuery(meeting.id).queryKey;
        takePen(meeting.id).then(
          (now) => client.setQueryData(key, now),
          () => client.invalidateQueries({ queryKey: key }),
        );
      },
      onSignedOut: () => void client.invalidateQueries({ queryKey: meQuery.queryKey }),
    });
    const writers = new Map<string, Writer<ItemBody>>();
    const writer = (item: AgendaItem) => {
      const known = writers.get(item.id);
      if (known) return known;
      const fresh = new Writer<ItemBody>(desk, keptItem(item.id), versioned(item), {
        save: async (body, version) => {
          const saved = await asPerson(() => saveItem(item.id, itemInput(body), version));
          takeItem(client, saved);
          return versioned(saved);
        },
        newer: (failure) =>
          failure instanceof Problem && failure.status === 412 && failure.current
            ? versioned(failure.current as AgendaItem)
            : undefined,
        merge: (mine, base, theirs) => {
          const merged = mergeItem(mine, base, theirs);
          return isClean(merged) ? merged.body : undefined;
        },
      });
      writers.set(item.id, fresh);
      return fresh;
    };
    return { desk, writer };
  }, [client, meeting.id, person]);

  const ready = query.data !== undefined && me !== undefined;
  const drafts = useRef<{ key: string; content: Typed }[]>([]);
  useEffect(() => {
    drafts.current = (query.data?.autosaves ?? [])
      .filter(({ mine }) => mine)
      .map(({ key, content }) => ({ key, content: content as unknown as Typed }));
  });
  useEffect(() => {
    if (!ready) return;
    void made.desk.open(drafts.current).then(() => setOpened(true));
    const again = () => made.desk.again();
    // Leaving the page: what is typed is on its way to the disk already, or put aside, and now to
    // the server.
    const hide = () => made.desk.hide();
    window.addEventListener('pagehide', hide);
    window.addEventListener('online', again);
    window.addEventListener('focus', again);
    document.addEventListener('visibilitychange', again);
    return () => {
      window.removeEventListener('pagehide', hide);
      window.removeEventListener('online', again);
      window.removeEventListener('focus', again);
      document.removeEventListener('visibilitychange', again);
    };
  }, [made, ready]);
  // The page goes elsewhere: what was typed becomes content.
  useEffect(() => () => made.desk.leave(), [made]);
  // Back from signing in, or the pen is in hand again: what was refused goes now.
  const mine = query.data?.pen?.mine ?? false;
  useEffect(() => {
    if (opened && me?.signedIn && mine) void made.desk.flush();
  }, [opened, me?.signedIn, mine, made]);

  const { data: state, dataUpdatedAt } = query;
  const value = useMemo(() => {
    const ahead = state ? Date.parse(state.now) - dataUpdatedAt : 0;
    return { ...made, state, ahead, now: () => new Date(Date.now() + ahead) };
  }, [made, state, dataUpdatedAt]);
  if (!opened) {
    return query.error ? (
      <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <LoadingLines text={t.loading} />
    );
  }
  return <Context value={value}>{children}</Context>;
}

function versioned(item: AgendaItem): { body: ItemBody; version: number } {
  return { body: itemBody(item), version: item.version };
}

/** The text that is being typed in an item, and what becomes of it. */
export function useWriter(item: AgendaItem) {
  const { writer } = useDesk();
  const own = writer(item);
  const state = useSyncExternalStore(own.subscribe, own.snapshot);
  useEffect(() => own.take(versioned(item)), [own, item]);
  return { writer: own, ...state };
}

/** A small form whose text outlives it until it is sent. */
export function useTyped<Body extends object>(key: string, empty: Body) {
  const { desk } = useDesk();
  const read = () => desk.get(key);
  const typed = useSyncExternalStore(desk.subscribe, read);
  const of = (kept: Typed | undefined): Body => ({ ...empty, ...(kept?.body as Body | undefined) });
  return {
    body: of(typed),
    dirty: typed !== undefined,
    set: (part: Partial<Body>) => {
      const body = { ...of(desk.get(key)), ...part };
      desk.set(key, same(body, empty) ? undefined : { body, base: empty, version: 0 });
    },
    clear: () => desk.set(key, undefined),
  };
}

/** Whether something typed in an item is not content yet. */
export function useIsTyped(itemId: string): boolean {
  const context = use(Context);
  const subscribe = context?.desk.subscribe ?? nothing;
  return useSyncExternalStore(subscribe, () => context?.desk.get(keptItem(itemId)) !== undefined);
}

const nothing = () => () => undefined;
