import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { action, anonymous, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './ActionPage'; // chunks of their own: no test waits for them
import './DependencyForm';
import type { Action, Dependency } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });

const other = (no: number, change: Partial<Dependency> = {}): Dependency => ({
  id: `d-${no}`,
  action: { id: `a-${no}`, no, title: text(`Toimi ${no}`) },
  status: 'in_progress',
  condition: {
    value: 'on_time',
    flags: [],
    explanation: { code: 'on_time', summary: text('Ajallaan.'), detail: text('') },
  },
  dueOn: '2026-12-01',
  duePrecision: 'month',
  lead: { id: 'post-2', title: text('Perusopetuspäällikkö'), partyId: 'p-espoo' },
  crossesParties: true,
  visibility: 'public',
  addedAt: '2026-10-01T06:00:00Z',
  ...change,
});

let stored: Action;

beforeEach(() => {
  stored = action({
    permissions: ['action.edit'],
    needs: [other(4)],
    awaitedBy: [
      other(7, {
        crossesParties: false,
        lead: { id: 'post-3', title: text('Hankejohtaja'), partyId: 'p-luvn' },
      }),
    ],
    condition: {
      value: 'on_time',
      flags: ['at_risk'],
      explanation: { code: 'on_time', summary: text('Ajallaan.'), detail: text('') },
      risk: {
        id: 'a-4',
        no: 4,
        title: text('Toimi 4'),
        lateOn: '2026-11-01',
        steps: 1,
        summary: text('Vaarassa: toimenpide 4 ”Toimi 4” on myöhässä, määräaika oli 1.11.2026.'),
      },
    },
  });
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({ signedIn: true, permissions: ['action.edit'], partyId: 'p-luvn' }),
      ),
    ),
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/actions', () =>
      HttpResponse.json({
        items: [{ ...stored, id: 'a-5', no: 5, title: text('Koulutus') }],
        total: 1,
      }),
    ),
    http.get('*/api/v1/actions/9', () => HttpResponse.json(stored)),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], permissions: [] })),
    http.get('*/api/v1/audit/entries', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/reservations/of/action/a-9', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
    http.get('*/api/v1/responsibilities/of/action/a-9', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
  );
});

async function open() {
  renderAt('/fi/actions/9');
  return screen.findByRole('region', { name: 'Riippuvuudet' });
}

it('shows both directions, with the marks of both parties where they differ, and the risk in words', async () => {
  const section = await open();
  const needs = within(section).getByRole('table', { name: 'Edellyttää' });
  const row = within(needs).getByRole('row', { name: /Toimi 4/ });
  expect(row).toHaveTextContent('12/2026');
  expect(row).toHaveTextContent('Perusopetuspäällikkö');
  const across = within(row).getByText(/Osapuolten välillä/);
  await waitFor(() =>
    expect([...across.querySelectorAll('abbr')].map(({ title }) => title)).toEqual([
      'Espoo',
      'LUVN',
    ]),
  );
  const waiting = within(section).getByRole('table', { name: 'Tätä odottavat' });
  expect(within(waiting).getByRole('link', { name: 'Toimi 7' })).toHaveAttribute(
    'href',
    '/fi/actions/7',
  );
  expect(within(waiting).queryByText(/Osapuolten välillä/)).not.toBeInTheDocument();
  expect(within(waiting).queryByRole('button', { name: /Poista/ })).not.toBeInTheDocument();
  expect(screen.getByText('Vaarassa')).toBeVisible();
  expect(screen.getAllByText('Ajallaan.')[0]?.closest('p')).toHaveTextContent(
    'Vaarassa: toimenpide 4 ”Toimi 4” on myöhässä, määräaika oli 1.11.2026.',
  );
});

it('takes one away in one press, offers to undo it, and keeps the focus', async () => {
  const sent: string[] = [];
  server.use(
    http.post('*/api/v1/actions/a-9/dependencies/d-4/removal', () => {
      sent.push('removed');
      stored = { ...stored, needs: [] };
      return HttpResponse.json(stored);
    }),
    http.post('*/api/v1/actions/a-9/dependencies', async ({ request }) => {
      sent.push(((await request.json()) as { needsId: string }).needsId);
      stored = { ...stored, needs: [other(4)] };
      return HttpResponse.json(stored);
    }),
  );
  const section = await open();
  await userEvent.click(
    within(section).getByRole('button', { name: 'Poista edellytys: toimenpide 4' }),
  );
  expect(await screen.findByText('Toimenpide ei enää odota toimenpidettä 4.')).toBeVisible();
  await waitFor(() =>
    expect(within(section).queryByRole('table', { name: 'Edellyttää' })).not.toBeInTheDocument(),
  );
  expect(screen.getByRole('heading', { name: 'Riippuvuudet' })).toHaveFocus();
  await userEvent.click(screen.getByRole('button', { name: 'Kumoa' }));
  expect(await within(section).findByRole('table', { name: 'Edellyttää' })).toBeVisible();
  expect(sent).toEqual(['removed', 'a-4']);
});

it('shows the way around when a cycle is refused, and keeps what was chosen', async () => {
  server.use(
    http.post('*/api/v1/actions/a-9/dependencies', () =>
      HttpResponse.json(
        {
          type: 'about:blank',
          title: 'x',
          status: 409,
          code: 'dependency_cycle',
          instance: 'req-1',
          path: [9, 5, 7, 9].map((no) => ({ id: `a-${no}`, no, title: text(`Toimi ${no}`) })),
        },
        { status: 409, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  const section = await open();
  await userEvent.click(within(section).getByRole('button', { name: 'Lisää edellytys' }));
  const form = await screen.findByRole('form', { name: 'Lisää edellytys' });
  await userEvent.click(within(form).getByRole('button', { name: 'Lisää' }));
  expect(within(form).getByText('Tieto puuttuu.')).toBeVisible();
  const field = within(form).getByRole('combobox');
  await userEvent.type(field, 'Koul');
  await userEvent.click(await screen.findByRole('option', { name: /Koulutus/ }));
  await userEvent.click(within(form).getByRole('button', { name: 'Lisää' }));
  const alert = await within(form).findByText(/Valittu toimenpide odottaa itse tätä/);
  expect(alert).toHaveTextContent('9 Toimi 9 → 5 Toimi 5 → 7 Toimi 7 → 9 Toimi 9');
  expect(field).toHaveValue('5 Koulutus');
});

it('is not there where nothing depends and the reader may not edit', async () => {
  stored = action({ permissions: [] });
  renderAt('/fi/actions/9');
  await screen.findByRole('region', { name: 'Kuka vastaa' });
  expect(screen.queryByRole('region', { name: 'Riippuvuudet' })).not.toBeInTheDocument();
});
