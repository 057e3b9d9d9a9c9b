import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './ForumPage'; // loaded from the start: the first test does not wait for it
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Forum, MeetingSummary, OutcomeEntry } from './queries';
import { forum, meeting, outcome, text } from './testdata';

function answer({ meetings = [], outcomes = [], ...part }: Partial<Forum> & Lists = {}) {
  server.use(
    http.get('*/api/v1/forums/f1', () => HttpResponse.json(forum(part))),
    http.get('*/api/v1/meetings', () => HttpResponse.json({ items: meetings })),
    http.get('*/api/v1/outcomes', () => HttpResponse.json({ items: outcomes })),
  );
}

interface Lists {
  meetings?: MeetingSummary[];
  outcomes?: OutcomeEntry[];
}

beforeEach(() => {
  server.use(http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })));
});

it('answers with the rhythm kept and the fate of the decisions', async () => {
  const late = {
    id: 'x9',
    no: 9,
    title: text('Ohje'),
    condition: 'late' as const,
    dueOn: '2026-11-13',
    duePrecision: 'day' as const,
  };
  answer({
    meetings: [
      meeting(2, {
        status: 'cancelled',
        startsAt: '2026-10-06T10:00:00Z',
        cancelReason: { fi: 'LUVN ei päässyt.', sv: '', en: '' },
      }),
      meeting(1, {}),
    ],
    outcomes: [
      outcome('o1', { actions: [late] }),
      outcome('o2', { noActionReason: { fi: 'Ei kuulu.', sv: '', en: '' } }),
    ],
    openLoops: 1,
  });
  server.use(
    http.get('*/api/v1/open-loops', () =>
      HttpResponse.json({
        items: [
          {
            id: 'o3',
            kind: 'referral',
            type: 'referral',
            text: text('Lähetetään ohjausryhmälle.'),
            item: { id: 'i1', agendaNo: 2, title: text('Asia') },
            meeting: { id: 'meeting-1', year: 2026, number: 1, startsAt: '2026-09-08T10:00:00Z' },
            forum: { id: 'f1', key: 'lape', title: text('LAPE') },
            since: '2026-09-08',
            ageDays: 76,
            awaited: {
              referralId: 'r1',
              forum: { id: 'f2', key: 'ohry', title: text('Ohjausryhmä') },
              dueOn: '2026-09-22',
              daysOver: 62,
            },
          },
        ],
        total: 1,
      }),
    ),
  );
  renderAt('/fi/forums/f1');

  const held = await screen.findByRole('link', { name: 'yhden kolmesta kokouksestaan' });
  expect(held.closest('p')).toHaveTextContent(
    'Foorumi on pitänyt tänä vuonna yhden kolmesta kokouksestaan. ' +
      'Sen kahdesta päätöksestä jokaisella on jatko, mutta niistä yksi on myöhässä.',
  );
  const meetings = screen.getByRole('region', { name: 'Kokoukset 2026: pidetty 1, sovittu 3' });
  expect(meetings).toHaveTextContent('6.10. peruttu: LUVN ei päässyt.');
  await screen.findByText('Lähete ilman vastausta');
  const open = within(screen.getByRole('region', { name: 'Avoinna' }));
  expect(open.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
    expect.stringMatching(
      /Lähetetään ohjausryhmälle\..*Ohjausryhmä, vastaus myöhässä 62 päivää76 pv/,
    ),
  ]);
  expect(open.getByRole('link', { name: 'Ohjausryhmä' })).toHaveAttribute('href', '/fi/forums/f2');
  const count = open.getByRole('link', { name: '1 avoin asia' });
  expect(count).toHaveAttribute('href', '/fi/open-loops?forumId=f1');
  const waits = within(screen.getByRole('region', { name: 'Muuta odottavaa' }));
  expect(waits.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
    expect.stringContaining('Perutun kokouksen 6.10.2026 korvaava kokous'),
    expect.stringContaining('Toimenpide 9: Ohje'),
  ]);
  const members = screen.getByRole('region', { name: 'Jäsenet' });
  expect(members).toHaveTextContent('1 jäsen');
  expect(members).toHaveTextContent('Virka a' + 'puheenjohtaja, sihteeri');
  expect(members).toHaveTextContent('jäsen 1.12.2026 alkaen');
  expect(screen.queryByRole('button', { name: 'Uusi kokous' })).not.toBeInTheDocument();
});

it('keeps what was typed of a meeting that the server refuses', async () => {
  const user = userEvent.setup();
  const sent: unknown[] = [];
  answer({ permissions: ['meeting.create'] });
  server.use(
    http.post('*/api/v1/forums/f1/meetings', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(
        {
          status: 422,
          code: 'validation_failed',
          title: 'Unprocessable Entity',
          instance: 'r-1',
          errors: [{ pointer: '/endsAt', code: 'before_start' }],
        },
        { status: 422 },
      );
    }),
  );
  renderAt('/fi/forums/f1');

  await user.click(await screen.findByRole('button', { name: 'Uusi kokous' }));
  const form = within(await screen.findByRole('form', { name: 'Uusi kokous' }));
  const field = (name: RegExp) => form.getByRole('textbox', { name });
  await user.type(field(/^Päivä/), '15.12.2026');
  await user.type(field(/^Alkaa/), '13.00');
  await user.type(field(/^Päättyy/), '12.00');
  await user.type(field(/^Suomeksi/), 'Kokoustila');
  await user.click(form.getByRole('button', { name: 'Tallenna' }));

  expect(await form.findByText('Loppu on ennen alkua.')).toBeInTheDocument();
  expect(field(/^Päivä/)).toHaveValue('15.12.2026');
  expect(field(/^Alkaa/)).toHaveValue('13.00');
  expect(field(/^Päättyy/)).toHaveValue('12.00');
  expect(field(/^Suomeksi/)).toHaveValue('Kokoustila');
  expect(sent).toEqual([
    expect.objectContaining({
      startsAt: '2026-12-15T11:00:00Z',
      endsAt: '2026-12-15T10:00:00Z',
      place: { fi: 'Kokoustila', sv: '', en: '' },
      visibility: 'public',
    }),
  ]);
});

it("lets the secretary change the words that the forum watches, and shows another's", async () => {
  const user = userEvent.setup();
  const sent: unknown[] = [];
  let list = { words: ['neuvola'], version: 2, permissions: ['watch_list.edit'] };
  answer({ permissions: ['watch_list.edit'] });
  server.use(
    http.get('*/api/v1/forums/f1/watched-words', () => HttpResponse.json(list)),
    http.put('*/api/v1/forums/f1/watched-words', async ({ request }) => {
      const { words } = (await request.json()) as { words: string[] };
      sent.push([request.headers.get('If-Match'), words]);
      if (sent.length === 1) {
        return HttpResponse.json(
          {
            status: 412,
            code: 'stale_version',
            current: { ...list, words: ['perhe'], version: 3 },
          },
          { status: 412, headers: { 'Content-Type': 'application/problem+json' } },
        );
      }
      list = { ...list, words, version: 4 };
      return HttpResponse.json(list);
    }),
  );
  renderAt('/fi/forums/f1');
  await user.click(await screen.findByRole('button', { name: 'Muokkaa sanoja' }));
  const form = within(await screen.findByRole('form', { name: 'Muokkaa sanoja' }));
  const field = form.getByLabelText(/^Sanat, yksi riville/);
  expect(field).toHaveValue('neuvola');
  await user.type(field, '{Enter} päihdepalvelu {Enter}');
  await user.click(form.getByRole('button', { name: 'Tallenna' }));
  expect(await form.findByText('perhe')).toBeInTheDocument();
  await user.click(form.getByRole('button', { name: 'Tallenna minun' }));
  expect(await screen.findByText('neuvola, päihdepalvelu')).toBeInTheDocument();
  expect(sent).toEqual([
    ['"2"', ['neuvola', 'päihdepalvelu']],
    ['"3"', ['neuvola', 'päihdepalvelu']],
  ]);
});

it('shows no watched words to others', async () => {
  answer({ permissions: ['meeting.create'] });
  renderAt('/fi/forums/f1');
  await screen.findByRole('button', { name: 'Uusi kokous' });
  expect(screen.queryByText('Seurattavat sanat')).not.toBeInTheDocument();
});

const loop = (no: number) => ({
  id: `o${no}`,
  kind: 'deferred',
  type: 'deferred',
  text: text(`Siirto ${no}`),
  item: { id: `i${no}`, agendaNo: no, title: text('Asia') },
  meeting: { id: 'meeting-1', year: 2026, number: 1, startsAt: '2026-09-08T10:00:00Z' },
  forum: { id: 'f1', key: 'lape', title: text('LAPE') },
  since: '2026-09-08',
  ageDays: 76,
});

it('shows as many open loops as it counts, page by page', async () => {
  const user = userEvent.setup();
  answer({ openLoops: 3 });
  server.use(
    http.get('*/api/v1/open-loops', ({ request }) => {
      const query = new URL(request.url).searchParams;
      expect(query.getAll('forumId')).toEqual(['f1']);
      return HttpResponse.json(
        query.get('cursor') === 'next'
          ? { items: [loop(3)], total: 3 }
          : { items: [loop(1), loop(2)], total: 3, nextCursor: 'next' },
      );
    }),
  );
  renderAt('/fi/forums/f1');
  const open = within(await screen.findByRole('region', { name: 'Avoinna' }));
  expect(open.getByRole('link', { name: '3 avointa asiaa' })).toHaveAttribute(
    'href',
    '/fi/open-loops?forumId=f1',
  );
  expect(await open.findAllByRole('listitem')).toHaveLength(2);
  await user.click(open.getByRole('button', { name: 'Näytä lisää' }));
  expect(await open.findByText('Siirto 3')).toBeVisible();
  expect(open.getAllByRole('listitem')).toHaveLength(3);
  expect(open.queryByRole('button', { name: 'Näytä lisää' })).not.toBeInTheDocument();
});

it('tells nothing open from what could not be fetched', async () => {
  const user = userEvent.setup();
  answer({ openLoops: 2 });
  let fails = true;
  server.use(
    http.get('*/api/v1/open-loops', () =>
      fails
        ? HttpResponse.json({ status: 500, code: 'internal', title: 'x' }, { status: 500 })
        : HttpResponse.json({ items: [], total: 0 }),
    ),
  );
  renderAt('/fi/forums/f1');
  const open = within(await screen.findByRole('region', { name: 'Avoinna' }));
  expect(await open.findByRole('alert')).toBeVisible();
  expect(open.getByRole('link', { name: '2 avointa asiaa' })).toBeVisible();
  expect(open.queryByText('Avoimia asioita ei ole.')).not.toBeInTheDocument();
  fails = false;
  await user.click(open.getByRole('button', { name: 'Yritä uudelleen' }));
  expect(await open.findByText('Avoimia asioita ei ole.')).toBeVisible();
});

it('draws the attendance beside its table once there is a second meeting', async () => {
  const counts = (espoo: number, luvn: number) => [
    { partyId: 'p-espoo', seats: 4, present: espoo },
    { partyId: 'p-luvn', seats: 2, present: luvn },
  ];
  answer({
    meetings: [meeting(2, { attendance: counts(3, 1) }), meeting(1, { attendance: counts(4, 2) })],
  });
  const { unmount } = renderAt('/fi/forums/f1');
  const section = await screen.findByRole('region', { name: 'Läsnäolo osapuolittain' });
  const [, espoo] = within(section).getAllByRole('row');
  expect(espoo).toHaveTextContent('Espoo44/43/488');
  const drawing = section.querySelector('svg.trend');
  expect(drawing).toHaveAttribute('aria-hidden', 'true');
  expect(drawing).toHaveTextContent(/1\/2026.*2\/2026/);
  expect(drawing).toHaveTextContent(/Espoo 75\s%/);
  expect(drawing).toHaveTextContent(/LUVN 50\s%/);

  unmount();
  answer({ meetings: [meeting(1, { attendance: counts(4, 2) })] });
  renderAt('/fi/forums/f1');
  const alone = await screen.findByRole('region', { name: 'Läsnäolo osapuolittain' });
  expect(alone.querySelector('svg.trend')).toBeNull();
});

it('lists in all open loops whose answer a referral waits for', async () => {
  const loop = (id: string, awaited: object) => ({
    id,
    kind: 'referral',
    type: 'referral',
    text: text(`Lähete ${id}`),
    item: { id: 'i1', agendaNo: 2, title: text('Asia') },
    meeting: { id: 'm1', year: 2026, number: 1, startsAt: '2026-09-08T10:00:00Z' },
    forum: { id: 'f1', key: 'lape', title: text('LAPE') },
    since: '2026-09-08',
    ageDays: 76,
    awaited: { referralId: `r${id}`, ...awaited },
  });
  const forumOf = { id: 'f2', key: 'ohry', title: text('Ohjausryhmä') };
  server.use(
    http.get('*/api/v1/forums', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/tags', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/open-loops', () =>
      HttpResponse.json({
        items: [
          loop('1', { forum: forumOf, dueOn: '2026-11-22', daysOver: 1 }),
          loop('2', { dueOn: '2026-12-07', daysOver: 0 }),
        ],
        total: 2,
      }),
    ),
  );
  renderAt('/fi/open-loops');
  const late = await screen.findByRole('row', { name: /Lähete 1/ });
  expect(late).toHaveTextContent('Ohjausryhmä, vastaus myöhässä 1 päivän');
  expect(screen.getByRole('row', { name: /Lähete 2/ })).toHaveTextContent(
    'toinen foorumi, vastattava viimeistään 7.12.2026',
  );
});

it('leaves a goal that has ended in the form, to be taken away', async () => {
  const user = userEvent.setup();
  const goal = (no: number, title: string) => ({ id: `g${no}`, no, title: text(title) });
  answer({
    permissions: ['forum.edit'],
    goals: [{ ...goal(9, 'Vanha'), endedOn: '2026-06-01' }],
  });
  server.use(
    ...['chains', 'forums', 'tags'].map((list) =>
      http.get(`*/api/v1/${list}`, () => HttpResponse.json({ items: [] })),
    ),
    http.get('*/api/v1/goals', () => HttpResponse.json({ items: [goal(1, 'Uusi')] })),
  );
  renderAt('/fi/forums/f1');
  expect(await screen.findByText('päättynyt 1.6.2026')).toBeVisible();
  await user.click(await screen.findByRole('button', { name: 'Muokkaa' }));
  expect(await screen.findByRole('checkbox', { name: '1 Uusi' })).not.toBeChecked();
  expect(screen.getByRole('checkbox', { name: '9 Vanha' })).toBeChecked();
});
