import { useState } from 'react';

/** What somebody was writing: the text, what it was written over, and that version. */
export interface Kept<Body> {
  body: Body;
  base: Body;
  version: number;
}

const prefix = 'yhdyspinta.kept.';

/** The text kept in this browser tab under a key, or undefined. */
export function readKept<Body>(key: string): Kept<Body> | undefined {
  try {
    const stored = sessionStorage.getItem(prefix + key);
    return stored === null ? undefined : (JSON.parse(stored) as Kept<Body>);
  } catch {
    return undefined;
  }
}

/** Keeps a text, or forgets it. A browser that refuses storage only loses that. */
export function writeKept<Body>(key: string, kept: Kept<Body> | undefined): void {
  try {
    if (kept) sessionStorage.setItem(prefix + key, JSON.stringify(kept));
    else sessionStorage.removeItem(prefix + key);
  } catch {
    return;
  }
}

export interface Keeping<Body> extends Kept<Body> {
  /** Something is written that is not saved. */
  dirty: boolean;
  set: (part: Partial<Body>) => void;
  /** Goes on from another version: what was saved here, or what somebody else saved. */
  rebase: (body: Body, base: Body, version: number) => void;
}

/**
 * The state of a form whose text outlives a reload, a lost connection and an expired sign-in: it
 * is kept in the browser until it is saved or thrown away. A form opens with what was kept under
 * its key, else with what is saved; later answers of the server do not touch it while something
 * is written, and are taken over while nothing is.
 */
export function useKept<Body extends object>(
  key: string,
  saved: Body,
  version: number,
): Keeping<Body> {
  const [state, setState] = useState(() => open(key, saved, version));
  let shown = state;
  if (state.key !== key || (!state.dirty && state.version !== version)) {
    shown = open(key, saved, version);
    setState(shown);
  }
  const write = (body: Body, base: Body, at: number) => {
    const dirty = !same(body, base);
    writeKept(key, dirty ? { body, base, version: at } : undefined);
    setState({ key, body, base, version: at, dirty });
  };
  return {
    body: shown.body,
    base: shown.base,
    version: shown.version,
    dirty: shown.dirty,
    set: (part) => write({ ...shown.body, ...part }, shown.base, shown.version),
    rebase: write,
  };
}

function open<Body>(key: string, saved: Body, version: number) {
  const kept = readKept<Body>(key);
  return kept
    ? { key, ...kept, dirty: true }
    : { key, body: saved, base: saved, version, dirty: false };
}

/** Whether two bodies of a form say the same. Their keys stand in the same order. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * What was written here on top of what somebody else saved: each field that was changed here as
 * it is here, every other as it is saved.
 */
export function merge<Body extends object>(mine: Body, base: Body, saved: Body): Body {
  const merged = { ...saved };
  for (const key of Object.keys(mine) as (keyof Body)[]) {
    if (!same(mine[key], base[key])) merged[key] = mine[key];
  }
  return merged;
}
