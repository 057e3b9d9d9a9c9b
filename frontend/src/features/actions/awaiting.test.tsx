import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type {
  Agreement,
  HandoverItem,
  MandateItem,
  ResponsibilityItem,
} from '../../api/responsibilities';
import { anonymous, myWork } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './MyWorkPage'; // a chunk of its own: no test waits for it

const text = (fi: string) => ({ fi, sv: '', en: '' });
const own = {
  id: 'own',
  title: text('Koordinaattori'),
  unit: text('Yksikkö'),
  partyId: 'p-espoo',
  deputy: false,
};
const post = { id: 'post', title: text('Päällikkö'), partyId: 'p-luvn' };

const content = (fi: string) => ({
  postId: 'post',
  post,
  part: 'lead' as const,
  wording: text(fi),
  validFrom: '2026-11-01',
});

/** What LUVN proposed: Espoo has answered it so, or not yet. */
function proposal(revision: number, at: string, declined = false): Agreement {
  const luvn = { partyId: 'p-luvn', answer: 'accepted' as const, decidedAt: at };
  return {
    revision,
    state: declined ? 'superseded' : 'open',
    proposedPartyId: 'p-luvn',
    proposedAt: at,
    acceptances: declined
      ? [
          {
            partyId: 'p-espoo',
            answer: 'declined',
            decidedAt: '2026-11-12T08:00:00Z',
            reason: text('Määräaika puuttuu.'),
          },
          luvn,
        ]
      : [{ partyId: 'p-espoo', answer: 'open' }, luvn],
  };
}

const responsibility: ResponsibilityItem = {
  id: 'r1',
  subject: { kind: 'goal', id: 'g3', no: 3, title: text('Perheet saavat tukea') },
  post,
  part: 'lead',
  wording: text('LUVN lähettää tiedot viikossa.'),
  validFrom: '2026-11-01',
  standing: 'proposed',
  waiting: proposal(2, '2026-11-13T08:00:00Z'),
  version: 3,
  updatedAt: '2026-11-13T08:00:00Z',
  permissions: ['agreement.accept'],
};

const stage = (id: string, position: number, title: string, partyId: string) => ({
  id,
  position,
  title: text(title),
  partyId,
});
const clinic = stage('s1', 1, 'Neuvola', 'p-luvn');
const school = stage('s2', 2, 'Koulu', 'p-espoo');
const youth = stage('s3', 3, 'Nuorisotyö', 'p-espoo');

function handover(part: Partial<HandoverItem>): HandoverItem {
  return {
    id: 'h1',
    fromStageId: 's1',
    toStageId: 's2',
    what: text('Tieto tuen tarpeesta'),
    channel: text('Puhelin'),
    gap: 'none',
    gapReason: text(''),
    reviewOverdue: false,
    evidence: [],
    responsibilities: [],
    standing: 'proposed',
    waiting: proposal(2, '2026-11-16T08:00:00Z'),
    validFrom: '2026-01-01',
    updatedAt: '2026-11-16T08:00:00Z',
    version: 2,
    permissions: ['agreement.accept'],
    chain: { id: 'c', key: 'c', title: text('Ketju') },
    from: clinic,
    to: school,
    ...part,
  };
}

const mandate: MandateItem = {
  id: 'f1',
  key: 'lape',
  title: text('LAPE'),
  purpose: text('Sovittaa yhteen kaikki palvelut.'),
  mandate: text('Päättää yhteisistä ohjeista.'),
  level: 'thematic',
  reach: 'bilateral',
  paper: 'minutes',
  meetingsPerYear: 3,
  referralDays: 14,
  goals: [],
  stageIds: [],
  handoverIds: [],
  pins: { stages: [], handovers: [] },
  members: [],
  tagIds: [],
  legalBasisIds: [],
  cases: [],
  heldThisYear: 0,
  cancelledThisYear: 0,
  decisionsThisYear: 0,
  openLoops: 0,
  attendanceThisYear: [],
  mandateAccepted: false,
  mandateAnswers: [
    { partyId: 'p-espoo', waitingSince: '2026-11-03T08:00:00Z' },
    { partyId: 'p-luvn', acceptedAt: '2026-11-04T08:00:00Z' },
  ],
  validFrom: '2025-01-01',
  visibility: 'public',
  version: 4,
  updatedAt: '2026-11-20T06:00:00Z',
  permissions: ['agreement.accept'],
};

let waiting: {
  responsibilities: ResponsibilityItem[];
  changesAsked: ResponsibilityItem[];
  handovers: HandoverItem[];
  forums: MandateItem[];
};

/** As the server puts it together: by how long each has waited. */
function work() {
  const { responsibilities, changesAsked, handovers, forums } = waiting;
  const rest = { days: 0, on: '2026-11-13' };
  return myWork({
    waiting: [
      ...forums.map((mandate) => ({ ...rest, reason: 'acceptance' as const, mandate })),
      ...changesAsked.map((item) => ({
        ...rest,
        reason: 'changes' as const,
        responsibility: item,
      })),
      ...responsibilities.map((item) => ({
        ...rest,
        reason: 'acceptance' as const,
        responsibility: item,
      })),
      ...handovers.map((item) => ({ ...rest, reason: 'acceptance' as const, handover: item })),
    ],
  });
}

beforeEach(() => {
  waiting = { responsibilities: [], changesAsked: [], handovers: [], forums: [] };
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({
          signedIn: true,
          hasRole: true,
          partyId: 'p-espoo',
          post: own,
          posts: [own],
          permissions: ['agreement.accept', 'responsibility.edit'],
        }),
      ),
    ),
    http.get('*/api/v1/me/work', () => HttpResponse.json(work())),
  );
});

/** What waits, in the order in which it stands. */
async function list() {
  const section = await waitFor(() => {
    const found = document.getElementById('awaiting');
    if (!found?.querySelector('ol.todo > li')) throw new Error('nothing waits');
    return found;
  });
  return [...section.querySelectorAll<HTMLElement>('ol.todo > li')];
}

const sides = async (item: HTMLElement, name: string) => {
  const group = await within(item).findByRole('group', { name });
  return [...group.children].map((side) => side.textContent);
};

it('shows what was changed after a refusal beside what was refused, with the reason given', async () => {
  waiting.responsibilities = [responsibility];
  server.use(
    http.get('*/api/v1/responsibilities/r1/agreements', () =>
      HttpResponse.json({
        items: [
          {
            ...proposal(2, '2026-11-13T08:00:00Z'),
            content: content('LUVN lähettää tiedot viikossa.'),
          },
          {
            ...proposal(1, '2026-11-10T08:00:00Z', true),
            content: content('LUVN lähettää tiedot.'),
          },
        ],
      }),
    ),
  );
  renderAt('/fi/my-work');
  const [item] = await list();
  if (!item) throw new Error('no item');
  expect(
    await within(item).findByText(/Espoo palautti edellisen ehdotuksen 12\.11\.2026\./),
  ).toHaveTextContent('Määräaika puuttuu.');
  const [before, now] = await sides(item, 'Viimeksi vastattu ja nyt ehdotettu sisältö');
  expect(before).toContain('Viimeksi vastattu, versio 1');
  expect(before).toContain('LUVN lähettää tiedot.');
  expect(now).toContain('LUVN lähettää tiedot viikossa.');
});

it('names both stages of a hand-over that is pointed elsewhere, the old and the new', async () => {
  waiting.handovers = [
    handover({
      standing: 'reopened',
      inForce: { ...proposal(1, '2026-01-01T08:00:00Z'), state: 'in_force' },
      change: {
        fromStageId: 's1',
        toStageId: 's3',
        what: text('Tieto tuen tarpeesta'),
        channel: text('Puhelin'),
      },
      changeFrom: clinic,
      changeTo: youth,
    }),
  ];
  renderAt('/fi/my-work');
  const [item] = await list();
  if (!item) throw new Error('no item');
  const [before, now] = await sides(item, 'Voimassa oleva ja ehdotettu sisältö');
  expect(before).toContain('2 Koulu (Espoo)');
  expect(now).toContain('3 Nuorisotyö (Espoo)');
  expect(before).not.toContain('Neuvola'); // the giving stage stays
});

it('compares a refused hand-over with what was refused, its stages too', async () => {
  waiting.handovers = [handover({})];
  const terms = (toStageId: string, channel: string) => ({
    fromStageId: 's1',
    toStageId,
    what: text('Tieto tuen tarpeesta'),
    channel: text(channel),
  });
  server.use(
    http.get('*/api/v1/handovers/h1/agreements', () =>
      HttpResponse.json({
        items: [
          {
            ...proposal(2, '2026-11-16T08:00:00Z'),
            content: terms('s2', 'Puhelin'),
            from: clinic,
            to: school,
          },
          {
            ...proposal(1, '2026-11-10T08:00:00Z', true),
            content: terms('s3', 'Kirje'),
            from: clinic,
            to: youth,
          },
        ],
      }),
    ),
  );
  renderAt('/fi/my-work');
  const [item] = await list();
  if (!item) throw new Error('no item');
  const [before, now] = await sides(item, 'Viimeksi vastattu ja nyt ehdotettu sisältö');
  expect(before).toContain('3 Nuorisotyö (Espoo)');
  expect(before).toContain('Kirje');
  expect(now).toContain('2 Koulu (Espoo)');
  expect(now).toContain('Puhelin');
});

it('lists a mandate by the age of its words among the rest, and accepts it in place', async () => {
  waiting = {
    responsibilities: [],
    changesAsked: [],
    handovers: [handover({ waiting: proposal(1, '2026-11-16T08:00:00Z') })],
    forums: [mandate],
  };
  let version: string | null = null;
  server.use(
    http.post('*/api/v1/forums/f1/mandate-acceptance', ({ request }) => {
      version = request.headers.get('If-Match');
      waiting.forums = [];
      return HttpResponse.json({
        ...mandate,
        mandateAnswers: mandate.mandateAnswers.map(({ partyId }) => ({
          partyId,
          acceptedAt: '2026-11-23T06:05:00Z',
        })),
      });
    }),
  );
  renderAt('/fi/my-work');
  const [first, second] = await list();
  if (!first || !second) throw new Error('two wait');
  expect(first).toHaveTextContent('Odottanut 20 päivää');
  expect(first).toHaveTextContent('Sovittaa yhteen kaikki palvelut.');
  expect(first).toHaveTextContent('Päättää yhteisistä ohjeista.');
  expect(second).toHaveTextContent('Odottanut 7 päivää');
  expect(within(first).queryByRole('button', { name: /^Palauta/ })).not.toBeInTheDocument();
  await userEvent.click(within(first).getByRole('button', { name: /^Hyväksy.*LAPE/ }));
  expect(
    await screen.findByText(
      'Hyväksyntä on tallennettu. Kaikki pääosapuolet ovat hyväksyneet foorumin tehtävän ja toimivallan.',
    ),
  ).toBeVisible();
  expect(version).toBe('"4"');
  await waitFor(() => expect(document.querySelectorAll('#awaiting ol.todo > li')).toHaveLength(1));
});

it('shows what of a mandate is other than what the party had accepted', async () => {
  waiting.forums = [
    {
      ...mandate,
      mandateAnswers: [
        {
          partyId: 'p-espoo',
          waitingSince: '2026-11-20T06:00:00Z',
          before: {
            purpose: text('Sovittaa yhteen perheiden palvelut.'),
            mandate: text('Päättää yhteisistä ohjeista.'),
            acceptedAt: '2026-01-20T10:00:00Z',
          },
        },
      ],
    },
  ];
  renderAt('/fi/my-work');
  const [item] = await list();
  if (!item) throw new Error('no item');
  expect(item).toHaveTextContent('Osapuolenne hyväksyi edelliset sanat 20.1.2026.');
  const [before, now] = await sides(item, 'Viimeksi vastattu ja nyt ehdotettu sisältö');
  expect(before).toContain('Sovittaa yhteen perheiden palvelut.');
  expect(now).toContain('Sovittaa yhteen kaikki palvelut.');
  expect(before).not.toContain('ohjeista');
});

it('tells how much has been said of what waits, and lets one ask for changes there', async () => {
  const single = {
    ...responsibility,
    discussion: { comments: 2, lastAt: '2026-11-20T08:00:00Z', requests: [] },
    waiting: proposal(1, '2026-11-13T08:00:00Z'),
  };
  waiting.responsibilities = [{ ...single, permissions: [] }];
  let kind = '';
  server.use(
    http.get('*/api/v1/responsibilities/r1', () =>
      HttpResponse.json({
        ...single,
        permissions: ['agreement.accept', 'agreement.comment', 'agreement.ask_changes'],
      }),
    ),
    http.get('*/api/v1/responsibilities/r1/comments', () => HttpResponse.json({ items: [] })),
    http.post('*/api/v1/responsibilities/r1/comments', async ({ request }) => {
      kind = ((await request.json()) as { kind: string }).kind;
      return HttpResponse.json(single);
    }),
  );
  renderAt('/fi/my-work');
  const [item] = await list();
  if (!item) throw new Error('no item');
  expect(item).toHaveTextContent(/2 kommenttia.*uusin 3 päivää sitten/);
  await userEvent.click(within(item).getByText('2 kommenttia'));
  await userEvent.type(await within(item).findByLabelText(/^Suomeksi/), 'Kuka lähettää?');
  await userEvent.click(within(item).getByRole('button', { name: 'Pyydä muutoksia' }));
  await waitFor(() => expect(kind).toBe('changes_requested'));
});

it('tells who proposed that the other party asks for changes', async () => {
  waiting.changesAsked = [
    {
      ...responsibility,
      discussion: {
        comments: 1,
        lastAt: '2026-11-20T08:00:00Z',
        requests: [{ partyId: 'p-luvn', at: '2026-11-20T08:00:00Z' }],
      },
    },
  ];
  renderAt('/fi/my-work');
  const section = await screen.findByRole('region', { name: 'Odottaa sinua' });
  expect(section).toHaveTextContent('Muutoksia pyydetty');
  expect(section).toHaveTextContent('LUVN pyytää muutoksia ennen vastaamista.');
  expect(within(section).getByRole('link', { name: /Perheet saavat tukea/ })).toHaveAttribute(
    'href',
    '/fi/goals/3',
  );
});

/** What waits with nothing said of it yet, as the list has it. */
const quiet: ResponsibilityItem = {
  ...responsibility,
  waiting: proposal(1, '2026-11-13T08:00:00Z'),
  discussion: { comments: 0, requests: [] },
  permissions: [],
};
const mayComment: ResponsibilityItem['permissions'] = ['agreement.accept', 'agreement.comment'];

it('comments on the words that the list shows, and keeps the text when they changed', async () => {
  waiting.responsibilities = [quiet];
  const changed = { ...quiet, version: 4, wording: text('LUVN lähettää tiedot päivässä.') };
  const sent: (string | null)[] = [];
  server.use(
    // Somebody changed it after the list was had.
    http.get('*/api/v1/responsibilities/r1', () =>
      HttpResponse.json({ ...changed, permissions: mayComment }),
    ),
    http.post('*/api/v1/responsibilities/r1/comments', ({ request }) => {
      sent.push(request.headers.get('If-Match'));
      if (sent.length > 1) return HttpResponse.json(changed);
      waiting.responsibilities = [changed];
      return HttpResponse.json(
        { status: 412, code: 'stale_version', title: 'Stale', current: changed },
        { status: 412 },
      );
    }),
  );
  renderAt('/fi/my-work');
  const [item] = await list();
  if (!item) throw new Error('no item');
  const shown = within(item);
  await userEvent.click(shown.getByText('Kommentoi ehdotusta'));
  await userEvent.type(await shown.findByLabelText(/^Suomeksi/), 'Viikko on pitkä.');
  expect(item).toHaveTextContent('LUVN lähettää tiedot viikossa.');
  await userEvent.click(shown.getByRole('button', { name: 'Kommentoi' }));
  expect(await shown.findByText(/Ehdotuksen sisältö muuttui\./)).toBeVisible();
  expect(sent).toEqual(['"3"']);
  await waitFor(() => expect(item).toHaveTextContent('LUVN lähettää tiedot päivässä.'));
  expect(shown.getByLabelText(/^Suomeksi/)).toHaveValue('Viikko on pitkä.');
  await userEvent.click(shown.getByRole('button', { name: 'Kommentoi' }));
  await waitFor(() => expect(sent).toEqual(['"3"', '"4"']));
});

it('keeps what is typed of a proposal that a colleague answers meanwhile', async () => {
  const other = { ...quiet, id: 'r2', waiting: proposal(1, '2026-11-14T08:00:00Z') };
  waiting.responsibilities = [quiet, other];
  server.use(
    http.get('*/api/v1/responsibilities/r1', () =>
      HttpResponse.json({ ...quiet, permissions: mayComment }),
    ),
  );
  const { client } = renderAt('/fi/my-work');
  const [item] = await list();
  if (!item) throw new Error('no item');
  const shown = within(item);
  await userEvent.click(shown.getByText('Kommentoi ehdotusta'));
  await userEvent.type(await shown.findByLabelText(/^Suomeksi/), 'Hetki.');
  waiting.responsibilities = [other];
  await client.invalidateQueries();
  expect(
    await shown.findByText(/Ehdotus ei enää odota vastausta, joten sitä ei voi kommentoida\./),
  ).toBeVisible();
  expect((await list())[0]).toBe(item);
  expect(shown.getByLabelText(/^Suomeksi/)).toHaveValue('Hetki.');
  expect(shown.getByLabelText(/^Suomeksi/)).toHaveFocus();
  expect(shown.queryByRole('button')).not.toBeInTheDocument();
  await userEvent.clear(shown.getByLabelText(/^Suomeksi/));
  await waitFor(async () => expect(await list()).toHaveLength(1));
});

it('says where one may not comment', async () => {
  waiting.responsibilities = [quiet];
  server.use(http.get('*/api/v1/responsibilities/r1', () => HttpResponse.json(quiet)));
  renderAt('/fi/my-work');
  const [item] = await list();
  if (!item) throw new Error('no item');
  const shown = within(item);
  await userEvent.click(shown.getByText('Kommentoi ehdotusta'));
  expect(
    await shown.findByText('Sinulla ei ole oikeutta kommentoida tätä ehdotusta.'),
  ).toBeVisible();
  expect(shown.getByText('Ei kommentteja')).toBeVisible();
  expect(shown.queryByText('Kommentoi ehdotusta')).not.toBeInTheDocument();
  expect(shown.queryByRole('form')).not.toBeInTheDocument();
});

it('says when what waits could not be had, and tries again', async () => {
  let broken = true;
  waiting.changesAsked = [quiet];
  server.use(
    http.get('*/api/v1/me/work', () =>
      broken
        ? HttpResponse.json({ status: 500, code: 'internal', title: 'Broken' }, { status: 500 })
        : HttpResponse.json(work()),
    ),
  );
  renderAt('/fi/my-work');
  expect(await screen.findByText(/Tietoja ei saatu/)).toBeVisible();
  broken = false;
  await userEvent.click(screen.getByRole('button', { name: 'Yritä uudelleen' }));
  expect(await screen.findByRole('link', { name: /Perheet saavat tukea/ })).toBeVisible();
  expect(screen.queryByText(/Tietoja ei saatu/)).not.toBeInTheDocument();
});

it('gives the focus to the row that comes in the place of the one that was answered', async () => {
  const other: ResponsibilityItem = {
    ...quiet,
    id: 'r2',
    subject: { kind: 'goal', id: 'g4', no: 4, title: text('Nuoret voivat hyvin') },
    permissions: ['agreement.accept'],
  };
  waiting.responsibilities = [{ ...quiet, permissions: ['agreement.accept'] }, other];
  server.use(
    http.post('*/api/v1/responsibilities/r1/acceptances', () => {
      waiting.responsibilities = [other];
      return HttpResponse.json({ ...quiet, waiting: undefined, standing: 'in_force' });
    }),
  );
  renderAt('/fi/my-work');
  const [first] = await list();
  if (!first) throw new Error('no item');
  await userEvent.click(within(first).getByRole('button', { name: /^Hyväksy/ }));
  await waitFor(async () => expect(await list()).toHaveLength(1));
  const [left] = await list();
  expect(left).toHaveTextContent('Nuoret voivat hyvin');
  await waitFor(() => expect(left).toHaveFocus());
});
