import { useSyncExternalStore } from 'react';

/** Below 48 em tables become lists; em, so that a larger text setting counts as well. */
const narrow = '(max-width: 47.9375em)';

/** Whether the page has its narrow layout. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(narrow).matches);
}

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(narrow);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
