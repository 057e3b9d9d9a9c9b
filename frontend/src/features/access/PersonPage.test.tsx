import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { anonymous } from '../../test/builders';
import { expectNoViolations } from '../../test/axe';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

const name = (fi: string) => ({ fi, sv: fi, en: fi });
const person = { id: 'who', name: 'Aino Esimerkki' };
const post = (id: string, fi: string) => ({ id, title: name(fi), partyId: 'p-espoo' });

/** What the server knows of the person, for somebody with the permissions. */
function known(permissions: string[], holdings: object[], grants: object[]) {
  const asked: string[] = [];
  const answer = (items: object[]) =>
    [
      ({ request }: { request: Request }) => {
        asked.push(request.url);
        return HttpResponse.json({ items });
      },
    ] as const;
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, permissions })),
    ),
    http.get('*/api/v1/holdings', ...answer(holdings)),
    http.get('*/api/v1/grants', ...answer(grants)),
  );
  return asked;
}

const held = { person, kind: 'holder', namePublic: false, version: 1, permissions: [] };
const holdings = [
  { ...held, id: 'h2', post: post('head', 'Päällikkö'), validFrom: '2026-11-01' },
  {
    ...held,
    id: 'h1',
    post: post('planner', 'Suunnittelija'),
    validFrom: '2025-01-01',
    validTo: '2026-10-31',
  },
];
const grants = [
  {
    id: 'g1',
    role: 'coordinator',
    partyId: 'p-espoo',
    post: post('planner', 'Suunnittelija'),
    people: [{ ...person, deputy: false }],
    validFrom: '2026-01-01',
    createdAt: '2026-01-01T06:00:00Z',
    version: 1,
    permissions: [],
  },
];

it('tells an auditor which posts and roles a person had on the day shown', async () => {
  const asked = known(['grant.read'], holdings, grants);
  const { container } = renderAt('/fi/admin/people/who?asOf=2026-10-15');
  expect(await screen.findByRole('heading', { level: 1, name: person.name })).toBeVisible();
  expect(
    await screen.findByText('Päivän 15.10.2026 lopussa henkilöllä oli 1 tehtävä ja 1 rooli.'),
  ).toBeVisible();
  const roles = screen.getByRole('table', { name: 'Roolit 15.10.2026' });
  expect(within(roles).getByText('Koordinaattori')).toBeVisible();
  expect(within(roles).getByText('Suunnittelija')).toBeVisible();
  const posts = screen.getByRole('table', { name: 'Tehtävät ajan mukaan' });
  const rows = within(posts).getAllByRole('row').slice(1);
  expect(rows[0]).toHaveTextContent(/Päällikkö.*Alkaa myöhemmin/);
  expect(rows[1]).toHaveTextContent(/Suunnittelija.*Voimassa/);
  expect(within(posts).getByRole('link', { name: 'Suunnittelija' })).toHaveAttribute(
    'href',
    '/fi/organisation/posts/planner?asOf=2026-10-15',
  );
  expect(asked).toHaveLength(2);
  expect(asked.every((url) => /personId=who.*asOf=2026-10-15/.test(url))).toBe(true);
  await expectNoViolations(container);
});

it('says that there was nothing', async () => {
  known(['grant.read'], [], []);
  renderAt('/fi/admin/people/who?asOf=2026-10-15');
  expect(await screen.findByText('Henkilöllä ei ollut rooleja sinä päivänä.')).toBeVisible();
  expect(screen.getByText('Henkilöllä ei ole ollut tehtäviä.')).toBeVisible();
});

it('is for administrators and auditors', async () => {
  const asked = known([], holdings, grants);
  renderAt('/fi/admin/people/who');
  expect(await screen.findByText('Sivu on pääkäyttäjille ja auditoijille')).toBeVisible();
  expect(asked).toEqual([]);
});
