import '@testing-library/jest-dom/vitest';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { destroyAnnouncer } from 'react-aria/private/live-announcer/LiveAnnouncer';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { server } from './server';
import { viewport } from './viewport';

// The files of a worker share jsdom and the libraries (vite.config.ts). Each starts with what is its
// own: our own modules, as afterAll forgets them, and a disk with nothing on it.
globalThis.indexedDB = new IDBFactory();

// jsdom has no layout: nothing scrolls, and the page is as wide as a test says.
window.scrollTo = vi.fn();
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), { matches: viewport.narrow, media }) as MediaQueryList;

// Pages are loaded when first shown; on a busy machine that takes a while.
configure({ asyncUtilTimeout: 10_000 });

// The fields' counters speak 1.5 seconds after the last key, and the library leaves their clock running
// when the field goes: what still runs when a file's tests are over would wake in a world without pages.
const running = new Set<ReturnType<typeof setTimeout>>();
const start = globalThis.setTimeout;
globalThis.setTimeout = Object.assign((run: () => void, ms?: number, ...rest: []) => {
  const clock = start(
    (...given: []) => {
      running.delete(clock);
      run(...given);
    },
    ms,
    ...rest,
  );
  running.add(clock);
  return clock;
}, start);

// A request that no test foresaw is a mistake in the test.
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  // What is spoken to screen readers stands in an element that lives as long as the library.
  destroyAnnouncer();
  document.body.replaceChildren();
  server.resetHandlers();
  localStorage.clear();
  sessionStorage.clear();
  viewport.narrow = false;
});
afterAll(() => {
  server.close();
  running.forEach((clock) => {
    clearTimeout(clock);
  });
  globalThis.setTimeout = start;
  vi.resetModules();
});
