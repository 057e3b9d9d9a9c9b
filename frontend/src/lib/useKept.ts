import { useEffect, useMemo, useRef, useState } from 'react';
import { typedStore } from './typed';

/**
 * A value that a signed-in person fills in and that outlives the page in this browser, until it
 * is set to undefined, which is the start again. What is filled in before the kept one has been
 * read wins over that.
 *
 * @param person whose it is; undefined: nothing is kept
 * @param desk names what is filled in, among all that a person fills in
 */
export function useKept<V>(
  person: string | undefined,
  desk: string,
  start: V,
): [V, (value: V | undefined) => void] {
  const store = useMemo(() => (person ? typedStore(person, desk) : undefined), [person, desk]);
  const [value, setValue] = useState<V>();
  const touched = useRef(false);
  useEffect(() => {
    let left = false;
    void store?.read().then((found) => {
      const kept = found.get(key);
      if (kept && !left && !touched.current) setValue(kept.body as V);
    });
    return () => {
      left = true;
    };
  }, [store]);
  return [
    value ?? start,
    (next) => {
      touched.current = true;
      setValue(next);
      void store?.write(
        key,
        next === undefined
          ? undefined
          : { body: next, base: undefined, version: 0, at: Date.now() },
      );
    },
  ];
}

const key = 'value';
