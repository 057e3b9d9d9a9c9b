import { useRef, useState } from 'react';

/**
 * Steps back and forth through the states of a form. Keystrokes in one field are one step: they
 * come with the same tag, which other changes do not have.
 */
export function useUndo<Body>(body: Body, set: (body: Body) => void) {
  const [past, setPast] = useState<Body[]>([]);
  const [future, setFuture] = useState<Body[]>([]);
  const tag = useRef<string | null>(null);
  return {
    /** Changes the form in a way that can be undone. */
    change(next: Body, of: string | null = null) {
      if (of === null || of !== tag.current) setPast([...past, body]);
      tag.current = of;
      setFuture([]);
      set(next);
    },
    undo() {
      const before = past.at(-1);
      if (before === undefined) return false;
      tag.current = null;
      setPast(past.slice(0, -1));
      setFuture([...future, body]);
      set(before);
      return true;
    },
    redo() {
      const after = future.at(-1);
      if (after === undefined) return false;
      tag.current = null;
      setFuture(future.slice(0, -1));
      setPast([...past, body]);
      set(after);
      return true;
    },
    canUndo: past.length > 0,
    canRedo: future.length > 0,
  };
}
