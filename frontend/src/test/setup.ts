import '@testing-library/jest-dom/vitest';
import 'fake-indexeddb/auto';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { server } from './server';
import { viewport } from './viewport';

// jsdom has no layout: nothing scrolls, and the page is as wide as a test says.
window.scrollTo = vi.fn();
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), { matches: viewport.narrow, media }) as MediaQueryList;

// Pages are loaded when first shown; on a busy machine that takes a while.
configure({ asyncUtilTimeout: 10_000 });

// A request that no test foresaw is a mistake in the test.
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
  viewport.narrow = false;
});
afterAll(() => server.close());
