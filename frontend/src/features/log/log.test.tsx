import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { AuditEntry } from '../../api/audit';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

function entry(id: number): AuditEntry {
  return {
    id,
    at: '2026-11-22T22:30:00Z',
    origin: 'user',
    partyId: 'p-luvn',
    post: { id: 'post', title: { fi: 'Päällikkö' }, partyId: 'p-luvn' },
    permission: 'action.report',
    subject: { kind: 'action', id: 'a', no: 9, title: { fi: 'Lomake' }, path: '/actions/9' },
    version: 3,
    reason: 'Odottaa lausuntoa',
    changes: [{ field: 'progress', old: 30, new: 40 }],
    labels: {},
  };
}

const signedIn = http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true })));

it('tells the public where it reads the changes, and asks nothing', async () => {
  renderAt('/fi/transparency/log');
  expect(await screen.findByText('Koko lokia varten on kirjauduttava')).toBeVisible();
});

it('tells who did what, old and new, by which right and why, and goes on page by page', async () => {
  const asked: URLSearchParams[] = [];
  server.use(
    signedIn,
    http.get('*/api/v1/audit/entries', ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      return query.get('cursor')
        ? HttpResponse.json({ items: [entry(7)] })
        : HttpResponse.json({ items: [entry(8)], nextCursor: 'next', total: 2 });
    }),
    http.get('*/api/v1/posts', () => HttpResponse.json({ items: [] })),
  );
  const { router } = renderAt('/fi/transparency/log?kind=action');
  const row = await screen.findByRole('row', { name: /Lomake/ });
  for (const text of ['23.11.2026 0.30', 'Päällikkö', 'edistyminen', '30', '40']) {
    expect(row).toHaveTextContent(text);
  }
  expect(row).toHaveTextContent('Odottaa lausuntoa');
  expect(row).toHaveTextContent('Oikeus: tilanteen kirjaus');
  expect(screen.getByRole('link', { name: 'Tilanne tuona päivänä' })).toHaveAttribute(
    'href',
    '/fi/actions/9?asOf=2026-11-23',
  );
  expect(screen.getByText('2 merkintää')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Näytä lisää' }));
  await waitFor(() => expect(screen.getAllByRole('row', { name: /Lomake/ })).toHaveLength(2));
  expect(asked.map((query) => [query.get('subjectKind'), query.get('cursor')])).toEqual([
    ['action', ''],
    ['action', 'next'],
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Poista rajaus Toimenpide' }));
  await waitFor(() => expect(router.state.location.search).toEqual({}));
});
