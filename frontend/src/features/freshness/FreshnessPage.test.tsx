import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './FreshnessPage'; // a chunk of its own: no test waits for it

const text = (fi: string) => ({ fi, sv: '', en: '' });

const espoo = { running: 12, inTarget: 8, inLimit: 3, stale: 1, oldestDays: 84 };
const nobody = { running: 1, inTarget: 0, inLimit: 1, stale: 0 };
const answers = {
  party: [{ partyId: 'p-espoo', ...espoo }, nobody],
  unit: [{ partyId: 'p-espoo', unit: { id: 'u-youth', name: text('Nuorisopalvelut') }, ...espoo }],
  post: [
    {
      partyId: 'p-espoo',
      post: { id: 'post-7', partyId: 'p-espoo', title: text('Nuorisopäällikkö') },
      ...espoo,
    },
    nobody,
  ],
};

function serve(items: Partial<Record<'party' | 'unit' | 'post', unknown[]>> = answers) {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/freshness', ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams.toString());
      const found = items[searchParams.get('by') as 'party' | 'unit' | 'post'] ?? [];
      return HttpResponse.json({ items: found, total: found.length });
    }),
    http.get('*/api/v1/units', () =>
      HttpResponse.json({
        items: [{ id: 'u-youth', partyId: 'p-espoo', name: text('Nuorisopalvelut') }],
      }),
    ),
  );
  return asked;
}

const hrefOf = (name: string) =>
  decodeURIComponent(screen.getByRole('link', { name }).getAttribute('href') ?? '');

it('leads from each figure to the rows that it counts', async () => {
  serve();
  renderAt('/fi/freshness');
  expect(await screen.findByText(/yhden tieto on vanhentunut, ja 4 odottaa/)).toBeVisible();
  const href = hrefOf('Espoon kaupunki, vanhentunut: 1');
  expect(href).toContain('/fi/actions');
  expect(href).toContain('freshness=["stale"]');
  expect(href).toContain('partyId=["p-espoo"]');
  expect(href).toContain('status=["not_started","in_progress"]');
  expect(hrefOf('Ei päävastuuta, odottaa vahvistusta: 1')).toContain('partyId=["none"]');
  expect(hrefOf('Espoon kaupunki, toimenpiteitä: 12')).not.toContain('freshness=');
  // What there is none of leads nowhere.
  const row = screen.getByRole('row', { name: /^Ei päävastuuta/ });
  expect(within(row).getAllByRole('link')).toHaveLength(2);
  expect(row).toHaveTextContent('Ei vahvistettu');
});

it('shows the same by post and by unit, and narrows by unit', async () => {
  const asked = serve();
  renderAt('/fi/freshness?by=post&party=p-espoo&unit=u-youth');
  expect(await screen.findByRole('link', { name: 'Nuorisopäällikkö' })).toBeVisible();
  expect(hrefOf('Nuorisopäällikkö, vanhentunut: 1')).toContain('leadPostId=["post-7"]');
  expect(asked.some((query) => query.includes('by=post') && query.includes('unitId=u-youth'))).toBe(
    true,
  );
  await userEvent.click(screen.getByRole('radio', { name: 'Yksiköittäin' }));
  expect(await screen.findByRole('link', { name: 'Nuorisopalvelut' })).toBeVisible();
  expect(hrefOf('Nuorisopalvelut, vanhentunut: 1')).toContain('unitId=["u-youth"]');
  expect(screen.getByText(/mukana sen alayksiköt/)).toBeVisible();
  // By party the figures are of the unit too, and so is what they lead to.
  await userEvent.click(screen.getByRole('radio', { name: 'Osapuolittain' }));
  const href = hrefOf(
    await screen
      .findByRole('link', { name: 'Espoon kaupunki, vanhentunut: 1' })
      .then((link) => link.getAttribute('aria-label') ?? ''),
  );
  expect(href).toContain('partyId=["p-espoo"]');
  expect(href).toContain('unitId=["u-youth"]');
});

it('says so when there is nothing to confirm', async () => {
  serve({});
  renderAt('/sv/freshness');
  expect(await screen.findByText('Det finns inga åtgärder att bekräfta')).toBeVisible();
});
