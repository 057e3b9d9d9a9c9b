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
   * forgotten), for the next `read`.
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
  const write = async (key: string, typed: Typed | undefined) => {
    try {
      const tx = (await database()).transaction(store, 'readwrite', { durability: 'strict' });
      if (typed) void tx.store.put(typed, prefix + key);
      else void tx.store.delete(prefix + key);
      await tx.done;
    } catch {
      return;
    }
  };
  return {
    write,
    read: async () => {
      const found = await onDisk();
      for (const [key, typed] of rescued(prefix)) {
        const here = found.get(key);
        if (!typed) found.delete(key);
        else if (here && here.at >= typed.at) continue;
        else found.set(key, typed);
        await write(key, typed ?? undefined);
      }
      forget(prefix);
      return found;
    },
    rescue: (unwritten) => {
      try {
        const entries = [...unwritten].map(([key, typed]) => [key, typed ?? null]);
        sessionStorage.setItem(name + prefix, JSON.stringify(entries));
      } catch {
        return;
      }
    },
  };
}

/** What was put aside as the page of this tab ended; null: to be forgotten. */
function rescued(prefix: string): [string, Typed | null][] {
  try {
    return JSON.parse(sessionStorage.getItem(name + prefix) ?? '[]') as [string, Typed | null][];
  } catch {
    return [];
  }
}

function forget(prefix: string): void {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(name + prefix)) sessionStorage.removeItem(key);
    }
  } catch {
    return;
  }
}

/** Forgets all that anybody typed in this browser: on signing out. */
export async function forgetTyped(): Promise<void> {
  forget('');
  try {
    await (await database()).clear(store);
  } catch {
    return;
  }
}
