import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type { Draft } from '../../api/drafts';
import { fi } from '../../i18n/fi';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { differenceLines } from './differences';

const t = fi.drafts;
const title = { fi: 'Perheet saavat tukea', sv: 'Familjer får stöd', en: '' };
const content = {
  planId: 'plan',
  themeId: 't1',
  title,
  description: { fi: '', sv: '', en: '' },
  responsibilities: [{ postId: 'post', part: 'lead', wording: { fi: '', sv: '', en: '' } }],
  visibility: 'public',
};
const posts = [{ id: 'post', title: { fi: 'Päällikkö', sv: 'Chef' }, partyId: 'p-espoo' }];

function draft(part: Partial<Draft> = {}): Draft {
  return {
    id: 'd1',
    subject: { kind: 'goal', id: 'g3', no: 3, title },
    baseVersion: 4,
    note: { fi: 'Selkeämpi', sv: '', en: '' },
    state: 'open',
    standing: 'waiting',
    post: { id: 'coordinator', title: { fi: 'Koordinaattori' }, partyId: 'p-espoo' },
    missing: [],
    createdAt: '2026-11-20T06:00:00Z',
    savedAt: '2026-11-20T06:00:00Z',
    version: 2,
    content: { ...content, title: { ...title, fi: 'Luonnoksen otsikko' } },
    published: { version: 4, content, posts },
    differences: [{ field: 'title', old: title, new: { ...title, fi: 'Luonnoksen otsikko' } }],
    outdated: false,
    labels: {},
    posts,
    permissions: ['draft.edit', 'draft.publish', 'draft.comment', 'draft.answer'],
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
  title,
  description: { fi: '', sv: '', en: '' },
  targetGroupIds: [],
  stageIds: [],
  handoverIds: [],
  pins: { stages: [], handovers: [] },
  tagIds: [],
  responsibilities: [
    { post: posts[0], part: 'lead', wording: { fi: '', sv: '', en: '' }, standing: 'in_force' },
  ],
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
  permissions: ['goal.edit'],
};

const list = (items: unknown[]) => () => HttpResponse.json({ items });

beforeEach(() => {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, permissions: [] })),
    ),
    http.get('*/api/v1/themes', list([{ id: 't1', title: { fi: 'Perheet' } }])),
    http.get('*/api/v1/drafts/d1/comments', list([])),
    http.get('*/api/v1/target-groups', list([])),
    http.get('*/api/v1/tags', list([])),
    http.get('*/api/v1/legal-bases', list([])),
    http.get('*/api/v1/plans', list([{ id: 'plan', title: { fi: 'Suunnitelma' } }])),
    http.get('*/api/v1/posts', list([])),
    http.get('*/api/v1/actions', list([])),
    http.get('*/api/v1/forums', list([])),
    http.get('*/api/v1/chains', list([])),
    http.get('*/api/v1/handovers', list([])),
    http.get('*/api/v1/audit/entries', list([])),
    http.get('*/api/v1/drafts', list([])),
    http.get('*/api/v1/drafts/d1', () => HttpResponse.json(draft())),
    http.get('*/api/v1/goals/3', () => HttpResponse.json(goal)),
  );
});

async function typeTitle(text: string) {
  const form = await screen.findByRole('form', { name: 'Muokkaa tavoitetta 3' });
  const [field] = within(form).getAllByLabelText('Suomeksi');
  if (!field) throw new Error('no field for the title');
  await userEvent.clear(field);
  await userEvent.type(field, text);
  return { form, field };
}

it('saves a change of a public goal as a draft, upon what is published by then', async () => {
  const sent: { baseVersion: number; content: typeof content }[] = [];
  server.use(
    http.post('*/api/v1/drafts', async ({ request }) => {
      const body = (await request.json()) as (typeof sent)[number];
      sent.push(body);
      if (body.baseVersion === 5) return HttpResponse.json(draft(), { status: 201 });
      return HttpResponse.json(
        {
          status: 412,
          code: 'base_changed',
          title: '',
          current: { version: 5, content: { ...content, title: { fi: 'Toisen teksti' } }, posts },
        },
        { status: 412 },
      );
    }),
  );
  const { router } = renderAt('/fi/goals/3');
  await userEvent.click(await screen.findByRole('button', { name: fi.goals.edit }));
  const { form } = await typeTitle('Oma teksti');
  await userEvent.click(within(form).getByRole('button', { name: t.save }));
  const panel = await screen.findByRole('alertdialog');
  expect(panel).toHaveTextContent('Oma teksti');
  expect(panel).toHaveTextContent('Toisen teksti');
  await userEvent.click(within(panel).getByRole('button', { name: fi.ui.conflict.takeMine }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/fi/drafts/d1'));
  expect(sent.map(({ baseVersion }) => baseVersion)).toEqual([4, 5]);
  expect(sent[1]?.content.title.fi).toBe('Oma teksti');
  expect(sent[1]?.content.responsibilities).toEqual(content.responsibilities);
});

it('goes on with the draft that waits, and keeps what is refused', async () => {
  const versions: (string | null)[] = [];
  server.use(
    http.get('*/api/v1/drafts', list([draft()])),
    http.put('*/api/v1/drafts/d1', ({ request }) => {
      versions.push(request.headers.get('If-Match'));
      return HttpResponse.json(
        {
          status: 422,
          code: 'validation_failed',
          title: '',
          errors: [{ pointer: '/content/title/fi', code: 'too_long' }],
        },
        { status: 422 },
      );
    }),
  );
  renderAt('/fi/goals/3');
  expect(await screen.findByText(t.bar('Espoo', 3))).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: fi.goals.edit }));
  expect(await screen.findByDisplayValue('Luonnoksen otsikko')).toBeVisible();
  const { form, field } = await typeTitle('Pitkä');
  await userEvent.click(within(form).getByRole('button', { name: t.save }));
  expect(await within(form).findByText('Teksti on liian pitkä.')).toBeVisible();
  expect(field).toHaveValue('Pitkä');
  expect(versions).toEqual(['"2"']);
});

it('asks for changes, and keeps the words when that fails', async () => {
  const said: unknown[] = [];
  server.use(
    http.post('*/api/v1/drafts/d1/comments', async ({ request }) => {
      said.push([request.headers.get('If-Match'), await request.json()]);
      return HttpResponse.json({ status: 503, code: 'unavailable', title: '' }, { status: 503 });
    }),
  );
  renderAt('/fi/drafts/d1');
  const form = await screen.findByRole('form', { name: t.comment });
  const field = within(form).getByLabelText(/^Ruotsiksi/);
  await userEvent.type(field, 'Tydligare');
  await userEvent.click(within(form).getByRole('button', { name: t.requestChanges }));
  expect(await within(form).findByRole('alert')).toBeVisible();
  expect(within(form).getByLabelText(/^Ruotsiksi/)).toHaveValue('Tydligare');
  expect(said).toEqual([
    ['"2"', { kind: 'changes_requested', text: { fi: '', sv: 'Tydligare', en: '' } }],
  ]);
});

it('offers only what the server allows', async () => {
  server.use(
    http.get('*/api/v1/drafts/d1', () =>
      HttpResponse.json(draft({ standing: 'changes_requested', permissions: ['draft.comment'] })),
    ),
  );
  renderAt('/fi/drafts/d1');
  expect(await screen.findByRole('button', { name: t.comment })).toBeVisible();
  for (const name of [t.publish, t.discard, t.agree, t.requestChanges]) {
    expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  }
  expect(screen.getByText(`${t.standings.changes_requested}.`)).toBeVisible();
});

it('tells what differs, item by item', () => {
  const stage = (name: string) => ({ title: { fi: name }, level: 'universal' });
  const lines = differenceLines(
    {
      labels: { post: { title: { fi: 'Päällikkö' } } },
      differences: [
        { field: 'title', old: { fi: 'A', sv: 'B' }, new: { fi: 'A', sv: 'C' } },
        { list: 'stages', place: 1, title: { fi: 'Uusi' }, new: stage('Uusi') },
        { list: 'stages', place: 2, title: { fi: 'Vanha' }, old: stage('Vanha') },
        {
          list: 'stages',
          place: 3,
          title: { fi: 'X' },
          field: 'title',
          old: { fi: 'W' },
          new: { fi: 'X' },
        },
        { field: 'stages', old: [{ fi: 'X' }, { fi: 'Y' }], new: [{ fi: 'Y' }, { fi: 'X' }] },
      ],
    },
    fi,
    'fi',
  );
  expect(lines.map(({ label, published, drafted }) => [label, published, drafted])).toEqual([
    [`Otsikko ruotsiksi`, 'B', 'C'],
    ['Ketjun vaihe 1, Uusi (uusi)', '', 'Uusi, kaikille'],
    ['Ketjun vaihe 2, Vanha (poistuu)', 'Vanha, kaikille', ''],
    ['Ketjun vaihe 3, X: otsikko', 'W', 'X'],
    ['Vaiheet, järjestys', 'X; Y', 'Y; X'],
  ]);
});
