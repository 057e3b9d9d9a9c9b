import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './ImportPage'; // loaded from the start: the first test does not wait for it
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { forum } from './testdata';

const good = {
  valid: true,
  errors: [],
  items: 4,
  outcomes: 6,
  attendance: 5,
  number: 3,
  startsAt: '2025-03-11T11:00:00Z',
};

const problem = (status: number, code: string) =>
  HttpResponse.json(
    { status, code },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );

function serve(report: object, permissions = ['meeting.import']) {
  const sent: string[] = [];
  const take = async (what: string, request: Request) => {
    sent.push(`${what} ${await request.text()}`);
  };
  server.use(
    http.get('*/api/v1/forums/f1', () => HttpResponse.json(forum({ permissions }))),
    http.post('*/api/v1/forums/f1/meeting-import-checks', async ({ request }) => {
      await take('check', request);
      return HttpResponse.json(report);
    }),
    http.post('*/api/v1/forums/f1/meeting-imports', async ({ request }) => {
      await take('import', request);
      return sent.filter((each) => each.startsWith('import')).length === 1
        ? problem(409, 'meeting_number_taken')
        : HttpResponse.json({ ...good, meetingId: 'm7' }, { status: 201 });
    }),
    http.get('*/api/v1/meetings/m7', () => problem(404, 'meeting_not_found')),
    http.get('*/api/v1/meetings/m7/agenda-items', () =>
      HttpResponse.json({ items: [], moved: [] }),
    ),
  );
  return sent;
}

const file = (name = 'kokous.yaml') => new File(['number: 3'], name);

it('checks a file, imports it on demand, and keeps it when the server refuses', async () => {
  const sent = serve(good);
  const user = userEvent.setup();
  const { router } = renderAt('/fi/forums/f1/import');
  await user.upload(await screen.findByLabelText('Valitse tiedosto'), file());
  expect(await screen.findByRole('heading', { name: 'Tiedosto on kunnossa' })).toBeVisible();
  expect(screen.getByText(/^3, 11\.3\.2025/)).toBeVisible();
  expect(screen.getByText('Asioita').nextElementSibling).toHaveTextContent('4');
  expect(screen.getByText('Lopputuloksia').nextElementSibling).toHaveTextContent('6');
  expect(screen.getByText('Läsnäolotietoja').nextElementSibling).toHaveTextContent('5');
  expect(sent).toEqual(['check number: 3']);

  const press = screen.getByRole('button', { name: 'Tuo kokous' });
  await user.click(press);
  expect(await screen.findByText('Kokousta ei tuotu')).toBeVisible();
  expect(screen.getByText('kokous.yaml')).toBeVisible();
  await user.click(press);
  await waitFor(() => expect(router.state.location.pathname).toBe('/fi/meetings/m7'));
  expect(sent).toEqual(['check number: 3', 'import number: 3', 'import number: 3']);
});

it('names each error where it stands, and offers no import', async () => {
  serve({
    valid: false,
    items: 0,
    outcomes: 0,
    errors: [
      { pointer: '/items/0/title', code: 'required', line: 12, column: 3, key: 'asia' },
      { pointer: '/startsAt', code: 'malformed', sheet: 'Kokous', cell: 'B4', key: 'alkaa' },
      { pointer: '', code: 'not_readable' },
    ],
  });
  const user = userEvent.setup();
  renderAt('/fi/forums/f1/import');
  await user.upload(await screen.findByLabelText('Valitse tiedosto'), file());
  expect(await screen.findByRole('row', { name: /rivi 12, sarake 3/ })).toHaveTextContent('asia');
  expect(screen.getByRole('row', { name: /Kokous B4/ })).toHaveTextContent('Arvoa ei voi lukea.');
  expect(screen.getByRole('row', { name: /koko tiedosto/ })).toHaveTextContent(
    'Tiedostoa ei voi lukea.',
  );
  expect(screen.queryByRole('button', { name: 'Tuo kokous' })).not.toBeInTheDocument();
});

it('says that a file could not be checked, and is for the secretary', async () => {
  serve(good);
  server.use(
    http.post('*/api/v1/forums/f1/meeting-import-checks', () => problem(413, 'too_large')),
  );
  const user = userEvent.setup();
  const { unmount } = renderAt('/fi/forums/f1/import');
  await user.upload(await screen.findByLabelText('Valitse tiedosto'), file('suuri.xlsx'));
  expect(await screen.findByText('Tiedostoa ei voitu tarkistaa')).toBeVisible();
  expect(screen.getByText('suuri.xlsx')).toBeVisible();
  unmount();
  serve(good, []);
  renderAt('/fi/forums/f1/import');
  expect(await screen.findByText('Kokouksen tuo foorumin sihteeri.')).toBeVisible();
});
