import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { endTyping, forgetTyped, typedStore, type Typed } from './typed';

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
  expect(localStorage).toHaveLength(0);
  // It is on the disk from then on, and what is typed later is not overwritten by it.
  await next.write('a', typed('Kesken sanan ja eteenpäin', 3));
  expect([...(await typedStore('person', 'meeting').read())]).toEqual([
    ['a', typed('Kesken sanan ja eteenpäin', 3)],
  ]);
  expect(await typedStore('another', 'meeting').read()).toEqual(new Map());
});

it('keeps the later text where the disk was quicker, whatever was put aside', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(5);
  const store = typedStore('person', 'meeting');
  store.rescue(
    new Map([
      ['a', typed('Vanha', 1)],
      ['b', undefined],
    ]),
  );
  vi.restoreAllMocks();
  await store.write('a', typed('Uusi', 2));
  await store.write('b', typed('Kirjoitettu toisella välilehdellä', 6));
  const found = await store.read();
  expect(found.get('a')?.body).toBe('Uusi');
  expect(found.get('b')?.body).toBe('Kirjoitettu toisella välilehdellä');
});

it('takes back what was put aside when the page goes on and all is on the disk', async () => {
  const store = typedStore('person', 'meeting');
  store.rescue(new Map([['a', typed('Vanha', 1)]]));
  store.rescue(new Map());
  expect(await typedStore('person', 'meeting').read()).toEqual(new Map());
});

it('does not take back what another page put aside', async () => {
  typedStore('person', 'meeting').rescue(new Map([['a', typed('Toinen', 1)]]));
  typedStore('person', 'meeting').rescue(new Map());
  expect((await typedStore('person', 'meeting').read()).get('a')?.body).toBe('Toinen');
});

it('forgets on signing out what was put aside too, and puts nothing aside after it', async () => {
  const store = typedStore('person', 'meeting');
  store.rescue(new Map([['a', typed('Kesken', 1)]]));
  await endTyping();
  store.rescue(new Map([['a', typed('Kesken', 2)]]));
  expect(await typedStore('person', 'meeting').read()).toEqual(new Map());
});
