import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { expectNoViolations } from '../test/axe';
import { action, anonymous, parties } from '../test/builders';
import { renderAt } from '../test/render';
import { server } from '../test/server';

const title = 'Palvelu ei saa yhteyttä tietokantaansa.';
const sent: unknown[] = [];
let away = false;

const unavailable = (code = 'database_unavailable') =>
  HttpResponse.json(
    { status: 503, code, title: 'Service Unavailable', instance: 'r-1' },
    { status: 503, headers: { 'Retry-After': '1', 'Content-Type': 'application/problem+json' } },
  );

beforeEach(() => {
  away = false;
  sent.length = 0;
  const unless = (answer: () => Response | Promise<Response>) => () =>
    away ? unavailable() : answer();
  server.use(
    http.get(
      '*/api/v1/me',
      unless(() =>
        HttpResponse.json(anonymous({ signedIn: true, permissions: ['action.report'] })),
      ),
    ),
    http.get(
      '*/api/v1/parties',
      unless(() => HttpResponse.json({ items: parties() })),
    ),
    http.get(
      '*/api/v1/actions',
      unless(() => HttpResponse.json({ items: [action()], total: 1 })),
    ),
    http.post('*/api/v1/actions/a-9/status-reports', async ({ request }) => {
      if (away) return unavailable();
      sent.push(await request.json());
      return HttpResponse.json(action({ version: 7 }));
    }),
  );
});

it('keeps what is typed while the database is away, tells so, comes back by itself, and saves', async () => {
  renderAt('/fi/actions');
  await userEvent.click(await screen.findByRole('button', { name: 'Päivitä toimenpide 9' }));
  const form = screen.getByRole('form', { name: 'Päivitä toimenpide 9' });
  const field = within(form).getByLabelText('Mitä on muuttunut?');
  await userEvent.type(field, 'Ohje on valmis.');
  away = true;
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText(title)).toBeVisible();
  expect(await within(form).findByText(/Kirjoittamasi säilyy tällä sivulla/)).toBeVisible();
  expect(field).toHaveValue('Ohje on valmis.');
  await expectNoViolations(document.body);

  // Tried by hand while it is still away, it stays.
  await userEvent.click(screen.getByRole('button', { name: 'Kokeile nyt' }));
  expect(screen.getByText(title)).toBeVisible();

  away = false;
  expect(
    await screen.findByText(
      'Palvelu toimii taas. Voit jatkaa ja tallentaa.',
      {},
      { timeout: 5000 },
    ),
  ).toBeVisible();
  expect(screen.queryByText(title)).not.toBeInTheDocument();
  expect(sent).toEqual([]); // a write is never repeated by itself
  expect(field).toHaveValue('Ohje on valmis.');
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(sent).toMatchObject([{ text: { fi: 'Ohje on valmis.' } }]);
});

it('gives the focus back to what had it, when it goes away with it', async () => {
  const { client } = renderAt('/fi/actions');
  const opener = await screen.findByRole('button', { name: 'Päivitä toimenpide 9' });
  opener.focus();
  away = true;
  void client.invalidateQueries({ queryKey: ['actions'] });
  expect(await screen.findByText(title)).toBeVisible();
  away = false;
  await userEvent.click(screen.getByRole('button', { name: 'Kokeile nyt' }));
  await waitFor(() => expect(screen.queryByText(title)).not.toBeInTheDocument());
  expect(screen.getByRole('button', { name: 'Päivitä toimenpide 9' })).toHaveFocus();
});

it('fetches by itself what could not be fetched', async () => {
  away = true;
  renderAt('/fi/actions');
  expect(await screen.findByText(title)).toBeVisible();
  away = false;
  expect(
    await screen.findByRole('button', { name: 'Päivitä toimenpide 9' }, { timeout: 5000 }),
  ).toBeVisible();
  expect(screen.queryByText(title)).not.toBeInTheDocument();
});

it('says nothing of the whole service where one thing of it cannot be had', async () => {
  server.use(http.get('*/api/v1/actions', () => unavailable('exports_busy')));
  renderAt('/fi/actions');
  expect(await screen.findByRole('button', { name: 'Yritä uudelleen' })).toBeVisible();
  expect(screen.queryByText(title)).not.toBeInTheDocument();
});
