import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type { Reservation, ReservationInput } from '../api/reservations';
import { server } from '../test/server';
import { renderAt } from '../test/render';

const text = (fi: string) => ({ fi, sv: '', en: '' });

function reservation(change: Partial<Reservation> = {}): Reservation {
  return {
    id: 'r-1',
    subjectKind: 'goal',
    subjectId: 'g-3',
    of: { kind: 'goal', id: 'g-3', no: 3, title: text('Perheet saavat tukea') },
    partyId: 'p-luvn',
    post: { id: 'post-1', title: text('HYTE-koordinaattori'), partyId: 'p-luvn' },
    text: text('Mittari ei sovi.'),
    visibility: 'public',
    madeAt: '2026-11-16T08:00:00Z',
    version: 1,
    permissions: [],
    ...change,
  };
}

function answer(items: Reservation[], permissions: string[] = []) {
  server.use(
    http.get('*/api/v1/reservations/of/goal/g-3', () => HttpResponse.json({ items, permissions })),
    http.get('*/api/v1/responsibilities/of/goal/g-3', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
  );
}

beforeEach(() => {
  const list = () => HttpResponse.json({ items: [] });
  server.use(
    ...['themes', 'target-groups', 'legal-bases', 'plans', 'actions', 'forums', 'tags'].map(
      (path) => http.get(`*/api/v1/${path}`, list),
    ),
    http.get('*/api/v1/audit/entries', list),
    http.get('*/api/v1/goals/3', () =>
      HttpResponse.json({
        id: 'g-3',
        no: 3,
        planId: 'plan',
        forwardedFrom: [],
        partyGoals: [],
        themeId: 't-1',
        title: text('Perheet saavat tukea'),
        description: text(''),
        targetGroupIds: [],
        stageIds: [],
        handoverIds: [],
        pins: { stages: [], handovers: [] },
        tagIds: [],
        responsibilities: [],
        legalBasisIds: [],
        cases: [],
        visibility: 'public',
        actions: [],
        actionCount: 0,
        byCondition: {
          late: 0,
          stale: 0,
          due_soon: 0,
          on_time: 0,
          not_started: 0,
          paused: 0,
          done: 0,
          cancelled: 0,
        },
        version: 1,
        updatedAt: '2026-11-01T00:00:00Z',
        permissions: [],
      }),
    ),
  );
});

it('shows whose it is, what it says and that it was withdrawn, to everybody', async () => {
  answer([
    reservation({
      withdrawal: { at: '2026-11-20T08:00:00Z', reason: text('Mittari vaihdettiin.') },
    }),
    reservation({ id: 'r-2', subjectKind: 'responsibility', responsiblePost: text('Johtaja') }),
  ]);
  renderAt('/fi/goals/3');
  const region = await screen.findByRole('region', { name: 'Eriävät kannat' });
  const items = within(region).getAllByRole('listitem');
  expect(items[0]).toHaveTextContent('Tavoite · peruttu 20.11.2026');
  expect(items[0]).toHaveTextContent('Mittari ei sovi.');
  expect(items[0]).toHaveTextContent('Perumisen syy: Mittari vaihdettiin.');
  expect(items[0]).toHaveTextContent('HYTE-koordinaattori, 16.11.2026');
  expect(items[1]).toHaveTextContent('Vastuu: Johtaja');
  expect(within(region).queryByRole('button')).not.toBeInTheDocument();
});

it('is made in place, keeps what the server refuses, and is then there', async () => {
  let stored: Reservation[] = [];
  let sent: ReservationInput | undefined;
  answer([]);
  server.use(
    http.get('*/api/v1/reservations/of/goal/g-3', () =>
      HttpResponse.json({ items: stored, permissions: ['reservation.make'] }),
    ),
    http.post('*/api/v1/reservations', async ({ request }) => {
      const body = (await request.json()) as ReservationInput;
      if (!body.text.fi) {
        return HttpResponse.json(
          {
            type: 'about:blank',
            title: 'x',
            status: 422,
            code: 'validation_failed',
            instance: 'req-1',
            errors: [{ pointer: '/text/fi', code: 'required' }],
          },
          { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
        );
      }
      sent = body;
      stored = [reservation({ text: text(body.text.fi) })];
      return HttpResponse.json(stored[0], { status: 201 });
    }),
  );
  renderAt('/fi/goals/3');
  await userEvent.click(await screen.findByRole('button', { name: 'Kirjaa eriävä kanta' }));
  const form = await screen.findByRole('form', { name: 'Kirjaa eriävä kanta' });
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect((await within(form).findAllByText('Tieto puuttuu.'))[0]).toBeVisible();
  await userEvent.type(within(form).getByLabelText(/^Suomeksi/), 'Emme hyväksy.');
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(await screen.findByText('Emme hyväksy.')).toBeVisible();
  expect(sent).toMatchObject({ subjectKind: 'goal', subjectId: 'g-3', visibility: 'public' });
});
