import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { fireEvent } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { action, anonymous, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { viewport } from '../../test/viewport';
import './ActionsPage'; // a chunk of its own: no test waits for it
import type { Action, StatusReportInput } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });

let stored: Action[];
let asked: URLSearchParams[];
let sent: { id: string; version: string | null; body: StatusReportInput }[];

beforeEach(() => {
  asked = [];
  sent = [];
  stored = [
    action({ id: 'a-1', no: 1, title: text('Yksi'), status: 'in_progress' }),
    action({ id: 'a-2', no: 2, title: text('Kaksi'), status: 'not_started' }),
    action({
      id: 'a-3',
      no: 3,
      title: text('Kolme'),
      status: 'in_progress',
      permissions: [],
      visibility: 'internal',
    }),
  ];
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({ signedIn: true, permissions: ['action.report'], partyId: 'p-luvn' }),
      ),
    ),
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/action-groups', ({ request }) => {
      const by = new URL(request.url).searchParams.get('by');
      const counts = new Map<string, number>();
      for (const each of stored) {
        const key = by === 'phase' ? (each.phaseId ?? '') : each.status;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return HttpResponse.json({
        items: [...counts].map(([key, count]) => ({ key, count, late: 0 })),
      });
    }),
    http.get('*/api/v1/actions', ({ request }) => {
      const query = new URL(request.url).searchParams;
      if (query.get('limit') !== '1') asked.push(query);
      const status = query.getAll('status');
      const items = stored.filter((each) => status.length === 0 || status.includes(each.status));
      return HttpResponse.json({ items, total: items.length });
    }),
    http.post('*/api/v1/actions/:id/status-reports', async ({ request, params }) => {
      const body = (await request.json()) as StatusReportInput;
      const id = String(params.id);
      sent.push({ id, version: request.headers.get('If-Match'), body });
      stored = stored.map((each) =>
        each.id === id
          ? {
              ...each,
              status: body.status,
              version: 7,
              undoable: {
                id: 'w-1',
                kind: 'report',
                needsReason: false,
                at: '2026-11-23T06:05:00Z',
              },
            }
          : each,
      );
      return HttpResponse.json(stored.find((each) => each.id === id));
    }),
    http.post('*/api/v1/actions/:id/words/w-1/withdrawal', () => {
      stored = stored.map((each) =>
        each.id === 'a-2' ? { ...each, status: 'not_started', version: 8 } : each,
      );
      return HttpResponse.json(stored.find(({ id }) => id === 'a-2'));
    }),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], total: 0 })),
  );
});

const column = (name: string) => screen.findByRole('region', { name: new RegExp(`^${name}`) });

it('shows columns by status, each with its count, its cards and one request', async () => {
  renderAt('/fi/actions?view=board&condition=late');
  const running = await column('Käynnissä');
  expect(await within(running).findByRole('link', { name: 'Yksi' })).toHaveAttribute(
    'href',
    '/fi/actions/1',
  );
  expect(within(running).getByRole('heading')).toHaveTextContent('Käynnissä 2');
  expect(within(running).getAllByRole('listitem')).toHaveLength(2);
  expect(within(running).getAllByText('Palvelualuejohtaja')).toHaveLength(2);
  expect(within(running).getAllByText('13.11.2026')).toHaveLength(2);
  expect(within(running).getByText('Sisäinen')).toBeVisible();
  const paused = await column('Tauolla');
  expect(within(paused).getByText('Ei toimenpiteitä')).toBeVisible();
  const lists = asked.filter((query) => query.getAll('status').length === 1);
  for (const query of lists) {
    expect(query.get('limit')).toBe('50');
    expect(query.getAll('condition')).toEqual(['late']);
  }
  expect(lists.filter((query) => query.get('status') === 'in_progress')).toHaveLength(1);
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});

it('moves a card by the keyboard alone, says so, follows it, and takes it back', async () => {
  const user = userEvent.setup();
  renderAt('/fi/actions?view=board');
  const button = await screen.findByRole('button', { name: 'Siirrä toimenpide 2' });
  button.focus();
  await user.keyboard('{Enter}');
  const waiting = await column('Ei alkanut');
  expect(within(waiting).getByText(/Toimenpide 2 on sarakkeessa Ei alkanut/)).toBeVisible();
  const here = within(waiting).getByRole('button', { name: /^Ei alkanut/ });
  expect(here).toHaveAttribute('aria-disabled', 'true');
  expect(here).toHaveTextContent('kortti on tässä');
  expect(within(waiting).getByRole('button', { name: /^Käynnissä/ })).toHaveFocus();
  await user.keyboard('{ArrowDown}');
  expect(within(waiting).getByRole('button', { name: /^Tauolla/ })).toHaveFocus();
  await user.keyboard('{ArrowUp}{Enter}');

  expect(
    await screen.findByText('Toimenpide 2 siirrettiin: Ei alkanut → Käynnissä.'),
  ).toBeVisible();
  expect(sent).toEqual([
    {
      id: 'a-2',
      version: '"6"',
      body: { status: 'in_progress', text: { fi: '' }, public: true },
    },
  ]);
  const running = await column('Käynnissä');
  await waitFor(() =>
    expect(within(running).getByRole('button', { name: 'Siirrä toimenpide 2' })).toHaveFocus(),
  );
  expect(within(running).getByRole('heading')).toHaveTextContent('Käynnissä 3');

  await user.keyboard('{Alt>}z{/Alt}');
  const back = await column('Ei alkanut');
  expect(await within(back).findByRole('link', { name: 'Kaksi' })).toBeVisible();
  expect(within(running).queryByRole('link', { name: 'Kaksi' })).toBeNull();
});

it('opens the form for what a status needs, and keeps what is typed', async () => {
  renderAt('/fi/actions?view=board');
  await userEvent.click(await screen.findByRole('button', { name: 'Siirrä toimenpide 1' }));
  const running = await column('Käynnissä');
  expect(within(running).getByRole('button', { name: /^Valmis/ })).toHaveTextContent(
    'kysyy tuloksen',
  );
  await userEvent.click(within(running).getByRole('button', { name: /^Tauolla/ }));
  expect(sent).toEqual([]);
  const form = await within(running).findByRole('form', { name: 'Päivitä toimenpide 1' });
  expect(within(form).getByRole('radio', { name: 'Tauolla' })).toBeChecked();
  await userEvent.type(within(form).getByLabelText('Perustelu'), 'Odotetaan päätöstä.');
  // Somebody else moves the card meanwhile: the form stays where it is.
  stored = stored.map((each) => (each.id === 'a-1' ? { ...each, status: 'done' } : each));
  expect(within(form).getByLabelText('Perustelu')).toHaveValue('Odotetaan päätöstä.');
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText('Toimenpide 1 siirrettiin: Käynnissä → Tauolla.')).toBeVisible();
  expect(sent[0]?.body).toMatchObject({ status: 'paused', reason: 'Odotetaan päätöstä.' });
});

it('opens the form when the server refuses a move', async () => {
  server.use(
    http.post('*/api/v1/actions/a-2/status-reports', () =>
      HttpResponse.json(
        {
          type: 'about:blank',
          title: 'x',
          status: 422,
          code: 'validation_failed',
          instance: 'req-1',
          errors: [{ pointer: '/reason', code: 'required' }],
        },
        { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  renderAt('/fi/actions?view=board');
  await userEvent.click(await screen.findByRole('button', { name: 'Siirrä toimenpide 2' }));
  const waiting = await column('Ei alkanut');
  await userEvent.click(within(waiting).getByRole('button', { name: /^Käynnissä/ }));
  const form = await within(waiting).findByRole('form', { name: 'Päivitä toimenpide 2' });
  expect(within(form).getByRole('radio', { name: 'Käynnissä' })).toBeChecked();
  expect(screen.getByText(/Toimenpidettä 2 ei siirretty/)).toBeVisible();
});

it('says whose word it is where one may not move, and that the own word is not the joint one', async () => {
  stored = [
    ...stored,
    action({
      id: 'a-4',
      no: 4,
      title: text('Neljä'),
      status: 'not_started',
      statusesDiffer: true,
      partyStatuses: [
        { partyId: 'p-luvn', own: true, status: 'in_progress', progress: 10, forwardedTo: [] },
        { partyId: 'p-espoo', own: true, status: 'not_started', progress: 0, forwardedTo: [] },
      ],
    }),
  ];
  server.use(http.get('*/api/v1/actions/4', () => HttpResponse.json(stored.at(-1))));
  renderAt('/fi/actions?view=board');
  await userEvent.click(await screen.findByRole('button', { name: 'Siirrä toimenpide 3' }));
  expect(
    screen.getByText(
      /ei ole oikeutta kirjata tämän toimenpiteen tilaa.*Palvelualuejohtaja \(LUVN\)/,
    ),
  ).toHaveFocus();
  await userEvent.click(await screen.findByRole('button', { name: 'Siirrä toimenpide 4' }));
  const waiting = await column('Ei alkanut');
  expect(within(waiting).getByText(/Siirto kirjaa oman osapuolesi tilan: LUVN/)).toBeVisible();
  await waitFor(() =>
    expect(within(waiting).getByRole('button', { name: /^Käynnissä/ })).toHaveTextContent(
      'oma osapuolesi on jo kirjannut tämän',
    ),
  );
});

it('takes a card that is dragged, and only where it can go', async () => {
  renderAt('/fi/actions?view=board');
  const link = await screen.findByRole('link', { name: 'Kaksi' });
  const card = link.closest('li');
  const running = await column('Käynnissä');
  if (!card) throw new Error('no card');
  const dataTransfer = { setData: () => undefined, effectAllowed: '', dropEffect: '' };
  fireEvent.dragStart(card, { dataTransfer });
  expect(within(running).getByText('Pudota tähän')).toBeVisible();
  expect(within(await column('Valmis')).getByText(/kysyy tuloksen/)).toBeVisible();
  fireEvent.dragOver(running, { dataTransfer });
  fireEvent.drop(running, { dataTransfer });
  expect(await within(running).findByRole('link', { name: 'Kaksi' })).toBeVisible();
  expect(sent).toHaveLength(1);
  const other = screen.getByRole('link', { name: 'Kolme' }).closest('li');
  expect(other).toHaveAttribute('draggable', 'false');
});

it('goes from card to card by the arrow keys', async () => {
  renderAt('/fi/actions?view=board');
  const one = await screen.findByRole('link', { name: 'Yksi' });
  const two = await screen.findByRole('link', { name: 'Kaksi' });
  one.focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(screen.getByRole('link', { name: 'Kolme' })).toHaveFocus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(two).toHaveFocus();
  await userEvent.keyboard('{ArrowRight}');
  expect(one).toHaveFocus();
});

it('shows one column at a time where it is narrow', async () => {
  viewport.narrow = true;
  const { router } = renderAt('/fi/actions?view=board');
  expect(await screen.findByRole('link', { name: 'Yksi' })).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Kaksi' })).toBeNull();
  const chooser = screen.getByRole('combobox', { name: 'Näytettävä sarake' });
  expect(within(chooser).getByRole('option', { name: 'Käynnissä (2)' })).toBeInTheDocument();
  await userEvent.selectOptions(chooser, 'Ei alkanut (1)');
  expect(await screen.findByRole('link', { name: 'Kaksi' })).toBeVisible();
  expect(router.state.location.search).toMatchObject({ view: 'board', column: 'not_started' });
});

it('has columns by phase, and moves a card with its status left as it is', async () => {
  const phase = (id: string, position: number, fi: string) => ({
    id,
    key: id,
    position,
    title: text(fi),
    retired: false,
    version: 1,
    permissions: [],
  });
  server.use(
    http.get('*/api/v1/phases', () =>
      HttpResponse.json({ items: [phase('ph-1', 1, 'Valmistelu'), phase('ph-2', 2, 'Päätös')] }),
    ),
  );
  renderAt('/fi/actions?view=board&group=phase');
  await userEvent.click(await screen.findByRole('button', { name: 'Siirrä toimenpide 1' }));
  const none = await column('Ilman toteutusvaihetta');
  await userEvent.click(within(none).getByRole('button', { name: /^Päätös/ }));
  await waitFor(() =>
    expect(sent[0]?.body).toMatchObject({ status: 'in_progress', phaseId: 'ph-2' }),
  );
});

it('has nothing to move for those who only read', async () => {
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(anonymous())));
  renderAt('/fi/actions?view=board');
  expect(await screen.findByRole('link', { name: 'Yksi' })).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Siirrä/ })).toBeNull();
  expect(screen.queryByText(/Kortin voi myös vetää/)).toBeNull();
});
