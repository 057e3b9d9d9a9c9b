import { same } from '../../lib/merge';
import { Problem } from '../../lib/problem';
import type { Typed, TypedStore } from '../../lib/typed';

/** How soon after a key the server has the text, at the latest, in milliseconds. */
export const draftAfter = 1_500;
/** How often what is typed becomes content by itself. */
export const contentAfter = 60_000;
const firstRetry = 3_000;
const lastRetry = 15_000;

/** Where what is typed is. */
export type Saving =
  /** Nothing is typed that the server has not. */
  | { state: 'saved'; at: number | undefined }
  /** Typed just now. */
  | { state: 'typing' }
  /** On this machine only, until the server answers. */
  | { state: 'offline' }
  /** On this machine only, until the person has signed in again. */
  | { state: 'signed_out' }
  /** On this machine only: the server does not take it. */
  | { state: 'refused' };

export interface DeskServer {
  /** Keeps what is typed on the server, or forgets it. */
  autosave: (key: string, content: Typed | undefined) => Promise<unknown>;
}

export interface DeskOptions {
  local: TypedStore;
  server: DeskServer;
  /** Somebody types: their hand lies on the paper. */
  onTyping?: () => void;
  /** The server knows nobody any more. */
  onSignedOut?: () => void;
}

const open = new Set<Desk>();

/** Makes content of all that is typed on the page: before a meeting is closed. */
export async function flushDesks(): Promise<void> {
  await Promise.all([...open].map((desk) => desk.flush()));
}

/**
 * All that one person types on one desk, as it is now. Typing changes memory only and waits for
 * nothing; from there it goes to the disk of this machine at once, and to the server within
 * `draftAfter`. It lives as long as the page, whatever is shown of it.
 */
export class Desk {
  private readonly typed = new Map<string, Typed>();
  private readonly listeners = new Set<() => void>();
  private readonly flushes = new Map<string, () => Promise<void>>();
  private readonly toDisk = new Set<string>();
  private readonly toServer = new Map<string, number>(); // since when, by key
  private writing: Promise<void> | undefined;
  private onItsWay: string | undefined; // to the disk
  private sending = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retry = 0;
  private status: Saving = { state: 'saved', at: undefined };

  constructor(private readonly options: DeskOptions) {}

  /** Begins with what was typed before: here, and on the server from wherever. The later counts. */
  async open(drafts: readonly { key: string; content: Typed }[]): Promise<void> {
    open.add(this);
    const found = await this.options.local.read();
    for (const { key, content } of drafts) {
      const here = found.get(key);
      if (!here || here.at < content.at) found.set(key, content);
      else if (here.at > content.at) this.toServer.set(key, 0);
    }
    for (const [key, typed] of found) {
      if (this.typed.has(key)) continue;
      this.typed.set(key, typed);
      if (!drafts.some((draft) => draft.key === key)) this.toServer.set(key, 0);
    }
    if (this.toServer.size > 0) this.schedule(0);
    this.tell();
  }

  get(key: string): Typed | undefined {
    return this.typed.get(key);
  }

  /** Keeps what was just typed, or forgets what has become content. */
  set(key: string, typed: Omit<Typed, 'at'> | undefined): void {
    const old = this.typed.get(key);
    if (typed) {
      this.typed.set(key, { ...typed, at: Date.now() });
      this.options.onTyping?.();
      if (this.status.state === 'saved') this.status = { state: 'typing' };
    } else if (old) {
      this.typed.delete(key);
    } else return;
    this.toDisk.add(key);
    if (!this.toServer.has(key)) this.toServer.set(key, Date.now());
    this.writing ??= this.write();
    this.schedule(draftAfter);
    this.tell();
  }

  get saving(): Saving {
    return this.status;
  }

  /** Something became content just now. */
  noteSaved(): void {
    this.status = { state: 'saved', at: Date.now() };
    this.tell();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What makes content of a text that is being typed; it outlives the field. */
  onFlush(key: string, flush: () => Promise<void>): void {
    this.flushes.set(key, flush);
  }

  /** Makes content of all that is typed: before the pen passes or the meeting ends. */
  async flush(): Promise<void> {
    await Promise.all([...this.flushes.values()].map((flush) => flush()));
  }

  /** Tries what has failed again now: the connection, or the person, is back. */
  again(): void {
    this.retry = 0;
    if (this.toServer.size > 0) this.schedule(0);
  }

  /** The page may end now: what is not on the disk yet is put aside at once. */
  hide(): void {
    const keys = new Set(this.toDisk);
    if (this.onItsWay !== undefined) keys.add(this.onItsWay);
    this.options.local.rescue(new Map([...keys].map((key) => [key, this.typed.get(key)])));
  }

  /** Leaves the desk: what is typed becomes content; what cannot stays where it is. */
  leave(): void {
    void this.flush().finally(() => {
      open.delete(this);
      if (this.status.state === 'signed_out') this.close(); // it stays on the disk for who typed it
    });
  }

  /** As a crash does: ends the timers and tells nobody. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.listeners.clear();
    open.delete(this);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  /** One text after the other: what is typed meanwhile goes with the next round. */
  private async write(): Promise<void> {
    for (let key = first(this.toDisk); key !== undefined; key = first(this.toDisk)) {
      this.toDisk.delete(key);
      this.onItsWay = key;
      await this.options.local.write(key, this.typed.get(key));
    }
    this.onItsWay = undefined;
    this.writing = undefined;
  }

  private schedule(after: number): void {
    if (this.sending || (this.timer !== undefined && after > 0)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), after);
  }

  private async send(): Promise<void> {
    this.timer = undefined;
    this.sending = true;
    let next: number | undefined;
    try {
      for (const key of [...this.toServer.keys()]) {
        this.toServer.delete(key);
        try {
          await this.options.server.autosave(key, this.typed.get(key));
          this.retry = 0;
        } catch (failure) {
          next = this.failed(key, failure);
          if (next !== undefined) break;
        }
      }
      if (next === undefined && this.toServer.size === 0 && this.status.state !== 'refused') {
        this.status = { state: 'saved', at: Date.now() };
      }
    } finally {
      this.sending = false;
    }
    if (next !== undefined) this.schedule(next);
    else if (this.toServer.size > 0) this.schedule(draftAfter);
    this.tell();
  }

  /** After how long to try again; undefined where that would not help. */
  private failed(key: string, failure: unknown): number | undefined {
    const status = failure instanceof Problem ? failure.status : 0;
    if (status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429) {
      this.status = { state: 'refused' };
      return undefined;
    }
    if (!this.toServer.has(key)) this.toServer.set(key, 0);
    this.status = { state: status === 401 ? 'signed_out' : 'offline' };
    if (status === 401) this.options.onSignedOut?.();
    this.retry += 1;
    return Math.min(firstRetry * 2 ** (this.retry - 1), lastRetry);
  }
}

/**
 * Sends only as the person whose text it is. Once a request was refused as nobody's, or the page
 * knows that somebody else is looking, the server is asked first whose session it is: what one
 * person typed never goes out in the name of who signs in next.
 */
export function onlyAs(
  person: string,
  known: () => string,
  ask: () => Promise<string>,
): <T>(send: () => Promise<T>) => Promise<T> {
  let doubted = false;
  return async (send) => {
    if (doubted || known() !== person) {
      if ((await ask()) !== person) {
        doubted = true;
        throw new Problem({ status: 401, code: 'sign_in_required', title: 'Unauthorized' });
      }
      doubted = false;
    }
    try {
      return await send();
    } catch (failure) {
      doubted = failure instanceof Problem && failure.status === 401;
      throw failure;
    }
  };
}

function first<T>(set: ReadonlySet<T>): T | undefined {
  return set.values().next().value;
}

/** How one text becomes content. */
export interface Contents<Body> {
  save: (body: Body, version: number) => Promise<{ body: Body; version: number }>;
  /** What is saved by now, from the answer to a save that came too late; undefined if it was no such. */
  newer: (failure: unknown) => { body: Body; version: number } | undefined;
  /** Both versions as one, if no paragraph was changed by both. */
  merge: (mine: Body, base: Body, theirs: Body) => Body | undefined;
}

export interface WriterState<Body> {
  body: Body;
  base: Body;
  version: number;
  dirty: boolean;
  pending: boolean;
  problem: unknown;
  /** What somebody else saved in between, where that cannot be put together by itself. */
  clash: { body: Body; version: number; failure: unknown } | undefined;
  savedAt: number | undefined;
}

/**
 * One text of the paper while somebody types in it. It becomes content when it is left, when it
 * is asked for, and otherwise at most once in `contentAfter`.
 */
export class Writer<Body extends object> {
  private state: WriterState<Body>;
  private readonly listeners = new Set<() => void>();
  private running: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastContent = 0;

  constructor(
    private readonly desk: Desk,
    readonly key: string,
    saved: { body: Body; version: number },
    private contents: Contents<Body>,
  ) {
    this.state = {
      ...saved,
      base: saved.body,
      dirty: false,
      pending: false,
      problem: null,
      clash: undefined,
      savedAt: undefined,
    };
    this.recall(saved);
    desk.onFlush(key, () => this.commit());
  }

  /** Goes on with what was typed before the page was left. */
  private recall(saved: { body: Body; version: number }): void {
    const kept = this.desk.get(this.key);
    if (!kept) return;
    const body = kept.body as Body;
    const base = kept.base as Body;
    if (same(body, saved.body) || same(body, base)) {
      this.desk.set(this.key, undefined);
      return;
    }
    this.state = { ...this.state, body, base, version: kept.version, dirty: true };
    this.later(contentAfter);
  }

  get current(): WriterState<Body> {
    return this.state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): WriterState<Body> => this.state;

  /** What is typed. It waits for nothing. */
  set(part: Partial<Body>): void {
    const body = { ...this.state.body, ...part };
    this.keep(body, this.state.base, this.state.version);
    this.later(contentAfter);
  }

  /** What the server has by now, wherever it came from. Typed text stays; it meets it when saved. */
  take(saved: { body: Body; version: number }): void {
    if (this.state.dirty || this.running || saved.version <= this.state.version) return;
    this.change({ body: saved.body, base: saved.body, version: saved.version });
  }

  /** A part is left: content, unless there was some within the last minute. */
  left(): void {
    if (!this.state.dirty) return;
    const since = Date.now() - this.lastContent;
    if (since >= contentAfter) void this.commit();
    else this.later(contentAfter - since);
  }

  /** Makes content of what is typed, now; after what is on its way already. */
  commit(): Promise<void> {
    const run = (this.running ?? Promise.resolve())
      .then(() => this.save())
      .finally(() => {
        if (this.running === run) this.running = undefined;
      });
    this.running = run;
    return run;
  }

  /** Throws away what is typed. */
  discard(saved: { body: Body; version: number }): void {
    this.desk.set(this.key, undefined);
    this.change({ ...saved, base: saved.body, dirty: false, problem: null, clash: undefined });
  }

  /** The clash is settled: this is the text, made from what is saved. */
  settle(body: Body): Promise<void> {
    const { clash } = this.state;
    if (!clash) return Promise.resolve();
    this.change({ clash: undefined, problem: null });
    this.keep(body, clash.body, clash.version);
    return this.commit();
  }

  private async save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    // Each round that comes too late is made anew from what is saved by then.
    for (let round = 0; round < 5; round++) {
      const { body, version, dirty, clash } = this.state;
      if (!dirty || clash) break; // also where what was typed turned out to be what is saved by now
      this.change({ pending: true });
      this.lastContent = Date.now();
      try {
        const saved = await this.contents.save(body, version);
        // What was typed meanwhile stands, made from what was sent.
        this.keep(this.state.body, body, saved.version);
        this.change({ pending: false, problem: null, savedAt: Date.now() });
        if (!this.state.dirty) this.desk.noteSaved();
        else this.later(contentAfter);
        return;
      } catch (failure) {
        const newer = this.contents.newer(failure);
        if (!newer) {
          this.change({ pending: false, problem: failure });
          if (!(failure instanceof Problem) || failure.status === 0 || failure.status >= 500) {
            this.later(lastRetry);
          }
          return;
        }
        const merged = this.contents.merge(this.state.body, this.state.base, newer.body);
        if (!merged) {
          this.change({ pending: false, clash: { ...newer, failure } });
          return;
        }
        this.keep(merged, newer.body, newer.version);
      }
    }
    if (!this.state.pending) return;
    this.change({ pending: false, problem: null });
    if (this.state.dirty) this.later(lastRetry);
  }

  private keep(body: Body, base: Body, version: number): void {
    const dirty = !same(body, base);
    this.desk.set(this.key, dirty ? { body, base, version } : undefined);
    this.change({ body, base, version, dirty });
  }

  private later(after: number): void {
    if (this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.commit();
    }, after);
  }

  private change(part: Partial<WriterState<Body>>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
