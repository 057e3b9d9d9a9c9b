import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { forgetTyped } from '../../lib/typed';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { itemBody } from './forms';
import type { AgendaItem } from './queries';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

const item = (more: Partial<AgendaItem>) =>
  agendaItem({
    title: { fi: 'Tiedonsiirron ohje', sv: '', en: '' },
    proceedings: { fi: 'Alku.', sv: '', en: '' },
    permissions: ['meeting.edit', 'meeting.record'],
    ...more,
  });

const running = meeting({
  status: 'in_progress',
  permissions: ['meeting.edit', 'meeting.record', 'meeting.close'],
});

/** The second tab of the secretary: what it saves was made from version 1, and 2 is saved. */
function secondTab() {
  const versions: (string | null)[] = [];
  const saved: { proceedings: { fi: string } }[] = [];
  const other = item({ version: 2, proceedings: { fi: 'Toisen teksti.', sv: '', en: '' } });
  server.use(
    http.get('*/api/v1/meetings/m1', () => HttpResponse.json(running)),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [item({})], moved: [] }),
    ),
    http.put('*/api/v1/agenda-items/i1', async ({ request }) => {
      const version = request.headers.get('If-Match');
      versions.push(version);
      if (version === '"1"') {
        return HttpResponse.json(
          { status: 412, code: 'stale_version', title: 'Precondition Failed', current: other },
          { status: 412 },
        );
      }
      const body = (await request.json()) as { proceedings: { fi: string } };
      saved.push(body);
      return HttpResponse.json(item({ ...body, version: 3 }));
    }),
  );
  return { versions, saved };
}

it('shows both paragraphs side by side when somebody saved in between, and loses neither', async () => {
  const { versions, saved } = secondTab();
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');

  const field = await screen.findByLabelText('Käsittely');
  await user.clear(field);
  await user.type(field, 'Minun teksti.');
  await user.click(screen.getByRole('button', { name: 'Tallenna' }));

  const panel = await screen.findByRole('alertdialog');
  expect(panel).toHaveTextContent('Minun teksti.');
  expect(panel).toHaveTextContent('Toisen teksti.');

  await user.click(within(panel).getByRole('radio', { name: 'Minun' }));
  await user.click(within(panel).getByRole('button', { name: 'Tallenna valinnat' }));
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(versions).toEqual(['"1"', '"2"']);
  expect(saved[0]?.proceedings.fi).toBe('Minun teksti.');
});

it('keeps both paragraphs unless somebody chooses', async () => {
  const { saved } = secondTab();
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const field = await screen.findByLabelText('Käsittely');
  await user.clear(field);
  await user.type(field, 'Minun teksti.');
  await user.keyboard('{Alt>}[KeyT]{/Alt}');
  const panel = await screen.findByRole('alertdialog');
  await user.click(within(panel).getByRole('button', { name: 'Tallenna valinnat' }));
  await waitFor(() => expect(saved[0]?.proceedings.fi).toBe('Toisen teksti.\nMinun teksti.'));
});

it('opens with the text that was typed before the page was left', async () => {
  secondTab();
  const user = userEvent.setup();
  const { unmount } = renderAt('/fi/meetings/m1');
  await user.type(await screen.findByLabelText('Käsittely'), ' Kesken');
  server.use(http.put('*/api/v1/agenda-items/i1', () => HttpResponse.error()));
  unmount();

  renderAt('/fi/meetings/m1');
  expect(await screen.findByLabelText('Käsittely')).toHaveValue('Alku. Kesken');
});

it('shows what another secretary types, and lets nobody type over it', async () => {
  secondTab();
  const typed = { ...itemBody(item({})), proceedings: { fi: 'Alku. Toinen kirj', sv: '', en: '' } };
  server.use(
    http.get('*/api/v1/meetings/m1/desk', () =>
      HttpResponse.json({
        now: '2026-11-23T06:05:00Z',
        watchers: [],
        pen: {
          holder: { id: 'x', title: { fi: 'Sihteeri', sv: '', en: '' }, partyId: 'p-luvn' },
          mine: false,
          takenAt: '2026-11-23T06:00:00Z',
          seenAt: '2026-11-23T06:04:59Z',
          lapsesAt: '2026-11-23T06:07:59Z',
        },
        autosaves: [
          {
            key: 'item.i1',
            post: { id: 'x', title: { fi: 'Sihteeri', sv: '', en: '' }, partyId: 'p-luvn' },
            mine: false,
            content: { body: typed, base: typed, version: 1, at: 1 },
            savedAt: '2026-11-23T06:04:59Z',
          },
        ],
      }),
    ),
  );
  renderAt('/fi/meetings/m1');
  const field = await screen.findByLabelText('Käsittely');
  expect(field).toHaveValue('Alku. Toinen kirj');
  expect(field).toBeDisabled();
  expect(screen.getByRole('button', { name: 'Pyydä kynää' })).toBeInTheDocument();
});
