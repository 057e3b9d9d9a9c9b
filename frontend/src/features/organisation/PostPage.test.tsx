import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { anonymous } from '../../test/builders';
import { expectNoViolations } from '../../test/axe';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

const name = (fi: string) => ({ fi, sv: `${fi} (sv)`, en: '' });
const title = name('Nuorisopäällikkö');
const ref = { id: 'youth-head', title, partyId: 'p-espoo' };

const holding = (id: string, who: string, kind: string, validFrom: string, validTo?: string) => ({
  id,
  person: { id: `who-${id}`, name: who },
  post: ref,
  kind,
  validFrom,
  ...(validTo && { validTo }),
  namePublic: false,
  version: 1,
  permissions: [],
});

const holdings = [
  holding('h4', 'Uusi Tulija', 'holder', '2026-12-01'),
  holding('h3', 'Aino Esimerkki', 'holder', '2026-11-01', '2026-11-30'),
  holding('h2', 'Sami Sijainen', 'deputy', '2026-10-01', '2026-10-31'),
  holding('h1', 'Entinen Hoitaja', 'holder', '2025-01-01', '2026-10-31'),
];

/** The post for somebody who may so much; the server notes what it was asked. */
function post(me: object, contacts: object[] = []) {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous(me))),
    http.get('*/api/v1/posts/:id', ({ request }) => {
      asked.push(request.url);
      return HttpResponse.json({
        ...ref,
        unitId: 'youth',
        unitPath: [{ id: 'youth', name: name('Nuorisopalvelut') }],
        serviceAddress: 'nuoriso@example.fi',
        contacts,
        validFrom: '2025-01-01',
        version: 1,
        permissions: [],
      });
    }),
    http.get('*/api/v1/holdings', ({ request }) => {
      asked.push(request.url);
      return HttpResponse.json({ items: holdings });
    }),
    http.get('*/api/v1/grants', ({ request }) => {
      asked.push(request.url);
      return HttpResponse.json({
        items: [
          {
            id: 'g1',
            role: 'manager',
            partyId: 'p-espoo',
            post: ref,
            unit: { id: 'youth', name: name('Nuorisopalvelut') },
            people: [],
            validFrom: '2026-01-01',
            createdAt: '2026-01-01T06:00:00Z',
            version: 1,
            permissions: [],
          },
        ],
      });
    }),
  );
  return asked;
}

it('tells staff who held the post on the day shown, and all who have held it', async () => {
  const asked = post({ signedIn: true, hasRole: true });
  const { container } = renderAt('/fi/organisation/posts/youth-head?asOf=2026-10-15');
  expect(
    await screen.findByText('Päivän 15.10.2026 lopussa tehtävää hoiti Entinen Hoitaja.'),
  ).toBeVisible();
  const table = await screen.findByRole('table', { name: 'Kuka on hoitanut tehtävää' });
  const rows = within(table).getAllByRole('row').slice(1);
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/^Uusi Tulija.*Hoitaa tehtävää.*1\.12\.2026.*Alkaa myöhemmin/),
    expect.stringMatching(/^Aino Esimerkki.*1\.11\.2026.*30\.11\.2026.*Alkaa myöhemmin/),
    expect.stringMatching(/^Sami Sijainen.*Toimii sijaisena.*31\.10\.2026.*Voimassa/),
    expect.stringMatching(/^Entinen Hoitaja.*1\.1\.2025.*31\.10\.2026.*Voimassa/),
  ]);
  expect(asked.every((url) => url.includes('asOf=2026-10-15'))).toBe(true);
  expect(screen.queryByRole('heading', { name: /^Roolit/ })).not.toBeInTheDocument();
  await expectNoViolations(container);
});

it('tells today without a day', async () => {
  post({ signedIn: true, hasRole: true });
  renderAt('/fi/organisation/posts/youth-head');
  expect(await screen.findByText('Tehtävää hoitaa Aino Esimerkki.')).toBeVisible();
});

it('tells the public what it sees in the organisation, and asks for nothing else', async () => {
  const asked = post({}, [{ name: 'Aino Esimerkki', kind: 'holder' }]);
  renderAt('/fi/organisation/posts/youth-head');
  expect(await screen.findByText('Tehtävää hoitaa Aino Esimerkki.')).toBeVisible();
  expect(screen.getByText('nuoriso@example.fi')).toBeVisible();
  expect(screen.queryByText('Entinen Hoitaja')).not.toBeInTheDocument();
  expect(asked.filter((url) => url.includes('/holdings') || url.includes('/grants'))).toEqual([]);
});

it('does not tell the public whether somebody holds the post whose name is not public', async () => {
  post({});
  renderAt('/fi/organisation/posts/youth-head');
  expect(await screen.findByText(/Nimi näkyy kaikille vain/)).toBeVisible();
  expect(screen.queryByText(/hoitajaa/)).not.toBeInTheDocument();
});

it('tells who administers which roles the post gave that day', async () => {
  const asked = post({ signedIn: true, hasRole: true, permissions: ['grant.read'] });
  renderAt('/fi/organisation/posts/youth-head?asOf=2026-10-15');
  const heading = 'Roolit, jotka tehtävä antoi 15.10.2026';
  const table = await screen.findByRole('table', { name: heading });
  expect(within(table).getByText('Esihenkilö')).toBeVisible();
  expect(within(table).getByText('Nuorisopalvelut ja sen alayksiköt')).toBeVisible();
  const [grants] = asked.filter((url) => url.includes('/grants'));
  expect(grants).toContain('postId=youth-head');
  expect(grants).toContain('asOf=2026-10-15');
});
