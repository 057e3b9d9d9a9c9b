import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { expectNoViolations } from '../../test/axe';
import { action, anonymous, myWork, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './MyWorkPage'; // a chunk of its own: no test waits for it
import type { Awaited, MyUnits, WorkItem } from './queries';
import { readWorkSearch } from './workSearch';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const post = {
  id: 'post-1',
  title: text('Palvelualuejohtaja'),
  unit: text('Yksikkö'),
  partyId: 'p-luvn',
  deputy: false,
};
const theirs = { id: 'post-9', title: text('Varhaiskasvatuspäällikkö'), partyId: 'p-espoo' };

const asked = {
  level: 'goal',
  id: 'g-3',
  no: 3,
  title: text('Perheet saavat tukea'),
  visibility: 'public',
  partyId: 'p-luvn',
  state: 'missing',
  dueOn: '2026-11-19',
  permissions: ['round.report'],
} as const;
const round = { id: 'r-1', key: 'vuosi_2026', title: text('Vuosiraportti 2026') };
const goalReport: WorkItem = {
  reason: 'report_late',
  days: 4,
  workingDays: 2,
  on: '2026-11-19',
  round: { ...round, asked: { ...asked, permissions: [...asked.permissions] } },
};
const actionReport: WorkItem = {
  reason: 'report',
  days: 28,
  workingDays: 20,
  on: '2026-12-21',
  action: action(),
  round: {
    ...round,
    asked: { ...asked, level: 'action', id: 'a-9', no: 9, state: 'waiting', permissions: [] },
  },
};

const awaited: Awaited = {
  items: [
    {
      reason: 'predecessor',
      of: { kind: 'action', id: 'a-3', no: 3, title: text('Ohje hyväksytty') },
      partyId: 'p-espoo',
      post: theirs,
      since: '2026-10-30',
      workingDays: 16,
      dueOn: '2026-10-29',
      own: { kind: 'action', id: 'a-9', no: 9, title: text('Tiedonsiirto') },
    },
    {
      reason: 'minutes',
      stage: 'unapproved',
      pending: 2,
      of: { kind: 'meeting', id: 'm-1', no: 4, year: 2026, title: text('HYTE-ohjausryhmä') },
      since: '2026-11-20',
      workingDays: 1,
    },
  ],
  total: 12,
};

const units: MyUnits = {
  unitIds: ['u-1', 'u-2'],
  waiting: [
    {
      reason: 'late',
      days: 3,
      on: '2026-11-20',
      action: action({ id: 'a-20', no: 20, title: text('Yksikön toimi'), lead: theirs }),
    },
  ],
  total: 1,
  units: [
    { unit: { id: 'u-1', name: text('Perhepalvelut') }, running: 5, late: 1, stale: 0, dueSoon: 0 },
  ],
  unitsTotal: 1,
  posts: [{ post: theirs, running: 5, late: 1, stale: 0, dueSoon: 0 }],
  postsTotal: 1,
};

let waiting: WorkItem[];
let asks: URLSearchParams[];

beforeEach(() => {
  localStorage.removeItem('yhdyspinta.keys');
  waiting = [goalReport, actionReport];
  asks = [];
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({ signedIn: true, hasRole: true, partyId: 'p-luvn', post, posts: [post] }),
      ),
    ),
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/me/work', ({ request }) => {
      asks.push(new URL(request.url).searchParams);
      return HttpResponse.json(myWork({ waiting }));
    }),
    http.get('*/api/v1/me/awaited', () => HttpResponse.json(awaited)),
  );
});

it('tells with whom it waits and since when, in working days, and leads there', async () => {
  const { container } = renderAt('/fi/my-work');
  const section = await screen.findByRole('region', { name: 'Odotat muita' });
  const [first, second] = await within(section).findAllByRole('listitem');
  if (!first || !second) throw new Error('two rows');
  expect(within(first).getByText(/Määräaika oli 29\.10\.2026\..*Tiedonsiirto/)).toBeVisible();
  expect(first).toHaveTextContent('Varhaiskasvatuspäällikkö');
  expect(first).toHaveTextContent('odotettu 30.10.2026 alkaen, 16 työpäivää');
  expect(within(first).getByRole('link', { name: /^Avaa toimenpide/ })).toHaveAttribute(
    'href',
    '/fi/actions/3',
  );
  expect(within(second).getByText('Asiakirja odottaa 2 hyväksyjän hyväksyntää.')).toBeVisible();
  expect(within(second).getByRole('link', { name: /HYTE-ohjausryhmä 4\/2026/ })).toHaveAttribute(
    'href',
    '/fi/meetings/m-1',
  );
  expect(within(section).getByRole('button', { name: 'Näytä loput (10)' })).toBeVisible();
  expect(screen.getByText(/12 asiassa odotat muita\.$/)).toBeVisible();
  await expectNoViolations(container);
});

it('reports in its row what a round asks of a goal, late entries marked, and the row goes', async () => {
  const said: unknown[] = [];
  server.use(
    http.post('*/api/v1/reporting-rounds/r-1/reports', async ({ request }) => {
      said.push(await request.json());
      waiting = [actionReport];
      return HttpResponse.json({}, { status: 201 });
    }),
  );
  const { container } = renderAt('/fi/my-work');
  const row = (await screen.findByRole('heading', { name: /Perheet saavat tukea/ })).closest('li');
  if (!row) throw new Error('no row');
  expect(row).toHaveTextContent('Raportti myöhässä');
  expect(row).toHaveTextContent('2 työpäivää');
  expect(row).toHaveTextContent('Määräpäivä oli 19.11.2026. Raportti merkitään myöhästyneeksi.');
  const other = screen.getByRole('heading', { name: /Suostumukseen/ }).closest('li');
  expect(other).toHaveTextContent('20 työpäivää jäljellä, viimeistään 21.12.2026');
  await userEvent.keyboard('jp');
  const form = await within(row).findByRole('form', { name: /Perheet saavat tukea/ });
  await expectNoViolations(container);
  await userEvent.click(within(form).getByRole('radio', { name: 'Etenee suunnitellusti' }));
  await userEvent.type(within(form).getByRole('textbox', { name: /^Suomeksi/ }), 'Etenee.');
  await userEvent.click(within(form).getByRole('button', { name: 'Anna raportti' }));
  await waitFor(() => expect(row).not.toBeInTheDocument());
  expect(said).toMatchObject([{ level: 'goal', subjectId: 'g-3', assessment: 'on_course' }]);
  expect(screen.getByRole('heading', { name: /Suostumukseen/ })).toBeVisible();
});

it('shows a unit’s head what the unit has late, with figures that lead to their rows', async () => {
  server.use(http.get('*/api/v1/me/units', () => HttpResponse.json(units)));
  const { container } = renderAt('/fi/my-work');
  await userEvent.click(await screen.findByRole('radio', { name: 'Yksikköni' }));
  const list = await screen.findByRole('region', { name: 'Yksikkösi toimenpiteet' });
  const row = within(list).getByRole('listitem');
  expect(row).toHaveTextContent('Yksikön toimi');
  expect(row).toHaveTextContent('Varhaiskasvatuspäällikkö');
  const href = (name: RegExp) =>
    decodeURIComponent(screen.getByRole('link', { name }).getAttribute('href') ?? '');
  expect(href(/^Perhepalvelut, myöhässä: 1/)).toBe('/fi/actions?condition=["late"]&unitId=["u-1"]');
  expect(href(/^Varhaiskasvatuspäällikkö, myöhässä: 1/)).toBe(
    '/fi/actions?condition=["late"]&leadPostId=["post-9"]',
  );
  await expectNoViolations(container);
});

it('is narrowed by a kind of reason, which stands in the address under the server’s names', async () => {
  renderAt('/fi/my-work');
  const choice = await screen.findByRole('combobox', { name: 'Mitä näytetään' });
  expect(screen.queryByRole('radio', { name: 'Yksikköni' })).not.toBeInTheDocument();
  await userEvent.selectOptions(choice, 'Raportointikierrokset');
  await waitFor(() => expect(asks.at(-1)?.getAll('reason')).toEqual(['report', 'report_late']));
  expect(await screen.findByText('Rajaukseen osuu 2 asiaa.')).toBeVisible();
  expect(readWorkSearch({ reason: 'late', scope: 'unit', saved: 'v-1' })).toEqual({
    reason: ['late'],
    scope: 'unit',
    saved: 'v-1',
  });
  expect(readWorkSearch({ reason: ['late', 'x'], scope: 'own' })).toEqual({ reason: ['late'] });
});
