import { useCallback, useEffect, useRef } from 'react';

/** Gives the focus back to what had it before the notices, as a notice goes away with it. */
export function useFocusBeforeNotice(): () => void {
  const before = useRef<HTMLElement>(null);
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !target.closest('.notices')) before.current = target;
    };
    document.addEventListener('focusin', remember);
    return () => {
      document.removeEventListener('focusin', remember);
    };
  }, []);
  return useCallback(() => {
    const at = document.activeElement;
    if (at === null || at === document.body || at.closest('.notices')) before.current?.focus();
  }, []);
}
