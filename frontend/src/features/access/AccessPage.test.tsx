import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { anonymous, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

const name = (fi: string) => ({ fi, sv: fi, en: fi });

const grant = (id: string, more: object) => ({
  id,
  partyId: 'p-espoo',
  people: [{ id: 'who', name: 'Aino Esimerkki', deputy: false }],
  validFrom: '2026-01-01',
  createdAt: '2026-01-01T06:00:00Z',
  version: 1,
  permissions: [],
  ...more,
});

const youthHead = { id: 'youth-head', title: name('Nuorisopäällikkö'), partyId: 'p-espoo' };

/** Signed in with the permissions; the server notes what it was asked. */
function signedIn(permissions: string[]) {
  const asked: URLSearchParams[] = [];
  const may = permissions.includes('grant.create');
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, name: 'Pää', permissions })),
    ),
    http.get('*/api/v1/parties', () =>
      HttpResponse.json({
        items: parties().map((party) =>
          may && party.key === 'espoo' ? { ...party, permissions: ['grant.create'] } : party,
        ),
      }),
    ),
    http.get('*/api/v1/units', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/forums', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/posts', () =>
      HttpResponse.json({ items: [{ ...youthHead, unitPath: [], permissions: [] }] }),
    ),
    http.get('*/api/v1/people', () => HttpResponse.json({ items: [], total: 0 })),
    http.get('*/api/v1/grants', ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json({
        total: 2,
        items: [
          grant('g1', {
            role: 'manager',
            post: youthHead,
            unit: { id: 'youth', name: name('Nuorisopalvelut') },
            permissions: may ? ['grant.end'] : [],
          }),
          grant('g2', {
            role: 'reader',
            post: youthHead,
            endedAt: '2026-11-20T10:00:00Z',
            endReason: 'Siirtyi muualle',
          }),
        ],
      });
    }),
  );
  return asked;
}

it('is closed to those who neither administer nor audit', async () => {
  renderAt('/fi/admin/access');
  expect(await screen.findByText(/pääkäyttäjille ja auditoijille/)).toBeVisible();
});

it('lets an auditor read who has which role, and change nothing', async () => {
  signedIn(['grant.read', 'person.read']);
  renderAt('/fi/admin/access');
  expect(await screen.findByText('Nuorisopalvelut ja sen alayksiköt')).toBeVisible();
  expect(screen.getAllByText('Aino Esimerkki')).toHaveLength(2);
  expect(screen.getByText('Päätetty 20.11.2026 klo 12.00')).toBeVisible();
  expect(screen.getByText('Siirtyi muualle')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Päätä/ })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Myönnä käyttöoikeus' })).not.toBeInTheDocument();
});

it('asks who had which role on a day, and keeps the day in the address', async () => {
  const asked = signedIn(['grant.read', 'person.read']);
  const { router } = renderAt('/fi/admin/access');
  await userEvent.type(
    await screen.findByLabelText('Kenellä oli mikä rooli päivänä'),
    '15.3.2026{Enter}',
  );
  await waitFor(() => expect(asked.at(-1)?.get('validOn')).toBe('2026-03-15'));
  expect(router.state.location.search).toEqual({ on: '2026-03-15' });
  expect(await screen.findByText(/Päivän 15.3.2026 lopussa/)).toBeVisible();
});

it('ends a grant only with a reason, and tells it also when the row is gone', async () => {
  signedIn(['grant.read', 'person.read', 'grant.create', 'grant.end']);
  const reasons: string[] = [];
  server.use(
    http.post('*/api/v1/grants/g1/end', async ({ request }) => {
      const { reason } = (await request.json()) as { reason: string };
      reasons.push(reason);
      if (reason) {
        server.use(http.get('*/api/v1/grants', () => HttpResponse.json({ items: [], total: 0 })));
      }
      return reason
        ? HttpResponse.json(grant('g1', { role: 'manager', post: youthHead }))
        : HttpResponse.json(
            {
              status: 422,
              code: 'validation_failed',
              title: 'Unprocessable Entity',
              errors: [{ pointer: '/reason', code: 'required' }],
            },
            { status: 422 },
          );
    }),
  );
  renderAt('/fi/admin/access');
  await userEvent.click(
    await screen.findByRole('button', { name: 'Päätä: Esihenkilö, Nuorisopäällikkö' }),
  );
  const form = screen.getByRole('form', { name: /^Päätä käyttöoikeus/ });
  await userEvent.click(within(form).getByRole('button', { name: 'Päätä oikeus' }));
  expect(await within(form).findByText('Tieto puuttuu.')).toBeVisible();
  await userEvent.type(within(form).getByRole('textbox'), 'Eläkkeelle');
  await userEvent.click(within(form).getByRole('button', { name: 'Päätä oikeus' }));
  expect(await screen.findByText('Käyttöoikeus on päätetty.')).toBeVisible();
  expect(await screen.findByText('Käyttöoikeuksia ei ole')).toBeVisible();
  expect(reasons).toEqual(['', 'Eläkkeelle']);
});

it('grants a role to a post that is found by a part of its name', async () => {
  signedIn(['grant.read', 'person.read', 'grant.create', 'grant.end']);
  let sent: unknown;
  server.use(
    http.post('*/api/v1/grants', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(grant('g3', { role: 'coordinator', post: youthHead }), {
        status: 201,
      });
    }),
  );
  renderAt('/fi/admin/access');
  await userEvent.click(await screen.findByRole('button', { name: 'Myönnä käyttöoikeus' }));
  const form = screen.getByRole('form', { name: 'Myönnä käyttöoikeus' });
  await userEvent.selectOptions(within(form).getByLabelText('Rooli'), 'Koordinaattori');
  await userEvent.type(within(form).getByRole('combobox', { name: 'Tehtävä' }), 'nuor');
  await userEvent.click(await screen.findByRole('option', { name: /Nuorisopäällikkö/ }));
  await userEvent.click(within(form).getByRole('button', { name: 'Myönnä' }));
  expect(await screen.findByText('Käyttöoikeus on myönnetty.')).toBeVisible();
  expect(sent).toEqual({ role: 'coordinator', postId: 'youth-head', validFrom: '2026-11-23' });
});
