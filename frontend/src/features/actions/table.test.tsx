import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { viewQuery, viewSearch } from '../../api/savedViews';
import { action, anonymous, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './ActionsPage'; // a chunk of its own: no test waits for it
import { listQuery, readActionSearch } from './search';

const text = (fi: string) => ({ fi, sv: '', en: '' });
let asked: URLSearchParams[];
let grouped: URLSearchParams[];

beforeEach(() => {
  asked = [];
  grouped = [];
  server.use(
    http.get('*/api/v1/action-groups', ({ request }) => {
      grouped.push(new URL(request.url).searchParams);
      return HttpResponse.json({
        items: [
          { key: 'in_progress', count: 1234, late: 17 },
          { key: 'done', count: 7, late: 0 },
        ],
      });
    }),
    http.get('*/api/v1/actions', ({ request }) => {
      const { searchParams } = new URL(request.url);
      if (searchParams.get('limit') === '1') return HttpResponse.json({ items: [], total: 1241 });
      asked.push(searchParams);
      return HttpResponse.json({
        items: [
          action({ id: 'a-1', no: 1, title: text('Yksi'), status: 'in_progress' }),
          action({ id: 'a-2', no: 2, title: text('Kaksi'), visibility: 'internal' }),
        ],
        total: 1241,
        nextCursor: 'next',
      });
    }),
    http.get('*/api/v1/actions/2', () =>
      HttpResponse.json(
        action({ id: 'a-2', no: 2, visibility: 'internal', visibilityGround: 'keskeneräinen' }),
      ),
    ),
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous())),
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], total: 0 })),
  );
});

const headings = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent);

it('groups by a field with the count of the whole group, whatever of it is there', async () => {
  renderAt('/fi/actions?group=status');
  const heading = await screen.findByRole('rowheader', { name: /Käynnissä/ });
  await waitFor(() =>
    expect(heading).toHaveTextContent('Käynnissä1 234 toimenpidettä, 17 myöhässä'),
  );
  expect(asked.at(-1)?.get('sort')).toBe('status,dueOn');
  expect(grouped.at(-1)?.get('by')).toBe('status');
  expect(grouped.at(-1)?.has('sort')).toBe(false);
});

it('shows the columns that are chosen, in their order, and keeps them in the address', async () => {
  const { router } = renderAt('/fi/actions');
  await screen.findByText('Yksi');
  await userEvent.click(screen.getByText('Sarakkeet ja järjestys'));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Tila' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Määräaika' }));
  await userEvent.click(screen.getByRole('button', { name: 'Siirrä sarake Määräaika aiemmaksi' }));
  await waitFor(() =>
    expect(headings()).toEqual([
      'Nro',
      'Toimenpide',
      'Päävastuu',
      'Kunto ja määräaika',
      'Määräaika',
      'Vahvistettu',
      'Päivitys',
    ]),
  );
  expect(router.state.location.search).toMatchObject({
    columns: ['lead', 'condition', 'due', 'confirmed'],
  });
  expect(screen.getByRole('button', { name: 'Siirrä sarake Päävastuu aiemmaksi' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});

it('groups by phase and has a column of it, which stands once in a row', async () => {
  server.use(
    http.get('*/api/v1/phases', () =>
      HttpResponse.json({
        items: ['Idea', 'Valmistelu'].map((title, at) => ({
          id: `ph-${at}`,
          title: text(title),
          retired: false,
        })),
      }),
    ),
    http.get('*/api/v1/action-groups', () =>
      HttpResponse.json({
        items: [
          { key: 'ph-1', title: text('Valmistelu'), count: 12, late: 3 },
          { key: '', count: 30, late: 0 },
        ],
      }),
    ),
    http.get('*/api/v1/actions', () =>
      HttpResponse.json({
        items: [
          action({ id: 'a-1', no: 1, title: text('Yksi'), phaseId: 'ph-1' }),
          action({ id: 'a-2', no: 2, title: text('Kaksi') }),
        ],
        total: 42,
      }),
    ),
  );
  renderAt('/fi/actions?group=phase&columns=["status","phase"]');
  await screen.findByText('Yksi');
  expect(
    await screen.findByRole('rowheader', { name: /^Valmistelu.*12.*3 myöhässä/ }),
  ).toBeVisible();
  expect(screen.getByRole('rowheader', { name: /^Ilman toteutusvaihetta.*30/ })).toBeVisible();
  const row = screen.getByRole('row', { name: /Yksi/ });
  expect(within(row).getByText('Valmistelu')).toBeVisible();
  expect(headings().slice(0, 4)).toEqual(['Nro', 'Toimenpide', 'Tila', 'Toteutusvaihe']);
  expect(listQuery(readActionSearch({ group: 'phase' }), undefined).sort).toBe('phase,dueOn');
});

it('sorts by several keys, each up or down', async () => {
  renderAt('/fi/actions?group=none');
  await screen.findByText('Yksi');
  await userEvent.click(screen.getByText('Sarakkeet ja järjestys'));
  const order = screen.getByRole('group', { name: 'Järjestys' });
  await userEvent.selectOptions(within(order).getByLabelText('1. peruste'), 'Päävastuun osapuoli');
  await waitFor(() => expect(asked.at(-1)?.get('sort')).toBe('party'));
  await userEvent.selectOptions(within(order).getByLabelText('2. peruste'), 'Vahvistettu');
  await userEvent.click(
    within(order).getAllByRole('checkbox', { name: 'Laskevasti' }).at(1) ?? order,
  );
  await waitFor(() => expect(asked.at(-1)?.get('sort')).toBe('party,-confirmedOn'));
});

it('names what the public does not see', async () => {
  renderAt('/fi/actions');
  const row = (name: RegExp) => screen.getByRole('row', { name });
  await screen.findByText('Kaksi');
  expect(within(row(/Kaksi/)).getByText('Sisäinen')).toBeVisible();
  expect(within(row(/Yksi/)).queryByText('Sisäinen')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Näytä toimenpide 2 pikanäkymässä' }));
  const beside = await screen.findByRole('complementary', { name: 'Kaksi' });
  expect(await within(beside).findByText('Sisäinen · keskeneräinen')).toBeVisible();
});

it('reads back each filter that a saved view keeps', () => {
  const search = readActionSearch({
    atRisk: true,
    withdrawn: true,
    unowned: true,
    mine: true,
    phaseId: ['ph-1'],
    freshness: ['stale'],
    dueTo: '2026-12-31',
    group: 'phase',
  });
  const query = viewQuery({ ...listQuery(search, undefined), group: 'phase' });
  expect(query).toMatchObject({ atRisk: ['true'], withdrawn: ['true'], phaseId: ['ph-1'] });
  const { saved, ...opened } = readActionSearch(viewSearch({ id: 'v-1', query }));
  expect(saved).toBe('v-1');
  expect(opened).toEqual(search);
});

it('reads order and groups however they are named, and leaves out what is none', () => {
  const sort = (search: Record<string, unknown>) =>
    listQuery(readActionSearch(search), undefined).sort;
  expect(sort({})).toBe('goal,no');
  expect(sort({ order: 'due' })).toBe('dueOn');
  expect(sort({ order: 'confirmed' })).toBe('confirmedOn');
  expect(sort({ group: 'party', sort: 'party,-dueOn,no' })).toBe('party,-dueOn,no'); // as a view has it
  expect(sort({ group: 'none', sort: 'wish,-title,title' })).toBe('-title');
  expect(sort({ group: 'wish' })).toBe('goal,no');
  expect(readActionSearch({ columns: ['due', 'wish', 'due'] }).columns).toEqual(['due']);
});
