import { useCallback, useSyncExternalStore } from 'react';

/** Below 48 em tables become lists; em, so that a larger text setting counts as well. */
const narrow = '(max-width: 47.9375em)';

/** Whether the page has its narrow layout. */
export function useNarrow(): boolean {
  return useMedia(narrow);
}

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
