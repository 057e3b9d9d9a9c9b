import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it, vi } from 'vitest';
import { anonymous, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

const name = (fi: string) => ({ fi, sv: `${fi} (sv)`, en: '' });

const unit = (id: string, title: string, parentId?: string, permissions: string[] = []) => ({
  id,
  partyId: 'p-espoo',
  ...(parentId ? { parentId } : {}),
  name: name(title),
  validFrom: '2025-01-01',
  version: 1,
  permissions,
});

const post = (id: string, title: string, unitId: string, permissions: string[] = []) => ({
  id,
  title: name(title),
  partyId: 'p-espoo',
  unitId,
  unitPath: [],
  serviceAddress: '',
  contacts: [],
  validFrom: '2025-01-01',
  version: 1,
  permissions,
});

/** Leisure with youth and sports under it; one post in each of these. */
function organisation(permissions: string[] = []) {
  const holding = {
    id: 'h1',
    person: { id: 'who', name: 'Aino Esimerkki' },
    post: { id: 'youth-head', title: name('Nuorisopäällikkö'), partyId: 'p-espoo' },
    kind: 'holder',
    validFrom: '2025-01-01',
    version: 1,
    permissions,
  };
  server.use(
    http.get('*/api/v1/units', () =>
      HttpResponse.json({
        items: [
          unit('leisure', 'Vapaa-aika', undefined, permissions),
          unit('youth', 'Nuorisopalvelut', 'leisure', permissions),
          unit('sports', 'Liikuntapalvelut', 'leisure', permissions),
        ],
      }),
    ),
    http.get('*/api/v1/posts', () =>
      HttpResponse.json({
        items: [
          post('youth-head', 'Nuorisopäällikkö', 'youth', permissions),
          post('sports-head', 'Liikuntapäällikkö', 'sports', permissions),
        ],
      }),
    ),
    http.get('*/api/v1/holdings', () => HttpResponse.json({ items: [holding] })),
  );
}

function administrator() {
  const all = ['party.edit', 'unit.edit', 'post.edit', 'holding.edit', 'grant.create'];
  organisation(all);
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({ signedIn: true, hasRole: true, name: 'Pää', permissions: ['grant.read'] }),
      ),
    ),
    http.get('*/api/v1/parties', () =>
      HttpResponse.json({
        items: parties().map((party) =>
          party.key === 'espoo' ? { ...party, permissions: all } : party,
        ),
      }),
    ),
  );
}

beforeEach(() => organisation());

it('shows the public units and posts, never who holds them, and nothing to change', async () => {
  renderAt('/fi/organisation');
  expect(await screen.findByText('Nuorisopäällikkö')).toBeVisible();
  expect(screen.getByText(/2 tehtävää 3 yksikössä/)).toBeVisible();
  expect(screen.queryByText('Aino Esimerkki')).not.toBeInTheDocument();
  expect(screen.queryByText('ei hoitajaa')).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Muokkaa' })).not.toBeInTheDocument();
});

it('keeps the units above what a search finds, and the search in the address', async () => {
  const { router } = renderAt('/fi/organisation?q=nuoriso');
  expect(await screen.findByText('Nuorisopäällikkö')).toBeVisible();
  expect(screen.getByText('Vapaa-aika')).toBeVisible();
  expect(screen.queryByText('Liikuntapäällikkö')).not.toBeInTheDocument();
  const field = screen.getByRole('searchbox');
  await userEvent.clear(field);
  await userEvent.type(field, 'vapaa liikuntap{Enter}');
  expect(await screen.findByText('Liikuntapäällikkö')).toBeVisible();
  expect(router.state.location.search).toEqual({ q: 'vapaa liikuntap' });
  expect(screen.getByRole('link', { name: 'Lataa (CSV)' })).toHaveAttribute(
    'href',
    '/api/v1/posts.csv?lang=fi&q=vapaa+liikuntap&sort=party%2Ctitle',
  );
});

it('shows staff who holds a post and which is vacant', async () => {
  administrator();
  renderAt('/fi/organisation');
  expect(await screen.findByText('Aino Esimerkki')).toBeVisible();
  expect(screen.getByText('ei hoitajaa')).toBeVisible();
});

it('changes nothing in the past', async () => {
  administrator();
  renderAt('/fi/organisation?asOf=2026-11-16');
  expect(await screen.findByText('Aino Esimerkki')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Muokkaa' })).not.toBeInTheDocument();
});

it('tells why a unit cannot end and keeps what was typed', async () => {
  administrator();
  server.use(
    http.put('*/api/v1/units/youth', () =>
      HttpResponse.json(
        { status: 409, code: 'unit_has_posts', title: 'Conflict' },
        { status: 409 },
      ),
    ),
  );
  renderAt('/fi/organisation');
  await userEvent.click(await screen.findByRole('button', { name: 'Muokkaa' }));
  await userEvent.click(screen.getByRole('button', { name: 'Muuta: Nuorisopalvelut' }));
  const form = await screen.findByRole('form', { name: 'Muuta yksikköä Nuorisopalvelut' });
  const title = within(form).getByRole('textbox', { name: 'Suomeksi' });
  await userEvent.clear(title);
  await userEvent.type(title, 'Nuoret');
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await within(form).findByText(/Yksikössä on tehtäviä/)).toBeVisible();
  expect(title).toHaveValue('Nuoret');
});

it('shows both versions when somebody saved in between, and saves the own one over it', async () => {
  administrator();
  const sent: { etag: string | null; title: string }[] = [];
  server.use(
    http.put('*/api/v1/posts/youth-head', async ({ request }) => {
      const body = (await request.json()) as { title: { fi: string } };
      sent.push({ etag: request.headers.get('If-Match'), title: body.title.fi });
      const saved = { ...post('youth-head', 'Nuorisojohtaja', 'youth'), version: 4 };
      return sent.length === 1
        ? HttpResponse.json(
            { status: 412, code: 'stale_version', title: 'Precondition Failed', current: saved },
            { status: 412 },
          )
        : HttpResponse.json(saved);
    }),
  );
  renderAt('/fi/organisation');
  await userEvent.click(await screen.findByRole('button', { name: 'Muokkaa' }));
  await userEvent.click(screen.getByRole('button', { name: 'Muuta: Nuorisopäällikkö' }));
  const title = await screen.findByRole('textbox', { name: 'Suomeksi' });
  await userEvent.type(title, ' II');
  await userEvent.click(screen.getByRole('button', { name: 'Tallenna' }));
  const panel = await screen.findByRole('alertdialog');
  expect(panel).toHaveTextContent('Nuorisopäällikkö II');
  expect(panel).toHaveTextContent('Nuorisojohtaja');
  await userEvent.click(within(panel).getByRole('button', { name: 'Tallenna minun' }));
  expect(await screen.findByText(/tallennettu\.$/)).toBeVisible();
  expect(sent).toEqual([
    { etag: '"1"', title: 'Nuorisopäällikkö II' },
    { etag: '"4"', title: 'Nuorisopäällikkö II' },
  ]);
});

it('gives each post an address, and shows and focuses the one that a link means', async () => {
  organisation();
  const seen = vi.fn();
  Element.prototype.scrollIntoView = seen;
  const { router } = renderAt('/fi/organisation#post-youth-head');
  const link = await screen.findByRole('link', { name: 'Nuorisopäällikkö' });
  expect(link).toHaveAttribute('href', '/fi/organisation/posts/youth-head');
  const row = link.closest('li');
  expect(row).toHaveFocus();
  expect(row).toHaveClass('meant');
  expect(seen).toHaveBeenCalled();
  const other = screen.getByRole('link', { name: 'Liikuntapäällikkö' });
  await act(() => router.navigate({ to: '.', hash: 'post-sports-head' }));
  await waitFor(() => expect(other.closest('li')).toHaveFocus());
  expect(row).not.toHaveClass('meant');
});

it('looks among the posts of all times for one that a link means', async () => {
  organisation();
  const { router } = renderAt('/fi/organisation#post-gone');
  await waitFor(() => expect(router.state.location.search).toMatchObject({ show: 'any' }));
  expect(router.state.location.hash).toBe('post-gone');
});

it('shows what a post owns before its holding ends, and gives it to the next holder in one press', async () => {
  administrator();
  const sent: unknown[] = [];
  server.use(
    http.get('*/api/v1/posts/youth-head/duties', () =>
      HttpResponse.json({
        groups: [
          {
            kind: 'action',
            total: 1,
            waiting: 1,
            items: [
              {
                kind: 'action',
                id: 'a1',
                no: 9,
                title: name('Nuorten kuuleminen'),
                part: 'lead',
                standing: 'proposed',
                condition: 'late',
                dueOn: '2026-11-20',
              },
            ],
          },
        ],
      }),
    ),
    http.get('*/api/v1/people', () =>
      HttpResponse.json({
        items: [{ id: 'next', name: 'Bo Exempel', email: '', partyId: 'p-espoo', posts: [] }],
      }),
    ),
    http.post('*/api/v1/holdings/h1/end', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({});
    }),
  );
  renderAt('/fi/organisation');
  await userEvent.click(await screen.findByRole('button', { name: 'Muokkaa' }));
  await userEvent.click(screen.getByRole('button', { name: 'Hoitajat: Nuorisopäällikkö' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Päätä: Aino Esimerkki' }));
  const form = screen.getByRole('form', { name: 'Päätä: Aino Esimerkki' });
  const owned = await within(form).findByText(/1 toimenpide/);
  expect(owned).toHaveTextContent('1 odottaa hyväksyntää');
  expect(within(form).getByRole('link', { name: '9 Nuorten kuuleminen' })).toBeVisible();
  expect(within(form).getByText(/näkyy vastuuaukoissa viimeistä päivää/)).toBeVisible();
  await userEvent.click(within(form).getByRole('radio', { name: 'Uusi hoitaja' }));
  await userEvent.type(within(form).getByRole('combobox', { name: /Henkilö/ }), 'Bo');
  await userEvent.click(await screen.findByRole('option', { name: /Bo Exempel/ }));
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText(/tehtävässä jatkava tallennettu/)).toBeVisible();
  expect(sent).toEqual([
    {
      lastDay: '2026-11-23',
      next: { personId: 'next', kind: 'holder', validFrom: '2026-11-24' },
    },
  ]);
});
