import { useEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';

/** How far from the sight something is made ready. */
const margin = '1500px 0px';

/** Calls when the end of a list comes near, once for each time that it waits for more. */
export function WhenNear({ waiting, onNear }: { waiting: boolean; onNear: () => void }) {
  const ref = useRef<HTMLDivElement>(null);
  const call = useRef(onNear);
  useEffect(() => {
    call.current = onNear;
  });
  useEffect(() => {
    const element = ref.current;
    if (!waiting || !element || !('IntersectionObserver' in window)) return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) call.current();
      },
      { rootMargin: margin },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [waiting]);
  return <div ref={ref} aria-hidden="true" />;
}

/**
 * Whether a part of a `long` list is near enough to be there (`begins`: at first), and its height when
 * it was there last. Where nothing tells, it is always there; so it is while it has the focus, and on
 * paper.
 */
export function useNear(ref: RefObject<HTMLElement | null>, long: boolean, begins: boolean) {
  const watches = long && 'IntersectionObserver' in window;
  const [{ near, height }, set] = useState<{ near: boolean; height?: number }>({ near: begins });
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!watches || !element) return;
    const observer = new IntersectionObserver(
      (seen) => {
        const is = seen.at(-1)?.isIntersecting ?? true;
        if (is) set((now) => (now.near ? now : { ...now, near: true }));
        else if (!element.contains(document.activeElement))
          set({ near: false, height: element.offsetHeight });
      },
      { rootMargin: margin },
    );
    observer.observe(element);
    return () => observer.disconnect();
    // The element is another one when it is swapped for its place.
  }, [ref, watches, near]);
  useEffect(() => {
    if (!watches) return;
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, [watches]);
  return { near: !watches || near || printing, height };
}
