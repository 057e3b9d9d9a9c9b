import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Transfer } from './agendaQueries';
import { agendaItem, meeting } from './testdata';
import { withTraces } from './traces';

const item = (name: string, agendaNo: number, subNo?: number) =>
  agendaItem({ id: name, agendaNo, subNo, title: { fi: name, sv: '', en: '' } });
const trace = (name: string, agendaNo: number, more: Partial<Transfer> = {}): Transfer => ({
  kind: 'move',
  title: { fi: name, sv: '', en: '' },
  visibility: 'public',
  madeAt: '2026-11-23T06:10:00Z',
  toItemId: name,
  agendaNo,
  ...more,
});
const later = '2026-11-23T06:20:00Z';

describe('traces stand where the items stood', () => {
  const names = (...[items, moved]: Parameters<typeof withTraces>) =>
    withTraces(items, moved).map(
      ({ item, trace }) => item?.title.fi ?? `(${trace?.title.fi ?? ''})`,
    );
  const [a, b, c] = [item('a', 1), item('b', 2), item('c', 3)];

  it.each([
    ['first', [trace('x', 1)], ['(x)', 'a', 'b', 'c']],
    ['in between', [trace('x', 2)], ['a', '(x)', 'b', 'c']],
    ['last', [trace('x', 4)], ['a', 'b', 'c', '(x)']],
    [
      'two beside each other',
      [trace('x', 2), trace('y', 2, { madeAt: later })],
      ['a', '(x)', '(y)', 'b', 'c'],
    ],
    [
      'the upper one left later',
      [trace('x', 2, { madeAt: later }), trace('y', 4)],
      ['a', '(x)', 'b', '(y)', 'c'],
    ],
    [
      'with its sub-item',
      [trace('x', 2), trace('x1', 2, { subNo: 1 })],
      ['a', '(x)', '(x1)', 'b', 'c'],
    ],
    ['what came back', [trace('b', 2)], ['a', 'b', 'c']],
  ])('%s', (_, moved, expected) => {
    expect(names([a, b, c], moved)).toEqual(expected);
  });

  it('below the sub-items of the item before, and among them', () => {
    const items = [a, item('a1', 1, 1), item('a2', 1, 2), b];
    expect(names(items, [trace('x', 2)])).toEqual(['a', 'a1', 'a2', '(x)', 'b']);
    expect(names(items, [trace('x', 1, { subNo: 2 })])).toEqual(['a', 'a1', '(x)', 'a2', 'b']);
  });

  it('on an agenda with nothing left', () => {
    expect(names([], [trace('x', 1)])).toEqual(['(x)']);
  });
});

const to = {
  id: 'm2',
  forum: { id: 'f1', key: 'lape', title: { fi: 'LAPE', sv: 'LAPE', en: 'LAPE' } },
  year: 2026,
  number: 5,
  startsAt: '2026-12-07T06:00:00Z',
  status: 'called' as const,
};

it.each([
  ['reader', []],
  ['secretary', ['meeting.edit']],
])(
  'tells the %s where an item went, with a link, and no title that is not to be read',
  async (_, permissions) => {
    server.use(
      http.get('*/api/v1/meetings/m1', () => HttpResponse.json(meeting({ permissions }))),
      http.get('*/api/v1/meetings/m1/agenda-items', () =>
        HttpResponse.json({
          items: [item('Avaus', 1)],
          moved: [
            trace('Ohje', 2, { to }),
            trace('z', 3, { title: { fi: '', sv: '', en: '' }, visibility: 'internal' }),
          ],
        }),
      ),
      http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    );
    renderAt('/fi/meetings/m1');
    const shown = (await screen.findByText(/Asia 2 Ohje/)).closest('p') as HTMLElement;
    expect(shown).toHaveTextContent('Siirretty kokoukseen');
    expect(within(shown).getByRole('link')).toHaveAttribute('href', '/fi/meetings/m2');
    expect(screen.getByText(/Asia 3 Salassa pidettävä asia/)).toHaveTextContent(
      'Siirretty kokoukseen toinen kokous',
    );
  },
);
