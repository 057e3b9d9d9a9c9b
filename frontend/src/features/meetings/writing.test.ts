import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { mergeText, settleText, clashes } from '../../lib/merge';
import { Problem } from '../../lib/problem';
import type { Typed, TypedStore } from '../../lib/typed';
import { contentAfter, Desk, draftAfter, Writer } from './writing';

interface Body {
  text: string;
}

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-23T10:00:00Z') }));
afterEach(() => void vi.useRealTimers());

/** A disk and a server that answer as they are told to. */
function world() {
  const disk = new Map<string, Typed>();
  const drafts = new Map<string, Typed>();
  const state = { failure: undefined as Error | undefined, drafts: 0, saves: [] as string[] };
  const paper = { body: { text: 'Alku.' }, version: 1 };
  const local: TypedStore = {
    read: () => Promise.resolve(new Map(disk)),
    write: async (key, typed) => {
      await Promise.resolve();
      if (typed) disk.set(key, typed);
      else disk.delete(key);
    },
    rescue: (unwritten) => {
      for (const [key, typed] of unwritten) {
        if (typed) disk.set(key, typed);
        else disk.delete(key);
      }
    },
  };
  const server = {
    autosave: (key: string, content: Typed | undefined) => {
      if (state.failure !== undefined) return Promise.reject(state.failure);
      state.drafts += 1;
      if (content) drafts.set(key, content);
      else drafts.delete(key);
      return Promise.resolve();
    },
  };
  const open = async () => {
    const desk = new Desk({ local, server });
    await desk.open([...drafts].map(([key, content]) => ({ key, content })));
    const writer = new Writer<Body>(desk, 'item.1', paper, {
      save: (body, version) => {
        if (state.failure !== undefined) return Promise.reject(state.failure);
        if (version !== paper.version) {
          const stale = { status: 412, code: 'stale_version', title: '', current: { ...paper } };
          return Promise.reject(Problem.fromBody(412, stale));
        }
        state.saves.push(body.text);
        paper.body = { text: body.text.trim() };
        paper.version += 1;
        return Promise.resolve({ ...paper });
      },
      newer: (failure) =>
        failure instanceof Problem && failure.status === 412
          ? (failure.current as typeof paper)
          : undefined,
      merge: (mine, base, theirs) => {
        const parts = mergeText(mine.text, base.text, theirs.text);
        return clashes(parts).length === 0 ? { text: settleText(parts, []) } : undefined;
      },
    });
    return { desk, writer };
  };
  return { disk, drafts, state, paper, open };
}

const offline = Problem.unreachable();

it('has what is typed on the disk at once and on the server within two seconds', async () => {
  const { disk, drafts, state, open } = world();
  const { desk, writer } = await open();
  writer.set({ text: 'Alku. Kesk' });
  writer.set({ text: 'Alku. Keskusteltiin.' });
  expect(writer.current.body.text).toBe('Alku. Keskusteltiin.');
  await vi.advanceTimersByTimeAsync(0);
  expect(disk.get('item.1')?.body).toEqual({ text: 'Alku. Keskusteltiin.' });
  await vi.advanceTimersByTimeAsync(draftAfter);
  expect(drafts.get('item.1')?.body).toEqual({ text: 'Alku. Keskusteltiin.' });
  expect(draftAfter).toBeLessThanOrEqual(2_000);
  expect(state.drafts).toBe(1);
  expect(state.saves).toEqual([]);
  expect(desk.saving.state).toBe('saved');
});

it('puts aside what the disk does not have yet when the page ends', async () => {
  const { disk, open } = world();
  const { desk, writer } = await open();
  writer.set({ text: 'Alku. Kesken sana' });
  writer.set({ text: 'Alku. Kesken sanan' });
  desk.hide();
  expect(disk.get('item.1')?.body).toEqual({ text: 'Alku. Kesken sanan' });
});

it('makes content at most once a minute while somebody types on', async () => {
  const { state, open } = world();
  const { writer } = await open();
  for (let second = 0; second < 150; second++) {
    writer.set({ text: `Alku. ${'x'.repeat(second + 1)}` });
    if (second % 7 === 0) writer.left();
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(state.saves.length).toBeGreaterThanOrEqual(2);
  expect(state.saves.length).toBeLessThanOrEqual(3);
  await writer.commit();
  expect(state.saves.at(-1)).toBe(`Alku. ${'x'.repeat(150)}`);
});

it('forgets a draft that has become content, and keeps the space that is being typed', async () => {
  const { disk, drafts, paper, open } = world();
  const { writer } = await open();
  writer.set({ text: 'Alku. Ja ' });
  await writer.commit();
  expect(paper.body.text).toBe('Alku. Ja');
  expect(writer.current).toMatchObject({ body: { text: 'Alku. Ja ' }, dirty: false, version: 2 });
  await vi.advanceTimersByTimeAsync(draftAfter);
  expect([...disk.keys(), ...drafts.keys()]).toEqual([]);
});

it('goes on after a crash where the last key was', async () => {
  const { open, drafts } = world();
  const first = await open();
  first.writer.set({ text: 'Alku. Ennen kaatumista' });
  await vi.advanceTimersByTimeAsync(0);
  first.desk.close();
  const second = await open();
  expect(second.writer.current).toMatchObject({
    body: { text: 'Alku. Ennen kaatumista' },
    dirty: true,
    version: 1,
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(drafts.get('item.1')?.body).toEqual({ text: 'Alku. Ennen kaatumista' });
});

it('goes on at another machine, with what the server was told last', async () => {
  const { disk, open } = world();
  const first = await open();
  first.writer.set({ text: 'Alku. Ensimmäisellä' });
  await vi.advanceTimersByTimeAsync(draftAfter);
  first.desk.close();
  disk.clear();
  const second = await open();
  expect(second.writer.current.body.text).toBe('Alku. Ensimmäisellä');
});

it('types on without a connection, and sends all of it when there is one again', async () => {
  const { drafts, disk, state, paper, open } = world();
  const { desk, writer } = await open();
  state.failure = offline;
  writer.set({ text: 'Alku. Ilman yhteyttä' });
  await vi.advanceTimersByTimeAsync(draftAfter);
  expect(desk.saving.state).toBe('offline');
  writer.set({ text: 'Alku. Ilman yhteyttä kirjoitettu.' });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(disk.get('item.1')?.body).toEqual({ text: 'Alku. Ilman yhteyttä kirjoitettu.' });
  state.failure = undefined;
  await vi.advanceTimersByTimeAsync(15_000);
  expect(desk.saving.state).toBe('saved');
  expect(paper.body.text).toBe('Alku. Ilman yhteyttä kirjoitettu.');
  await vi.advanceTimersByTimeAsync(draftAfter);
  expect(drafts.size).toBe(0);
});

it('tells an expired sign-in from a lost connection, and goes on after it', async () => {
  const { drafts, state, open } = world();
  const { desk, writer } = await open();
  state.failure = Problem.fromBody(401, { code: 'sign_in_required', title: '' });
  writer.set({ text: 'Alku. Vanhentunut' });
  await vi.advanceTimersByTimeAsync(draftAfter);
  expect(desk.saving.state).toBe('signed_out');
  state.failure = undefined;
  desk.again();
  await vi.advanceTimersByTimeAsync(0);
  expect(drafts.get('item.1')?.body).toEqual({ text: 'Alku. Vanhentunut' });
});

it('puts together what two wrote in different paragraphs', async () => {
  const { paper, open } = world();
  paper.body = { text: 'Alku.\n\nLoppu.' };
  const { writer } = await open();
  paper.body = { text: 'Toisen alku.\n\nLoppu.' };
  paper.version = 2;
  writer.set({ text: 'Alku.\n\nMinun loppu.' });
  await writer.commit();
  expect(paper.body.text).toBe('Toisen alku.\n\nMinun loppu.');
  expect(writer.current.clash).toBeUndefined();
});

it('lets go of a save that finds what was typed saved already, by another tab', async () => {
  const { drafts, state, paper, open } = world();
  const { writer } = await open();
  writer.set({ text: 'Alku. Keskusteltiin.' });
  paper.body = { text: 'Alku. Keskusteltiin.' };
  paper.version = 2;
  await writer.commit();
  expect(writer.current).toMatchObject({ dirty: false, pending: false, problem: null, version: 2 });
  expect(state.saves).toEqual([]);
  writer.set({ text: 'Alku. Keskusteltiin. Päätettiin.' });
  await writer.commit();
  expect(paper.body.text).toBe('Alku. Keskusteltiin. Päätettiin.');
  expect(writer.current).toMatchObject({ dirty: false, pending: false });
  await vi.advanceTimersByTimeAsync(draftAfter);
  expect(drafts.size).toBe(0);
});

it('shows both where two wrote in one paragraph, and saves what is chosen', async () => {
  const { disk, paper, open } = world();
  const { writer } = await open();
  writer.set({ text: 'Minun.' });
  paper.body = { text: 'Toisen.' };
  paper.version = 2;
  await writer.commit();
  expect(writer.current.clash?.body.text).toBe('Toisen.');
  expect(paper.body.text).toBe('Toisen.');
  await vi.advanceTimersByTimeAsync(contentAfter);
  expect(disk.get('item.1')?.body).toEqual({ text: 'Minun.' });
  await writer.settle({ text: 'Toisen.\nMinun.' });
  expect(paper).toMatchObject({ body: { text: 'Toisen.\nMinun.' }, version: 3 });
  expect(writer.current).toMatchObject({ dirty: false, clash: undefined });
});

it('takes what others save while nothing is typed, and leaves what is typed alone', async () => {
  const { open } = world();
  const { writer } = await open();
  writer.take({ body: { text: 'Toisen.' }, version: 2 });
  expect(writer.current.body.text).toBe('Toisen.');
  writer.set({ text: 'Toisen. Ja minun.' });
  writer.take({ body: { text: 'Kolmannen.' }, version: 3 });
  expect(writer.current.body.text).toBe('Toisen. Ja minun.');
});
