import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type { Plan } from '../../api/terms';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
// The pages are chunks of their own: fetched here, so that no test waits for it.
import './ComparePage';
import './OnePlanPage';

const name = (fi: string) => ({ fi, sv: `${fi} sv`, en: `${fi} en` });

function plan(part: Partial<Plan> = {}): Plan {
  return {
    id: 'p2',
    key: 'uusi',
    title: name('Uusi suunnitelma'),
    councilTerm: '2025–2029',
    startsOn: '2025-06-01',
    endsOn: '2029-05-31',
    state: 'in_force',
    predecessor: {
      id: 'p1',
      key: 'vanha',
      title: name('Vanha suunnitelma'),
      councilTerm: '2021–2025',
      startsOn: '2021-08-01',
      endsOn: '2025-05-31',
    },
    supersedesId: 'p1',
    revisions: [
      {
        no: 1,
        year: 2025,
        adoptedOn: '2025-05-26',
        description: name('Hyväksyttiin'),
        cases: [{ partyId: 'p-luvn', registryNo: 'DEMO 7/2025', urlFi: '', urlSv: '' }],
      },
    ],
    freshness: { target: 30, limit: 60 },
    legalBasisIds: [],
    cases: [],
    events: [{ key: 'raportti', month: 3, title: name('Vuosiraportti') }],
    visibility: 'public',
    version: 4,
    updatedAt: '2026-06-01T00:00:00Z',
    permissions: ['plan.edit'],
    ...part,
  };
}

const list = (items: unknown[]) => () => HttpResponse.json({ items });

beforeEach(() => {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, permissions: ['plan.edit'] })),
    ),
    ...['themes', 'target-groups', 'districts', 'tags', 'legal-bases', 'drafts', 'goals'].map(
      (path) => http.get(`*/api/v1/${path}`, list([])),
    ),
    http.get('*/api/v1/audit/entries', list([])),
    http.get('*/api/v1/term-uses', list([])),
    http.get('*/api/v1/plans/:key/carry-over', () =>
      HttpResponse.json({
        from: { id: 'p1', key: 'vanha', title: name('Vanha suunnitelma') },
        to: { id: 'p2', key: 'uusi', title: name('Uusi suunnitelma') },
        before: '2025-05-31',
        goals: [],
        permissions: [],
      }),
    ),
    http.get(
      '*/api/v1/plans',
      list([plan(), plan({ id: 'p1', key: 'vanha', state: 'superseded' })]),
    ),
    http.get('*/api/v1/plans/uusi', () => HttpResponse.json(plan())),
  );
});

it('shows where the plan is on its way, what came before it and who decided on it', async () => {
  renderAt('/fi/plan/uusi');
  expect(await screen.findByRole('heading', { level: 1, name: 'Uusi suunnitelma' })).toBeVisible();
  expect(screen.getByText('Voimassa')).toBeVisible();
  const chain = screen.getByRole('region', { name: 'Suunnitelmien jatkumo' });
  expect(within(chain).getByRole('link', { name: 'Vanha suunnitelma' })).toHaveAttribute(
    'href',
    '/fi/plan/vanha',
  );
  expect(chain).toHaveTextContent('hyväksymistä ei ole kirjattu');
  const revisions = screen.getByRole('region', { name: 'Hyväksyminen ja tarkistukset' });
  expect(revisions).toHaveTextContent('Hyväksyminen');
  expect(revisions).toHaveTextContent('26.5.2025');
  expect(revisions).toHaveTextContent('DEMO 7/2025');
  expect(await screen.findByText('Suunnitelmassa ei ole tavoitteita.')).toBeVisible();
});

it('tells which goals have ended, why, and where the work goes on', async () => {
  const name = (fi: string) => ({ fi, sv: '', en: '' });
  server.use(
    http.get('*/api/v1/goals', ({ request }) =>
      HttpResponse.json({
        items: new URL(request.url).searchParams.has('ended')
          ? [
              {
                id: 'g4',
                no: 4,
                title: name('Vanha tavoite'),
                ending: {
                  kind: 'merged',
                  on: '2026-11-20',
                  reason: name('Sama tavoite'),
                  goal: { id: 'g5', no: 5, title: name('Uusi tavoite') },
                },
              },
            ]
          : [],
      }),
    ),
  );
  renderAt('/fi/plan/uusi');
  const ended = await screen.findByRole('region', { name: 'Päättyneet tavoitteet' });
  expect(ended).toHaveTextContent('yhdistetty toiseen 20.11.2026');
  expect(ended).toHaveTextContent('Sama tavoite');
  expect(within(ended).getByRole('link', { name: '5 Uusi tavoite' })).toHaveAttribute(
    'href',
    '/fi/goals/5',
  );
});

it('lists the plans with their states', async () => {
  renderAt('/fi/plan');
  expect((await screen.findAllByRole('link', { name: 'Uusi suunnitelma' }))[0]).toHaveAttribute(
    'href',
    '/fi/plan/uusi',
  );
  expect(screen.getByText('Korvattu uudella')).toBeVisible();
});

it('saves the change of a public plan as a draft, and keeps what was typed when it is refused', async () => {
  const sent: { content: { supersedesId?: string; revisions: { no: number }[] } }[] = [];
  server.use(
    http.post('*/api/v1/drafts', async ({ request }) => {
      sent.push((await request.json()) as (typeof sent)[number]);
      return refusal(
        422,
        'validation_failed',
        {
          pointer: '/content/revisions/1/adoptedOn',
          code: 'adopted_before_previous',
        },
        { pointer: '/content/supersedesId', code: 'circle' },
      );
    }),
  );
  renderAt('/fi/plan/uusi?edit=true');
  const add = await screen.findByText('Lisää hyväksyminen tai tarkistus');
  const form = within(screen.getByRole('form'));
  expect(form.getByText(/toinen osapuoli on hyväksynyt sen/)).toBeVisible();
  await waitFor(() => expect(form.getByLabelText('Korvaa suunnitelman')).toHaveValue('p1'));
  await userEvent.click(add);
  const added = within(form.getByText('1. tarkistus').closest('fieldset') as HTMLElement);
  await userEvent.click(added.getByLabelText('Vuosi'));
  await userEvent.paste('2026');
  await userEvent.click(added.getByLabelText('Hyväksytty'));
  await userEvent.paste('8.6.2024');
  await userEvent.click(form.getByText('Tallenna luonnos'));
  expect(await added.findByText(/Hyväksymispäivä on ennen/)).toBeVisible();
  expect(form.getByText(/korvaisivat toisensa kehässä/)).toBeVisible();
  expect(added.getByLabelText('Vuosi')).toHaveValue('2026');
  expect(sent).toMatchObject([
    {
      subjectKind: 'plan',
      subjectId: 'p2',
      baseVersion: 4,
      content: {
        supersedesId: 'p1',
        revisions: [{ no: 1 }, { no: 2, year: 2026, adoptedOn: '2024-06-08' }],
      },
    },
  ]);
});

const comparison = {
  plan: { id: 'p2', key: 'uusi', title: name('Uusi suunnitelma') },
  from: '2025-05-26',
  to: '2026-11-23',
  goals: { added: 0, removed: 1, changed: 0, unchanged: 11 },
  actions: { added: 0, removed: 0, changed: 1, unchanged: 42 },
  left: 0,
  missing: [] as ('from' | 'to')[],
  labels: { a9: { no: 9, title: name('Lomake'), path: '/actions/9' } },
  items: [
    { subject: 'goal', id: 'g2', no: 2, title: name('Pois jäänyt'), kind: 'removed', changes: [] },
    {
      subject: 'action',
      id: 'a9',
      no: 9,
      title: name('Lomake'),
      kind: 'changed',
      changes: [{ field: 'dueOn', old: '2026-12-31', new: '2027-03-31' }],
    },
  ],
};

it('begins with what has changed since the last adoption, and offers the same as files', async () => {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/plans/uusi/comparison', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(comparison);
    }),
  );
  renderAt('/fi/plan/uusi/compare');
  expect(await screen.findByLabelText('Aikaisempi päivä')).toHaveValue('26.5.2025');
  const actions = await screen.findByRole('region', { name: 'Toimenpiteet' });
  expect(actions).toHaveTextContent('lisätty 0, poistettu 0, muuttunut 1, ennallaan 42');
  expect(within(actions).getByRole('link', { name: '9 Lomake' })).toHaveAttribute(
    'href',
    '/fi/actions/9',
  );
  expect(actions).toHaveTextContent('Ennen: 31.12.2026');
  expect(actions).toHaveTextContent('Jälkeen: 31.3.2027');
  expect(screen.getByRole('region', { name: 'Tavoitteet' })).toHaveTextContent(
    'Poistettu 2 Pois jäänyt',
  );
  for (const format of ['CSV', 'XLSX', 'DOCX']) {
    expect(screen.getByRole('link', { name: `Lataa (${format})` })).toHaveAttribute(
      'href',
      `/api/v1/plans/uusi/comparison/${format.toLowerCase()}?from=2025-05-26&lang=fi`,
    );
  }
  expect(asked).toEqual(['?from=2025-05-26']);
});

it('says that the plan was not there on a day, and offers no days that are the same', async () => {
  const today = '2026-11-23'; // the server's
  const [first] = plan().revisions;
  const revisions = first
    ? [first, { ...first, no: 2 }, { ...first, no: 3, adoptedOn: today }]
    : [];
  server.use(
    http.get('*/api/v1/plans/uusi', () => HttpResponse.json(plan({ revisions }))),
    http.get('*/api/v1/plans/uusi/comparison', () =>
      HttpResponse.json({ ...comparison, missing: ['from'], items: [] }),
    ),
  );
  renderAt('/fi/plan/uusi/compare?from=2025-05-26');
  expect(
    await screen.findByText(
      /Suunnitelmaa ei ollut järjestelmässä tai se ei ollut julkinen 26.5.2025/,
    ),
  ).toBeVisible();
  expect(screen.queryByRole('region', { name: 'Tavoitteet' })).not.toBeInTheDocument();
  const ready = within(screen.getByRole('group', { name: 'Pikavalinnat' }));
  expect(ready.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    '1. tarkistus – 2. tarkistus',
  ]);
});

it('says at the field what is wrong with the days, and keeps them', async () => {
  server.use(
    http.get('*/api/v1/plans/uusi/comparison', () =>
      refusal(422, 'validation_failed', { pointer: 'from', code: 'not_before_to' }),
    ),
  );
  renderAt('/fi/plan/uusi/compare');
  await userEvent.clear(await screen.findByLabelText('Aikaisempi päivä'));
  await userEvent.type(screen.getByLabelText('Aikaisempi päivä'), '1.6.2026');
  const later = screen.getByLabelText('Myöhempi päivä');
  await userEvent.clear(later);
  await userEvent.type(later, '1.5.2026{Enter}');
  expect(await screen.findByText('Aikaisemman päivän on oltava ennen myöhempää.')).toBeVisible();
  expect(screen.getByLabelText('Aikaisempi päivä')).toHaveFocus();
  // The reason is at the field; nothing offers to try the same again.
  const told = await screen.findByText('Näitä päiviä ei verrata');
  expect(told.closest('[role="alert"]')).not.toBeNull();
  expect(screen.queryByRole('button', { name: 'Yritä uudelleen' })).not.toBeInTheDocument();
  expect(screen.getByLabelText('Aikaisempi päivä')).toHaveValue('1.6.2026');
});

it('keeps the focus on what was pressed, and takes today from the server', async () => {
  const [first] = plan().revisions;
  const revisions = first ? [first, { ...first, no: 2, adoptedOn: '2026-03-02' }] : [];
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/plans/uusi', () => HttpResponse.json(plan({ revisions }))),
    http.get('*/api/v1/plans/uusi/comparison', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(comparison);
    }),
  );
  const { router } = renderAt('/fi/plan/uusi/compare');
  const since = await screen.findByRole('button', { name: '1. tarkistus 2.3.2026 – tänään' });
  expect(since).toHaveAttribute('aria-pressed', 'true');
  expect(screen.getByLabelText('Myöhempi päivä')).toHaveValue('23.11.2026');
  const pair = screen.getByRole('button', { name: 'Hyväksyminen – 1. tarkistus' });
  await userEvent.click(pair);
  await waitFor(() => expect(pair).toHaveAttribute('aria-pressed', 'true'));
  expect(pair).toHaveFocus();
  expect(screen.getByLabelText('Myöhempi päivä')).toHaveValue('2.3.2026');
  expect(router.state.location.search).toEqual({ from: '2025-05-26', to: '2026-03-02' });
  await userEvent.click(since);
  await waitFor(() => expect(since).toHaveAttribute('aria-pressed', 'true'));
  expect(since).toHaveFocus();
  // Today is left to the server.
  expect(asked.at(-1)).toBe('?from=2026-03-02');
  expect(new Set(asked)).toEqual(new Set(['?from=2026-03-02', '?from=2025-05-26&to=2026-03-02']));
});
