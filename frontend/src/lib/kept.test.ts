import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { merge, readKept, useKept } from './kept';

beforeEach(() => sessionStorage.clear());

const saved = { title: 'Otsikko', text: '' };

function open(version = 1, body = saved) {
  return renderHook(({ body, version }) => useKept('item', body, version), {
    initialProps: { body, version },
  });
}

it('keeps what is typed over a reload, with the version that it was typed over', () => {
  const first = open();
  act(() => first.result.current.set({ text: 'Keskusteltiin.' }));
  first.unmount();

  const { current } = open(2, { title: 'Toisen otsikko', text: '' }).result;
  expect(current.body).toEqual({ title: 'Otsikko', text: 'Keskusteltiin.' });
  expect(current.version).toBe(1);
  expect(current.dirty).toBe(true);
});

it('takes over what is saved elsewhere only while nothing is typed', () => {
  const view = open();
  view.rerender({ body: { title: 'Uusi', text: '' }, version: 2 });
  expect(view.result.current.body.title).toBe('Uusi');

  act(() => view.result.current.set({ text: 'Kesken' }));
  view.rerender({ body: { title: 'Uusin', text: 'muu' }, version: 3 });
  expect(view.result.current.body).toEqual({ title: 'Uusi', text: 'Kesken' });
  expect(view.result.current.version).toBe(2);
});

it('forgets the text once it is saved', () => {
  const view = open();
  act(() => view.result.current.set({ text: 'Valmis' }));
  expect(readKept('item')).toBeDefined();
  const now = { title: 'Otsikko', text: 'Valmis' };
  act(() => view.result.current.rebase(now, now, 2));
  expect(readKept('item')).toBeUndefined();
  expect(view.result.current.dirty).toBe(false);
});

it('merges by field: what was changed here on top of what was saved elsewhere', () => {
  const mine = { title: 'Otsikko', text: 'Minun' };
  expect(merge(mine, saved, { title: 'Toisen', text: 'Toisen' })).toEqual({
    title: 'Toisen',
    text: 'Minun',
  });
});
