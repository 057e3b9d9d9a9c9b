import { openDB, type IDBPDatabase } from 'idb';

/** What somebody typed, what it was typed over, and when. */
export interface Typed {
  body: unknown;
  base: unknown;
  /** Version of what it was typed over; 0 where there was nothing. */
  version: number;
  /** Milliseconds since 1970, by the clock of the machine. */
  at: number;
}

/** Where what is typed outlives the page. */
export interface TypedStore {
  /** All that was typed on one desk, by key. */
  read: () => Promise<Map<string, Typed>>;
  /** Keeps a text, or forgets it; done when it is on the disk. */
  write: (key: string, typed: Typed | undefined) => Promise<void>;
  /**
   * Puts aside at once, while the page ends, what is not on the disk yet (undefined: to be
   * forgotten), for the next `read`. It replaces what was put aside before.
   */
  rescue: (unwritten: ReadonlyMap<string, Typed | undefined>) => void;
}

const name = 'yhdyspinta-typed';
const store = 'typed';

let opened: Promise<IDBPDatabase> | undefined;

function database(): Promise<IDBPDatabase> {
  opened ??= openDB(name, 1, {
    upgrade: (db) => void db.createObjectStore(store),
    terminated: () => (opened = undefined),
  });
  return opened;
}

/**
 * What one person types on one desk, in this browser. A transaction is over when the text is on
 * the disk ("strict"), so that it outlives a crash of the browser. A browser that refuses storage
 * only loses that.
 */
export function typedStore(person: string, desk: string): TypedStore {
  const prefix = `${person}/${desk}/`;
  const onDisk = async () => {
    const found = new Map<string, Typed>();
    try {
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const tx = (await database()).transaction(store);
      for (let at = await tx.store.openCursor(range); at; at = await at.continue()) {
        found.set((at.key as string).slice(prefix.length), at.value as Typed);
      }
    } catch {
      return found;
    }
    return found;
  };
  /** Whether the disk has it now. */
  const write = async (key: string, typed: Typed | undefined) => {
    try {
      const tx = (await database()).transaction(store, 'readwrite', { durability: 'strict' });
      if (typed) void tx.store.put(typed, prefix + key);
      else void tx.store.delete(prefix + key);
      await tx.done;
      return true;
    } catch {
      return false;
    }
  };
  // Of this page alone: another one with the same desk puts its own aside. (A page without HTTPS
  // has no randomUUID.)
  const place = `${name}/${prefix}${String(Date.now())}.${String(Math.random())}`;
  return {
    write: async (key, typed) => {
      await write(key, typed);
    },
    read: async () => {
      const found = await onDisk();
      for (const [from, entries] of putAside(prefix)) {
        let kept = true;
        for (const { key, at, typed } of entries) {
          const here = found.get(key);
          if (here && here.at >= at) continue;
          if (typed) found.set(key, typed);
          else found.delete(key);
          kept = (await write(key, typed ?? undefined)) && kept;
        }
        if (kept) localStorage.removeItem(from);
      }
      return found;
    },
    rescue: (unwritten) => {
      if (signedOut) return;
      try {
        localStorage.removeItem(place);
        if (unwritten.size === 0) return;
        const now = Date.now();
        const entries = [...unwritten].map(([key, typed]): PutAside => ({
          key,
          at: typed?.at ?? now,
          typed: typed ?? null,
        }));
        localStorage.setItem(place, JSON.stringify(entries));
      } catch {
        return;
      }
    },
  };
}

/** What a page put aside as it ended. */
interface PutAside {
  key: string;
  /** When it was typed, or was to be forgotten. */
  at: number;
  /** Null: to be forgotten. */
  typed: Typed | null;
}

/** What pages have put aside of a desk, by where it is kept. */
function putAside(prefix: string): [string, PutAside[]][] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(`${name}/${prefix}`))
      .map((key) => [key, JSON.parse(localStorage.getItem(key) ?? '[]') as PutAside[]]);
  } catch {
    return [];
  }
}

/** From signing out until the page ends nothing is put aside any more. */
let signedOut = false;

/** On signing out, which ends the page: forgets all and puts nothing aside any more. */
export async function endTyping(): Promise<void> {
  signedOut = true;
  await forgetTyped();
}

/** Forgets all that anybody typed in this browser. */
export async function forgetTyped(): Promise<void> {
  try {
    for (const [key] of putAside('')) localStorage.removeItem(key);
    await (await database()).clear(store);
  } catch {
    return;
  }
}
