import { useEffect, useRef, useState } from 'react';

/**
 * Moves the focus to the first field when a form opens. With `asked` it does so only for a form
 * that somebody opened, and again each time they ask for it.
 */
export function useFocusFirst<E extends HTMLElement>(asked = 1, first = 'input, textarea') {
  const frame = useRef<E>(null);
  useEffect(() => {
    if (asked > 0) frame.current?.querySelector<HTMLElement>(first)?.focus();
  }, [asked, first]);
  return frame;
}

/**
 * Where the focus goes when a form closes: else it would be lost with the form's buttons. What is
 * not there any more is found by `otherwise`.
 */
export function useFocusAfter<E extends HTMLElement>(
  open: boolean,
  selector: string,
  otherwise = selector,
) {
  const frame = useRef<E>(null);
  const was = useRef(open);
  useEffect(() => {
    if (was.current && !open) {
      const find = (what: string) => frame.current?.querySelector<HTMLElement>(what);
      (find(selector) ?? find(otherwise))?.focus();
    }
    was.current = open;
  }, [open, selector, otherwise]);
  return frame;
}

/**
 * Gives the focus back to what opened this where it would be lost, as after the conflict panel;
 * to the page where that is gone too.
 */
export function useFocusBack() {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const lost = document.activeElement === document.body;
      if (!lost) return;
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
      else document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
    },
    [opener],
  );
}
