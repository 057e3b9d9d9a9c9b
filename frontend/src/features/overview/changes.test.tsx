import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { overview } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Change, ChangeSummary } from './changes';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const pathOf = (link: HTMLElement) => {
  const { pathname, search } = new URL((link as HTMLAnchorElement).href);
  return pathname + search;
};

const meeting: NonNullable<ChangeSummary['meeting']> = {
  id: 'm-1',
  year: 2026,
  number: 3,
  date: '2026-11-12',
  forum: { id: 'f-1', key: 'ohjaus', title: text('Ohjausryhmä') },
};

/** Answers with the counts since the day that is asked for, and notes the questions. */
function summaries(counts: ChangeSummary['counts']): string[] {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/change-summary', ({ request }) => {
      const { search, searchParams } = new URL(request.url);
      asked.push(search);
      const since = searchParams.get('since');
      return HttpResponse.json({
        since: since ?? meeting.date,
        ...(!since && { meeting }),
        counts,
      });
    }),
  );
  return asked;
}

const some: ChangeSummary['counts'] = [
  { kind: 'action_late', count: 3 },
  { kind: 'action_done', count: 1 },
  { kind: 'declined', count: 0 },
];

beforeEach(() => {
  const none = () => HttpResponse.json({ items: [], total: 0 });
  server.use(
    http.get('*/api/v1/responsibilities', none),
    http.get('*/api/v1/handovers', none),
    http.get('*/api/v1/overview', () => HttpResponse.json(overview())),
  );
});

const block = () => screen.findByRole('region', { name: 'Mitä on muuttunut' });

describe('what has changed, on the overview', () => {
  it('is told since the last meeting of the steering group, each number a link to its rows', async () => {
    summaries(some);
    renderAt('/fi');
    const section = await block();
    const late = await within(section).findByRole('link', { name: '3 toimenpidettä myöhästynyt' });
    expect(pathOf(late)).toBe('/fi/changes?since=2026-11-12&kind=action_late');
    expect(within(section).getByRole('link', { name: '1 toimenpide valmistunut' })).toBeVisible();
    expect(within(section).queryByText(/palautettu/)).not.toBeInTheDocument();
    expect(pathOf(within(section).getByRole('link', { name: 'Ohjausryhmä 3/2026' }))).toBe(
      '/fi/meetings/m-1',
    );
    expect(section).toHaveTextContent('12.11.2026');
  });

  it('is told since a chosen day, which the address keeps', async () => {
    const asked = summaries(some);
    const { router } = renderAt('/fi');
    const section = await block();
    const day = await within(section).findByLabelText('Vertaa päivään');
    const user = userEvent.setup();
    await user.clear(day);
    await user.type(day, '2026-10-01');
    await user.click(within(section).getByRole('button', { name: 'Vertaa' }));
    expect(await within(section).findByText('1.10.2026 jälkeen')).toBeVisible();
    expect(router.state.location.search).toEqual({ since: '2026-10-01' });
    expect(asked).toEqual(['', '?since=2026-10-01']);
    await user.click(within(section).getByRole('link', { name: /ohjausryhmän kokoukseen/ }));
    expect(await within(section).findByRole('link', { name: 'Ohjausryhmä 3/2026' })).toBeVisible();
    expect(router.state.location.search).toEqual({});
  });

  it('offers the day of the visit before, if this browser remembers one', async () => {
    localStorage.setItem('yhdyspinta.visits', '{"last":"2026-11-20"}');
    summaries(some);
    const { router } = renderAt('/fi');
    await userEvent.click(
      await screen.findByRole('link', { name: 'Edellisen käyntisi jälkeen (20.11.2026)' }),
    );
    expect(await screen.findByText('20.11.2026 jälkeen')).toBeVisible();
    expect(router.state.location.search).toEqual({ since: '2026-11-20' });
  });

  it('says that nothing has changed, and not where the page is narrowed', async () => {
    summaries(some.map(({ kind }) => ({ kind, count: 0 })));
    const { router } = renderAt('/fi');
    expect(await within(await block()).findByText('Mikään ei ole muuttunut.')).toBeVisible();
    server.use(
      ...['themes', 'target-groups', 'districts', 'tags', 'chains'].map((list) =>
        http.get(`*/api/v1/${list}`, () => HttpResponse.json({ items: [] })),
      ),
    );
    await router.navigate({ to: '.', search: { partyId: 'p-espoo' } });
    await screen.findByText(/Rajaus koskee/);
    expect(screen.queryByRole('region', { name: 'Mitä on muuttunut' })).not.toBeInTheDocument();
  });

  it('takes no day after the one shown', async () => {
    const asked = summaries(some);
    renderAt('/fi?since=2027-11-12');
    expect(await within(await block()).findByLabelText('Vertaa päivään')).toHaveValue('2026-11-12');
    expect(asked).toEqual(['']);
  });

  it('tells its error in its place, where another day can be chosen', async () => {
    server.use(http.get('*/api/v1/change-summary', () => HttpResponse.error()));
    renderAt('/fi');
    expect(await within(await block()).findByRole('alert')).toBeVisible();
    expect(within(await block()).getByLabelText('Vertaa päivään')).toBeVisible();
  });
});

const changes: Change[] = [
  {
    kind: 'action_due_moved',
    id: 'a-1',
    on: '2026-11-20',
    subject: { kind: 'action', id: 'a-1', no: 5, title: text('Vuosikello') },
    due: {
      wasOn: '2026-12-31',
      wasPrecision: 'day',
      nowOn: '2027-03-01',
      nowPrecision: 'month',
    },
  },
  {
    kind: 'gap_widened',
    id: 'h-1',
    on: '2026-11-19',
    subject: {
      kind: 'handover',
      id: 'h-1',
      key: 'lapset',
      title: text('Tiedot'),
      from: text('Neuvola'),
      to: text('Päiväkoti'),
    },
    gap: { was: 'minor', now: 'major' },
  },
  {
    kind: 'declined',
    id: 'g-1',
    on: '2026-11-18',
    subject: { kind: 'goal', id: 'g-3', no: 3, title: text('Perheet saavat tukea') },
    post: { id: 'post-1', title: text('Päällikkö'), partyId: 'p-luvn' },
  },
  {
    kind: 'action_dropped',
    id: 'a-2',
    on: '2026-11-17',
    subject: { kind: 'action', id: 'a-2', no: 6, title: text('Kirje') },
    status: { was: 'paused', now: 'cancelled' },
  },
  {
    kind: 'decided',
    id: 'o-1',
    on: '2026-11-16',
    decision: {
      type: 'decision',
      text: text('Malli otetaan käyttöön.'),
      item: { id: 'i-1', agendaNo: 0, section: 14, title: text('Malli') },
      meeting,
    },
  },
];

describe('the list of changes', () => {
  it('tells what was and what is now, and leads to each thing', async () => {
    const asked: string[] = [];
    server.use(
      http.get('*/api/v1/changes', ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json({ items: changes, total: 5 });
      }),
    );
    const { router } = renderAt('/fi/changes?since=2026-11-12');
    const table = await screen.findByRole('table', { name: 'Muutokset' });
    const rowOf = (name: RegExp) => within(table).getByRole('rowheader', { name }).closest('tr');
    expect(rowOf(/Toimenpide 5: Vuosikello/)).toHaveTextContent('31.12.2026 → 3/2027');
    expect(rowOf(/Neuvola → Päiväkoti/)).toHaveTextContent('Pieni aukko → Suuri aukko');
    expect(rowOf(/Tavoite 3/)).toHaveTextContent('Palautettu');
    expect(rowOf(/Tavoite 3/)).toHaveTextContent('Päällikkö');
    expect(rowOf(/Kirje/)).toHaveTextContent('Tauolla → Peruttu');
    expect(rowOf(/Malli otetaan/)).toHaveTextContent(/Ohjausryhmä 3\/2026 §\s14/);
    expect(pathOf(screen.getByRole('link', { name: 'Malli otetaan käyttöön.' }))).toBe(
      '/fi/meetings/m-1?item=i-1',
    );
    expect(screen.getByText(/5\smuutosta/)).toBeVisible();
    expect(asked[0]).toContain('since=2026-11-12');
    await userEvent.selectOptions(
      screen.getByLabelText('Muutoksen laji'),
      'Palautetut vastuut ja siirtymät',
    );
    expect(router.state.location.search).toEqual({ since: '2026-11-12', kind: 'declined' });
    await screen.findByRole('button', { name: /Palautetut vastuut/ });
    expect(asked.at(-1)).toContain('kind=declined');
  });

  it('takes the day of the steering group where the address has none', async () => {
    summaries(some);
    const asked: string[] = [];
    server.use(
      http.get('*/api/v1/changes', ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json({ items: [], total: 0 });
      }),
    );
    renderAt('/fi/changes');
    expect(await screen.findByText('Mikään ei ole muuttunut.')).toBeVisible();
    expect(asked[0]).toContain('since=2026-11-12');
    expect(screen.getByText(/^Päivän 12.11.2026 lopun tilannetta/)).toBeVisible();
  });
});
