import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it, vi } from 'vitest';
import './ForumPage'; // loaded from the start: the first test does not wait for it
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { forum, post, text } from './testdata';
import type { Topic } from './yearQueries';

function topic(part: Partial<Topic>): Topic {
  return {
    id: 't1',
    forum: { id: 'f1', key: 'lape', title: text('LAPE') },
    title: text('Tiedonsiirto'),
    why: text('Tieto ei kulje.'),
    state: 'open',
    post: post('a', 'p-luvn'),
    createdAt: '2026-10-01T06:00:00Z',
    updatedAt: '2026-10-01T06:00:00Z',
    version: 3,
    permissions: [],
    ...part,
  };
}

const problem = (status: number, body: object) =>
  HttpResponse.json(
    { status, ...body },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );

/** The forum's page to somebody who is signed in. */
function serve(topics: Topic[]) {
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true, hasRole: true }))),
    http.get('*/api/v1/topics', () => HttpResponse.json({ items: topics })),
  );
}

beforeEach(() => {
  server.use(
    http.get('*/api/v1/forums/f1', () =>
      HttpResponse.json(forum({ permissions: ['topic.propose'] })),
    ),
    ...['legal-bases', 'meetings', 'outcomes', 'goals', 'referrals', 'audit/entries'].map((list) =>
      http.get(`*/api/v1/${list}`, () => HttpResponse.json({ items: [] })),
    ),
    http.get('*/api/v1/responsibilities/of/forum/f1', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
  );
});

const backlog = async () => {
  const heading = await screen.findByRole('heading', { name: 'Ehdotetut aiheet' });
  return within(heading.closest('section') as HTMLElement);
};

it('tells what waits, of whom and by when, and what became of the rest on demand', async () => {
  serve([
    topic({
      wantedOn: '2026-12-31',
      about: {
        kind: 'goal',
        id: 'g3',
        no: 3,
        title: text('Perheet saavat tukea'),
        path: '/goals/3',
      },
      case: { partyId: 'p-espoo', registryNo: '12/2026' },
    }),
    topic({
      id: 't2',
      title: text('Vanha aihe'),
      state: 'declined',
      reason: text('Ei kuulu meille.'),
    }),
  ]);
  const user = userEvent.setup();
  renderAt('/fi/forums/f1');
  const section = await backlog();
  const waiting = (await section.findByText('Tiedonsiirto')).closest('li');
  for (const part of [
    'Tieto ei kulje.',
    'Virka a',
    '1.10.2026',
    '3 Perheet saavat tukea',
    'Espoo 12/2026',
    'Toivotaan viimeistään 31.12.2026',
  ]) {
    expect(waiting).toHaveTextContent(part);
  }
  expect(section.queryByText('Vanha aihe')).not.toBeInTheDocument();
  await user.click(section.getByRole('button', { name: 'Näytä käsitellyt (1)' }));
  expect(section.getByText('Vanha aihe').closest('li')).toHaveTextContent(
    'Hylätty: Ei kuulu meille.',
  );
});

it('sends a proposal', async () => {
  serve([]);
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/v1/forums/f1/topics', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(topic({}), { status: 201 });
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/forums/f1');
  const section = await backlog();
  await user.click(await section.findByRole('button', { name: 'Ehdota aihetta' }));
  const title = section.getByRole('group', { name: 'Aihe' });
  await user.type(within(title).getByLabelText('Suomeksi'), 'Nuorten tilat');
  await user.click(section.getByRole('button', { name: 'Ehdota' }));
  expect(await screen.findByText('Aihe ehdotettiin foorumille.')).toBeInTheDocument();
  expect(sent).toEqual([{ title: text('Nuorten tilat'), why: text('') }]);
});

const handovers = [
  { id: 'h1', what: text('Lähete neuvolasta'), chain: { title: text('Perheet') } },
  { id: 'h2', what: text('Kotiutus sairaalasta'), chain: { title: text('Ikääntyneet') } },
];

it('proposes a topic about an action or a hand-over, found by its name', async () => {
  serve([]);
  const sent: { about?: unknown }[] = [];
  const sought: (string | null)[] = [];
  server.use(
    http.get('*/api/v1/actions', ({ request }) => {
      sought.push(new URL(request.url).searchParams.get('q'));
      return HttpResponse.json({ items: [{ id: 'a7', no: 7, title: text('Yhteinen päivystys') }] });
    }),
    http.get('*/api/v1/handovers', () => HttpResponse.json({ items: handovers })),
    http.post('*/api/v1/forums/f1/topics', async ({ request }) => {
      sent.push((await request.json()) as { about?: unknown });
      return HttpResponse.json(topic({}), { status: 201 });
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/forums/f1');
  const section = await backlog();
  for (const [kind, typed, offered] of [
    ['Toimenpide', 'päivystys', '7 Yhteinen päivystys'],
    ['Siirtymä', 'ikään', 'Kotiutus sairaalasta'],
  ] as const) {
    await user.click(await section.findByRole('button', { name: 'Ehdota aihetta' }));
    await user.selectOptions(section.getByLabelText('Mitä aihe koskee'), kind);
    const field = section.getByRole('combobox', { name: `${kind}, jota aihe koskee` });
    await user.type(field, typed);
    // All actions were offered before: the choice is made of what the search found.
    if (kind === 'Toimenpide') await vi.waitFor(() => expect(sought).toContain(typed));
    await user.click(await screen.findByRole('option', { name: new RegExp(offered) }));
    expect(field).toHaveValue(offered);
    await user.click(section.getByRole('button', { name: 'Ehdota' }));
    await section.findByRole('button', { name: 'Ehdota aihetta' });
  }
  expect(sent.map(({ about }) => about)).toEqual([
    { kind: 'action', id: 'a7' },
    { kind: 'handover', id: 'h2' },
  ]);
});

it('does not send a kind without its thing as nothing: the refusal stands beside the field', async () => {
  serve([]);
  const sent: { about?: unknown }[] = [];
  server.use(
    http.get('*/api/v1/handovers', () => HttpResponse.json({ items: handovers })),
    http.post('*/api/v1/forums/f1/topics', async ({ request }) => {
      sent.push((await request.json()) as { about?: unknown });
      return problem(422, {
        code: 'validation_failed',
        errors: [{ pointer: '/about/id', code: 'required' }],
      });
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/forums/f1');
  const section = await backlog();
  await user.click(await section.findByRole('button', { name: 'Ehdota aihetta' }));
  await user.selectOptions(section.getByLabelText('Mitä aihe koskee'), 'Siirtymä');
  await user.click(section.getByRole('button', { name: 'Ehdota' }));
  expect(await section.findByRole('alert')).toBeVisible();
  expect(
    section.getByRole('combobox', { name: 'Siirtymä, jota aihe koskee' }),
  ).toHaveAccessibleDescription(/Tieto puuttuu/);
  expect(sent.map(({ about }) => about)).toEqual([{ kind: 'handover' }]);
});

it('shows the hand-over of a topic as a link, and keeps it when the words change', async () => {
  const about = {
    kind: 'handover' as const,
    id: 'h2',
    title: text('Kotiutus sairaalasta'),
    path: '/chains/c1',
  };
  serve([topic({ about, permissions: ['topic.edit'] })]);
  const sent: { about?: unknown }[] = [];
  server.use(
    http.get('*/api/v1/handovers', () => HttpResponse.json({ items: handovers })),
    http.put('*/api/v1/topics/t1', async ({ request }) => {
      sent.push((await request.json()) as { about?: unknown });
      return HttpResponse.json(topic({ about }));
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/forums/f1');
  const section = await backlog();
  expect(await section.findByRole('link', { name: 'Kotiutus sairaalasta' })).toHaveAttribute(
    'href',
    '/fi/chains/c1?handover=h2#handover',
  );
  await user.click(section.getByRole('button', { name: 'Muokkaa aihetta: Tiedonsiirto' }));
  expect(section.getByLabelText('Mitä aihe koskee')).toHaveValue('handover');
  expect(section.getByRole('combobox', { name: 'Siirtymä, jota aihe koskee' })).toHaveValue(
    'Kotiutus sairaalasta',
  );
  await user.click(section.getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText('Aihe tallennettiin.')).toBeInTheDocument();
  await user.click(await section.findByRole('button', { name: 'Muokkaa aihetta: Tiedonsiirto' }));
  await user.selectOptions(section.getByLabelText('Mitä aihe koskee'), 'Ei mikään');
  await user.click(section.getByRole('button', { name: 'Tallenna' }));
  await section.findByRole('button', { name: 'Muokkaa aihetta: Tiedonsiirto' });
  expect(sent.map(({ about: said }) => said)).toEqual([{ kind: 'handover', id: 'h2' }, undefined]);
});

it('keeps a proposal that is refused, beside the reason', async () => {
  serve([]);
  server.use(
    http.post('*/api/v1/forums/f1/topics', () =>
      problem(422, {
        code: 'validation_failed',
        errors: [{ pointer: '/why/fi', code: 'required' }],
      }),
    ),
  );
  const user = userEvent.setup();
  renderAt('/fi/forums/f1');
  const section = await backlog();
  await user.click(await section.findByRole('button', { name: 'Ehdota aihetta' }));
  const title = section.getByRole('group', { name: 'Aihe' });
  await user.type(within(title).getByLabelText('Suomeksi'), 'Nuorten tilat');
  await user.click(section.getByRole('button', { name: 'Ehdota' }));
  expect(await section.findByRole('alert')).toBeVisible();
  expect(section.getByRole('group', { name: 'Miksi se pitäisi käsitellä' })).toHaveTextContent(
    'Tieto puuttuu.',
  );
  expect(section.getByDisplayValue('Nuorten tilat')).toBeVisible();
});

it('declines a topic with a reason, on the version that was read', async () => {
  serve([topic({ permissions: ['topic.decline'] })]);
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/v1/topics/t1/refusal', async ({ request }) => {
      sent.push(request.headers.get('If-Match'), await request.json());
      return sent.length === 2
        ? problem(409, { code: 'topic_settled' })
        : HttpResponse.json(topic({ state: 'declined' }));
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/forums/f1');
  const section = await backlog();
  await user.click(await section.findByRole('button', { name: 'Hylkää: Tiedonsiirto' }));
  await user.type(section.getByLabelText('Perustelu'), 'Käsitellään muualla.');
  const save = section.getByRole('button', { name: 'Hylkää' });
  await user.click(save);
  expect(await section.findByRole('alert')).toBeVisible();
  expect(section.getByLabelText('Perustelu')).toHaveValue('Käsitellään muualla.');
  await user.click(save);
  expect(await screen.findByText('Aihe hylättiin.')).toBeInTheDocument();
  const body = { reason: text('Käsitellään muualla.') };
  expect(sent).toEqual(['"3"', body, '"3"', body]);
});
