import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { action, anonymous, myUnits, myWork, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './ActionPage'; // a chunk of its own: no test waits for it
import type { Action, Task, TaskInput } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const both: Task['permissions'] = ['task.edit', 'task.complete', 'task.withdraw'];

function task(change: Partial<Task> = {}): Task {
  return {
    id: 't-1',
    actionId: 'a-9',
    kind: 'milestone',
    title: text('Kokeilu kahdessa koulussa'),
    dueOn: '2026-09-01',
    duePrecision: 'month',
    post: { id: 'post-1', title: text('Palvelualuejohtaja'), partyId: 'p-luvn' },
    condition: 'late',
    version: 3,
    updatedAt: '2026-11-11T12:20:00Z',
    permissions: both,
    ...change,
  };
}

const others: Task[] = [
  task({
    id: 't-2',
    kind: 'task',
    title: text('Lomake'),
    dueOn: '2026-10-15',
    duePrecision: 'day',
    doneOn: '2026-10-14',
    condition: 'done',
    permissions: [],
  }),
  task({
    id: 't-3',
    kind: 'task',
    title: text('Turha'),
    withdrawnOn: '2026-11-02',
    condition: 'cancelled',
  }),
];

const late: Action['condition'] = {
  value: 'late',
  flags: [],
  explanation: {
    code: 'milestone_late',
    summary: text('Myöhässä 54 päivää.'),
    detail: text('Virstanpylvään ”Kokeilu kahdessa koulussa” määräaika oli 30.9.2026.'),
    days: 54,
    on: '2026-09-30',
    precision: 'month',
    task: {
      id: 't-1',
      kind: 'milestone',
      title: text('Kokeilu kahdessa koulussa'),
      dueOn: '2026-09-01',
      duePrecision: 'month',
    },
  },
};

let stored: Action;

beforeEach(() => {
  stored = action({
    permissions: ['action.edit', 'task.edit'],
    dueOn: '2027-06-04',
    condition: late,
    taskFigures: { total: 2, done: 1, late: 1 },
    tasks: [task(), ...others],
  });
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({ signedIn: true, permissions: ['task.edit'], partyId: 'p-luvn' }),
      ),
    ),
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/actions', () => HttpResponse.json({ items: [stored], total: 1 })),
    http.get('*/api/v1/actions/9', () => HttpResponse.json(stored)),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], permissions: [] })),
    http.get('*/api/v1/audit/entries', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/reservations/of/action/a-9', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
    http.get('*/api/v1/responsibilities/of/action/a-9', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
  );
});

async function open() {
  renderAt('/fi/actions/9');
  return screen.findByRole('region', { name: 'Osatehtävät ja virstanpylväät' });
}

/** As typing, without a render for each letter: these fields are heavy. */
async function paste(field: HTMLElement, value: string) {
  await userEvent.click(field);
  await userEvent.paste(value);
}

function problem(status: number, code: string, more: object = {}) {
  return HttpResponse.json(
    { type: 'about:blank', title: 'x', status, code, instance: 'req-1', ...more },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
}

/** What each press sends: the last part of the path and the version. */
function listen(): string[] {
  const sent: string[] = [];
  const answer = (what: string, done?: string) =>
    http.post(`*/api/v1/tasks/:id/${what}`, ({ request, params }) => {
      sent.push(`${String(params.id)} ${what} ${request.headers.get('If-Match') ?? ''}`);
      const now = task({
        doneOn: done,
        condition: done ? 'done' : 'late',
        version: sent.length + 3,
      });
      stored = { ...stored, tasks: [now, ...others] };
      return HttpResponse.json(now);
    });
  server.use(answer('completion', '2026-11-23'), answer('reopening'));
  return sent;
}

it('names the milestone by which the action is late, and shows who does what by when', async () => {
  const section = await open();
  expect(screen.getByText('Myöhässä 54 päivää.').closest('p')).toHaveTextContent(
    'Virstanpylvään ”Kokeilu kahdessa koulussa” määräaika oli 30.9.2026. Osatehtävistä on valmiina 1/2.',
  );
  expect(within(section).getByText('1/2 valmiina')).toBeVisible();
  const row = within(section).getByRole('row', { name: /Kokeilu kahdessa koulussa/ });
  expect(row).toHaveTextContent('Virstanpylväs');
  expect(row).toHaveTextContent('Palvelualuejohtaja');
  expect(row).toHaveTextContent('9/2026');
  expect(row).toHaveTextContent('Myöhässä');
  const done = within(section).getByRole('row', { name: /Lomake/ });
  expect(done).toHaveTextContent('15.10.2026');
  expect(done).toHaveTextContent('Valmis');
  expect(done).toHaveTextContent('14.10.2026');
  expect(within(done).queryByRole('button')).not.toBeInTheDocument();
  const gone = within(section).getByText('1 poistettu osatehtävä');
  await userEvent.click(gone);
  expect(within(section).getByRole('button', { name: 'Palauta listalle: Turha' })).toBeVisible();
});

it('is done in one press and taken back in one, by the note or the row', async () => {
  const sent = listen();
  const section = await open();
  const press = within(section).getByRole('button', {
    name: 'Merkitse valmiiksi: Kokeilu kahdessa koulussa',
  });
  await userEvent.click(press);
  expect(
    await screen.findByText('”Kokeilu kahdessa koulussa” merkittiin valmiiksi.'),
  ).toBeVisible();
  await waitFor(() => expect(press).toHaveAccessibleName(/^Avaa uudelleen/));
  expect(press).toHaveFocus();
  await userEvent.click(screen.getByRole('button', { name: 'Kumoa' }));
  await waitFor(() => expect(press).toHaveAccessibleName(/^Merkitse valmiiksi/));
  await userEvent.click(press);
  await waitFor(() => expect(press).toHaveAccessibleName(/^Avaa uudelleen/));
  await userEvent.click(press);
  await waitFor(() => expect(press).toHaveAccessibleName(/^Merkitse valmiiksi/));
  expect(sent).toEqual([
    't-1 completion "3"',
    't-1 reopening "4"',
    't-1 completion "5"',
    't-1 reopening "6"',
  ]);
});

it('is done in the quick view too', async () => {
  const sent = listen();
  renderAt('/fi/actions?show=9');
  const panel = await screen.findByRole('complementary', { name: /Suostumukseen perustuva/ });
  const press = await within(panel).findByRole('button', { name: /^Merkitse valmiiksi/ });
  expect(panel).toHaveTextContent('Virstanpylvään ”Kokeilu kahdessa koulussa” määräaika oli');
  await userEvent.click(press);
  await waitFor(() => expect(press).toHaveAccessibleName(/^Avaa uudelleen/));
  expect(sent).toEqual(['t-1 completion "3"']);
});

it('keeps what is typed of a new task when the server refuses it', async () => {
  const bodies: TaskInput[] = [];
  server.use(
    http.post('*/api/v1/actions/a-9/tasks', async ({ request }) => {
      bodies.push((await request.json()) as TaskInput);
      if (bodies.length === 1) {
        return problem(422, 'validation_failed', {
          errors: [{ pointer: '/dueOn', code: 'required' }],
        });
      }
      return HttpResponse.json(task({ id: 't-4', title: text('Koulutus') }), { status: 201 });
    }),
  );
  const section = await open();
  await userEvent.click(within(section).getByRole('button', { name: 'Lisää osatehtävä' }));
  const form = await within(section).findByRole('form', { name: 'Lisää osatehtävä' });
  expect(form).toHaveTextContent('myös sen osatehtävät näkyvät kaikille');
  await paste(within(form).getByLabelText(/^Suomeksi|^Suomi/), 'Koulutus');
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await within(form).findByText('Tieto puuttuu.')).toBeVisible();
  expect(within(form).getByDisplayValue('Koulutus')).toBeVisible();
  await paste(within(form).getByLabelText(/^Määräaika/), '15.3.2027');
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText('Osatehtävä ”Koulutus” tallennettiin.')).toBeVisible();
  expect(form).not.toBeInTheDocument();
  expect(bodies[1]).toEqual({
    kind: 'task',
    title: { fi: 'Koulutus', sv: '', en: '' },
    dueOn: '2027-03-15',
    duePrecision: 'day',
  });
});

it('asks why when the due date moves, and when a task is taken off the list', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/v1/tasks/t-1/withdrawal', async ({ request }) => {
      sent.push(await request.json(), request.headers.get('If-Match'));
      return HttpResponse.json(task({ withdrawnOn: '2026-11-23', version: 4 }));
    }),
  );
  const section = await open();
  await userEvent.click(
    within(section).getByRole('button', { name: 'Muokkaa: Kokeilu kahdessa koulussa' }),
  );
  const form = await within(section).findByRole('form', {
    name: 'Muokkaa: Kokeilu kahdessa koulussa',
  });
  expect(within(form).queryByLabelText('Perustelu')).not.toBeInTheDocument();
  const due = within(form).getByLabelText(/^Määräaika/);
  await userEvent.clear(due);
  await paste(due, '1.12.2026');
  expect(within(form).getByLabelText('Perustelu')).toBeVisible();

  await userEvent.click(
    within(section).getByRole('button', { name: 'Poista listalta: Kokeilu kahdessa koulussa' }),
  );
  const asked = await within(section).findByRole('form', { name: /^Poista listalta/ });
  await paste(within(asked).getByLabelText('Miksi osatehtävä poistetaan?'), 'Ei tarvita');
  await userEvent.click(within(asked).getByRole('button', { name: 'Poista listalta' }));
  expect(
    await screen.findByText('”Kokeilu kahdessa koulussa” poistettiin listalta.'),
  ).toBeVisible();
  expect(screen.getByRole('button', { name: 'Kumoa' })).toBeVisible();
  expect(sent).toEqual([{ reason: 'Ei tarvita' }, '"3"']);
});

it('tells when somebody else was faster, and shows what is so now', async () => {
  server.use(
    http.post('*/api/v1/tasks/t-1/completion', () => {
      stored = {
        ...stored,
        tasks: [task({ doneOn: '2026-11-22', condition: 'done', version: 4 }), ...others],
      };
      return problem(412, 'stale_version', { current: stored.tasks[0] });
    }),
  );
  const section = await open();
  await userEvent.click(within(section).getByRole('button', { name: /^Merkitse valmiiksi/ }));
  expect(await within(section).findByText(/Joku tallensi muutoksen sillä välin/)).toBeVisible();
  expect(
    await within(section).findByRole('button', { name: /^Avaa uudelleen: Kok/ }),
  ).toBeVisible();
});

it('tells in the history of the action which task was changed', async () => {
  server.use(
    http.get('*/api/v1/audit/entries', () =>
      HttpResponse.json({
        items: [
          {
            id: 7,
            at: '2026-10-14T08:00:00Z',
            origin: 'user',
            permission: 'task.complete',
            subject: { kind: 'action_task', id: 't-2', title: text('Lomake') },
            version: 2,
            changes: [{ field: 'doneOn', old: null, new: '2026-10-14' }],
            labels: {},
          },
          {
            id: 6,
            at: '2026-10-01T08:00:00Z',
            origin: 'user',
            permission: 'task.edit',
            subject: { kind: 'action_task', id: 't-3', title: text('Koulutus') },
            version: 1,
            changes: [
              { field: 'title.fi', old: null, new: 'Koulutus' },
              { field: 'kind', old: null, new: 'milestone' },
            ],
            labels: {},
          },
        ],
      }),
    ),
  );
  await open();
  const history = await screen.findByRole('table', { name: 'Muutokset' });
  expect(await within(history).findByText('Lomake')).toBeVisible();
  expect(history).toHaveTextContent('valmis 14.10.2026');
  // Of a creation only that it was one.
  const made = within(history).getByText('Koulutus').closest('.hist-what');
  expect(made).toHaveTextContent(/^KoulutusLuotu$/);
});

it('offers nothing to the public', async () => {
  stored = { ...stored, permissions: [], tasks: [task({ permissions: [] })] };
  const section = await open();
  expect(section).toHaveTextContent('Kokeilu kahdessa koulussa');
  expect(within(section).queryByRole('button')).not.toBeInTheDocument();
});

it('says nothing of tasks where there are none and nobody may add one', async () => {
  stored = action({ permissions: ['task.edit'], status: 'done' });
  renderAt('/fi/actions/9');
  expect(await screen.findByRole('heading', { name: 'Kuka vastaa' })).toBeVisible();
  expect(screen.queryByRole('region', { name: /Osatehtävät/ })).not.toBeInTheDocument();
});

it('moves the focus into a form that opens, and back to its button', async () => {
  const section = await open();
  for (const [press, name] of [
    ['Lisää osatehtävä', 'Lisää osatehtävä'],
    ['Muokkaa: Kokeilu kahdessa koulussa', 'Muokkaa: Kokeilu kahdessa koulussa'],
  ] as const) {
    const button = within(section).getByRole('button', { name: press });
    await userEvent.click(button);
    const form = await within(section).findByRole('form', { name });
    expect(button).toHaveAttribute('aria-expanded', 'true');
    expect(within(form).getAllByRole('textbox')[0]).toHaveFocus();
    await userEvent.click(within(form).getByRole('button', { name: 'Peruuta' }));
    expect(form).not.toBeInTheDocument();
    expect(button).toHaveFocus();
  }
});

it('puts back what was taken off the list, in those words', async () => {
  server.use(
    http.post('*/api/v1/tasks/t-3/reopening', () =>
      HttpResponse.json(task({ id: 't-3', title: text('Turha'), version: 4 })),
    ),
  );
  const section = await open();
  await userEvent.click(within(section).getByText('1 poistettu osatehtävä'));
  await userEvent.click(within(section).getByRole('button', { name: 'Palauta listalle: Turha' }));
  expect(await screen.findByText('”Turha” palautettiin listalle.')).toBeVisible();
});

it('lets those who lead take a task of the other party off the list, and nothing else', async () => {
  stored = { ...stored, tasks: [task({ permissions: ['task.withdraw'] })] };
  server.use(
    http.post('*/api/v1/tasks/t-1/withdrawal', () =>
      HttpResponse.json(task({ withdrawnOn: '2026-11-23', version: 4, permissions: [] })),
    ),
  );
  const section = await open();
  const row = within(section).getByRole('row', { name: /Kokeilu kahdessa koulussa/ });
  const buttons = within(row).getAllByRole('button');
  expect(buttons.map((button) => button.textContent)).toEqual(['Poista listalta']);
  await userEvent.click(within(row).getByRole('button'));
  const asked = await within(section).findByRole('form', { name: /^Poista listalta/ });
  await paste(within(asked).getByLabelText('Miksi osatehtävä poistetaan?'), 'Ei kuulu tähän');
  await userEvent.click(within(asked).getByRole('button', { name: 'Poista listalta' }));
  expect(
    await screen.findByText('”Kokeilu kahdessa koulussa” poistettiin listalta.'),
  ).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Kumoa' })).not.toBeInTheDocument();
});

it('searches no posts before it knows of which parties', async () => {
  const asked: string[][] = [];
  let answer: () => void = () => undefined;
  const known = new Promise<void>((resolve) => (answer = resolve));
  server.use(
    http.get('*/api/v1/parties', async () => {
      await known;
      return HttpResponse.json({ items: parties() });
    }),
    http.get('*/api/v1/posts', ({ request }) => {
      asked.push(new URL(request.url).searchParams.getAll('partyId'));
      return HttpResponse.json({ items: [] });
    }),
  );
  const section = await open();
  await userEvent.click(within(section).getByRole('button', { name: 'Lisää osatehtävä' }));
  await within(section).findByRole('form', { name: 'Lisää osatehtävä' });
  expect(asked).toEqual([]);
  answer();
  await waitFor(() => expect(asked).toEqual([['p-luvn']]));
});

it('shows in the list by which task it is late, and when that was due', async () => {
  renderAt('/fi/actions');
  const row = await screen.findByRole('row', { name: /Suostumukseen perustuva/ });
  expect(row).toHaveTextContent('30.9.2026 Kokeilu kahdessa koulussa');
  expect(row).not.toHaveTextContent('4.6.2027');
});

it.each([
  [false, 'Merkitse se valmiiksi tai sovi uusi määräaika toimenpiteen sivulla.'],
  [true, 'Virstanpylväästä vastaa toinen osapuoli. Sovi asiasta sen kanssa.'],
])('tells in my work what can be done about a milestone, of the other: %s', async (other, what) => {
  const post = { id: 'post-1', title: text('Palvelualuejohtaja'), partyId: 'p-luvn' };
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json({ ...anonymous({ signedIn: true, partyId: 'p-luvn' }), post }),
    ),
    http.get('*/api/v1/me/units', () => HttpResponse.json(myUnits())),
    http.get('*/api/v1/me/work', () =>
      HttpResponse.json(
        myWork({
          waiting: [
            {
              reason: 'late',
              days: 54,
              on: '2026-09-30',
              action: stored,
              task: late.explanation.task,
              taskOfOther: other,
            },
          ],
        }),
      ),
    ),
  );
  renderAt('/fi/my-work');
  expect(
    await screen.findByText(
      `Virstanpylvään ”Kokeilu kahdessa koulussa” määräaika oli 30.9.2026. ${what}`,
    ),
  ).toBeVisible();
});

it('says of an action that becomes public that its tasks do too', async () => {
  stored = { ...stored, visibility: 'internal', visibilityGround: 'Valmistelu' };
  renderAt('/fi/actions/9/edit');
  const choice = await screen.findByRole('combobox', { name: 'Julkisuus' });
  expect(screen.queryByText(/myös sen osatehtävät nimineen/)).not.toBeInTheDocument();
  await userEvent.selectOptions(choice, 'public');
  expect(screen.getByText(/myös sen osatehtävät nimineen näkyvät kaikille/)).toBeVisible();
});
