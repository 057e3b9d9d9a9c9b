import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { forgetTyped } from '../../lib/typed';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

const text = (fi: string) => ({ fi, sv: '', en: '' });

async function workspace(search = '?item=i1') {
  const state = { items: [1, 2] };
  const permissions = ['meeting.edit', 'meeting.record'];
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status: 'in_progress', permissions })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({
        items: state.items.map((no) =>
          agendaItem({ id: `i${no}`, agendaNo: no, title: text(`Asia ${no}`), permissions }),
        ),
        moved: [],
      }),
    ),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
  );
  const user = userEvent.setup();
  const { client } = renderAt(`/fi/meetings/m1${search}`);
  await screen.findByRole('heading', { level: 2, name: 'Asia 1' });
  return { user, state, client };
}

const list = { name: 'Näppäimet' };

it('opens the list of keys with ?, names every key, and Escape closes it', async () => {
  const { user } = await workspace();
  await user.keyboard('?');
  const window = await screen.findByRole('dialog', list);
  const rows = [...window.querySelectorAll('dl > div')].map(
    (row) =>
      `${[...row.querySelectorAll('kbd')].map((key) => key.textContent).join(' ')}: ${row.querySelector('dd')?.textContent}`,
  );
  expect(rows).toEqual([
    'Alt ↓: seuraava asia',
    'Alt ↑: edellinen asia',
    'Alt M: siirry asiaan',
    'Alt K: käsittelyn teksti',
    'Alt L: uusi lopputulos',
    'Alt 1–6: lopputuloksen tyyppi',
    'Alt J: toimenpide päätöksestä',
    'Ctrl Enter: lähetä lomake',
    'Alt N: läsnäolo',
    'Alt U: uusi asia',
    'Alt P: kynä',
    'Alt T: tallenna',
    '?: kaikki näppäimet',
  ]);
  // The keys do nothing behind the window.
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog', list)).not.toBeInTheDocument());
  expect(screen.getByRole('heading', { level: 2, name: 'Asia 1' })).toBeVisible();
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  const next = await screen.findByRole('heading', { level: 2, name: 'Asia 2' });
  await waitFor(() => expect(next).toHaveFocus());
});

it('leaves ? to who types it', async () => {
  const { user } = await workspace();
  const field = screen.getByLabelText('Käsittely');
  await user.type(field, 'Miksi?');
  expect(field).toHaveValue('Miksi?');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('can be turned off, which the browser keeps, and on again', async () => {
  const { user } = await workspace();
  await user.keyboard('?');
  const window = within(await screen.findByRole('dialog', list));
  await user.click(window.getByLabelText('Näppäimet ovat käytössä tässä selaimessa'));
  await user.click(window.getByRole('button', { name: 'Sulje' }));
  expect(screen.getByText('Näppäimet ovat pois käytöstä.')).toBeVisible();
  await user.keyboard('?{Alt>}{ArrowDown}{/Alt}');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(screen.getByRole('heading', { level: 2, name: 'Asia 1' })).toBeVisible();
  expect(localStorage.getItem('yhdyspinta.keys')).toBe('off');

  // The button still opens the list, where the keys are turned on again.
  await user.click(screen.getByRole('button', { name: 'kaikki näppäimet' }));
  await user.click(await screen.findByLabelText('Näppäimet ovat käytössä tässä selaimessa'));
  await user.keyboard('{Escape}');
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(await screen.findByRole('heading', { level: 2, name: 'Asia 2' })).toBeVisible();
});

it('keeps the item open with which it began when the order changes', async () => {
  const { state, client } = await workspace('');
  state.items = [2, 1];
  await client.invalidateQueries();
  await waitFor(() =>
    expect(screen.getAllByRole('link', { name: /Asia/ }).map((link) => link.textContent)).toEqual([
      expect.stringContaining('Asia 2'),
      expect.stringContaining('Asia 1'),
    ]),
  );
  expect(screen.getByRole('heading', { level: 2, name: 'Asia 1' })).toBeVisible();
});
