import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './CarryOverPage';
import type { CarriedGoal, CarryOver } from './queries';

const name = (fi: string) => ({ fi, sv: `${fi} sv`, en: `${fi} en` });

const goal = (no: number, part: Partial<CarriedGoal> = {}): CarriedGoal => ({
  id: `g${no}`,
  no,
  title: name(`Tavoite ${no}`),
  version: 3,
  state: 'undecided',
  actionCount: 2,
  permissions: ['goal.edit'],
  ...part,
});

function carryOver(goals: CarriedGoal[]): CarryOver {
  return {
    from: { id: 'p1', key: 'vanha', title: name('Vanha') },
    to: { id: 'p2', key: 'uusi', title: name('Uusi') },
    before: '2026-11-22',
    goals,
    permissions: ['draft.edit'],
  };
}

function serve(goals: CarriedGoal[], sent: unknown[]) {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, partyId: 'p-espoo' })),
    ),
    http.get('*/api/v1/plans/uusi/carry-over', () => HttpResponse.json(carryOver(goals))),
    http.post('*/api/v1/plans/uusi/carry-over', async ({ request }) => {
      sent.push(((await request.json()) as { items: unknown }).items);
      return HttpResponse.json(carryOver([]));
    }),
  );
}

it('carries several goals over in one step, by the keyboard alone', async () => {
  const sent: unknown[] = [];
  serve([goal(1), goal(2), goal(3, { permissions: [] })], sent);
  renderAt('/fi/plan/uusi/carry-over');
  const user = userEvent.setup();
  const all = await screen.findByRole('button', { name: 'Valitse kaikki' });
  // What another party decides on is shown with the reason, and cannot be chosen.
  expect(screen.getByText('Tavoitteesta päättää sen oma osapuoli.')).toBeVisible();
  expect(screen.getAllByRole('checkbox')).toHaveLength(2);
  all.focus();
  await user.keyboard('{Enter}');
  screen.getByRole('button', { name: 'Siirrä valitut (2)' }).focus();
  await user.keyboard('{Enter}');
  await waitFor(() =>
    expect(sent).toEqual([
      [
        { goalId: 'g1', version: 3, choice: 'carry' },
        { goalId: 'g2', version: 3, choice: 'carry' },
      ],
    ]),
  );
});

it('agrees to what the other party proposes, and shows what was decided with the reason', async () => {
  const sent: unknown[] = [];
  const draft = {
    id: 'd',
    version: 2,
    partyId: 'p-luvn',
    choice: 'drop' as const,
    reason: name('Syy'),
  };
  serve(
    [
      goal(1, { state: 'waiting', draft }),
      goal(2, { state: 'waiting', draft: { ...draft, partyId: 'p-espoo' } }),
      goal(3, { state: 'dropped', ending: 'cancelled', on: '2026-11-20', reason: name('Ei enää') }),
      goal(4, { state: 'carried', on: '2026-11-20' }),
    ],
    sent,
  );
  renderAt('/fi/plan/uusi/carry-over');
  const user = userEvent.setup();
  const waiting = await screen.findByRole('region', {
    name: 'Odottaa toisen osapuolen hyväksyntää',
  });
  await waitFor(() => expect(within(waiting).getAllByRole('checkbox')).toHaveLength(1));
  await user.click(within(waiting).getByRole('checkbox', { name: /Tavoite 1/ }));
  await user.click(within(waiting).getByRole('button', { name: 'Hyväksy valitut (1)' }));
  await waitFor(() => expect(sent).toEqual([[{ goalId: 'g1', version: 2, choice: 'agree' }]]));
  const ended = screen.getByRole('region', { name: 'Päättyneet tavoitteet' });
  expect(ended).toHaveTextContent('Ei enää');
  expect(screen.getByRole('region', { name: 'Siirtyneet tavoitteet' })).toHaveTextContent(
    'Tavoite 4',
  );
});
