import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type { ResponsibilityItem } from '../api/responsibilities';
import { anonymous } from '../test/builders';
import { renderAt } from '../test/render';
import { server } from '../test/server';

const post = { id: 'post', title: { fi: 'Päällikkö', sv: 'Chef' }, partyId: 'p-luvn' };

const change = {
  postId: 'post',
  post,
  part: 'lead' as const,
  wording: { fi: 'LUVN lähettää tiedot.' },
  validFrom: '2025-09-22',
};

/** LUVN's lead in force, with a change that Espoo proposed and LUVN has not answered. */
function reopened(part: Partial<ResponsibilityItem> = {}): ResponsibilityItem {
  const accepted = (partyId: string) => ({ partyId, answer: 'accepted' as const });
  return {
    id: 'r1',
    subject: { kind: 'goal', id: 'g3', no: 3, title: { fi: 'Perheet saavat tukea' } },
    post,
    part: 'lead',
    wording: { fi: 'LUVN tuo tiedot.' },
    validFrom: '2025-09-22',
    standing: 'reopened',
    inForce: {
      revision: 1,
      state: 'in_force',
      proposedAt: '2025-09-22T05:00:00Z',
      acceptances: [accepted('p-espoo'), accepted('p-luvn')],
    },
    waiting: {
      revision: 2,
      state: 'open',
      proposedPartyId: 'p-espoo',
      proposedAt: '2026-11-04T08:00:00Z',
      acceptances: [accepted('p-espoo'), { partyId: 'p-luvn', answer: 'open' }],
    },
    change,
    version: 4,
    updatedAt: '2026-11-04T08:00:00Z',
    permissions: ['agreement.accept', 'responsibility.edit'],
    ...part,
  };
}

const goal = {
  id: 'g3',
  no: 3,
  planId: 'plan',
  forwardedFrom: [],
  partyGoals: [],
  themeId: 't1',
  title: { fi: 'Perheet saavat tukea' },
  description: { fi: 'Kuvaus' },
  targetGroupIds: [],
  stageIds: [],
  handoverIds: [],
  pins: { stages: [], handovers: [] },
  tagIds: [],
  responsibilities: [{ post, part: 'lead', wording: {}, standing: 'reopened' }],
  legalBasisIds: [],
  cases: [],
  visibility: 'public',
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
  version: 4,
  updatedAt: '2026-11-01T00:00:00Z',
  permissions: [],
};

let saved = reopened();

beforeEach(() => {
  saved = reopened();
  const list = () => HttpResponse.json({ items: [] });
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true }))),
    http.get('*/api/v1/goals/3', () => HttpResponse.json(goal)),
    http.get('*/api/v1/responsibilities/of/goal/g3', () =>
      HttpResponse.json({ items: [saved], permissions: [] }),
    ),
    ...[
      'themes',
      'target-groups',
      'tags',
      'plans',
      'legal-bases',
      'actions',
      'forums',
      'posts',
      'drafts',
      'reservations',
    ].map((it) => http.get(`*/api/v1/${it}`, list)),
    http.get('*/api/v1/reservations/of/goal/g3', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
    http.get('*/api/v1/audit/entries', list),
  );
});

const row = () => screen.findByRole('listitem', { name: 'Päällikkö, päävastuu' });

it('shows what waits beside what is in force, and who is waited for', async () => {
  renderAt('/fi/goals/3');
  const shown = within(await row());
  expect(shown.getByText('Espoo hyväksynyt, LUVN avoin 19 pv')).toBeVisible();
  const change = within(shown.getByRole('group', { name: 'Voimassa oleva ja ehdotettu sisältö' }));
  expect(change.getByText('tuo', { selector: 'ins' })).toBeVisible();
  expect(change.getByText('lähettää', { selector: 'ins' })).toBeVisible();
});

it('accepts exactly the version that was read, in one press', async () => {
  const sent: (string | null)[] = [];
  server.use(
    http.post('*/api/v1/responsibilities/r1/acceptances', ({ request }) => {
      sent.push(request.headers.get('If-Match'));
      saved = reopened({ standing: 'in_force', waiting: undefined, change: undefined });
      return HttpResponse.json(saved);
    }),
  );
  renderAt('/fi/goals/3');
  await userEvent.click(
    within(await row()).getByRole('button', { name: 'Hyväksy: Päällikkö, päävastuu' }),
  );
  expect(await screen.findByText('Hyväksyntä on tallennettu. Vastuu on voimassa.')).toBeVisible();
  expect(sent).toEqual(['"4"']);
  expect(await row()).toHaveFocus();
});

it('keeps the reason when the proposal changed meanwhile, and shows the new one', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/v1/responsibilities/r1/acceptances', async ({ request }) => {
      sent.push([request.headers.get('If-Match'), await request.json()]);
      if (saved.version === 4) {
        saved = reopened({ version: 5, change: { ...change, part: 'shared' } });
        return HttpResponse.json(
          { status: 412, code: 'stale_version', title: 'Stale', current: saved },
          { status: 412 },
        );
      }
      saved = reopened({ version: 6, standing: 'change_declined' });
      return HttpResponse.json(saved);
    }),
  );
  renderAt('/fi/goals/3');
  const shown = within(await row());
  await userEvent.click(shown.getByRole('button', { name: 'Palauta: Päällikkö, päävastuu' }));
  const form = within(shown.getByRole('form', { name: 'Palauta: Päällikkö, päävastuu' }));
  await userEvent.type(form.getByLabelText('Suomeksi'), 'Lupa puuttuu.');
  await userEvent.click(form.getByRole('button', { name: 'Palauta' }));
  expect(await form.findByText(/Lue uusi sisältö ja vastaa siihen/)).toBeVisible();
  await waitFor(() => expect(shown.getByText('Yhteisvastuu', { selector: 'ins' })).toBeVisible());
  expect(form.getByLabelText(/^Suomeksi/)).toHaveValue('Lupa puuttuu.');
  await userEvent.click(form.getByRole('button', { name: 'Palauta' }));
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toEqual([
    '"5"',
    { answer: 'declined', reason: { fi: 'Lupa puuttuu.', sv: '', en: '' } },
  ]);
});

const said = (id: string, kind: string, fi: string, revision: number, waiting: boolean) => ({
  id,
  kind,
  revision,
  waiting,
  post,
  text: { fi, sv: '', en: '' },
  at: '2026-11-20T08:00:00Z',
});

it('tells who asks for changes, and says more without losing what is typed', async () => {
  let comments = [said('c1', 'changes_requested', 'Millä luvalla?', 2, true)];
  const sent: unknown[] = [];
  const discussed = (part: Partial<ResponsibilityItem> = {}) =>
    reopened({
      discussion: {
        comments: comments.length,
        lastAt: '2026-11-20T08:00:00Z',
        requests: [{ partyId: 'p-luvn', at: '2026-11-20T08:00:00Z' }],
      },
      permissions: ['agreement.accept', 'agreement.comment', 'agreement.ask_changes'],
      ...part,
    });
  saved = discussed();
  server.use(
    http.get('*/api/v1/responsibilities/r1/comments', () => HttpResponse.json({ items: comments })),
    http.post('*/api/v1/responsibilities/r1/comments', async ({ request }) => {
      const body = (await request.json()) as { kind: string; text: { fi: string } };
      sent.push([request.headers.get('If-Match'), body.kind, body.text.fi]);
      if (saved.version === 4) {
        saved = discussed({ version: 5, change: { ...change, part: 'shared' } });
        return HttpResponse.json(
          { status: 412, code: 'stale_version', title: 'Stale', current: saved },
          { status: 412 },
        );
      }
      comments = [said('c2', body.kind, body.text.fi, 2, true), ...comments];
      saved = discussed({ version: 5 });
      return HttpResponse.json(saved);
    }),
  );
  renderAt('/fi/goals/3');
  const shown = within(await row());
  expect(shown.getByText('LUVN pyytää muutoksia ennen vastaamista.')).toBeVisible();
  expect(shown.getByText('Pyydetty 20.11.2026, 3 pv sitten')).toBeVisible();
  await userEvent.click(shown.getByText('1 kommentti'));
  expect(await shown.findByText('Millä luvalla?')).toBeVisible();
  const form = within(shown.getByRole('form', { name: 'Kommentoi: Päällikkö, päävastuu' }));
  await userEvent.type(form.getByLabelText(/^Suomeksi/), 'Lisätkää peruste.');
  await userEvent.click(form.getByRole('button', { name: 'Pyydä muutoksia' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(await form.findByRole('alert')).toBeVisible();
  expect(form.getByLabelText(/^Suomeksi/)).toHaveValue('Lisätkää peruste.');
  await waitFor(() => expect(shown.getByText('Yhteisvastuu', { selector: 'ins' })).toBeVisible());
  await userEvent.click(form.getByRole('button', { name: 'Pyydä muutoksia' }));
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toEqual(['"5"', 'changes_requested', 'Lisätkää peruste.']);
  expect(await screen.findByText(/Muutospyyntö on tallennettu/)).toBeVisible();
  expect(await shown.findByText('2 kommenttia')).toBeVisible();
  expect(await shown.findByText('Lisätkää peruste.', { selector: 'p *, p' })).toBeVisible();
  expect(form.getByLabelText(/^Suomeksi/)).toHaveValue('');
});

const quiet = (part: Partial<ResponsibilityItem> = {}) =>
  reopened({
    discussion: { comments: 0, requests: [] },
    permissions: ['agreement.comment'],
    ...part,
  });

it('keeps the text and what went wrong when the proposal is settled meanwhile', async () => {
  saved = quiet();
  server.use(
    http.post('*/api/v1/responsibilities/r1/comments', () => {
      saved = reopened({ standing: 'in_force', waiting: undefined, change: undefined });
      return HttpResponse.json(
        { status: 409, code: 'agreement_settled', title: 'Settled' },
        { status: 409 },
      );
    }),
  );
  renderAt('/fi/goals/3');
  const shown = within(await row());
  await userEvent.click(shown.getByText('Kommentoi ehdotusta'));
  await userEvent.type(shown.getByLabelText(/^Suomeksi/), 'Hetki.');
  await userEvent.click(shown.getByRole('button', { name: 'Kommentoi' }));
  expect(await shown.findByText('Lähettämätön kommentti')).toBeVisible();
  expect(shown.getByText(/joten sitä ei voi kommentoida\. Kopioi teksti talteen/)).toBeVisible();
  expect(shown.getByRole('alert')).toHaveTextContent('Vastausta odottavaa ehdotusta ei enää ole.');
  expect(shown.getByLabelText(/^Suomeksi/)).toHaveValue('Hetki.');
  expect(shown.queryByRole('button', { name: 'Kommentoi' })).not.toBeInTheDocument();
  await userEvent.clear(shown.getByLabelText(/^Suomeksi/));
  await waitFor(() => expect(shown.queryByText('Lähettämätön kommentti')).not.toBeInTheDocument());
});

it('keeps the row of a withdrawn proposal while a comment on it is typed', async () => {
  saved = quiet({ standing: 'proposed', inForce: undefined, change: undefined });
  const { client } = renderAt('/fi/goals/3');
  const shown = within(await row());
  await userEvent.click(shown.getByText('Kommentoi ehdotusta'));
  await userEvent.type(shown.getByLabelText(/^Suomeksi/), 'Hetki.');
  server.use(
    http.get('*/api/v1/responsibilities/of/goal/g3', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
  );
  await client.invalidateQueries();
  expect(await shown.findByText('Lähettämätön kommentti')).toBeVisible();
  expect(shown.getByLabelText(/^Suomeksi/)).toHaveValue('Hetki.');
  await userEvent.clear(shown.getByLabelText(/^Suomeksi/));
  await waitFor(() =>
    expect(screen.queryByRole('listitem', { name: 'Päällikkö, päävastuu' })).toBeNull(),
  );
});

it('looks through earlier pages until one has something of the words that wait', async () => {
  saved = quiet({
    discussion: { comments: 2, lastAt: '2026-11-20T08:00:00Z', requests: [] },
  });
  const pages: Record<string, unknown> = {
    first: { items: [said('c5', 'comment', 'Muista sanoista.', 3, false)], nextCursor: 'second' },
    second: { items: [said('c4', 'comment', 'Uusin näistä.', 2, true)], nextCursor: 'third' },
    third: { items: [said('c3', 'comment', 'Yhä muista.', 3, false)], nextCursor: 'fourth' },
    fourth: { items: [said('c2', 'comment', 'Millä luvalla?', 2, true)], nextCursor: 'fifth' },
  };
  server.use(
    http.get('*/api/v1/responsibilities/r1/comments', ({ request }) =>
      HttpResponse.json(
        pages[new URL(request.url).searchParams.get('cursor') ?? 'first'] as object,
      ),
    ),
  );
  renderAt('/fi/goals/3');
  const shown = within(await row());
  await userEvent.click(shown.getByText('2 kommenttia'));
  expect(await shown.findByText('Uusin näistä.')).toBeVisible();
  expect(shown.queryByText('Millä luvalla?')).not.toBeInTheDocument();
  await userEvent.click(await shown.findByRole('button', { name: 'Näytä aiemmat kommentit' }));
  expect(await shown.findByText('Millä luvalla?')).toBeVisible();
  expect(shown.queryByText(/muista/)).not.toBeInTheDocument();
  // All of them are shown: what is on a fifth page is of other words.
  expect(shown.queryByRole('button', { name: 'Näytä aiemmat kommentit' })).toBeNull();
});

it('says when the comments of the past could not be had, and tries again', async () => {
  saved = reopened({ standing: 'in_force', waiting: undefined, change: undefined });
  let broken = true;
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true, hasRole: true }))),
    http.get('*/api/v1/responsibilities/r1/agreements', () =>
      HttpResponse.json({
        items: [
          {
            revision: 1,
            state: 'in_force',
            proposedPartyId: 'p-espoo',
            proposedAt: '2026-11-04T08:00:00Z',
            acceptances: [],
            content: change,
          },
        ],
      }),
    ),
    http.get('*/api/v1/responsibilities/r1/comments', () =>
      broken
        ? HttpResponse.json({ status: 500, code: 'internal', title: 'Broken' }, { status: 500 })
        : HttpResponse.json({ items: [said('c1', 'comment', 'Millä luvalla?', 1, false)] }),
    ),
  );
  renderAt('/fi/goals/3');
  const shown = within(await row());
  await userEvent.click(shown.getByText('Sopimisen historia'));
  expect(await shown.findByRole('alert')).toHaveTextContent('Kommentteja ei saatu');
  broken = false;
  await userEvent.click(shown.getByRole('button', { name: 'Yritä uudelleen' }));
  expect(await shown.findByText('Millä luvalla?')).toBeVisible();
  expect(shown.queryByRole('alert')).not.toBeInTheDocument();
});

it('keeps what was said beside the version that it was said of', async () => {
  saved = reopened({ standing: 'in_force', waiting: undefined, change: undefined });
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true, hasRole: true }))),
    http.get('*/api/v1/responsibilities/r1/agreements', () =>
      HttpResponse.json({
        items: [2, 1].map((revision) => ({
          revision,
          state: revision === 2 ? 'in_force' : 'superseded',
          proposedPartyId: 'p-espoo',
          proposedAt: '2026-11-04T08:00:00Z',
          acceptances: [],
          content: change,
        })),
      }),
    ),
    http.get('*/api/v1/responsibilities/r1/comments', () =>
      HttpResponse.json({ items: [said('c1', 'comment', 'Millä luvalla?', 1, false)] }),
    ),
  );
  renderAt('/fi/goals/3');
  const shown = within(await row());
  expect(shown.queryByText(/kommentti/)).not.toBeInTheDocument();
  await userEvent.click(shown.getByText('Sopimisen historia'));
  const text = await shown.findByText('Millä luvalla?');
  expect(text.closest('.rsp-revs > li')).toHaveTextContent('Versio 1: korvattu uudella');
});

it('shows the public nothing of what is said', async () => {
  saved = reopened({ permissions: [] });
  renderAt('/fi/goals/3');
  const shown = within(await row());
  expect(shown.queryByText(/ommentti|Kommentoi/)).not.toBeInTheDocument();
});
