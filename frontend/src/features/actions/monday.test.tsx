import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { action, anonymous, myWork, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './MyWorkPage'; // a chunk of its own: no test waits for it
import type { MyWork, Task, WorkItem } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const post = {
  id: 'post-1',
  title: text('Palvelualuejohtaja'),
  unit: text('Yksikkö'),
  partyId: 'p-luvn',
  deputy: false,
};

const task: Task = {
  id: 't-1',
  kind: 'milestone',
  title: text('Kokeilu kahdessa koulussa'),
  dueOn: '2026-11-20',
  duePrecision: 'day',
  actionId: 'a-12',
  condition: 'late',
  version: 3,
  updatedAt: '2026-11-01T08:00:00Z',
  permissions: ['task.complete'],
};

const late: WorkItem = { reason: 'late', days: 10, on: '2026-11-13', action: action() };
const stale: WorkItem = {
  reason: 'stale',
  days: 61,
  on: '2026-11-22',
  action: action({ id: 'a-11', no: 11, title: text('Eroauttamisen ryhmät'), version: 2 }),
};
const ownTask: WorkItem = {
  reason: 'late',
  days: 3,
  on: '2026-11-20',
  action: action({ id: 'a-12', no: 12, title: text('Perhetyö päiväkodeissa'), permissions: [] }),
  task,
  tasks: [task],
};

let waiting: WorkItem[];

beforeEach(() => {
  localStorage.removeItem('yhdyspinta.keys');
  waiting = [late, ownTask, stale];
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({ signedIn: true, hasRole: true, partyId: 'p-luvn', post, posts: [post] }),
      ),
    ),
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/me/work', () => HttpResponse.json(myWork({ waiting }))),
  );
});

async function rows() {
  await screen.findByText(/Suostumukseen perustuva/);
  const list = document.getElementById('awaiting');
  return [...(list?.querySelectorAll<HTMLElement>('.todo > li') ?? [])];
}
const row = (name: RegExp) => screen.getByRole('heading', { name }).closest('li');

/** Answers a confirmation as the server does: the row goes, and can be taken back. */
function confirms(of: WorkItem, taken: string[]) {
  const { action: act } = of;
  if (!act) throw new Error('no action');
  server.use(
    http.post(`*/api/v1/actions/${act.id}/confirmation`, () => {
      waiting = waiting.filter((item) => item !== of);
      return HttpResponse.json({
        ...act,
        undoable: {
          id: 'w-1',
          kind: 'confirmation',
          at: '2026-11-23T06:05:00Z',
          needsReason: false,
        },
      });
    }),
    http.post(`*/api/v1/actions/${act.id}/words/:word/withdrawal`, ({ params }) => {
      taken.push(String(params.word));
      waiting = [...waiting, of];
      return HttpResponse.json(act);
    }),
  );
}

it('is walked by single keys: rows, still true, undo, and the row is back with the focus', async () => {
  const taken: string[] = [];
  confirms(stale, taken);
  renderAt('/fi/my-work');
  const [first, second] = await rows();
  await userEvent.keyboard('j');
  expect(first).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  expect(second).toHaveFocus();
  await userEvent.keyboard('jv');
  expect(await screen.findByText('Toimenpide 11 vahvistettiin.')).toBeVisible();
  await waitFor(async () => expect(await rows()).toHaveLength(2));
  // The last row is gone; the one that is last now has the focus.
  await waitFor(() => expect(row(/Perhetyö/)).toHaveFocus());
  await userEvent.keyboard('k');
  expect(row(/Suostumukseen/)).toHaveFocus();
  await userEvent.keyboard('z');
  expect(await screen.findByText('Toimenpiteen 11 viimeisin kirjaus kumottiin.')).toBeVisible();
  expect(taken).toEqual(['w-1']);
  await waitFor(async () => expect(await rows()).toHaveLength(3));
});

it('goes to the button that accepts, and does nothing over and over while a key is held', async () => {
  const accepted: string[] = [];
  const proposed = (id: string): WorkItem => ({
    reason: 'acceptance',
    days: 3,
    responsibility: {
      id,
      subject: { kind: 'goal', id: `g-${id}`, no: 3, title: text(`Tavoite ${id}`) },
      post,
      part: 'shared',
      wording: text('Lähettää tiedot viikossa.'),
      validFrom: '2026-11-01',
      standing: 'proposed',
      version: 3,
      updatedAt: '2026-11-13T08:00:00Z',
      permissions: ['agreement.accept'],
    },
  });
  waiting = [late, proposed('r1'), proposed('r2')];
  server.use(
    http.post('*/api/v1/responsibilities/:id/acceptance', ({ params }) => {
      accepted.push(String(params.id));
      waiting = [late];
      return HttpResponse.json({});
    }),
  );
  renderAt('/fi/my-work');
  const [, second] = await rows();
  if (!second) throw new Error('no row');
  await userEvent.keyboard('jj{h>4/}');
  const button = within(second).getByRole('button', { name: /^Hyväksy/ });
  expect(button).toHaveFocus();
  expect(accepted).toEqual([]);
  await userEvent.keyboard('k{p>4/}');
  expect(await screen.findByRole('form', { name: 'Päivitä toimenpide 9' })).toBeVisible();
});

it('opens the form of the row with P, and Alt+Z takes back what was done', async () => {
  const taken: string[] = [];
  confirms(stale, taken);
  renderAt('/fi/my-work');
  await rows();
  await userEvent.keyboard('jp');
  const form = await screen.findByRole('form', { name: 'Päivitä toimenpide 9' });
  await userEvent.type(within(form).getByLabelText('Mitä on muuttunut?'), 'jvpz');
  expect(within(form).getByLabelText('Mitä on muuttunut?')).toHaveValue('jvpz');
  await userEvent.click(screen.getByRole('button', { name: 'Pitää yhä paikkansa, toimenpide 11' }));
  await screen.findByText('Toimenpide 11 vahvistettiin.');
  expect(screen.getByRole('button', { name: 'Kumoa' })).toHaveAttribute(
    'aria-keyshortcuts',
    'Alt+Z',
  );
  await userEvent.keyboard('{Alt>}z{/Alt}');
  await waitFor(() => expect(taken).toEqual(['w-1']));
});

it('says when it could not be taken back', async () => {
  confirms(stale, []);
  server.use(
    http.post('*/api/v1/actions/a-11/words/:word/withdrawal', () =>
      HttpResponse.json({ status: 409, code: 'not_latest_word', title: 'x' }, { status: 409 }),
    ),
  );
  renderAt('/fi/my-work');
  await rows();
  await userEvent.click(screen.getByRole('button', { name: 'Pitää yhä paikkansa, toimenpide 11' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Kumoa' }));
  expect(
    await screen.findByText(/Kirjausta ei voitu kumota\. Toimenpiteestä on kirjattu uutta/),
  ).toBeVisible();
});

it('turns the keys off in the window that tells them', async () => {
  renderAt('/fi/my-work');
  const [first] = await rows();
  await userEvent.keyboard('?');
  const help = await screen.findByRole('dialog', { name: 'Näppäimet' });
  expect(help).toHaveTextContent('vahvista: pitää yhä paikkansa');
  await userEvent.click(
    within(help).getByRole('checkbox', { name: 'Näppäimet ovat käytössä tässä selaimessa' }),
  );
  await userEvent.click(within(help).getByRole('button', { name: 'Sulje' }));
  await userEvent.keyboard('j?');
  expect(first).not.toHaveFocus();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(screen.getByText('Näppäimet ovat pois käytöstä.')).toBeInTheDocument();
});

it('has the own tasks of an action in its row, done in one press', async () => {
  let sent: string | null = null;
  server.use(
    http.post('*/api/v1/tasks/t-1/completion', ({ request }) => {
      sent = request.headers.get('If-Match');
      waiting = [late, stale];
      return HttpResponse.json({ ...task, doneOn: '2026-11-23', condition: 'done', version: 4 });
    }),
  );
  renderAt('/fi/my-work');
  const [, own] = await rows();
  if (!own) throw new Error('no row');
  expect(own).toHaveTextContent('Virstanpylväs: Kokeilu kahdessa koulussa');
  // Of an action that others lead nothing is reported here.
  expect(within(own).queryByRole('button', { name: /Päivitä tilanne/ })).not.toBeInTheDocument();
  await userEvent.keyboard('jjh');
  expect(
    await screen.findByText('”Kokeilu kahdessa koulussa” merkittiin valmiiksi.'),
  ).toBeVisible();
  expect(sent).toBe('"3"');
  await waitFor(() => expect(row(/Eroauttamisen/)).toHaveFocus());
});

it('counts all that waits, and fetches more of it', async () => {
  const asked: (string | null)[] = [];
  server.use(
    http.get('*/api/v1/me/work', ({ request }) => {
      const limit = new URL(request.url).searchParams.get('limit');
      asked.push(limit);
      const part: Partial<MyWork> = limit === '200' ? { waiting } : { waiting: [late] };
      return HttpResponse.json({ ...myWork(part), waitingTotal: 3 });
    }),
  );
  renderAt('/fi/my-work');
  expect(
    await screen.findByText(/^Kolme asiaa odottaa sinua\. Kiireisin on ollut myöhässä/),
  ).toBeVisible();
  expect(await rows()).toHaveLength(1);
  await userEvent.click(screen.getByRole('button', { name: 'Näytä lisää (2)' }));
  await waitFor(async () => expect(await rows()).toHaveLength(3));
  expect(asked).toEqual(['50', '200']);
  expect(screen.queryByRole('button', { name: /Näytä lisää/ })).not.toBeInTheDocument();
});

it('leads the secretary to the meetings that wait, with what is to be done', async () => {
  const meeting = {
    id: 'm1',
    forum: { id: 'f1', key: 'lape', title: text('LAPE-ryhmä') },
    year: 2026,
    number: 4,
    startsAt: '2026-11-10T11:00:00Z',
    status: 'closed' as const,
  };
  waiting = [
    late,
    { reason: 'unapproved', days: 13, on: '2026-11-10', pending: 2, meeting },
    {
      reason: 'unpublished',
      days: 2,
      on: '2026-11-21',
      meeting: { ...meeting, id: 'm2', number: 3, status: 'approved' },
    },
    {
      reason: 'unclosed',
      days: 1,
      on: '2026-11-22',
      meeting: { ...meeting, id: 'm3', number: 5, status: 'called' },
    },
  ];
  renderAt('/fi/my-work');
  await rows();
  expect(screen.getByText(/2 hyväksyjää ei ole vielä hyväksynyt/)).toBeVisible();
  expect(screen.getByText('Asiakirja on hyväksytty. Julkaise se.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Avaa kokous: LAPE-ryhmä 5/2026' })).toHaveAttribute(
    'href',
    '/fi/meetings/m3',
  );
});

it('says in the table by whose task an action is late', async () => {
  const explanation = {
    code: 'milestone_late',
    days: 3,
    on: '2026-11-20',
    task: { ...task, partyId: 'p-espoo' },
    summary: { fi: 'Myöhässä 3 päivää.', sv: '', en: '' },
    detail: { fi: '', sv: '', en: '' },
  } as const;
  const act = action({ condition: { value: 'late', flags: [], explanation } });
  server.use(
    http.get('*/api/v1/me/work', () => HttpResponse.json(myWork({ waiting, actions: [act] }))),
  );
  renderAt('/fi/my-work');
  const table = await screen.findByRole('table', { name: 'Omat toimenpiteet' });
  expect(table).toHaveTextContent('20.11.2026');
  expect(table).toHaveTextContent('Kokeilu kahdessa koulussa');
  expect(table).not.toHaveTextContent('13.11.2026');
});

it('shows a report that was taken back struck through, and offers to take the latest back', async () => {
  const report = {
    partyId: 'p-luvn',
    forwardTo: [],
    status: 'in_progress' as const,
    progress: 40,
    public: true,
    reportedOn: '2026-11-20',
    reportedAt: '2026-11-20T06:00:00Z',
  };
  let taken = 0;
  let stored = action({
    reports: [
      {
        ...report,
        id: 'r-2',
        text: text('Väärä toimenpide'),
        withdrawn: { at: '2026-11-20T07:00:00Z' },
      },
      { ...report, id: 'r-1', text: text('Ohje on valmis') },
    ],
    undoable: {
      id: 'w-1',
      kind: 'report',
      reportId: 'r-1',
      at: '2026-11-19T06:00:00Z',
      needsReason: false,
    },
  });
  server.use(
    http.get('*/api/v1/actions/9', () => HttpResponse.json(stored)),
    http.get('*/api/v1/audit/entries', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/responsibilities/of/*', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], permissions: [] })),
    http.post('*/api/v1/actions/a-9/words/w-1/withdrawal', () => {
      taken += 1;
      stored = { ...stored, undoable: undefined };
      return HttpResponse.json(stored);
    }),
  );
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({ signedIn: true, hasRole: true, partyId: 'p-luvn', post, posts: [post] }),
      ),
    ),
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/actions/9', () => HttpResponse.json(stored)),
  );
  renderAt('/fi/actions/9');
  expect((await screen.findByText('Väärä toimenpide')).closest('del')).not.toBeNull();
  expect(screen.getByText(/^Kumottu 20\.11\./)).toBeVisible();
  expect(screen.getByText('Ohje on valmis').closest('del')).toBeNull();
  const undo = await screen.findByRole('button', { name: /^Kumoa viimeisin tilannetieto/ });
  server.use(
    http.post(
      '*/api/v1/actions/a-9/words/w-1/withdrawal',
      () =>
        HttpResponse.json({ status: 409, code: 'not_latest_word', title: 'x' }, { status: 409 }),
      { once: true },
    ),
  );
  await userEvent.click(undo);
  expect(await screen.findByText(/^Toimenpiteestä on kirjattu uutta tämän jälkeen/)).toBeVisible();
  await waitFor(() => expect(undo).toHaveAttribute('aria-disabled', 'false'));
  await userEvent.dblClick(undo);
  expect(await screen.findByText('Toimenpiteen 9 viimeisin kirjaus kumottiin.')).toBeVisible();
  await waitFor(() =>
    expect(
      screen.queryByRole('button', { name: /^Kumoa viimeisin tilannetieto/ }),
    ).not.toBeInTheDocument(),
  );
  expect(taken).toBe(1);
});

it('asks why an ending that others have read is taken back, and keeps the reason when it is refused', async () => {
  let stored = action({
    status: 'done',
    undoable: {
      id: 'w-1',
      kind: 'report',
      reportId: 'r-1',
      at: '2026-11-19T06:00:00Z',
      needsReason: true,
    },
  });
  const sent: unknown[] = [];
  server.use(
    http.get('*/api/v1/responsibilities/of/*', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
    http.post('*/api/v1/actions/a-9/words/w-1/withdrawal', async ({ request }) => {
      sent.push(await request.json());
      if (sent.length === 1) {
        return HttpResponse.json(
          {
            status: 422,
            code: 'validation_failed',
            title: 'x',
            errors: [{ pointer: '/reason', code: 'required' }],
          },
          { status: 422 },
        );
      }
      stored = { ...stored, status: 'in_progress', undoable: undefined };
      return HttpResponse.json(stored);
    }),
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({ signedIn: true, hasRole: true, partyId: 'p-luvn', post, posts: [post] }),
      ),
    ),
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/actions/9', () => HttpResponse.json(stored)),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], permissions: [] })),
  );
  renderAt('/fi/actions/9');
  await userEvent.click(
    await screen.findByRole('button', { name: /^Kumoa viimeisin tilannetieto/ }),
  );
  expect(sent).toEqual([]);
  const field = await screen.findByRole('textbox', { name: /^Miksi kirjaus kumotaan/ });
  expect(field).toHaveFocus();
  await userEvent.type(field, 'Ohje olikin luonnos');
  await userEvent.click(screen.getByRole('button', { name: 'Kumoa' }));
  await waitFor(() => expect(field).toHaveAttribute('aria-invalid', 'true'));
  expect(field).toHaveValue('Ohje olikin luonnos');
  await userEvent.click(screen.getByRole('button', { name: 'Kumoa' }));
  await waitFor(() => expect(field).not.toBeInTheDocument());
  expect(sent).toEqual([{ reason: 'Ohje olikin luonnos' }, { reason: 'Ohje olikin luonnos' }]);
});

it('has as a file what the filters of the page let through', async () => {
  renderAt('/fi/my-work?reason=%5B%22late%22%5D&forumId=%5B%22f-1%22%5D');
  expect(await screen.findByRole('link', { name: /CSV/ })).toHaveAttribute(
    'href',
    '/api/v1/me/work.csv?lang=fi&reason=late&forumId=f-1',
  );
});

it('has as a file of the units what the link to their actions leads to', async () => {
  server.use(
    http.get('*/api/v1/me/units', () =>
      HttpResponse.json({
        unitIds: ['u-1'],
        total: 0,
        waiting: [],
        units: [],
        unitsTotal: 0,
        posts: [],
        postsTotal: 0,
      }),
    ),
  );
  renderAt('/fi/my-work?scope=unit&reason=%5B%22late%22,%22approval%22%5D&forumId=%5B%22f-1%22%5D');
  await waitFor(() =>
    expect(screen.getByRole('link', { name: /CSV/ })).toHaveAttribute(
      'href',
      '/api/v1/actions.csv?lang=fi&forumId=f-1&unitId=u-1&condition=late&sort=condition%2CdueOn',
    ),
  );
});
