import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type { SavedView } from '../api/savedViews';
import { fi } from '../i18n/fi';
import { action, anonymous } from '../test/builders';
import { renderAt } from '../test/render';
import { refusal, server } from '../test/server';
import '../features/actions/ActionsPage'; // chunks of their own: no test waits for them
import '../features/goals/GoalsPage';
import '../features/views/OpenViewPage';
import '../features/views/ViewsPage';

const view = (change: Partial<SavedView> = {}): SavedView => ({
  id: 'v-1',
  page: 'actions',
  name: { fi: 'Myöhässä meillä', sv: '', en: '' },
  sharing: 'own',
  partyId: 'p-espoo',
  mine: true,
  query: { condition: ['late'], sort: ['dueOn'], group: ['none'] },
  rows: '/api/v1/actions?condition=late&sort=dueOn',
  address: '/views/v-1',
  version: 3,
  createdAt: '2026-11-01T08:00:00Z',
  updatedAt: '2026-11-01T08:00:00Z',
  permissions: ['saved_view.edit'],
  ...change,
});

let views: SavedView[];
let asked: URLSearchParams[];
const rolled = { signedIn: true, hasRole: true, partyId: 'p-espoo' };

beforeEach(() => {
  views = [view()];
  asked = [];
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous(rolled))),
    http.get('*/api/v1/saved-views', () => HttpResponse.json({ items: views })),
    http.get('*/api/v1/saved-views/:id', ({ params }) => {
      const found = views.find(({ id }) => id === params.id);
      return found ? HttpResponse.json(found) : refusal(404, 'saved_view_not_found');
    }),
    http.get('*/api/v1/actions', ({ request }) => {
      const { searchParams } = new URL(request.url);
      if (searchParams.get('limit') !== '1') asked.push(searchParams);
      return HttpResponse.json({ items: [action()], total: 1 });
    }),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], total: 0 })),
  );
});

it('opens by its permanent address, as it says by now', async () => {
  const { router } = renderAt('/fi/views/v-1');
  expect(await screen.findByRole('heading', { name: 'Toimenpiteet' })).toBeVisible();
  await waitFor(() => expect(asked.at(-1)?.getAll('condition')).toEqual(['late']));
  expect(asked.at(-1)?.get('sort')).toBe('dueOn');
  expect(router.state.location.search).toMatchObject({ saved: 'v-1' });
  const link = await screen.findByRole('link', { name: /Myöhässä meillä/ });
  expect(link).toHaveAttribute('aria-current');
});

it('says that a view is gone or not shared', async () => {
  renderAt('/fi/views/v-9');
  expect(await screen.findByText(fi.savedViews.gone)).toBeVisible();
  expect(screen.getByText(fi.savedViews.goneWhy)).toBeVisible();
});

it('saves what the page shows under a name in the language of the page', async () => {
  let sent: unknown;
  server.use(
    http.post('*/api/v1/saved-views', async ({ request }) => {
      sent = await request.json();
      views = [...views, view({ id: 'v-2', name: { fi: 'Tauolla', sv: '', en: '' } })];
      return HttpResponse.json(views[1], { status: 201 });
    }),
  );
  renderAt('/fi/actions?status=["paused"]&order=title');
  await userEvent.click(await screen.findByRole('button', { name: 'Tallenna näkymä' }));
  const form = await screen.findByRole('form', { name: 'Tallenna näkymä' });
  expect(within(form).queryByRole('radio', { name: 'Kaikkien' })).toBeNull(); // a coordinator's
  await userEvent.type(within(form).getByLabelText('Nimi'), 'Tauolla');
  await userEvent.click(within(form).getByRole('radio', { name: 'Osapuolen' }));
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText('Näkymä tallennettiin.')).toBeVisible();
  expect(sent).toEqual({
    page: 'actions',
    name: { fi: 'Tauolla' },
    sharing: 'party',
    query: { status: ['paused'], sort: ['title'], group: ['none'] },
  });
  expect(screen.getByRole('button', { name: 'Tallenna näkymä' })).toHaveFocus();
});

it('keeps an open view up to date when its filters change', async () => {
  let sent: unknown;
  let match: string | null = null;
  server.use(
    http.put('*/api/v1/saved-views/v-1', async ({ request }) => {
      sent = await request.json();
      match = request.headers.get('If-Match');
      views = [
        view({ query: { condition: ['late'], sort: ['title'], group: ['none'] }, version: 4 }),
      ];
      return HttpResponse.json(views[0]);
    }),
  );
  renderAt('/fi/actions?condition=["late"]&order=title&saved=v-1');
  await userEvent.click(await screen.findByRole('button', { name: fi.savedViews.update }));
  expect(await screen.findByText('Näkymä päivitettiin.')).toBeVisible();
  expect(match).toBe('"3"');
  expect(sent).toMatchObject({
    query: { condition: ['late'], sort: ['title'], group: ['none'] },
    sharing: 'own',
  });
  await waitFor(() =>
    expect(screen.queryByRole('button', { name: fi.savedViews.update })).toBeNull(),
  );
});

it('opens a view of the goals under the names of the server', async () => {
  views = [view({ page: 'goals', query: { themeId: ['t-1'], sort: ['theme,no'] } })];
  let themes: string[] = [];
  server.use(
    http.get('*/api/v1/goals', ({ request }) => {
      themes = new URL(request.url).searchParams.getAll('themeId');
      return HttpResponse.json({ items: [] });
    }),
  );
  renderAt('/fi/views/v-1');
  expect(await screen.findByRole('heading', { name: 'Tavoitteet' })).toBeVisible();
  await waitFor(() => expect(themes).toEqual(['t-1']));
});

it('shares and withdraws from the list of all', async () => {
  let sent: unknown;
  server.use(
    http.put('*/api/v1/saved-views/v-1', async ({ request }) => {
      sent = await request.json();
      views = [view({ sharing: 'party', version: 4 })];
      return HttpResponse.json(views[0]);
    }),
    http.post('*/api/v1/saved-views/v-1/withdrawal', () => {
      views = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderAt('/fi/views');
  await userEvent.click(
    await screen.findByRole('button', { name: 'Muuta näkymää Myöhässä meillä' }),
  );
  const form = await screen.findByRole('form', { name: 'Muuta näkymää Myöhässä meillä' });
  await userEvent.click(within(form).getByRole('radio', { name: 'Osapuolen' }));
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText('Näkymä päivitettiin.')).toBeVisible();
  expect(sent).toMatchObject({ sharing: 'party', query: { condition: ['late'] } });
  await userEvent.click(screen.getByRole('button', { name: 'Poista näkymä Myöhässä meillä' }));
  expect(await screen.findByText('Näkymä Myöhässä meillä poistettiin.')).toBeVisible();
  expect(await screen.findByText(fi.savedViews.none)).toBeVisible();
});

it('shows the public only what everybody has', async () => {
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(anonymous())));
  views = [view({ sharing: 'everybody', mine: false, permissions: [] })];
  renderAt('/fi/actions');
  expect(await screen.findByRole('link', { name: /Myöhässä meillä Kaikkien/ })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Tallenna näkymä' })).toBeNull();
});

it('opens a view of what is not at risk and has somebody responsible, as filters to take off', async () => {
  views = [view({ query: { atRisk: ['false'], unowned: ['false'] } })];
  const { router } = renderAt('/fi/views/v-1');
  await waitFor(() => expect(asked.at(-1)?.get('atRisk')).toBe('false'));
  expect(asked.at(-1)?.get('unowned')).toBe('false');
  expect(await screen.findByText('Ei vaarassa')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Poista rajaus Vastuutaho on' }));
  await waitFor(() => expect(asked.at(-1)?.has('unowned')).toBe(false));
  expect(router.state.location.search).toMatchObject({ atRisk: false });
});

it('shows a few of many views, and all of them in a list that is searched', async () => {
  views = Array.from({ length: 200 }, (_, n) =>
    view({ id: `v-${n}`, name: { fi: `Näkymä ${n}`, sv: '', en: '' } }),
  );
  renderAt('/fi/actions?saved=v-150');
  const list = await screen.findByRole('navigation', { name: fi.savedViews.title });
  expect(within(list).getAllByRole('link', { name: /Näkymä/ }).length).toBe(208);
  const [first, more] = [within(list).getByText('Kaikki 200 näkymää'), within(list)];
  const shown = [...list.querySelectorAll(':scope > a')].map(({ textContent }) => textContent);
  expect(shown).toHaveLength(8);
  expect(shown.at(-1)).toContain('Näkymä 150');
  await userEvent.click(first);
  await userEvent.type(more.getByLabelText('Hae näkymän nimellä'), 'ä 19');
  expect(more.getByText('11 näkymää')).toBeVisible();
  expect([...list.querySelectorAll('li')]).toHaveLength(11);
});
