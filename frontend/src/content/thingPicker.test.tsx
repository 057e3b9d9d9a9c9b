import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { renderAt } from '../test/render';
import { server } from '../test/server';

const text = (fi: string) => ({ fi, sv: '', en: '' });

it('offers the things of the chosen kind, found by their name or that of their chain', async () => {
  server.use(
    http.get('*/api/v1/goals', () =>
      HttpResponse.json({ items: [{ id: 'g1', no: 1, title: text('Perheet saavat tukea') }] }),
    ),
    http.get('*/api/v1/handovers', () =>
      HttpResponse.json({
        items: [
          { id: 'h1', what: text('Lähete'), chain: { title: text('Perheet') } },
          { id: 'h2', what: text('Kotiutus'), chain: { title: text('Ikääntyneet') } },
        ],
      }),
    ),
  );
  const user = userEvent.setup();
  renderAt('/fi/responsibilities/on?date=2026-11-23');
  const form = within(await screen.findByRole('form', { name: 'Kohde ja päivä' }));
  await user.type(form.getByRole('combobox', { name: 'Kohde' }), 'perheet');
  await user.click(await screen.findByRole('option', { name: /^1 Perheet saavat tukea/ }));
  expect(form.getByRole('combobox', { name: 'Kohde' })).toHaveValue('1 Perheet saavat tukea');

  await user.selectOptions(form.getByLabelText('Kohteen laji'), 'handover');
  const field = form.getByRole('combobox', { name: 'Kohde' });
  expect(field).toHaveValue('');
  await user.type(field, 'ikään');
  const found = await screen.findByRole('option', { name: /^Kotiutus/ });
  expect(found).toHaveTextContent('Ikääntyneet');
  expect(screen.getAllByRole('option', { name: /Lähete|Kotiutus/ })).toEqual([found]);
});
