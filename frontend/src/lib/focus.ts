import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';

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

/**
 * Brings whoever works by the keyboard to what was refused: the first field that is wrong, else
 * what is said about it.
 */
export function useFocusOnError(frame: RefObject<HTMLElement | null>, error: unknown) {
  useEffect(() => {
    if (error === null || error === undefined) return;
    const find = (what: string) => frame.current?.querySelector<HTMLElement>(what);
    (find('[aria-invalid="true"]') ?? find('[role="alert"]'))?.focus();
  }, [frame, error]);
}

/**
 * Escape closes a form in its place as long as nothing was typed or chosen in it, which would be
 * lost. What is open within it, such as a list of choices, takes its own.
 */
export function useEscape(onClose: () => void) {
  const touched = useRef(false);
  return {
    onChange: () => {
      touched.current = true;
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || touched.current) return;
      if (event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true')
        return;
      event.stopPropagation();
      onClose();
    },
  };
}

/**
 * Keeps the focus within a part of the page whose focused thing goes, as the row that was removed or
 * the field that begins anew: it moves to the first that there is of `selectors`, else to the part.
 */
export function useFocusStays<E extends HTMLElement>(...selectors: string[]) {
  const frame = useRef<E>(null);
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const node = frame.current;
    const into = ({ target }: FocusEvent) => {
      last.current = target instanceof Element ? target : null;
    };
    const out = ({ target }: FocusEvent) => {
      // Who leaves by oneself is not called back.
      queueMicrotask(() => {
        if (target === last.current && last.current?.isConnected) last.current = null;
      });
    };
    node?.addEventListener('focusin', into);
    node?.addEventListener('focusout', out);
    return () => {
      node?.removeEventListener('focusin', into);
      node?.removeEventListener('focusout', out);
    };
  }, []);
  useEffect(() => {
    if (!last.current || last.current.isConnected || document.activeElement !== document.body)
      return;
    last.current = null;
    const found = selectors.map((each) => frame.current?.querySelector<HTMLElement>(each));
    (found.find(Boolean) ?? frame.current)?.focus();
  });
  return frame;
}
