import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../i18n/en';
import { fi } from '../../i18n/fi';
import { sv } from '../../i18n/sv';
import { overview } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { viewport } from '../../test/viewport';
import type { Overview, OverviewDecision, OverviewGoal } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const post = (id: string, partyId: string, title: string) => ({
  id,
  partyId,
  title: text(title),
});

const goal = (changes: Partial<OverviewGoal>): OverviewGoal => ({
  id: 'g-1',
  no: 1,
  title: text('Mielen hyvinvointi vahvistuu'),
  visibility: 'public',
  theme: { id: 't-1', title: text('Lapset ja nuoret'), position: 1 },
  unaccepted: 2,
  acceptance: 'open',
  answers: [
    { partyId: 'p-espoo', answer: 'accepted' },
    { partyId: 'p-luvn', answer: 'open', since: '2026-11-12' },
  ],
  leads: [
    post('post-1', 'p-espoo', 'Perusopetuspäällikkö'),
    post('post-2', 'p-luvn', 'Palvelupäällikkö'),
  ],
  actions: [
    { no: 3, title: text('Vuosikello'), condition: 'late' },
    { no: 8, title: text('Keskustelutuki'), condition: 'on_time' },
  ],
  actionCount: 2,
  byCondition: {
    late: 1,
    stale: 0,
    due_soon: 0,
    on_time: 1,
    not_started: 0,
    paused: 0,
    done: 0,
    cancelled: 0,
  },
  nextDueOn: '2026-12-31',
  ...changes,
});

const meeting: OverviewDecision['meeting'] = {
  id: 'm-1',
  year: 2026,
  number: 4,
  title: text(''),
  startsAt: '2026-11-12T11:00:00Z',
  date: '2026-11-12',
  forum: { id: 'f-1', key: 'f', title: text('Työryhmä') },
};

const decision = (changes: Partial<OverviewDecision>): OverviewDecision => ({
  outcomeId: 'o-1',
  type: 'decision',
  text: text('Malli otetaan käyttöön.'),
  agendaItemId: 'i-1',
  itemTitle: text('Toimintamalli'),
  section: 14,
  visibility: 'public',
  meeting,
  actions: [{ no: 4, title: text('Malli kouluihin') }],
  ...changes,
});

function answer(changes: Partial<Overview>) {
  server.use(http.get('*/api/v1/overview', () => HttpResponse.json(overview(changes))));
}

beforeEach(() => {
  const none = () => HttpResponse.json({ items: [], total: 0 });
  server.use(http.get('*/api/v1/responsibilities', none), http.get('*/api/v1/handovers', none));
});

const some: Partial<Overview> = {
  plan: { id: 'plan-1', title: text('HYTE-suunnitelma'), councilTerm: '2025–2029' },
  counts: {
    goals: 2,
    actions: 3,
    byCondition: { ...overview().counts.byCondition, late: 1, on_time: 2 },
    byStatus: { ...overview().counts.byStatus, in_progress: 2, not_started: 1 },
    byPhase: [
      { id: 'ph-1', title: text('Toteutus'), actions: 2 },
      { title: text(''), actions: 1 },
    ],
    acceptance: { accepted: 0, open: 1, none: 1 },
  },
  goals: [
    goal({}),
    goal({
      id: 'g-2',
      no: 2,
      title: text('Perheet saavat tukea'),
      leads: [],
      unaccepted: 0,
      acceptance: 'none',
      answers: [],
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
      nextDueOn: undefined,
    }),
  ],
  lastDecisions: [decision({})],
  next: {
    until: '2027-01-22',
    actions: 1,
    events: [
      {
        kind: 'meeting',
        date: '2026-12-08',
        meeting: { ...meeting, id: 'm-2', number: 5, startsAt: '2026-12-08T11:00:00Z' },
      },
      { kind: 'action_due', date: '2027-01-05', action: { no: 8, title: text('Keskustelutuki') } },
    ],
  },
  freshness: { total: 3, inTarget: 2, inLimit: 0, stale: 1 },
};

/** Matches the words whichever kind of space stands between them. */
const spaced = (words: string) => new RegExp(`^${words.replaceAll(' ', '\\s')}$`);

const pathOf = (link: HTMLElement) => new URL((link as HTMLAnchorElement).href).pathname;
const searchOf = (link: HTMLElement) => new URL((link as HTMLAnchorElement).href).search;

describe('the overview', () => {
  it('opens with its answer, each figure a link to its rows', async () => {
    answer(some);
    renderAt('/fi');
    const goals = await screen.findByRole('link', { name: spaced('2 tavoitetta') });
    expect(pathOf(goals)).toBe('/fi/goals');
    expect(searchOf(goals)).toContain('plan-1');
    expect(searchOf(screen.getByRole('link', { name: spaced('1 on myöhässä') }))).toContain('late');
    const due = searchOf(screen.getByRole('link', { name: spaced('1 toimenpiteen määräaika') }));
    expect(due).toContain('dueFrom=2026-11-23');
    expect(due).toContain('dueTo=2027-01-22');
    const stale = searchOf(screen.getByRole('link', { name: spaced('1 on vanhentunut') }));
    expect(decodeURIComponent(stale)).toContain('freshness=["stale"]');
    expect(screen.queryByRole('link', { name: /rajan sisällä/ })).not.toBeInTheDocument();
    const phase = screen.getByRole('link', { name: spaced('Toteutus 2') });
    expect(decodeURIComponent(searchOf(phase))).toContain('phaseId=["ph-1"]');
    const none = screen.getByRole('link', { name: spaced('Ei vaihetta 1') });
    expect(decodeURIComponent(searchOf(none))).toContain('phaseId=["none"]');
    expect(document.title).toBe('Kokonaiskuva – Yhdyspinta');
  });

  it('counts what forums have left open, and never tells none of what was not fetched', async () => {
    answer(some);
    const counted: { total?: number } = {};
    server.use(
      http.get('*/api/v1/open-loops', () =>
        counted.total === undefined
          ? HttpResponse.json({ status: 500, code: 'internal', title: 'x' }, { status: 500 })
          : HttpResponse.json({ items: [], total: counted.total }),
      ),
    );
    const user = userEvent.setup();
    renderAt('/fi');
    const retry = await screen.findByRole('button', { name: 'Yritä uudelleen' });
    expect(
      screen.queryByRole('link', { name: /avoin asia|avointa asiaa/ }),
    ).not.toBeInTheDocument();
    expect(screen.queryByText('Avoimia asioita ei ole.')).not.toBeInTheDocument();
    counted.total = 104;
    await user.click(retry);
    const open = await screen.findByRole('link', { name: 'Foorumeissa 104 avointa asiaa' });
    expect(pathOf(open)).toBe('/fi/open-loops');
  });

  it('names what has waited longest for acceptance, and leads to all that do', async () => {
    answer(some);
    const waiting = (proposedAt: string) => ({
      revision: 1,
      state: 'open',
      proposedAt,
      acceptances: [
        { partyId: 'p-espoo', answer: 'accepted', decidedAt: proposedAt },
        { partyId: 'p-luvn', answer: 'open' },
      ],
    });
    server.use(
      http.get('*/api/v1/responsibilities', () =>
        HttpResponse.json({
          items: [
            {
              id: 'r-1',
              subject: { kind: 'goal', id: 'g-1', no: 5, title: text('Kynnys madaltuu') },
              post: post('post-2', 'p-luvn', 'Palvelupäällikkö'),
              standing: 'proposed',
              waiting: waiting('2026-11-04T08:00:00Z'),
            },
          ],
          total: 7,
        }),
      ),
      http.get('*/api/v1/handovers', () =>
        HttpResponse.json({
          items: [
            {
              id: 'h-1',
              chain: { id: 'c-1', title: text('Lapset') },
              from: { id: 's-1', partyId: 'p-luvn', position: 1, title: text('Neuvola') },
              to: { id: 's-2', partyId: 'p-espoo', position: 2, title: text('Päiväkoti') },
              standing: 'proposed',
              waiting: waiting('2026-09-24T08:00:00Z'),
            },
          ],
          total: 2,
        }),
      ),
    );
    renderAt('/fi');
    const section = await screen.findByRole('region', { name: 'Odottaa hyväksyntää' });
    const [oldest, next] = within(section).getAllByRole('listitem');
    expect(oldest).toHaveTextContent('Siirtymä: Neuvola – Päiväkoti');
    expect(oldest).toHaveTextContent(/60\s?pv/);
    expect(next).toHaveTextContent('Tavoite 5: Kynnys madaltuu');
    const all = within(section).getByRole('link', { name: '2 siirtymää' });
    expect(pathOf(all)).toBe('/fi/handovers');
    expect(searchOf(all)).toBe('?acceptance=waiting');
  });

  it('counts the gaps of each chain, each number a link to its hand-overs', async () => {
    answer({
      ...some,
      gaps: [
        { chainId: 'c-1', title: text('Lapset'), major: 2, minor: 0, none: 5 },
        { chainId: 'c-2', title: text('Ikääntyneet'), major: 1, minor: 4, none: 0 },
      ],
    });
    renderAt('/fi');
    const all = await screen.findByRole('link', { name: spaced('3 suurta aukkoa') });
    expect(pathOf(all)).toBe('/fi/gaps');
    expect(searchOf(all)).toContain('gap=major');
    const table = screen.getByRole('table', { name: /siirtymät aukon koon mukaan/ });
    const major = within(table).getByRole('link', { name: '2 Suuri aukko, Lapset' });
    expect(searchOf(major)).toBe('?gap=major&chainId=c-1');
    const none = within(table).getByRole('link', { name: '5 Ei aukkoa, Lapset' });
    expect(pathOf(none)).toBe('/fi/handovers');
    expect(searchOf(none)).toBe('?gap=none&chainId=c-1');
    expect(within(table).queryByRole('link', { name: /Pieni aukko, Lapset/ })).toBeNull();
  });

  it('asks for the terms of the address, and hands them on to the lists', async () => {
    const asked: string[] = [];
    server.use(
      ...['themes', 'target-groups', 'districts', 'tags', 'chains'].map((vocabulary) =>
        http.get(`*/api/v1/${vocabulary}`, () => HttpResponse.json({ items: [] })),
      ),
      http.get('*/api/v1/overview', ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json(overview(some));
      }),
    );
    renderAt('/fi?districtId=d-1&tagId=none');
    const late = await screen.findByRole('link', { name: spaced('1 on myöhässä') });
    expect(asked[0]).toContain('districtId=d-1&tagId=none');
    expect(decodeURIComponent(searchOf(late))).toContain('districtId=["d-1"]');
    const goals = screen.getByRole('link', { name: spaced('2 tavoitetta') });
    expect(new URL((goals as HTMLAnchorElement).href).hash).toBe('#overview-goals');
    expect(screen.getByText(/Rajaus koskee tavoitteita/)).toBeVisible();
  });

  it('shows who leads on either side and each action of a goal, in a table', async () => {
    answer(some);
    renderAt('/fi');
    const table = await screen.findByRole('table', { name: /Tavoitteet teemoittain/ });
    await within(table).findByRole('columnheader', { name: 'Espoo vastaa' });
    expect(within(table).getByRole('rowheader', { name: 'Lapset ja nuoret' })).toHaveAttribute(
      'rowspan',
      '2',
    );
    const row = within(table)
      .getByRole('rowheader', { name: /Mielen hyvinvointi/ })
      .closest('tr');
    expect(row).toHaveTextContent('Perusopetuspäällikkö');
    expect(row).toHaveTextContent('Palvelupäällikkö');
    expect(pathOf(screen.getByRole('link', { name: spaced('3 Vuosikello: Myöhässä') }))).toBe(
      '/fi/actions/3',
    );
    const without = within(table)
      .getByRole('rowheader', { name: 'Perheet saavat tukea' })
      .closest('tr');
    expect(without).toHaveTextContent('ei nimetty');
    expect(without).toHaveTextContent('Ei toimenpiteitä');
  });

  it('tells what each party says of a goal and for how long it has been waited for', async () => {
    answer(some);
    renderAt('/fi');
    const table = await screen.findByRole('table', { name: /Tavoitteet teemoittain/ });
    await within(table).findByRole('columnheader', { name: 'Espoo vastaa' });
    expect(within(table).getByRole('columnheader', { name: 'Hyväksyntä' })).toBeVisible();
    const rowOf = (name: RegExp) => within(table).getByRole('rowheader', { name }).closest('tr');
    expect(rowOf(/Mielen hyvinvointi/)).toHaveTextContent('LUVN avoin 11 pv');
    expect(rowOf(/Perheet saavat/)).toHaveTextContent('Ei vastuita');
  });

  it('counts the goals by acceptance and the actions by status, each a link to its rows', async () => {
    answer(some);
    renderAt('/fi');
    const open = await screen.findByRole('link', { name: spaced('1 tavoitteen vastuut') });
    expect(pathOf(open)).toBe('/fi/goals');
    expect(searchOf(open)).toBe('?plan=plan-1&acceptance=open');
    const running = screen.getByRole('link', { name: 'Käynnissä 2' });
    expect(pathOf(running)).toBe('/fi/actions');
    expect(decodeURIComponent(searchOf(running))).toBe('?status=["in_progress"]');
    expect(screen.queryByRole('link', { name: /^Valmis/ })).not.toBeInTheDocument();
  });

  it('shows only the goals of an acceptance if the address says so', async () => {
    answer(some);
    const { router } = renderAt('/fi?acceptance=open');
    expect(await screen.findByText('1 tavoite')).toBeVisible();
    expect(screen.getByRole('rowheader', { name: /Mielen hyvinvointi/ })).toBeVisible();
    expect(screen.queryByRole('rowheader', { name: /Perheet saavat/ })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /Hyväksyntää odottavat/ }));
    expect(await screen.findByRole('rowheader', { name: /Perheet saavat/ })).toBeVisible();
    expect(router.state.location.search).not.toHaveProperty('acceptance');
  });

  it('offers the figures by chain, kept in the address, each a link to its rows', async () => {
    answer(some);
    const asked: string[] = [];
    const group = {
      goals: 2,
      goalsOpen: 1,
      actions: 3,
      byCondition: { ...overview().counts.byCondition, late: 1, done: 2 },
      gaps: { major: 1, minor: 0, open: 0 },
    };
    server.use(
      http.get('*/api/v1/overview-groups', ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json({
          day: '2026-11-23',
          by: 'chain',
          groups: [
            { ...group, id: 'c-1', title: text('Lapset') },
            {
              ...group,
              title: text(''),
              goals: 0,
              goalsOpen: 0,
              gaps: { major: 0, minor: 0, open: 0 },
            },
          ],
        });
      }),
    );
    const { router } = renderAt('/fi');
    await userEvent.click(await screen.findByRole('link', { name: 'Palveluketjuittain' }));
    const table = await screen.findByRole('table', { name: /palveluketjuittain/ });
    expect(asked).toEqual(['?by=chain']);
    expect(router.state.location.search).toEqual({ by: 'chain' });
    const views = within(screen.getByRole('navigation', { name: 'Erittely' }));
    expect(views.getByRole('link', { current: 'page' })).toHaveTextContent('Palveluketjuittain');
    const late = within(table).getByRole('link', { name: '1 Myöhässä, Lapset' });
    expect(pathOf(late)).toBe('/fi/actions');
    expect(decodeURIComponent(searchOf(late))).toBe('?chainId=["c-1"]&condition=["late"]');
    const open = within(table).getByRole('link', { name: '1 Tavoitteista hyväksymättä, Lapset' });
    expect(searchOf(open)).toBe('?plan=plan-1&chain=c-1&acceptance=open');
    const gap = within(table).getByRole('link', { name: '1 Suuri aukko, Lapset' });
    expect(searchOf(gap)).toBe('?gap=major&chainId=c-1');
    expect(within(table).queryByRole('columnheader', { name: 'Tauolla' })).toBeNull();
    const none = within(table).getByRole('link', {
      name: '3 Toimenpiteet, Ei missään palveluketjussa',
    });
    expect(decodeURIComponent(searchOf(none))).toBe('?chainId=["none"]');
    expect(screen.getByRole('link', { name: 'Lataa (CSV)' })).toHaveAttribute(
      'href',
      '/api/v1/overview-groups.csv?lang=fi&by=chain',
    );
  });

  it('narrows by party, and hands the party on to the lists', async () => {
    answer(some);
    server.use(
      ...['themes', 'target-groups', 'districts', 'tags', 'chains'].map((list) =>
        http.get(`*/api/v1/${list}`, () => HttpResponse.json({ items: [] })),
      ),
    );
    const { router } = renderAt('/fi');
    const user = userEvent.setup();
    await user.click(await screen.findByText(/^Rajaa osapuolen/));
    await screen.findByRole('option', { name: 'LUVN' });
    await user.selectOptions(screen.getByLabelText('Osapuoli'), 'LUVN');
    expect(router.state.location.search).toEqual({ partyId: 'p-luvn' });
    const late = await screen.findByRole('link', { name: spaced('1 on myöhässä') });
    await waitFor(() =>
      expect(decodeURIComponent(searchOf(late))).toBe('?partyId=["p-luvn"]&condition=["late"]'),
    );
    const open = screen.getByRole('link', { name: spaced('1 tavoitteen vastuut') });
    expect(searchOf(open)).toBe('?partyId=p-luvn&acceptance=open');
  });

  it('is a list by theme on a narrow screen', async () => {
    viewport.narrow = true;
    answer(some);
    renderAt('/fi');
    await screen.findByRole('heading', { level: 3, name: 'Lapset ja nuoret' });
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(screen.getByText('Seuraava')).toHaveTextContent('Seuraava 31.12.2026');
  });

  it('tells what was decided, what followed and what comes next', async () => {
    answer(some);
    renderAt('/fi');
    const decided = await screen.findByRole('region', { name: 'Viimeksi päätettyä' });
    expect(decided).toHaveTextContent('Malli otetaan käyttöön. Toimenpide 4');
    expect(decided).toHaveTextContent('12.11. Työryhmä 4/2026 § 14 Toimintamalli');
    expect(pathOf(within(decided).getByRole('link', { name: spaced('Toimenpide 4') }))).toBe(
      '/fi/actions/4',
    );
    const next = screen.getByRole('region', { name: 'Seuraavaksi' });
    expect(next).toHaveTextContent('8.12. Työryhmä 5/2026Kokous klo 13.00');
    expect(next).toHaveTextContent('5.1.2027 Keskustelutuki');
  });

  it('opens the decisions without an ending in place', async () => {
    answer({
      ...some,
      withoutEnding: {
        decisions: 18,
        without: 1,
        open: [decision({ outcomeId: 'o-2', text: text('Asia valmistellaan.'), actions: [] })],
      },
    });
    renderAt('/fi');
    await userEvent.click(
      await screen.findByText('1 päätös on ilman jatkoa (päätöksiä yhteensä 18)'),
    );
    expect(screen.getByText('Asia valmistellaan.')).toBeVisible();
    const list = screen.getByRole('link', { name: 'Avaa luettelona' });
    expect(pathOf(list) + searchOf(list)).toBe('/fi/open-loops?kind=without_ending');
  });

  it('counts the conditions of many actions instead of a sign for each', async () => {
    const none = { stale: 0, due_soon: 0, not_started: 0, paused: 0, done: 0, cancelled: 0 };
    const byCondition = { ...none, late: 1331, on_time: 2 };
    answer({ ...some, goals: [goal({ actions: [], actionCount: 1333, byCondition })] });
    renderAt('/fi');
    const all = await screen.findByRole('link', { name: spaced('1 333 toimenpidettä') });
    expect(searchOf(all)).toContain('g-1');
    const table = screen.getByRole('table', { name: /Tavoitteet/ });
    const counts = within(table)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(counts.filter((words) => /Myöhässä|Ajallaan/.test(words))).toEqual([
      expect.stringMatching(spaced('1 331 Myöhässä')),
      '2 Ajallaan',
    ]);
    const late = within(table).getByRole('link', { name: spaced('1 331 Myöhässä') });
    expect(searchOf(late)).toContain('late');
    expect(searchOf(late)).toContain('g-1');
  });

  it('says that there is nothing yet', async () => {
    renderAt('/sv');
    expect(
      await screen.findByText('Inga gemensamma mål eller åtgärder har ännu registrerats.'),
    ).toBeVisible();
    expect(screen.getByText('Det finns inga oavslutade åtgärder.')).toBeVisible();
  });

  it('asks for the day of the address, and keeps the day before while it cannot', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.get('*/api/v1/overview', ({ request }) => {
        const day = new URL(request.url).searchParams.get('asOf');
        asked.push(day);
        return day
          ? HttpResponse.json(
              { status: 503, code: 'unavailable', title: 'x', instance: 'req-1' },
              { status: 503 },
            )
          : HttpResponse.json(overview(some));
      }),
    );
    const { router } = renderAt('/fi');
    await screen.findByRole('link', { name: spaced('3 toimenpidettä') });
    await router.navigate({ to: '.', search: { asOf: '2026-11-16' } });
    expect(await screen.findByText(/req-1/)).toBeVisible();
    expect(asked).toEqual([null, '2026-11-16']);
  });

  it('keeps what it shows when a later fetch fails', async () => {
    answer(some);
    const { client } = renderAt('/fi');
    await screen.findByRole('link', { name: spaced('3 toimenpidettä') });
    server.use(http.get('*/api/v1/overview', () => HttpResponse.error()));
    await client.refetchQueries({ queryKey: ['overview'] });
    expect(await within(screen.getByRole('main')).findByRole('alert')).toBeVisible();
    expect(screen.getByRole('link', { name: spaced('3 toimenpidettä') })).toBeVisible();
  });
});

it('bends its figures to their number in each language', () => {
  const plain = (parts: readonly (string | readonly [string, string])[]) =>
    parts
      .map((part) => (typeof part === 'string' ? part : part[1]))
      .join('')
      .replaceAll('\u00a0', ' ');
  const one = { goals: 1, actions: 1, late: 1, done: 1, due: 1 };
  const many = { goals: 2, actions: 2, late: 2, done: 2, due: 2 };
  const none = { goals: 2, actions: 2, late: 0, done: 0, due: 0 };
  expect(plain(fi.overview.lead(one))).toBe(
    'Espoolla ja hyvinvointialueella on 1 tavoite ja 1 toimenpide. Toimenpiteistä 1 on myöhässä ja 1 on valmiina. Seuraavien 60 päivän aikana täyttyy 1 toimenpiteen määräaika.',
  );
  expect(plain(fi.overview.lead(none))).toContain(
    '2 toimenpidettä. Yksikään toimenpide ei ole myöhässä. Seuraavien 60 päivän aikana ei ole määräaikoja.',
  );
  expect(plain(sv.overview.lead(one))).toContain(
    '1 mål och 1 åtgärd. Av åtgärderna är 1 försenad och 1 färdig.',
  );
  expect(plain(sv.overview.lead(many))).toContain(
    '2 mål och 2 åtgärder. Av åtgärderna är 2 försenade och 2 färdiga.',
  );
  expect(plain(sv.overview.lead({ ...none, done: 2 }))).toContain(
    'Ingen åtgärd är försenad och 2 är färdiga.',
  );
  expect(plain(en.overview.lead(one))).toContain(
    '1 goal and 1 action. Of the actions, 1 is late and 1 is done. Within the next 60 days, 1 action is due.',
  );
  expect(plain(en.overview.lead(many))).toContain('2 are late and 2 are done.');
  expect(plain(fi.overview.acceptanceLead({ accepted: 9, open: 3 }))).toBe(
    ' 9 tavoitteen vastuut ovat osapuolten hyväksymiä, 3 tavoitteen vielä avoinna.',
  );
  expect(plain(fi.overview.acceptanceLead({ accepted: 0, open: 1 }))).toBe(
    ' 1 tavoitteen vastuut ovat vielä avoinna.',
  );
  expect(plain(sv.overview.acceptanceLead({ accepted: 9, open: 3 }))).toBe(
    ' Ansvaren för 9 mål har godkänts av parterna, för 3 mål är de ännu öppna.',
  );
  expect(plain(en.overview.acceptanceLead({ accepted: 1, open: 3 }))).toBe(
    ' Responsibilities for 1 goal are accepted by the parties, those for 3 are still open.',
  );
  expect(plain(en.overview.acceptanceLead({ accepted: 0, open: 0 }))).toBe('');
  expect(plain(fi.overview.freshness({ total: 1, inTarget: 1, inLimit: 0, stale: 0 }))).toContain(
    'keskeneräisestä 1 toimenpiteestä',
  );
});

it('does not say that nothing is recorded where the filters let nothing through', async () => {
  const none = () => HttpResponse.json({ items: [] });
  server.use(
    ...['themes', 'target-groups', 'districts', 'tags', 'chains'].map((vocabulary) =>
      http.get(`*/api/v1/${vocabulary}`, none),
    ),
  );
  answer({});
  renderAt('/fi?partyId=p-1');
  expect(await screen.findByText(fi.overview.leadNarrowed)).toBeVisible();
  expect(screen.getByText(fi.ui.empty.title)).toBeVisible();
  expect(screen.queryByText(fi.overview.leadEmpty)).toBeNull();
  expect(screen.queryByText(fi.overview.goals.none)).toBeNull();
});
