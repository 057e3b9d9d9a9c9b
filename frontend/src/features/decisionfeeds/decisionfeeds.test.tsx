import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './DecisionFeedsPage'; // loaded from the start: the first test does not wait for it
import { anonymous, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

const feed = (id: string, more: object) => ({
  id,
  partyId: 'p-espoo',
  url: `https://${id}.example/rss`,
  language: 'fi',
  active: true,
  entries: 0,
  version: 3,
  updatedAt: '2026-11-20T06:00:00Z',
  permissions: ['decision_feed.edit'],
  ...more,
});

/** Signed in with the permissions; returns what was written. */
function signedIn(permissions: string[], feeds: object[]) {
  const written: { method: string; ifMatch: string | null; body: unknown }[] = [];
  const note = async (request: Request, status: number) => {
    const body: unknown = await request.json();
    written.push({ method: request.method, ifMatch: request.headers.get('If-Match'), body });
    return HttpResponse.json(feed('new', {}), { status });
  };
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, name: 'Pää', permissions })),
    ),
    http.get('*/api/v1/parties', () =>
      HttpResponse.json({
        items: parties().map((party) =>
          party.key === 'espoo' ? { ...party, permissions: ['decision_feed.edit'] } : party,
        ),
      }),
    ),
    http.get('*/api/v1/decision-feeds', () => HttpResponse.json({ items: feeds })),
    http.post('*/api/v1/decision-feeds', ({ request }) => note(request, 201)),
    http.put('*/api/v1/decision-feeds/:id', ({ request }) => note(request, 200)),
  );
  return written;
}

it('tells how the reading of each address went', async () => {
  signedIn(
    ['decision_feed.read', 'decision_feed.edit'],
    [
      feed('fine', {
        entries: 1,
        reading: {
          triedAt: '2026-11-23T06:00:00Z',
          readAt: '2026-11-23T06:00:00Z',
          nextAt: '2026-11-23T07:00:00Z',
          failures: 0,
        },
      }),
      feed('broken', {
        reading: {
          triedAt: '2026-11-23T06:00:00Z',
          nextAt: '2026-11-23T08:00:00Z',
          failures: 2,
          failure: 'status',
          httpStatus: 500,
        },
      }),
      feed('fresh', {}),
      feed('ended', { active: false }),
    ],
  );
  renderAt('/fi/admin/decision-feeds');
  const row = async (name: string) =>
    screen.findByRole('row', { name: new RegExp(`${name}.example`) });
  expect(await row('fine')).toHaveTextContent('Luettu 23.11.2026');
  expect(await row('fine')).toHaveTextContent('1 asia tallessa');
  expect(await row('broken')).toHaveTextContent('Palvelin vastasi virheellä (500)');
  expect(await row('broken')).toHaveTextContent('Seuraava yritys 23.11.2026');
  expect(await row('fresh')).toHaveTextContent('Ei ole vielä luettu');
  expect(await row('ended')).toHaveTextContent('Ei lueta');
});

it('adds an address to the party that the administrator has', async () => {
  const written = signedIn(['decision_feed.read', 'decision_feed.edit'], []);
  const user = userEvent.setup();
  renderAt('/fi/admin/decision-feeds');
  await user.click(await screen.findByRole('button', { name: 'Lisää osoite' }));
  const form = await screen.findByRole('form', { name: 'Lisää osoite' });
  await user.type(within(form).getByLabelText(/RSS-osoite/), 'https://new.example/rss');
  await user.click(within(form).getByRole('button', { name: 'Tallenna' }));
  await screen.findByText('Osoite tallennettiin.');
  expect(written).toEqual([
    {
      method: 'POST',
      ifMatch: null,
      body: { partyId: 'p-espoo', url: 'https://new.example/rss', language: 'fi', active: true },
    },
  ]);
});

it('keeps a refused address beside the reason', async () => {
  signedIn(['decision_feed.read', 'decision_feed.edit'], [feed('fine', {})]);
  server.use(
    http.put('*/api/v1/decision-feeds/fine', () =>
      HttpResponse.json(
        {
          status: 422,
          code: 'validation_failed',
          errors: [{ pointer: '/url', code: 'https_required' }],
        },
        { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  const user = userEvent.setup();
  renderAt('/fi/admin/decision-feeds');
  await user.click(await screen.findByRole('button', { name: /^Muokkaa osoitetta/ }));
  const url = await screen.findByLabelText(/RSS-osoite/);
  await user.clear(url);
  await user.type(url, 'http://fine.example/');
  await user.click(screen.getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText('Osoitteen on alettava https://.')).toBeInTheDocument();
  expect(screen.getByLabelText(/RSS-osoite/)).toHaveValue('http://fine.example/');
});

it('shows an auditor the addresses without changing, and others nothing', async () => {
  signedIn(['decision_feed.read'], [feed('fine', { permissions: [] })]);
  server.use(http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })));
  renderAt('/fi/admin/decision-feeds');
  await screen.findByText('https://fine.example/rss');
  expect(screen.queryByRole('button', { name: /Muokkaa|Lisää/ })).not.toBeInTheDocument();
});

it('tells others whose page it is', async () => {
  signedIn([], []);
  renderAt('/fi/admin/decision-feeds');
  expect(await screen.findByText('Sivu on pääkäyttäjille ja auditoijille')).toBeInTheDocument();
});
