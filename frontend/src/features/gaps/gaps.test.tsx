import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
import './GapsPage'; // loaded from the start: the first test does not wait for it
import type { GapItem } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const handover = (id: string): GapItem['handover'] => ({
  id,
  fromStageId: 's1',
  toStageId: 's2',
  what: text(`Tieto ${id}`),
  channel: text('Puhelin'),
  targetDays: 14,
  gap: 'major',
  gapReason: text('Kukaan ei ota vastaan.'),
  reviewOverdue: false,
  evidence: [],
  responsibilities: [],
  standing: 'in_force',
  validFrom: '2026-01-01',
  updatedAt: '2026-11-09T08:00:00Z',
  version: 1,
  permissions: [],
});
const gap = (id: string, more: Partial<GapItem> = {}): GapItem => ({
  handover: handover(id),
  chain: { id: 'c1', key: 'c1', title: text('Lapset') },
  from: { id: 's1', partyId: 'p-luvn', position: 1, title: text('Neuvola') },
  to: { id: 's2', partyId: 'p-espoo', position: 2, title: text('Päiväkoti') },
  actions: [],
  hasAction: false,
  reasons: ['gap', 'no_action'],
  ...more,
});
const treated = gap('treated', {
  actions: [{ id: 'a', no: 9, title: text('Lähetteen malli'), condition: 'late' }],
  hasAction: true,
  reasons: ['gap'],
});
const closed = gap('closed', {
  actions: [{ id: 'b', no: 4, title: text('Vanha kokeilu'), condition: 'done' }],
});

let asked: URLSearchParams[];
let fail: boolean;

beforeEach(() => {
  asked = [];
  fail = false;
  server.use(
    http.get('*/api/v1/chains', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/terms', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/themes', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/tags', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/gaps', ({ request }) => {
      const query = new URL(request.url).searchParams;
      if (fail) return refusal(500, 'internal');
      if (query.get('limit') === '1') {
        return HttpResponse.json({ items: [], total: query.get('treated') === 'false' ? 2 : 3 });
      }
      asked.push(query);
      return HttpResponse.json({ items: [gap('bare'), treated, closed], total: 3 });
    }),
  );
});

const maker = (...permissions: string[]) =>
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true, permissions }))),
  );
const row = async (name: string) =>
  within(await screen.findByRole('row', { name: new RegExp(`Tieto ${name}`) }));

it('leads to the action that treats a gap, and to the hand-over itself', async () => {
  maker('action.create');
  renderAt('/fi/gaps');
  const shown = await row('treated');
  const action = shown.getByRole('link', { name: '9 Lähetteen malli' });
  expect(action).toHaveAttribute('href', '/fi/actions/9');
  expect(action.parentElement).toHaveTextContent('myöhässä');
  expect(shown.queryByRole('link', { name: /^Luo toimenpide/ })).not.toBeInTheDocument();
  expect(shown.getByRole('link', { name: 'Tieto treated' })).toHaveAttribute(
    'href',
    '/fi/chains/c1?handover=treated#handover',
  );
  expect(
    screen.getByText(/3 siirtymää vaatii huomiota\. 2 siirtymää ei hoida mikään toimenpide\./),
  ).toBeVisible();
});

it('offers to create the action that is missing, at the stage and hand-over that it is for', async () => {
  maker('action.create');
  const { router } = renderAt('/fi/gaps');
  const shown = await row('bare');
  expect(shown.getByText('Ei toimenpidettä')).toBeVisible();
  const create = shown.getByRole('link', { name: 'Luo toimenpide: Tieto bare' });
  create.focus();
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/fi/actions/new'));
  expect(router.state.location.search).toEqual({ stageId: 's1', handoverId: 'bare' });
});

it('offers one beside an action that is closed, which treats nothing any more', async () => {
  maker('action.create');
  renderAt('/fi/gaps');
  const shown = await row('closed');
  expect(shown.getByRole('link', { name: '4 Vanha kokeilu' })).toBeVisible();
  expect(shown.getByRole('link', { name: 'Luo toimenpide: Tieto closed' })).toBeVisible();
});

it('offers nothing to who may not create, nor in the past', async () => {
  renderAt('/fi/gaps');
  expect((await row('bare')).getByText('Ei toimenpidettä')).toBeVisible();
  expect(screen.queryByRole('link', { name: /^Luo toimenpide/ })).not.toBeInTheDocument();
});

it('stands on the day that is asked for, where nothing can be created', async () => {
  maker('action.create');
  renderAt('/fi/gaps?asOf=2026-11-01');
  await row('bare');
  expect(asked[0]?.get('asOf')).toBe('2026-11-01');
  expect(screen.queryByRole('link', { name: /^Luo toimenpide/ })).not.toBeInTheDocument();
});

it('narrows by reason and treatment in the address', async () => {
  const { router } = renderAt('/fi/gaps?reason=no_receiver');
  await row('bare');
  expect(asked[0]?.getAll('reason')).toEqual(['no_receiver']);
  await userEvent.selectOptions(screen.getByLabelText('Hoitava toimenpide'), 'false');
  await waitFor(() => expect(asked.at(-1)?.get('treated')).toBe('false'));
  expect(router.state.location.search).toEqual({ reason: 'no_receiver', treated: 'false' });
});

it('never takes an error for chains that hold', async () => {
  fail = true;
  renderAt('/fi/gaps');
  const main = within(await screen.findByRole('main'));
  expect(await main.findByRole('alert')).toBeVisible();
  expect(screen.queryByText(/Yhdessäkään siirtymässä/)).not.toBeInTheDocument();
});
