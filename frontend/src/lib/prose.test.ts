import { expect, it } from 'vitest';
import { readProse } from './prose';

it('reads the points of a proposal as a numbered list, with lines that go on', () => {
  expect(
    readProse('Lautakunta päättää\n\n1. merkitä tiedoksi\n2) hyväksyä\n   suunnitelman'),
  ).toEqual([
    { kind: 'paragraph', text: 'Lautakunta päättää' },
    { kind: 'numbers', start: 1, items: ['merkitä tiedoksi', 'hyväksyä suunnitelman'] },
  ]);
});

it('reads dashes as a list and keeps the lines of a paragraph', () => {
  expect(readProse('Rivi\ntoinen\n\n- yksi\n– kaksi')).toEqual([
    { kind: 'paragraph', text: 'Rivi\ntoinen' },
    { kind: 'bullets', items: ['yksi', 'kaksi'] },
  ]);
});
