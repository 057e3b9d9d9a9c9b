import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { periodOf } from '../../lib/dates';
import { action, anonymous, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { viewport } from '../../test/viewport';
import './ActionsPage'; // a chunk of its own: no test waits for it
import { barOf, markOf, place, readPeriod, scaleOf } from './timeline';

const text = (fi: string) => ({ fi, sv: '', en: '' });

describe('places', () => {
  const leap = { first: '2028-01-01', last: '2028-12-31' }; // 366 days
  const days = (per: number) => Math.round((per / 100) * 366 * 100) / 100;

  it.each([
    ['2028-01-01', 0],
    ['2028-02-29', 59],
    ['2028-03-01', 60],
    ['2028-12-31', 365],
    ['2029-01-01', 366],
    ['2027-12-31', -1],
  ])('%s begins %d days into the year', (day, at) => {
    expect(days(place(day, leap))).toBe(at);
  });

  it.each([
    ['2028-02-15', 'day', '2028-02-15', '2028-02-15'],
    ['2028-02-15', 'month', '2028-02-01', '2028-02-29'],
    ['2027-02-01', 'month', '2027-02-01', '2027-02-28'],
    ['2028-12-31', 'quarter', '2028-10-01', '2028-12-31'],
    ['2028-04-01', 'quarter', '2028-04-01', '2028-06-30'],
    ['2028-07-01', 'year', '2028-01-01', '2028-12-31'],
  ] as const)('%s by the %s is from %s to %s', (day, precision, first, last) => {
    expect(periodOf(day, precision)).toEqual({ first, last });
  });

  const by = (
    startsOn: string | undefined,
    dueOn: string | undefined,
    precision = 'day' as const,
  ) => ({
    startsOn,
    startsPrecision: precision,
    dueOn,
    duePrecision: precision,
  });

  it('draws a bar from the first day of the start to the end of the last day', () => {
    const bar = barOf(by('2028-02-29', '2028-12-31'), leap);
    if (typeof bar === 'string') throw new Error(bar);
    expect([bar.from, bar.soft.start, bar.soft.end, bar.to].map(days)).toEqual([59, 59, 366, 366]);
    expect([bar.open, bar.cut]).toEqual([
      { start: false, end: false },
      { start: false, end: false },
    ]);
  });

  it('softens what is known by the quarter or the year, and draws it to its end', () => {
    const quarters = {
      ...by('2028-01-01', '2028-07-01'),
      startsPrecision: 'quarter',
      duePrecision: 'quarter',
    } as const;
    const bar = barOf(quarters, leap);
    if (typeof bar === 'string') throw new Error(bar);
    expect([bar.from, bar.soft.start, bar.soft.end, bar.to].map(days)).toEqual([0, 91, 182, 274]);
    const wide = barOf({ ...quarters, dueOn: '2028-01-01', duePrecision: 'year' }, leap);
    if (typeof wide === 'string') throw new Error(wide);
    expect([wide.from, wide.soft.start, wide.soft.end, wide.to].map(days)).toEqual([
      0, 91, 91, 366,
    ]);
  });

  it('leaves open what has no start or no due date, and cuts what goes on', () => {
    expect(barOf(by(undefined, '2028-06-30'), leap)).toMatchObject({
      open: { start: true, end: false },
      cut: { start: false, end: false },
    });
    expect(barOf(by('2028-06-30', undefined), leap)).toMatchObject({
      open: { start: false, end: true },
    });
    expect(barOf(by('2027-12-31', '2029-01-01'), leap)).toMatchObject({
      from: 0,
      to: 100,
      cut: { start: true, end: true },
    });
    expect(barOf(by(undefined, undefined), leap)).toBe('none');
    expect(barOf(by('2027-01-01', '2027-12-31'), leap)).toBe('before');
    expect(barOf(by('2029-01-01', '2029-01-02'), leap)).toBe('after');
    // A due date before the start, as an import may have it, is still a bar.
    expect(barOf(by('2028-05-01', '2028-03-01'), leap)).toMatchObject({ open: { start: false } });
  });

  it('marks the last day of a milestone, where it is in sight', () => {
    expect(days(markOf('2028-10-01', 'quarter', leap) ?? -1)).toBe(365.5);
    expect(markOf('2029-01-01', 'day', leap)).toBeUndefined();
  });

  it('shows the council term of the day, or the year or term that is asked for', () => {
    expect(scaleOf(undefined, '2026-11-30')).toMatchObject({
      key: '2025-2029',
      first: '2025-06-01',
      last: '2029-05-31',
    });
    expect(scaleOf(undefined, '2029-05-31').key).toBe('2025-2029');
    expect(scaleOf(undefined, '2029-06-01').key).toBe('2029-2033');
    const year = scaleOf('2028', '2026-11-30');
    expect(year).toMatchObject({ key: '2028', first: '2028-01-01', last: '2028-12-31' });
    expect(year.parts.map(({ at }) => days(at))).toEqual([0, 91, 182, 274]);
    expect(scaleOf('2021-2025', '2026-11-30').parts.map(({ first }) => first)).toEqual([
      '2021-06-01',
      '2022-01-01',
      '2023-01-01',
      '2024-01-01',
      '2025-01-01',
    ]);
    expect(
      [2027, '2027', '2025-2029', '2026-2030', '2025-2028', 'x', '9999'].map(readPeriod),
    ).toEqual(['2027', '2027', '2025-2029', undefined, undefined, undefined, undefined]);
  });
});

describe('the page', () => {
  let asked: URLSearchParams[];
  let meetings: URLSearchParams[];

  beforeEach(() => {
    asked = [];
    meetings = [];
    const milestone = {
      id: 'm-1',
      kind: 'milestone',
      title: text('Pilotti kahdessa koulussa'),
      dueOn: '2026-07-01',
      duePrecision: 'quarter',
      condition: 'late',
    } as const;
    server.use(
      http.get('*/api/v1/actions', ({ request }) => {
        const { searchParams } = new URL(request.url);
        if (searchParams.get('limit') === '1') return HttpResponse.json({ items: [], total: 2 });
        asked.push(searchParams);
        return HttpResponse.json({
          items: [
            action({
              id: 'a-1',
              no: 1,
              title: text('Yksi'),
              startsOn: '2026-01-01',
              startsPrecision: 'year',
              dueOn: '2027-04-01',
              duePrecision: 'quarter',
              milestones: { items: [milestone], more: 2 },
            }),
            action({
              id: 'a-2',
              no: 2,
              title: text('Kaksi'),
              dueOn: '2020-01-31',
              visibility: 'internal',
              milestones: { items: [], more: 0 },
            }),
          ],
          total: 1241,
          nextCursor: 'next',
        });
      }),
      http.get('*/api/v1/meetings', ({ request }) => {
        meetings.push(new URL(request.url).searchParams);
        return HttpResponse.json({
          items: [
            {
              id: 'k-1',
              forum: { id: 'f-1', title: text('Ohjausryhmä') },
              number: 4,
              year: 2026,
              startsAt: '2026-12-03T07:00:00Z',
            },
          ],
          total: 140,
        });
      }),
      http.get('*/api/v1/me', () => HttpResponse.json(anonymous())),
      http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
      http.get('*/api/v1/*', () => HttpResponse.json({ items: [], total: 0 })),
    );
  });

  it('says in a table what it draws: link, dates in words, condition, milestones', async () => {
    renderAt('/fi/actions?view=timeline&condition=late');
    const row = await screen.findByRole('row', { name: /Yksi/ });
    expect(within(row).getByRole('link', { name: 'Yksi' })).toHaveAttribute(
      'href',
      '/fi/actions/1',
    );
    expect(within(row).getByText('2026 – 2. neljännes 2027')).toBeVisible();
    expect(within(row).getByRole('button', { name: /Myöhässä/ })).toBeVisible();
    await userEvent.click(within(row).getByText('3 virstanpylvästä'));
    const [first, second] = within(row).getAllByRole('listitem');
    expect(first).toHaveTextContent('3. neljännes 2026 Pilotti kahdessa koulussa, myöhässä');
    expect(second).toHaveTextContent('Lisäksi 2');
    for (const drawing of row.querySelectorAll('.gl-b'))
      expect(drawing).toHaveAttribute('aria-hidden', 'true');
    expect(row.querySelectorAll('.gl-s')).toHaveLength(1);
    expect(row.querySelectorAll('.gl-l.today')).toHaveLength(1);
    const old = screen.getByRole('row', { name: /Kaksi/ });
    expect(old).toHaveTextContent('alkua ei ole merkitty – 31.1.2020 (ennen näytettävää jaksoa)');
    expect(within(old).getByText('Sisäinen')).toBeVisible();
    expect(screen.getByText(/^Näytetään 2, yhteensä 1\s241$/)).toBeVisible();
  });

  it('asks for the same rows as the list, with milestones, and for the meetings of its period', async () => {
    const { router } = renderAt('/fi/actions?view=timeline&condition=late&forumId=f-1');
    await screen.findByText('Yksi');
    expect(asked.at(-1)?.getAll('include')).toEqual(['milestones']);
    expect(asked.at(-1)?.getAll('condition')).toEqual(['late']);
    await userEvent.click(await screen.findByText('140 kokousta'));
    expect(screen.getByRole('link', { name: '3.12.2026 Ohjausryhmä 4/2026' })).toHaveAttribute(
      'href',
      '/fi/meetings/k-1',
    );
    expect(screen.getByText(/Näytetään 1 ensimmäistä, kaikkiaan 140/)).toBeVisible();
    const sought = meetings.at(-1);
    expect([sought?.get('from'), sought?.get('to')]).toEqual(['2025-06-01', '2029-05-31']);
    expect(sought?.getAll('forumId')).toEqual(['f-1']);

    const zoom = screen.getByRole('navigation', { name: 'Näytettävä jakso' });
    await userEvent.click(within(zoom).getByRole('link', { name: '2027' }));
    await waitFor(() => expect(meetings.at(-1)?.get('from')).toBe('2027-01-01'));
    expect(within(zoom).getByRole('link', { name: '2027' })).toHaveAttribute('aria-current');
    expect(router.state.location.search).toMatchObject({ view: 'timeline', condition: ['late'] });

    const displays = screen.getByRole('navigation', { name: 'Esitystapa' });
    await userEvent.click(within(displays).getByRole('link', { name: 'Luettelo' }));
    await waitFor(() => expect(asked.at(-1)?.has('include')).toBe(false));
    expect(router.state.location.search).toEqual({ condition: ['late'], forumId: ['f-1'] });
  });

  it('draws a goal by its actions and its plan, and says so', async () => {
    server.use(
      http.get('*/api/v1/action-groups', () =>
        HttpResponse.json({
          items: [
            {
              key: 'g-3',
              no: 3,
              title: text('Perheet saavat tukea'),
              count: 2,
              late: 1,
              span: { from: '2026-01-01', to: '2027-06-30', withoutStart: 1, withoutDue: 0 },
              plan: { from: '2025-06-01', to: '2029-05-31' },
            },
          ],
        }),
      ),
    );
    renderAt('/fi/actions?view=timeline');
    const words = await screen.findByText(
      /Tavoite toimenpiteidensä mukaan: 1.1.2026 – 30.6.2027. Alku puuttuu 1 toimenpiteeltä/,
    );
    expect(words).toHaveTextContent('Suunnitelman kausi on 1.6.2025 – 31.5.2029.');
    const row = words.closest('tr');
    expect(row?.querySelector('.gl-g')).not.toBeNull();
    expect(row?.querySelector('.gl-f')).not.toBeNull();
    expect(row?.querySelector('.gl-b')).toHaveAttribute('aria-hidden', 'true');
    expect(screen.getByText(/Tavoitteella ei ole omia päiviä/)).toBeVisible();
  });

  it('is a list where it is narrow', async () => {
    viewport.narrow = true;
    renderAt('/fi/actions?view=timeline');
    await screen.findByRole('link', { name: 'Yksi' });
    const item = screen.getAllByRole('listitem').find((each) => within(each).queryByText('Yksi'));
    expect(item).toHaveTextContent('2026 – 2. neljännes 2027');
    expect(item?.querySelector('.gl-b')).not.toBeNull();
    expect(screen.queryByRole('table')).toBeNull();
  });
});
