import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { action, anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
// The page is a chunk of its own: fetched here, so that no test waits for it.
import './GoalPage';
import type { Goal, GoalInput } from './queries';

function goal(part: Partial<Goal> = {}): Goal {
  return {
    id: 'g3',
    no: 3,
    planId: 'plan',
    themeId: 't1',
    title: { fi: 'Perheet saavat tukea', sv: 'Familjer får stöd', en: '' },
    description: { fi: 'Kuvaus', sv: 'Beskrivning', en: '' },
    targetGroupIds: [],
    tagIds: [],
    stageIds: [],
    handoverIds: [],
    pins: { stages: [], handovers: [] },
    responsibilities: [
      {
        post: { id: 'post', title: { fi: 'Päällikkö', sv: 'Chef' }, partyId: 'p-espoo' },
        part: 'lead',
        wording: { fi: '', sv: '', en: '' },
        standing: 'in_force',
      },
    ],
    legalBasisIds: [],
    cases: [],
    forwardedFrom: [],
    partyGoals: [],
    visibility: 'public',
    actions: [{ no: 9, title: { fi: 'Lomake' }, condition: 'late' }],
    actionCount: 1,
    byCondition: {
      late: 1,
      stale: 0,
      due_soon: 0,
      on_time: 0,
      not_started: 0,
      paused: 0,
      done: 0,
      cancelled: 0,
    },
    nextDueOn: '2026-12-18',
    version: 4,
    updatedAt: '2026-11-01T00:00:00Z',
    permissions: ['goal.edit'],
    ...part,
  };
}

const list = (items: unknown[]) => () => HttpResponse.json({ items });

beforeEach(() => {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, permissions: ['goal.edit'] })),
    ),
    http.get('*/api/v1/themes', list([{ id: 't1', title: { fi: 'Perheet' } }])),
    http.get('*/api/v1/target-groups', list([])),
    http.get('*/api/v1/tags', list([])),
    http.get('*/api/v1/legal-bases', list([])),
    http.get('*/api/v1/plans', list([{ id: 'plan', title: { fi: 'Suunnitelma' } }])),
    http.get('*/api/v1/posts', list([])),
    http.get('*/api/v1/drafts', list([])),
    http.get('*/api/v1/actions', list([])),
    http.get('*/api/v1/forums', list([])),
    http.get('*/api/v1/chains', list([])),
    http.get('*/api/v1/handovers', list([])),
    http.get('*/api/v1/audit/entries', list([])),
    http.get('*/api/v1/goals/3', () => HttpResponse.json(goal())),
  );
});

it('counts actions once and whole where they are too many to be named', async () => {
  const byCondition = {
    late: 3,
    stale: 0,
    due_soon: 0,
    on_time: 20,
    not_started: 0,
    paused: 0,
    done: 0,
    cancelled: 0,
  };
  server.use(
    http.get('*/api/v1/goals', list([goal({ actions: [], actionCount: 23, byCondition })])),
    http.get('*/api/v1/action-groups', ({ request }) => {
      const query = new URL(request.url).searchParams;
      return query.get('by') === 'condition' && query.get('goalId') === 'g3'
        ? HttpResponse.json({
            items: [
              { key: 'late', count: 3, late: 3 },
              { key: 'on_time', count: 20, late: 0 },
            ],
          })
        : HttpResponse.error();
    }),
  );
  renderAt('/fi/goals');
  expect(
    await screen.findByText(
      'Yksi tavoite, jota edistää 23 toimenpidettä. Toimenpiteistä 3 on myöhässä.',
    ),
  ).toBeVisible();
});

it('keeps the filters of the register in the address', async () => {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/goals', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ items: [goal()] });
    }),
  );
  const { router } = renderAt('/fi/goals');
  expect(await screen.findByRole('link', { name: 'Perheet saavat tukea' })).toBeVisible();
  expect(screen.getByRole('link', { name: '9 Lomake: Myöhässä' })).toBeVisible();
  await userEvent.selectOptions(screen.getByLabelText('Teema'), 'Perheet');
  await waitFor(() => expect(router.state.location.search).toEqual({ theme: 't1' }));
  await waitFor(() => expect(asked.at(-1)).toContain('themeId=t1'));
  // The files have the same filter and order.
  expect(screen.getByRole('link', { name: 'Lataa (Excel)' })).toHaveAttribute(
    'href',
    '/api/v1/goals.xlsx?lang=fi&sort=theme%2Cno&themeId=t1',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Poista rajaus Teema: Perheet' }));
  await waitFor(() => expect(router.state.location.search).toEqual({}));
});

it('cannot be changed on a past day', async () => {
  renderAt('/fi/goals/3?asOf=2026-11-01');
  await screen.findByRole('heading', { level: 1, name: 'Perheet saavat tukea' });
  expect(screen.queryByRole('button', { name: 'Muokkaa tavoitetta' })).not.toBeInTheDocument();
});

const retired = { retired: true, retiredOn: '2026-03-01' };

it('names retired terms in filters, and what was merged only where the address asks for it', async () => {
  server.use(
    http.get('*/api/v1/goals', list([goal()])),
    http.get(
      '*/api/v1/tags',
      list([
        { id: 'old', title: { fi: 'vanha' }, ...retired },
        { id: 'new', title: { fi: 'uusi' }, retired: false },
        { id: 'gone', title: { fi: 'liitetty' }, ...retired, mergedIntoId: 'new' },
      ]),
    ),
  );
  const { router } = renderAt('/fi/goals');
  await screen.findByRole('option', { name: 'uusi' });
  const options = () =>
    within(screen.getByLabelText('Asiasana'))
      .getAllByRole('option')
      .map(({ textContent }) => textContent);
  expect(options()).toEqual([
    'Kaikki asiasanat',
    'uusi',
    'vanha (poistettu käytöstä 1.3.2026)',
    'ei mitään',
  ]);
  router.history.push('/fi/goals?tag=gone');
  await waitFor(() => expect(options()).toContain('liitetty (poistettu käytöstä 1.3.2026)'));
});

it('offers no retired terms to a goal, but those that it has', async () => {
  server.use(
    http.get('*/api/v1/goals/3', () =>
      HttpResponse.json(goal({ tagIds: ['old'], targetGroupIds: [] })),
    ),
    http.get(
      '*/api/v1/tags',
      list([
        { id: 'old', title: { fi: 'vanha' }, ...retired },
        { id: 'other', title: { fi: 'muu vanha' }, ...retired },
        { id: 'new', title: { fi: 'uusi' }, retired: false },
      ]),
    ),
  );
  renderAt('/fi/goals/3');
  expect(await screen.findByRole('link', { name: /^vanha/ })).toHaveAttribute(
    'href',
    '/fi/goals?tag=old',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Muokkaa tavoitetta' }));
  const tags = await screen.findByRole('group', { name: 'Asiasanat' });
  const names = () => within(tags).getAllByRole('checkbox').length;
  expect(names()).toBe(2);
  expect(within(tags).getByRole('checkbox', { name: 'uusi' })).not.toBeChecked();
  const old = within(tags).getByRole('checkbox', { name: 'vanha (poistettu käytöstä 1.3.2026)' });
  await userEvent.click(old);
  expect(old).not.toBeChecked(); // and can be taken back until it is saved
});

const family = { id: 'c1', key: 'perheet', title: { fi: 'Perheiden polku' } };
const pins: Goal['pins'] = {
  stages: [
    { id: 's1', chain: family, partyId: 'p-espoo', position: 2, title: { fi: 'Neuvola' } },
    {
      id: 's0',
      chain: family,
      partyId: 'p-luvn',
      position: 3,
      title: { fi: 'Vanha vaihe' },
      validTo: '2026-03-01',
    },
  ],
  handovers: [
    {
      id: 'h1',
      chain: family,
      what: { fi: 'Tieto tuesta' },
      from: { fi: 'Neuvola' },
      to: { fi: 'Varhaiskasvatus' },
    },
  ],
};

it('tells where in the service chains it is pinned, also where that has ended', async () => {
  server.use(
    http.get('*/api/v1/goals/3', () =>
      HttpResponse.json(goal({ stageIds: ['s1', 's0'], handoverIds: ['h1'], pins })),
    ),
  );
  renderAt('/fi/goals/3');
  expect(await screen.findByRole('heading', { name: 'Palveluketjuissa' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Perheiden polku' })).toHaveAttribute(
    'href',
    '/fi/chains/perheet',
  );
  expect(screen.getByText(/Vaihe 2 Neuvola/)).toBeVisible();
  expect(screen.getByText(/Vaihe Vanha vaihe/)).toHaveTextContent('päättynyt 1.3.2026');
  expect(screen.getByRole('link', { name: 'Tieto tuesta' })).toHaveAttribute(
    'href',
    '/fi/chains/perheet?handover=h1#handover',
  );
});

// What never was public is saved directly; how a public goal is drafted: drafts.test.tsx.
describe('the form of an internal goal', () => {
  const internal = (part: Partial<Goal> = {}) =>
    goal({ visibility: 'internal', visibilityGround: 'keskeneräinen', ...part });

  beforeEach(() => server.use(http.get('*/api/v1/goals/3', () => HttpResponse.json(internal()))));

  async function open() {
    renderAt('/fi/goals/3');
    await userEvent.click(await screen.findByRole('button', { name: 'Muokkaa tavoitetta' }));
    const form = await screen.findByRole('form', { name: 'Muokkaa tavoitetta 3' });
    const [title] = within(form).getAllByLabelText('Suomeksi');
    if (!title) throw new Error('no field for the title');
    await userEvent.clear(title);
    await userEvent.type(title, 'Oma teksti');
    return { form, title };
  }

  it('is pinned to stages and hand-overs that are found by their names', async () => {
    const sent: GoalInput[] = [];
    server.use(
      http.get('*/api/v1/goals/3', () =>
        HttpResponse.json(internal({ stageIds: ['s1', 's0'], pins: { ...pins, handovers: [] } })),
      ),
      http.get(
        '*/api/v1/chains',
        list([
          {
            ...family,
            stages: [
              { id: 's1', title: { fi: 'Neuvola' } },
              { id: 's2', title: { fi: 'Koulu' } },
            ],
          },
        ]),
      ),
      http.get(
        '*/api/v1/handovers',
        list([{ id: 'h1', what: { fi: 'Tieto tuesta' }, chain: family }]),
      ),
      http.put('*/api/v1/goals/g3', async ({ request }) => {
        sent.push((await request.json()) as GoalInput);
        return HttpResponse.json(
          sent.length > 1
            ? internal()
            : {
                status: 422,
                code: 'validation_failed',
                title: '',
                errors: [{ pointer: '/stageIds', code: 'pin_ended' }],
              },
          { status: sent.length > 1 ? 200 : 422 },
        );
      }),
    );
    const { form } = await open();
    const field = within(within(form).getByRole('group', { name: 'Palveluketjuissa' }));
    await userEvent.type(field.getByRole('combobox', { name: 'Lisää vaihe' }), 'koul');
    await userEvent.click(await screen.findByRole('option', { name: /^Koulu/ }));
    await userEvent.type(field.getByRole('combobox', { name: 'Lisää siirtymä' }), 'perheiden');
    await userEvent.click(await screen.findByRole('option', { name: /^Tieto tuesta/ }));
    await userEvent.click(
      field.getByRole('button', {
        name: 'Poista ketjusta: Perheiden polku: Vanha vaihe (päättynyt 1.3.2026)',
      }),
    );
    await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
    expect(await field.findByText(/Vaihe tai siirtymä on päättynyt/)).toBeVisible();
    expect(field.getByText('Perheiden polku: Koulu')).toBeVisible();
    await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]).toMatchObject({ stageIds: ['s1', 's2'], handoverIds: ['h1'] });
  });

  it('ends with a reason, and names the actions that still run', async () => {
    const sent: GoalInput[] = [];
    server.use(
      http.get(
        '*/api/v1/actions',
        list([
          action({ goals: [] }),
          action({ id: 'a-8', no: 8, title: { fi: 'Valmis työ' }, status: 'done' }),
        ]),
      ),
      http.put('*/api/v1/goals/g3', async ({ request }) => {
        sent.push((await request.json()) as GoalInput);
        return HttpResponse.json(internal());
      }),
    );
    const { form } = await open();
    const field = within(within(form).getByRole('group', { name: 'Tavoitteen päättäminen' }));
    await userEvent.selectOptions(field.getByLabelText('Tavoitteen voimassaolo'), 'peruttu');
    expect(await field.findByText(/yksi keskeneräinen toimenpide/)).toBeVisible();
    expect(field.getByRole('link', { name: /^9 / })).toBeVisible();
    expect(field.queryByText(/Valmis työ/)).toBeNull();
    const [reason] = field.getAllByRole('textbox');
    if (!reason) throw new Error('no field for the reason');
    await userEvent.type(reason, 'Ei enää tarpeen');
    await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.ending).toMatchObject({ kind: 'cancelled', reason: { fi: 'Ei enää tarpeen' } });
  });

  it('keeps what was typed and says what is wrong beside the field', async () => {
    server.use(
      http.put('*/api/v1/goals/g3', () =>
        HttpResponse.json(
          {
            status: 422,
            code: 'validation_failed',
            title: '',
            errors: [{ pointer: '/title/fi', code: 'too_long' }],
          },
          { status: 422 },
        ),
      ),
    );
    const { form, title } = await open();
    await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
    expect(await within(form).findByText('Teksti on liian pitkä.')).toBeVisible();
    expect(title).toHaveValue('Oma teksti');
  });

  it('shows both versions when somebody saved in between, and saves mine on theirs', async () => {
    const sent: { version: string | null; body: GoalInput }[] = [];
    server.use(
      http.put('*/api/v1/goals/g3', async ({ request }) => {
        const version = request.headers.get('If-Match');
        sent.push({ version, body: (await request.json()) as GoalInput });
        if (version === '"5"') return HttpResponse.json(internal({ version: 6 }));
        return HttpResponse.json(
          {
            status: 412,
            code: 'stale_version',
            title: '',
            current: internal({
              version: 5,
              title: { fi: 'Toisen teksti', sv: 'Familjer får stöd' },
            }),
            changed: {
              at: '2026-11-23T06:00:00Z',
              party: 'luvn',
              post: { fi: 'Koordinaattori' },
              fields: ['title'],
            },
          },
          { status: 412 },
        );
      }),
    );
    const { form } = await open();
    await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
    const panel = await screen.findByRole('alertdialog');
    expect(panel).toHaveTextContent('Oma teksti');
    expect(panel).toHaveTextContent('Toisen teksti');
    expect(panel).toHaveTextContent('Koordinaattori');
    await userEvent.click(within(panel).getByRole('button', { name: 'Tallenna minun' }));
    await waitFor(() => expect(sent.map(({ version }) => version)).toEqual(['"4"', '"5"']));
    expect(sent[1]?.body.title.fi).toBe('Oma teksti');
    expect(sent[1]?.body.responsibilities).toEqual([
      { postId: 'post', part: 'lead', wording: { fi: '', sv: '', en: '' } },
    ]);
    expect(await screen.findByText('Tavoite 3 on tallennettu.')).toBeVisible();
  });
});

it('marks the leads of its actions that are not accepted', async () => {
  const action = (no: number, leadStanding: string) => ({
    id: `a${no}`,
    no,
    title: { fi: `Toimi ${no}` },
    lead: { id: `p${no}`, title: { fi: `Virka ${no}` }, partyId: 'p-luvn' },
    leadStanding,
    others: [],
    duePrecision: 'day',
    condition: {
      value: 'on_time',
      flags: [],
      explanation: { code: 'on_time', summary: { fi: 'Aikataulussa.' }, detail: { fi: '' } },
    },
  });
  server.use(http.get('*/api/v1/actions', list([action(7, 'proposed'), action(8, 'in_force')])));
  renderAt('/fi/goals/3');
  const row = async (no: number) => (await screen.findByText(`Virka ${no}`)).closest('tr');
  expect(await row(7)).toHaveTextContent('Odottaa hyväksyntää');
  expect(await row(8)).not.toHaveTextContent('Odottaa hyväksyntää');
});

describe('the levels of goals', () => {
  const parties = [
    {
      id: 'p-espoo',
      key: 'espoo',
      name: { fi: 'Espoo' },
      shortName: { fi: 'Espoo' },
      principal: true,
    },
    { id: 'p-luvn', key: 'luvn', name: { fi: 'Luvn' }, shortName: { fi: 'Luvn' }, principal: true },
  ];
  const above = { id: 'g1', no: 1, title: { fi: 'Yhteinen' } };

  it('shows both ends of a goal of a party', async () => {
    server.use(
      http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties })),
      http.get('*/api/v1/goals/3', () =>
        HttpResponse.json(
          goal({
            partyGoals: [{ id: 'g13', no: 13, title: { fi: 'Espoon oma' }, partyId: 'p-espoo' }],
          }),
        ),
      ),
      http.get('*/api/v1/goals/13', () =>
        HttpResponse.json(goal({ id: 'g13', no: 13, partyId: 'p-espoo', sharedGoal: above })),
      ),
    );
    renderAt('/fi/goals/3');
    const user = userEvent.setup();
    const section = await screen.findByRole('region', { name: 'Osapuolten tavoitteet' });
    await user.click(within(section).getByRole('link', { name: '13 Espoon oma' }));
    const up = await screen.findByRole('link', { name: '1 Yhteinen' });
    expect(up.closest('p')).toHaveTextContent('yhteisen tavoitteen alla: 1 Yhteinen');
  });

  it('puts a goal of a party under a shared goal by the keyboard', async () => {
    const sent: GoalInput[] = [];
    server.use(
      http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties })),
      http.get('*/api/v1/goals', ({ request }) =>
        HttpResponse.json({
          items:
            new URL(request.url).searchParams.get('sharedGoalId') === 'none' ? [goal(above)] : [],
        }),
      ),
      http.get('*/api/v1/goals/3', () => HttpResponse.json(goal({ visibility: 'internal' }))),
      http.put('*/api/v1/goals/g3', async ({ request }) => {
        sent.push((await request.json()) as GoalInput);
        return HttpResponse.json(goal({ version: 5 }));
      }),
    );
    renderAt('/fi/goals/3');
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Muokkaa tavoitetta' }));
    const level = await screen.findByLabelText('Taso');
    expect(screen.queryByLabelText(/jonka alla/)).toBeNull();
    await user.selectOptions(
      level,
      await screen.findByRole('option', { name: 'Osapuolen tavoite: Espoo' }),
    );
    await user.tab();
    expect(screen.getByLabelText(/jonka alla/)).toHaveFocus();
    await user.selectOptions(
      screen.getByLabelText(/jonka alla/),
      await screen.findByRole('option', { name: '1 Yhteinen' }),
    );
    await user.click(screen.getByRole('button', { name: 'Tallenna' }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({ partyId: 'p-espoo', sharedGoalId: 'g1' });
  });
});
