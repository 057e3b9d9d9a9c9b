import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { action, anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './ActionsPage'; // a chunk of its own: no test waits for it

it('renews the row that was saved in a list of several pages, and fetches no page again', async () => {
  const pages: (string | null)[] = [];
  let left = 2;
  const one = action({ id: 'a-1', no: 1, title: { fi: 'Yksi', sv: '', en: '' } });
  const two = action({ id: 'a-2', no: 2, title: { fi: 'Kaksi', sv: '', en: '' } });
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, permissions: ['action.report'] })),
    ),
    http.get('*/api/v1/actions', ({ request }) => {
      const query = new URL(request.url).searchParams;
      if (query.get('limit') === '1') return HttpResponse.json({ items: [], total: left });
      const cursor = query.get('cursor');
      pages.push(cursor);
      return HttpResponse.json(
        cursor ? { items: [two], total: 2 } : { items: [one], total: 2, nextCursor: 'next' },
      );
    }),
    http.post('*/api/v1/actions/a-2/status-reports', () => {
      left = 1;
      return HttpResponse.json({ ...two, status: 'paused', version: 7 });
    }),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], total: 0 })),
  );
  renderAt('/fi/actions?condition=late');
  await userEvent.click(await screen.findByRole('button', { name: 'Näytä lisää' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Päivitä toimenpide 2' }));
  const form = screen.getByRole('form', { name: 'Päivitä toimenpide 2' });
  await userEvent.click(within(form).getByRole('radio', { name: 'Tauolla' }));
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  await waitFor(() => expect(form).not.toBeInTheDocument());
  const row = screen.getByRole('row', { name: /Kaksi/ });
  expect(within(row).getByText('Tauolla')).toBeVisible();
  expect(await screen.findByText('1 toimenpide', { selector: 'b' })).toBeVisible();
  expect(pages).toEqual([null, 'next']);
});
