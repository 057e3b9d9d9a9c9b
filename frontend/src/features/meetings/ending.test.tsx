import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { forgetTyped } from '../../lib/typed';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
import type { Meeting, Outcome } from './queries';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

const deferral: Outcome = {
  id: 'o1',
  no: 1,
  type: 'deferred',
  text: { fi: 'Palataan asiaan.', sv: 'Återkommer.', en: '' },
  lateEntry: false,
  recordedAt: '2026-11-23T06:30:00Z',
  open: false,
  actions: [],
  referrals: [],
  dissents: [],
  version: 1,
  permissions: ['outcome.end'],
};

const referral: Outcome = {
  ...deferral,
  type: 'referral',
  text: { fi: 'Lähetetään.', sv: 'Hänskjuts.', en: '' },
  referrals: [
    {
      id: 'r1',
      from: { id: 'f1', key: 'lape', title: { fi: 'LAPE' } },
      to: { id: 'f2', key: 'other', title: { fi: 'Muu' } },
      state: 'open',
      dueOn: '2026-12-07',
      overdue: false,
      daysOver: 0,
      listed: false,
      version: 4,
    },
  ],
  permissions: ['referral.withdraw'],
};

/** A published meeting with one outcome; what is sent to end it, and how that is answered. */
function published(outcome: Outcome, path: string, after: Outcome) {
  const sent: { reason: Record<string, string> }[] = [];
  let shown = outcome;
  const paper: Meeting = meeting({ status: 'published', permissions: [] });
  server.use(
    http.get('*/api/v1/meetings/m1', () => HttpResponse.json(paper)),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [agendaItem({ outcomes: [shown] })], moved: [] }),
    ),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ changes: [] })),
    http.post(`*/api/v1${path}`, async ({ request }) => {
      const body = (await request.json()) as { reason: Record<string, string> };
      sent.push(body);
      if (!body.reason.sv) {
        return HttpResponse.json(
          {
            status: 422,
            code: 'validation_failed',
            title: 'x',
            errors: [{ pointer: '/reason/sv', code: 'required' }],
          },
          { status: 422 },
        );
      }
      shown = after;
      return HttpResponse.json({});
    }),
  );
  return sent;
}

it.each([
  [
    'ends a deferral',
    deferral,
    '/outcomes/o1/ending',
    {
      ...deferral,
      endedAt: '2026-12-01T08:00:00Z',
      endReason: { fi: 'Laki muuttui', sv: 'Lagen ändrades' },
      permissions: [],
    },
    'Lopputulos 1 ei aiheuta enää toimia',
    'Ei aiheuta enää toimia',
    'Kokouksen jälkeen todettiin 1.12.2026, ettei toimia enää tarvita: Laki muuttui',
  ],
  [
    'withdraws a referral that waits',
    referral,
    '/referrals/r1/withdrawal',
    {
      ...referral,
      referrals: referral.referrals.map((sent) => ({
        ...sent,
        state: 'withdrawn' as const,
        settledAt: '2026-12-01T08:00:00Z',
        settled: { fi: 'Laki muuttui', sv: 'Lagen ändrades' },
      })),
      permissions: [],
    },
    'Peru lopputuloksen 1 lähete',
    'Peru lähete',
    'peruttu. Lähettäjän ratkaisu: Laki muuttui (1.12.2026)',
  ],
] satisfies [string, Outcome, string, Outcome, string, string, string][])(
  '%s beside a published paper, and keeps what is refused',
  async (_, outcome, path, after, name, send, told) => {
    const user = userEvent.setup();
    const sent = published(outcome, path, after);
    renderAt('/fi/meetings/m1');
    await user.click(await screen.findByRole('button', { name }));
    const form = within(await screen.findByRole('form', { name }));
    const fi = form.getByLabelText(/^Suomi|^Suomeksi/);
    expect(fi).toHaveFocus();
    await user.type(fi, 'Laki muuttui');
    await user.click(form.getByRole('button', { name: send }));
    expect(await form.findByText('Tieto puuttuu.')).toBeVisible();
    expect(fi).toHaveValue('Laki muuttui');
    await user.type(form.getByLabelText(/^Ruotsi|^Ruotsiksi/), 'Lagen ändrades');
    await user.click(form.getByRole('button', { name: send }));
    const isTold = (_text: string, element: Element | null) =>
      element?.tagName === 'P' && element.textContent.endsWith(told);
    expect(await screen.findByText(isTold)).toBeVisible();
    expect(screen.queryByRole('form', { name })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
    expect(sent.at(-1)?.reason).toEqual({ fi: 'Laki muuttui', sv: 'Lagen ändrades', en: '' });
  },
);

const endedDeferral: Outcome = {
  ...deferral,
  endedAt: '2026-12-01T08:00:00Z',
  endReason: { fi: 'Raukesi', sv: 'Förföll' },
  version: 7,
  permissions: ['ending.correct', 'ending.retract'],
};
const withdrawn: Outcome = {
  ...referral,
  referrals: referral.referrals.map((sent) => ({
    ...sent,
    state: 'withdrawn' as const,
    settledAt: '2026-12-01T08:00:00Z',
    settled: { fi: 'Raukesi', sv: 'Förföll' },
  })),
  permissions: ['ending.correct', 'ending.retract'],
};

/** What is sent to change an ending, with the version that it is based on. */
function changes(method: 'put' | 'post', path: string) {
  const sent: unknown[] = [];
  server.use(
    http[method](`*/api/v1${path}`, async ({ request }) => {
      const body = (await request.json()) as { reason: string };
      sent.push([request.headers.get('If-Match'), body]);
      return body.reason
        ? HttpResponse.json({})
        : refusal(422, 'validation_failed', { pointer: '/reason', code: 'required' });
    }),
  );
  return sent;
}

it.each([
  ['of a deferral', endedDeferral, '/outcomes/o1/ending', '"7"'],
  ['of a withdrawn referral', withdrawn, '/referrals/r1/withdrawal', '"4"'],
])('corrects the ending %s, and keeps what is refused', async (_, outcome, path, version) => {
  const user = userEvent.setup();
  published(outcome, '/never', outcome);
  const sent = changes('put', path);
  renderAt('/fi/meetings/m1');
  const name = 'Korjaa perustelua, lopputulos 1';
  await user.click(await screen.findByRole('button', { name }));
  const form = within(await screen.findByRole('form', { name }));
  const fi = form.getByLabelText(/^Suomi|^Suomeksi/);
  expect(fi).toHaveFocus();
  expect(fi).toHaveValue('Raukesi');
  await user.clear(fi);
  await user.type(fi, 'Laki muuttui');
  await user.click(form.getByRole('button', { name: 'Korjaa perustelua' }));
  expect(await form.findByText('Tieto puuttuu.')).toBeVisible();
  expect(fi).toHaveValue('Laki muuttui');
  await user.type(form.getByLabelText(/^Miksi perustelua korjataan/), 'Kirjausvirhe');
  await user.click(form.getByRole('button', { name: 'Korjaa perustelua' }));
  expect(await screen.findByText('Perustelu on korjattu.')).toBeVisible();
  const ending = { fi: 'Laki muuttui', sv: 'Förföll', en: '' };
  expect(sent.at(-1)).toEqual([version, { ending, reason: 'Kirjausvirhe' }]);
  expect(screen.getByRole('button', { name })).toBeVisible();
});

it.each([
  ['of a deferral', endedDeferral, '/outcomes/o1/ending-retraction', '"7"'],
  ['of a withdrawn referral', withdrawn, '/referrals/r1/withdrawal-retraction', '"4"'],
])('takes the ending %s back with a reason', async (_, outcome, path, version) => {
  const user = userEvent.setup();
  published(outcome, '/never', outcome);
  const sent = changes('post', path);
  renderAt('/fi/meetings/m1');
  const name = 'Ota takaisin lopputuloksen 1 päättäminen';
  await user.click(await screen.findByRole('button', { name }));
  const form = within(await screen.findByRole('form', { name }));
  const reason = form.getByLabelText(/^Miksi asia avataan uudelleen/);
  expect(reason).toHaveFocus();
  await user.type(reason, 'Erehdys');
  await user.click(form.getByRole('button', { name: 'Ota takaisin' }));
  expect(await screen.findByText('Asia on taas avoinna.')).toBeVisible();
  expect(sent).toEqual([[version, { reason: 'Erehdys' }]]);
});

it('shows both wordings where somebody else corrected it meanwhile', async () => {
  const user = userEvent.setup();
  published(endedDeferral, '/never', endedDeferral);
  const sent: unknown[] = [];
  server.use(
    http.put('*/api/v1/outcomes/o1/ending', ({ request }) => {
      sent.push(request.headers.get('If-Match'));
      if (sent.length > 1) return HttpResponse.json({});
      const current = {
        ...endedDeferral,
        endReason: { fi: 'Toinen syy', sv: 'Annat' },
        version: 8,
      };
      return HttpResponse.json(
        { status: 412, code: 'stale_version', title: 'x', current },
        { status: 412 },
      );
    }),
  );
  renderAt('/fi/meetings/m1');
  const name = 'Korjaa perustelua, lopputulos 1';
  await user.click(await screen.findByRole('button', { name }));
  const form = within(await screen.findByRole('form', { name }));
  const fi = form.getByLabelText(/^Suomi|^Suomeksi/);
  await user.clear(fi);
  await user.type(fi, 'Laki muuttui');
  await user.type(form.getByLabelText(/^Miksi perustelua korjataan/), 'Kirjausvirhe');
  await user.click(form.getByRole('button', { name: 'Korjaa perustelua' }));
  expect(await form.findByText(/Toinen/)).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Tallenna minun' }));
  expect(await screen.findByText('Perustelu on korjattu.')).toBeVisible();
  expect(sent).toEqual(['"7"', '"8"']);
});

it('offers nothing to who may not end it', async () => {
  published({ ...deferral, permissions: [] }, '/outcomes/o1/ending', deferral);
  renderAt('/fi/meetings/m1');
  await screen.findByText('Palataan asiaan.');
  expect(screen.queryByRole('button', { name: /ei aiheuta enää/ })).not.toBeInTheDocument();
});

it('says that the changes since the call could not be fetched', async () => {
  published({ ...deferral, permissions: [] }, '/outcomes/o1/ending', deferral);
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(
        meeting({ status: 'called', papers: true, calledAt: '2026-11-20T08:00:00Z' }),
      ),
    ),
    http.get('*/api/v1/meetings/m1/changes-since-call', () =>
      HttpResponse.json({ status: 500, code: 'internal', title: 'x' }, { status: 500 }),
    ),
  );
  renderAt('/fi/meetings/m1');
  expect(await screen.findByText('Kutsun jälkeisiä muutoksia ei saatu haettua')).toBeVisible();
});

it('leads from an item to the newer handling of its case', async () => {
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status: 'published', permissions: [] })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({
        items: [
          agendaItem({
            newer: {
              id: 'm2',
              forum: { id: 'f2', key: 'other', title: { fi: 'Muu foorumi' } },
              year: 2026,
              number: 7,
              startsAt: '2026-12-08T11:00:00Z',
              status: 'published',
            },
          }),
        ],
        moved: [],
      }),
    ),
  );
  renderAt('/fi/meetings/m1');
  const note = await screen.findByText(/^Asiasta on uudempi käsittely:/);
  expect(note).toHaveTextContent('Muu foorumi');
  expect(within(note).getByRole('link')).toHaveAttribute('href', '/fi/meetings/m2');
});
