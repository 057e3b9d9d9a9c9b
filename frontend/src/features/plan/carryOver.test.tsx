import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { anonymous } from '../../test/builders';
import { forgetTyped } from '../../lib/typed';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
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

beforeEach(forgetTyped);

function serve(goals: CarriedGoal[], sent: unknown[], answer?: () => Response) {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ id: 'me', signedIn: true, hasRole: true, partyId: 'p-espoo' })),
    ),
    http.get('*/api/v1/plans/uusi/carry-over', () => HttpResponse.json(carryOver(goals))),
    http.post('*/api/v1/plans/uusi/carry-over', async ({ request }) => {
      sent.push(((await request.json()) as { items: unknown }).items);
      return answer ? answer() : HttpResponse.json(carryOver([]));
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
  await waitFor(() => expect(document.activeElement).toHaveTextContent('Vanha → Uusi'));
});

it('agrees to what the other party proposes, and shows what was decided with the reason', async () => {
  const sent: unknown[] = [];
  const draft = {
    id: 'd',
    version: 2,
    partyId: 'p-luvn',
    choice: 'drop' as const,
    more: false,
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

it('drops with a reason, and keeps it when a goal is refused', async () => {
  const sent: unknown[] = [];
  serve([goal(1), goal(2)], sent, () =>
    refusal(422, 'validation_failed', { pointer: '/items/0', code: 'stale_version' }),
  );
  renderAt('/fi/plan/uusi/carry-over');
  const user = userEvent.setup();
  await user.click(await screen.findByRole('checkbox', { name: /Tavoite 2/ }));
  await user.selectOptions(screen.getByLabelText('Päätös valituista'), 'Päättyy');
  const words = screen.getByRole('group', { name: /Miksi tavoite päättyy/ });
  const finnish = () => within(words).getByRole('textbox', { name: /^Suomeksi/ });
  await user.type(finnish(), 'Tehty');
  await user.click(screen.getByRole('button', { name: 'Päätä valitut (1)' }));
  await waitFor(() =>
    expect(
      screen
        .getAllByRole('alert')
        .map(({ textContent }) => textContent)
        .join(' '),
    ).toContain('2 Tavoite 2: Joku tallensi muutoksen sillä välin.'),
  );
  expect(finnish()).toHaveValue('Tehty');
  expect(screen.getByRole('checkbox', { name: /Tavoite 2/ })).toBeChecked();
  expect(sent).toMatchObject([[{ goalId: 'g2', choice: 'drop', reason: { fi: 'Tehty' } }]]);
});

it('keeps what is chosen and the reason over a reload, and forgets them when they are saved', async () => {
  const sent: unknown[] = [];
  serve([goal(1), goal(2)], sent);
  const first = renderAt('/fi/plan/uusi/carry-over');
  const user = userEvent.setup();
  await user.click(await screen.findByRole('checkbox', { name: /Tavoite 2/ }));
  await user.selectOptions(screen.getByLabelText('Päätös valituista'), 'Päättyy');
  const finnish = async () =>
    within(await screen.findByRole('group', { name: /Miksi tavoite päättyy/ })).getByRole(
      'textbox',
      { name: /^Suomeksi/ },
    );
  await user.type(await finnish(), 'Tehty');
  first.unmount();

  const second = renderAt('/fi/plan/uusi/carry-over');
  await waitFor(async () => expect(await finnish()).toHaveValue('Tehty'));
  expect(screen.getByRole('checkbox', { name: /Tavoite 2/ })).toBeChecked();
  await user.click(screen.getByRole('button', { name: 'Päätä valitut (1)' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  await screen.findByRole('button', { name: 'Siirrä valitut (0)' });
  second.unmount();

  serve([goal(1), goal(2)], sent);
  renderAt('/fi/plan/uusi/carry-over');
  expect(await screen.findByRole('checkbox', { name: /Tavoite 2/ })).not.toBeChecked();
});

it('lets a goal of a party go over only after its shared goal, but end before it', async () => {
  const own = { partyId: 'p-espoo' };
  serve(
    [
      goal(1),
      goal(2, { ...own, sharedGoalId: 'g1' }),
      goal(3, { state: 'dropped', ending: 'cancelled', on: '2026-11-20' }),
      goal(4, { ...own, sharedGoalId: 'g3' }),
      goal(5, { state: 'carried', on: '2026-11-20' }),
      goal(6, { ...own, sharedGoalId: 'g5' }),
    ],
    [],
  );
  renderAt('/fi/plan/uusi/carry-over');
  const user = userEvent.setup();
  await screen.findByRole('checkbox', { name: /Tavoite 1/ });
  const names = () =>
    screen.getAllByRole('checkbox').map((box) => box.closest('label')?.textContent);
  expect(names().join()).not.toMatch(/Tavoite [24]/);
  expect(screen.getAllByRole('checkbox')).toHaveLength(2);
  expect(screen.getByText('Siirtyy vasta, kun yhteinen tavoite 1 on siirtynyt.')).toBeVisible();
  expect(screen.getByText(/^Yhteinen tavoite on päättynyt/)).toBeVisible();
  await user.selectOptions(screen.getByLabelText('Päätös valituista'), 'Päättyy');
  expect(screen.getAllByRole('checkbox')).toHaveLength(4);
});

it('has a draft that changes more read before it is agreed to', async () => {
  const draft = {
    id: 'd',
    version: 2,
    partyId: 'p-luvn',
    choice: 'carry' as const,
    more: true,
  };
  serve([goal(1, { state: 'waiting', draft })], []);
  renderAt('/fi/plan/uusi/carry-over');
  expect(await screen.findByText(/Luonnos muuttaa muutakin/)).toBeVisible();
  expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Tavoitteen 1 luonnos' })).toHaveAttribute(
    'href',
    '/fi/drafts/d',
  );
});
