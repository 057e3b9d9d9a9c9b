import { describe, expect, it } from 'vitest';
import { clashes, mergeText, settleText } from './merge';

const text = (...lines: string[]) => lines.join('\n');

describe('two texts made from one', () => {
  it.each([
    ['nobody changed anything', 'a\nb', 'a\nb', 'a\nb', 'a\nb'],
    ['only I did', 'a\nx', 'a\nb', 'a\nb', 'a\nx'],
    ['only they did', 'a\nb', 'a\nb', 'y\nb', 'y\nb'],
    ['each another paragraph', 'x\n\nb\n\nc', 'a\n\nb\n\nc', 'a\n\nb\n\ny', 'x\n\nb\n\ny'],
    ['each one of two neighbours', 'x\nb', 'a\nb', 'a\ny', 'x\ny'],
    ['both alike', 'x\nb', 'a\nb', 'x\nb', 'x\nb'],
    ['I added at the end, they at the start', 'a\nb\nx', 'a\nb', 'y\na\nb', 'y\na\nb\nx'],
    ['they took one out that I left', 'a\nb\nx', 'a\nb\nc', 'b\nc', 'b\nx'],
  ])('%s', (_, mine, base, theirs, merged) => {
    const parts = mergeText(mine, base, theirs);
    expect(clashes(parts)).toEqual([]);
    expect(settleText(parts, [])).toBe(merged);
  });

  it('asks for the paragraph that both changed, and for no other', () => {
    const parts = mergeText(
      text('Alku.', 'Minun väli.', 'Loppu minun.'),
      text('Alku.', 'Väli.', 'Loppu.'),
      text('Toisen alku.', 'Toisen väli.', 'Loppu.'),
    );
    expect(clashes(parts)).toEqual([
      { mine: 'Minun väli.', base: 'Väli.', theirs: 'Toisen väli.' },
    ]);
    const of = (choice: 'mine' | 'theirs' | 'both') => settleText(parts, [choice]);
    expect(of('mine')).toBe(text('Toisen alku.', 'Minun väli.', 'Loppu minun.'));
    expect(of('theirs')).toBe(text('Toisen alku.', 'Toisen väli.', 'Loppu minun.'));
    expect(of('both')).toBe(text('Toisen alku.', 'Toisen väli.', 'Minun väli.', 'Loppu minun.'));
  });

  it('drops nothing where nobody chooses: both were written from nothing', () => {
    const parts = mergeText('Minun.', '', 'Toisen.');
    expect(clashes(parts)).toHaveLength(1);
    expect(settleText(parts, [])).toBe('Toisen.\nMinun.');
  });
});
