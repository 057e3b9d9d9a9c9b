import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { AgendaItem } from './queries';
import { agendaItem, meeting } from './testdata';

beforeEach(() => sessionStorage.clear());

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
    http.get('*/api/v1/meetings/m1/agenda-items', () => HttpResponse.json({ items: [item({})] })),
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

it('shows both texts side by side when somebody saved in between, and loses neither', async () => {
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

  await user.click(within(panel).getByRole('button', { name: 'Tallenna minun' }));
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(versions).toEqual(['"1"', '"2"']);
  expect(saved[0]?.proceedings.fi).toBe('Minun teksti.');
});

it('opens with the text that was typed before the page was left', async () => {
  secondTab();
  const user = userEvent.setup();
  const { unmount } = renderAt('/fi/meetings/m1');
  await user.type(await screen.findByLabelText('Käsittely'), ' Kesken');
  unmount();

  renderAt('/fi/meetings/m1');
  expect(await screen.findByLabelText('Käsittely')).toHaveValue('Alku. Kesken');
  expect(screen.getByText('Tallentamatta, tallessa tässä selaimessa')).toBeInTheDocument();
});
