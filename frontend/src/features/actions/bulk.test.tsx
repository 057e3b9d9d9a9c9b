import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { action, anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
import './ActionsPage'; // chunks of their own: no test waits for them
import './BulkForm';
import type { BulkChange, BulkChangeInput, BulkValues } from './bulkQueries';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const rows = [1, 2, 3, 4].map((no) =>
  action({ id: `a-${no}`, no, title: text(`Toimi ${no}`), version: no + 10, dueOn: '2027-01-31' }),
);

const values = (change: Partial<BulkValues> = {}): BulkValues => ({
  version: 1,
  status: 'not_started',
  progress: 0,
  partyStatuses: [],
  result: text(''),
  condition: 'late',
  startsPrecision: 'day',
  dueOn: '2027-01-31',
  duePrecision: 'day',
  responsibilities: [],
  tagIds: [],
  ...change,
});

let checks: BulkChangeInput[];
let made: BulkChangeInput[];
let refused: string[];

function told(body: BulkChangeInput, done: boolean): BulkChange {
  const changed = body.items.filter(({ id }) => !refused.includes(id));
  return {
    changed: changed.length,
    same: 0,
    refused: body.items.length - changed.length,
    needsReason: !body.reason,
    made: done,
    rows: body.items.map(({ id }) => {
      const no = Number(id.slice(2));
      const wrong = refused.includes(id);
      return {
        id,
        no,
        title: text(`Toimi ${no}`),
        state: wrong ? 'refused' : 'changed',
        needsReason: !wrong && !body.reason,
        fields: wrong ? [] : ['dueOn', 'duePrecision'],
        before: values(),
        ...(!wrong && {
          after: values({ dueOn: '2027-05-01', duePrecision: 'month', condition: 'on_time' }),
        }),
        errors: wrong ? [{ pointer: '', code: 'forbidden' }] : [],
        ...(done && body.report && { wordId: `w-${no}` }),
      };
    }),
  };
}

beforeEach(() => {
  checks = [];
  made = [];
  refused = [];
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({
          signedIn: true,
          hasRole: true,
          partyId: 'p-espoo',
          permissions: ['action.edit', 'action.report'],
        }),
      ),
    ),
    http.get('*/api/v1/actions', () => HttpResponse.json({ items: rows, total: rows.length })),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], total: 0 })),
    http.post('*/api/v1/action-bulk-change-checks', async ({ request }) => {
      const body = (await request.json()) as BulkChangeInput;
      checks.push(body);
      return HttpResponse.json(told(body, false));
    }),
    http.post('*/api/v1/action-bulk-changes', async ({ request }) => {
      const body = (await request.json()) as BulkChangeInput;
      made.push(body);
      return HttpResponse.json(told(body, true));
    }),
  );
});

const box = (no: number) => screen.findByRole('checkbox', { name: `Valitse toimenpide ${no}` });
const ids = (body: BulkChangeInput | undefined) => body?.items.map(({ id }) => id);
const button = (name: string | RegExp) => screen.getByRole('button', { name });

it('chooses rows by Space and, with Shift, all between', async () => {
  renderAt('/fi/actions');
  (await box(1)).focus();
  await userEvent.keyboard(' ');
  expect(await screen.findByText('1 valittu')).toBeVisible();
  (await box(3)).focus();
  await userEvent.keyboard('{Shift>} {/Shift}');
  expect(await screen.findByText('3 valittu')).toBeVisible();
  expect(await box(2)).toBeChecked();
  await userEvent.click(await screen.findByRole('checkbox', { name: /Valitse kaikki näkyvät/ }));
  expect(await screen.findByText('4 valittu')).toBeVisible();
  await userEvent.click(button('Poista valinnat'));
  expect(await box(2)).not.toBeChecked();
  expect(screen.getByRole('checkbox', { name: /Valitse kaikki/ })).toHaveFocus();
});

it('shows old and new and what stands in the way, and changes only when nothing does', async () => {
  refused = ['a-2'];
  renderAt('/fi/actions');
  await userEvent.click(await box(1));
  await userEvent.click(await box(2));
  await userEvent.click(button('Muuta valittuja'));
  await userEvent.click(await screen.findByRole('radio', { name: 'Päivämäärät' }));
  await userEvent.type(screen.getByLabelText(/Uusi päivä: Määräaika/), '1.5.2027');
  await userEvent.selectOptions(screen.getByLabelText('Tarkkuus: Määräaika'), 'kuukausi');
  await userEvent.click(button('Esikatsele'));
  const preview = await screen.findByRole('group', { name: 'Muutoksen esikatselu' });
  expect(within(preview).getByText('31.1.2027')).toBeVisible();
  expect(within(preview).getByText('5/2027')).toBeVisible();
  expect(within(preview).getByText('Sinulla ei ole oikeutta muuttaa tätä.')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Muuta 1/ })).toBeNull();
  expect(checks[0]).toEqual({
    items: [
      { id: 'a-1', version: 11 },
      { id: 'a-2', version: 12 },
    ],
    edit: { due: { on: '2027-05-01', precision: 'month' } },
  });
  await userEvent.click(button('Jätä estyneet pois (1)'));
  await waitFor(() => expect(ids(checks[1])).toEqual(['a-1']));
  await waitFor(() => expect(screen.getByText(/, estyy 0, /).closest('p')).toHaveFocus());
  // A date that was agreed moves only for a reason.
  expect(await screen.findAllByText('Muutos tarvitsee perustelun.')).not.toHaveLength(0);
  expect(screen.queryByRole('button', { name: /^Muuta 1/ })).toBeNull();
  await userEvent.type(screen.getByLabelText('Perustelu'), 'Hankinta siirtyi');
  await userEvent.click(button('Muuta 1 toimenpide'));
  expect(await screen.findByText('1 toimenpide muutettiin.')).toBeVisible();
  expect(made).toEqual([
    {
      items: [{ id: 'a-1', version: 11 }],
      edit: { due: { on: '2027-05-01', precision: 'month' } },
      reason: 'Hankinta siirtyi',
    },
  ]);
  expect(screen.getByRole('checkbox', { name: /Valitse kaikki/ })).toHaveFocus();
  expect(await box(1)).not.toBeChecked();
});

it('changes nothing that was taken off after the preview', async () => {
  renderAt('/fi/actions');
  await userEvent.click(await box(1));
  await userEvent.click(await box(2));
  await userEvent.click(button('Muuta valittuja'));
  await userEvent.type(await screen.findByLabelText('Perustelu'), 'Kierros');
  await userEvent.click(button('Esikatsele'));
  expect(await screen.findByRole('button', { name: 'Muuta 2 toimenpidettä' })).toBeVisible();
  await userEvent.click(await box(2));
  expect(screen.queryByRole('button', { name: /^Muuta \d/ })).toBeNull();
  await userEvent.click(button('Esikatsele'));
  await userEvent.click(await screen.findByRole('button', { name: 'Muuta 1 toimenpide' }));
  expect(await screen.findByText('1 toimenpide muutettiin.')).toBeVisible();
  expect(made.map(ids)).toEqual([['a-1']]);
});

it('takes a report of several back by the note that tells of it', async () => {
  let taken: unknown;
  server.use(
    http.post('*/api/v1/action-bulk-withdrawals', async ({ request }) => {
      taken = await request.json();
      return HttpResponse.json({ withdrawn: 2 });
    }),
  );
  renderAt('/fi/actions');
  await userEvent.click(await box(1));
  await userEvent.click(await box(4));
  await userEvent.click(button('Muuta valittuja'));
  await userEvent.type(await screen.findByLabelText('Perustelu'), 'Kierros');
  await userEvent.click(button('Esikatsele'));
  await userEvent.click(await screen.findByRole('button', { name: 'Muuta 2 toimenpidettä' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Kumoa' }));
  expect(await screen.findByText('2 toimenpiteen kirjaus kumottiin.')).toBeVisible();
  expect(taken).toEqual({
    items: [
      { id: 'a-1', wordId: 'w-1' },
      { id: 'a-4', wordId: 'w-4' },
    ],
  });
  expect(made[0]?.report).toMatchObject({ status: 'in_progress', public: true });
});

it('says that nothing was changed when something moved in between, and keeps what was typed', async () => {
  server.use(
    http.post('*/api/v1/action-bulk-changes', () =>
      refusal(422, 'bulk_change_refused', { pointer: '/items/0', code: 'stale_version' }),
    ),
  );
  renderAt('/fi/actions');
  await userEvent.click(await box(1));
  await userEvent.click(button('Muuta valittuja'));
  await userEvent.type(await screen.findByLabelText('Perustelu'), 'Kierros');
  await userEvent.click(button('Esikatsele'));
  await userEvent.click(await screen.findByRole('button', { name: 'Muuta 1 toimenpide' }));
  expect(await screen.findByText('Mitään ei muutettu')).toBeVisible();
  expect(screen.getByText(/Esikatsele uudelleen: jokin muuttui/)).toBeVisible();
  expect(screen.getByLabelText('Perustelu')).toHaveValue('Kierros');
  expect(await box(1)).toBeChecked();
});

it('offers no selection to who may change nothing', async () => {
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(anonymous())));
  renderAt('/fi/actions');
  await screen.findByText('Toimi 1');
  expect(screen.queryByRole('checkbox', { name: /Valitse/ })).toBeNull();
});
