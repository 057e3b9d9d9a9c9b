import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './RadarPage'; // a chunk of its own: no test waits for it

const text = (fi: string) => ({ fi, sv: '', en: '' });

const silent = (no: number, standing: string) => ({
  reason: 'never_updated',
  partyId: 'p-espoo',
  post: { id: `p${no}`, partyId: 'p-espoo', title: text(`Virka ${no}`) },
  standing,
  thing: { kind: 'action', id: `a${no}`, no, title: text(`Toimi ${no}`) },
  since: '2026-09-01',
  days: 83,
});

it('marks who should answer only by a proposal', async () => {
  server.use(
    http.get('*/api/v1/radar/counts', () =>
      HttpResponse.json({ items: [{ reason: 'never_updated', partyId: 'p-espoo', count: 2 }] }),
    ),
    http.get('*/api/v1/radar', () =>
      HttpResponse.json({ items: [silent(7, 'proposed'), silent(8, 'in_force')] }),
    ),
    http.get('*/api/v1/themes', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/tags', () => HttpResponse.json({ items: [] })),
  );
  renderAt('/fi/radar?reason=never_updated');
  const row = async (no: number) =>
    (await screen.findByRole('link', { name: `Virka ${no}` })).closest('tr');
  expect(await row(7)).toHaveTextContent('Odottaa hyväksyntää');
  expect(await row(8)).not.toHaveTextContent('Odottaa hyväksyntää');
});
