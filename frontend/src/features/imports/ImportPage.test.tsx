import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it, vi } from 'vitest';
import type { components } from '../../api/schema';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './ImportPage'; // a chunk of its own: no test waits for it

type Report = components['schemas']['ImportReport'];
type Input = components['schemas']['ImportInput'];

function report(part: Partial<Report> = {}): Report {
  return {
    unknownHeadings: [],
    untakenHeadings: [],
    new: 0,
    changed: 0,
    same: 0,
    wrong: 0,
    rows: [],
    names: [],
    needsReason: false,
    fingerprint: 'f1',
    imported: false,
    ...part,
  };
}

const changed = report({
  changed: 1,
  new: 1,
  same: 2,
  needsReason: true,
  untakenHeadings: ['Tila'],
  rows: [
    {
      line: 2,
      no: 9,
      title: { fi: 'Lomake', sv: '', en: '' },
      state: 'changed',
      fields: [{ key: 'due', heading: 'Määräaika', old: 'Q4/2026', new: '12/2026' }],
      errors: [],
    },
    {
      line: 3,
      title: { fi: 'Uusi työ', sv: '', en: '' },
      state: 'new',
      fields: [{ key: 'title.fi', heading: 'Toimenpide', old: '', new: 'Uusi työ' }],
      errors: [],
    },
  ],
});

const wrong = report({
  wrong: 1,
  fingerprint: undefined,
  sheet: 'Toimet',
  rows: [
    {
      line: 4,
      title: { fi: 'Työ', sv: '', en: '' },
      state: 'wrong',
      fields: [],
      errors: [{ code: 'unknown_name', heading: 'Vastuutaho', cell: 'C4', value: 'Rehtorit' }],
    },
  ],
  names: [
    {
      kind: 'post',
      name: 'Rehtorit',
      lines: [4, 6],
      near: [{ id: 'p1', label: 'ESPOO: Rehtori' }],
    },
    { kind: 'tag', name: 'xyz', lines: [7], near: [] },
  ],
});

let checks: Input[];
let imports: Input[];

function serve(...reports: Report[]) {
  checks = [];
  imports = [];
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({ signedIn: true, hasRole: true, permissions: ['action.create'] }),
      ),
    ),
    http.post('*/api/v1/action-import-checks', async ({ request }) => {
      checks.push((await request.json()) as Input);
      return HttpResponse.json(reports[Math.min(checks.length, reports.length) - 1]);
    }),
    http.post('*/api/v1/action-imports', async ({ request }) => {
      imports.push((await request.json()) as Input);
      return imports.length === 1
        ? HttpResponse.json(
            { status: 409, code: 'import_outdated' },
            { status: 409, headers: { 'Content-Type': 'application/problem+json' } },
          )
        : HttpResponse.json({ ...changed, imported: true }, { status: 201 });
    }),
  );
}

const file = () => new File(['Toimenpide\nTyö'], 'toimet.csv');

beforeEach(() => serve(changed));

it('shows what a file changes, and imports it with the fingerprint of what was shown', async () => {
  const user = userEvent.setup();
  renderAt('/fi/actions/import');
  await user.upload(await screen.findByLabelText('Valitse tiedosto'), file());
  expect(await screen.findByText('Q4/2026')).toBeVisible();
  expect(screen.getByText('Muuttuvia').nextElementSibling).toHaveTextContent('1');
  expect(screen.getByText('Ennallaan').nextElementSibling).toHaveTextContent('2');
  expect(screen.getByRole('link', { name: '9 Lomake' })).toHaveAttribute('href', '/fi/actions/9');
  expect(screen.getByText(/Näiden sarakkeiden muutoksia ei tuoda: Tila\./)).toBeVisible();
  expect(atob(checks[0]?.file ?? '')).toContain('Toimenpide');

  await user.type(await screen.findByLabelText(/Miksi määräajat muuttuvat/), 'Kevät');
  const press = screen.getByRole('button', { name: 'Tuo toimenpiteet' });
  await user.click(press);
  expect(await screen.findByText('Toimenpiteitä ei tuotu')).toBeVisible();
  expect(screen.getByText(/Tiedot muuttuivat tarkistuksen jälkeen/)).toBeVisible();
  expect(screen.getByLabelText(/Miksi määräajat muuttuvat/)).toHaveValue('Kevät');
  await user.click(screen.getByRole('button', { name: 'Tarkista uudelleen' }));
  await waitFor(() => expect(checks).toHaveLength(2));
  await user.click(await screen.findByRole('button', { name: 'Tuo toimenpiteet' }));
  const heading = await screen.findByRole('heading', { name: 'Toimenpiteet on tuotu' });
  expect(heading).toContainElement(document.activeElement as HTMLElement);
  expect(imports[1]).toMatchObject({ fileName: 'toimet.csv', reason: 'Kevät', fingerprint: 'f1' });
  expect(screen.queryByRole('button', { name: 'Tuo toimenpiteet' })).not.toBeInTheDocument();
});

it('names each error where it stands, offers near names once for all rows, and no import', async () => {
  serve(wrong, changed);
  const user = userEvent.setup();
  renderAt('/fi/actions/import');
  await user.upload(await screen.findByLabelText('Valitse tiedosto'), file());
  const table = await screen.findByRole('table', { name: '1 rivi on virheellinen' });
  expect(within(table).getByText('C4').closest('tr')).toHaveTextContent(
    'Vastuutaho Rehtorit Nimeä ei tunneta.'.replaceAll(' Rehtorit ', 'Rehtorit'),
  );
  expect(screen.queryByRole('button', { name: 'Tuo toimenpiteet' })).not.toBeInTheDocument();
  expect(screen.getByText(/Lähellä olevia nimiä ei ole/)).toBeVisible();
  const choice = screen.getByLabelText('Tehtävä: Rehtorit');
  expect(choice).toHaveAccessibleDescription('rivit 4, 6');
  await user.selectOptions(choice, 'ESPOO: Rehtori');
  await user.click(screen.getByRole('button', { name: 'Tarkista uudelleen' }));
  expect(await screen.findByRole('button', { name: 'Tuo toimenpiteet' })).toBeVisible();
  expect(checks[1]?.choices).toEqual([{ kind: 'post', name: 'Rehtorit', id: 'p1' }]);
  expect(screen.getByLabelText('Tehtävä: Rehtorit')).toHaveValue('p1');
});

it('says what is wrong with a file that cannot be read', async () => {
  server.use(
    http.post('*/api/v1/action-import-checks', () =>
      HttpResponse.json(
        {
          status: 422,
          code: 'validation_failed',
          errors: [{ pointer: '/file', code: 'no_headings' }],
        },
        { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  const user = userEvent.setup();
  renderAt('/fi/actions/import');
  await user.upload(await screen.findByLabelText('Valitse tiedosto'), file());
  expect(await screen.findByText(/Tiedostosta ei löydy otsikkoriviä/)).toBeVisible();
  expect(screen.getByText('toimet.csv')).toBeVisible();
});

it('drops what a check tells of a file when another was chosen meanwhile', async () => {
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  server.use(
    http.post('*/api/v1/action-import-checks', async ({ request }) => {
      const { fileName } = (await request.json()) as Input;
      if (fileName === 'a.csv') await held;
      checks.push({ fileName, file: '' });
      return HttpResponse.json(report({ [fileName === 'a.csv' ? 'new' : 'same']: 7 }));
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/actions/import');
  const field = await screen.findByLabelText('Valitse tiedosto');
  const status = within(screen.getByRole('main')).getByRole('status');
  expect(status).toBeEmptyDOMElement();
  await user.upload(field, new File(['x'], 'a.csv'));
  await waitFor(() => expect(status).toHaveTextContent('Tarkistetaan tiedostoa…'));
  await user.upload(field, new File(['y'], 'b.csv'));
  await waitFor(() => expect(status).toHaveTextContent('Uusia: 0, Muuttuvia: 0, Ennallaan: 7'));
  answer();
  await waitFor(() => expect(checks).toHaveLength(2));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(status).toHaveTextContent('Uusia: 0, Muuttuvia: 0, Ennallaan: 7');
});

it('says so when the machine cannot read the file', async () => {
  const read = vi.spyOn(FileReader.prototype, 'readAsDataURL').mockImplementation(function (
    this: FileReader,
  ) {
    this.onerror?.(new ProgressEvent('error') as ProgressEvent<FileReader>);
  });
  const user = userEvent.setup();
  renderAt('/fi/actions/import');
  await user.upload(await screen.findByLabelText('Valitse tiedosto'), file());
  expect(await screen.findByText(/Tiedostoa ei voitu lukea\./)).toBeVisible();
  expect(checks).toHaveLength(0);
  read.mockRestore();
});

it.each([
  ['goals', 'goal.create', 'goal', 'Tuo tavoitteet', '4 Lomake'],
  ['organisation', 'post.edit', 'post', 'Tuo tehtävät', ''],
  ['responsibilities', 'responsibility.edit', 'responsibility', 'Tuo vastuut', ''],
] as const)('takes %s by the same page', async (path, permission, kind, press, link) => {
  serve();
  const sent: Input[] = [];
  const told = report({
    changed: 1,
    rows: [
      {
        line: 2,
        no: link ? 4 : undefined,
        title: { fi: 'Lomake', sv: '', en: '' },
        state: 'changed',
        fields: [{ key: 'title.fi', heading: 'Nimi', old: 'Kaavake', new: 'Lomake' }],
        errors: [],
      },
    ],
  });
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, permissions: [permission] })),
    ),
    http.post(`*/api/v1/${kind}-import-checks`, () => HttpResponse.json(told)),
    http.post(`*/api/v1/${kind}-imports`, async ({ request }) => {
      sent.push((await request.json()) as Input);
      return HttpResponse.json({ ...told, imported: true }, { status: 201 });
    }),
  );
  const user = userEvent.setup();
  renderAt(`/fi/${path}/import`);
  await user.upload(await screen.findByLabelText('Valitse tiedosto'), file());
  expect(await screen.findByText('Kaavake')).toBeVisible();
  expect(screen.queryAllByRole('link', { name: link || /Lomake/ })).toHaveLength(link ? 1 : 0);
  expect(screen.getByRole('link', { name: 'suomeksi' })).toHaveAttribute(
    'href',
    `/api/v1/${kind}-import.xlsx?lang=fi`,
  );
  await user.click(screen.getByRole('button', { name: press }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.fingerprint).toBe('f1');
});

it('is only for those who may create actions', async () => {
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(anonymous())));
  renderAt('/fi/actions/import');
  expect(await screen.findByText('Sinulla ei ole oikeutta tuoda toimenpiteitä.')).toBeVisible();
});
