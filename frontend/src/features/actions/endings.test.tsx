import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { action, anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Action, StatusReportInput } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const other = { id: 'a-12', no: 12, title: text('Perhekeskus'), status: 'in_progress' as const };

let stored: Action;

beforeEach(() => {
  stored = action();
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, permissions: ['action.report'] })),
    ),
    http.get('*/api/v1/actions/9', () => HttpResponse.json(stored)),
    http.get('*/api/v1/actions', ({ request }) =>
      HttpResponse.json({
        items: new URL(request.url).searchParams.has('q')
          ? [action({ id: other.id, no: other.no, title: other.title })]
          : [stored],
        total: 1,
      }),
    ),
    http.get('*/api/v1/chains', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/target-groups', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/audit/entries', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/reservations/of/*/*', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
  );
});

it('asks in which action a merged one goes on, and sends it', async () => {
  let sent: StatusReportInput | undefined;
  server.use(
    http.post('*/api/v1/actions/a-9/status-reports', async ({ request }) => {
      sent = (await request.json()) as StatusReportInput;
      return HttpResponse.json(action({ version: 7 }));
    }),
  );
  renderAt('/fi/actions');
  await userEvent.click(await screen.findByRole('button', { name: 'Päivitä toimenpide 9' }));
  const form = screen.getByRole('form', { name: 'Päivitä toimenpide 9' });
  expect(within(form).queryByRole('combobox')).toBeNull();
  await userEvent.click(within(form).getByRole('radio', { name: 'Yhdistetty toiseen' }));
  await userEvent.type(within(form).getByRole('combobox', { name: 'Missä toimenpiteessä työ jatkuu?' }), 'Perhe');
  await userEvent.click(await screen.findByRole('option', { name: /12 Perhekeskus/ }));
  expect(
    within(within(form).getByRole('list', { name: 'Valitut toimenpiteet' })).getByText(
      '12 Perhekeskus',
    ),
  ).toBeVisible();
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  await waitFor(() => expect(sent?.forwardTo).toEqual(['a-12']));
  expect(sent?.status).toBe('merged');
});

it('tells the way round by which an action would go on in itself', async () => {
  stored = action({ status: 'merged', forwardedTo: [other] });
  server.use(
    http.post('*/api/v1/actions/a-9/status-reports', () =>
      HttpResponse.json(
        {
          type: 'about:blank',
          title: 'x',
          status: 409,
          code: 'forward_circle',
          state: '9 → 12 → 9',
          instance: 'r',
        },
        { status: 409, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  renderAt('/fi/actions');
  await userEvent.click(await screen.findByRole('button', { name: 'Päivitä toimenpide 9' }));
  const form = screen.getByRole('form', { name: 'Päivitä toimenpide 9' });
  expect(within(form).getByText('12 Perhekeskus')).toBeVisible();
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await within(form).findByText('9 → 12 → 9')).toBeVisible();
});

it('says first where a merged action goes on, and what goes on in it', async () => {
  stored = action({
    status: 'merged',
    forwardedTo: [other],
    forwardedFrom: [{ ...other, id: 'a-4', no: 4, title: text('Vanha'), status: 'superseded' }],
  });
  renderAt('/fi/actions/9');
  expect(await screen.findByText(/yhdistetty toiseen. Työ jatkuu täällä/)).toBeVisible();
  expect(screen.getByRole('link', { name: '12 Perhekeskus' })).toHaveAttribute(
    'href',
    '/fi/actions/12',
  );
  const from = screen.getByRole('region', { name: 'Tähän jatkuvat' });
  expect(from).toHaveTextContent('4 Vanha korvattu tällä');
});

it('tells how the due date has moved, and why', async () => {
  stored = action({
    postponed: 1,
    postponements: [
      {
        at: '2026-06-01T06:00:00Z',
        fromOn: '2026-06-30',
        fromPrecision: 'day',
        toOn: '2026-12-31',
        toPrecision: 'day',
        move: 'later',
        days: 184,
        reason: 'Hankinta viivästyi',
      },
    ],
  });
  renderAt('/fi/actions/9');
  const moves = await screen.findByRole('region', { name: 'Määräajan muutokset' });
  expect(moves).toHaveTextContent('siirretty kerran');
  expect(moves).toHaveTextContent('Siirretty 30.6.2026 → 31.12.2026');
  expect(moves).toHaveTextContent('Perustelu: Hankinta viivästyi');
});

it('withdraws an action that was made in error, and restores it', async () => {
  stored = action({ permissions: ['action.withdraw'] });
  const sent: [string, unknown][] = [];
  server.use(
    http.post('*/api/v1/actions/a-9/:what', async ({ request, params }) => {
      sent.push([String(params.what), await request.json()]);
      stored = action({
        version: 7,
        permissions: ['action.withdraw'],
        withdrawn:
          params.what === 'withdrawal'
            ? { on: '2026-11-23', reason: 'Kaksoiskappale' }
            : undefined,
      });
      return HttpResponse.json(stored);
    }),
  );
  renderAt('/fi/actions/9');
  await userEvent.click(await screen.findByRole('button', { name: 'Poista virheellisenä' }));
  await userEvent.type(
    screen.getByLabelText('Miksi toimenpide on virheellinen?'),
    'Kaksoiskappale',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Poista virheellisenä' }));
  expect(await screen.findByText('Poistettu virheellisenä 23.11.2026.')).toBeVisible();
  expect(screen.getByText('Perustelu: Kaksoiskappale')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Palauta toimenpide' }));
  await userEvent.type(screen.getByLabelText('Miksi toimenpide palautetaan?'), 'Eri työ');
  await userEvent.click(screen.getByRole('button', { name: 'Palauta toimenpide' }));
  await waitFor(() =>
    expect(sent).toEqual([
      ['withdrawal', { reason: 'Kaksoiskappale' }],
      ['restoration', { reason: 'Eri työ' }],
    ]),
  );
});
