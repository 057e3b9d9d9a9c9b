import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { forgetTyped, typedStore, type Typed } from './typed';

const typed = (body: string, at: number): Typed => ({ body, base: '', version: 1, at });

beforeEach(() => forgetTyped());

it('finds again what was put aside as the page ended, once', async () => {
  const store = typedStore('person', 'meeting');
  await store.write('a', typed('Kesken sana', 1));
  await store.write('b', typed('Sisältöä jo', 1));
  store.rescue(
    new Map([
      ['a', typed('Kesken sanan', 2)],
      ['b', undefined],
    ]),
  );
  const next = typedStore('person', 'meeting');
  expect([...(await next.read())]).toEqual([['a', typed('Kesken sanan', 2)]]);
  // It is on the disk from then on, and what is typed later is not overwritten by it.
  await next.write('a', typed('Kesken sanan ja eteenpäin', 3));
  expect([...(await typedStore('person', 'meeting').read())]).toEqual([
    ['a', typed('Kesken sanan ja eteenpäin', 3)],
  ]);
  expect(await typedStore('another', 'meeting').read()).toEqual(new Map());
});

it('keeps the later text where the disk was quicker', async () => {
  const store = typedStore('person', 'meeting');
  store.rescue(new Map([['a', typed('Vanha', 1)]]));
  await store.write('a', typed('Uusi', 2));
  expect((await store.read()).get('a')?.body).toBe('Uusi');
});

it('forgets on signing out what was put aside too', async () => {
  typedStore('person', 'meeting').rescue(new Map([['a', typed('Kesken', 1)]]));
  await forgetTyped();
  expect(await typedStore('person', 'meeting').read()).toEqual(new Map());
});
