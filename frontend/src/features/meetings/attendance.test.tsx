import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { forgetTyped } from '../../lib/typed';
import { findAlert } from '../../test/alerts';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
import type { AttendanceInput, Participant } from './queries';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

const text = (fi: string) => ({ fi, sv: '', en: '' });
const participant = (id: string, more: Partial<Participant>): Participant => ({
  id,
  partyId: 'p-espoo',
  role: 'member',
  post: { id: `post-${id}`, partyId: 'p-espoo', title: text(`Virka ${id}`) },
  attendance: 'present',
  inspector: false,
  movements: [],
  there: true,
  version: 7,
  ...more,
});
const left = {
  kind: 'left' as const,
  at: '2026-11-23T06:20:00Z',
  agendaItemId: 'i2',
  agendaNo: 2,
};

/** A meeting under way with its second item in hand; what was sent for each participant. */
async function attendance(
  people: Participant[],
  permissions = ['meeting.record'],
  status: 'in_progress' | 'called' = 'in_progress',
) {
  const state = {
    sent: [] as { id: string; version: string | null; body: AttendanceInput }[],
    invited: [] as unknown[],
    refuse: false,
  };
  const now = () => meeting({ status, permissions, participants: people });
  server.use(
    http.get('*/api/v1/meetings/m1', () => HttpResponse.json(now())),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({
        items: [1, 2, 3].map((no) =>
          agendaItem({ id: `i${no}`, agendaNo: no, title: text(`Asia ${no}`), permissions }),
        ),
        moved: [],
      }),
    ),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    http.put('*/api/v1/meetings/m1/participants/:id', async ({ request, params }) => {
      const body = (await request.json()) as AttendanceInput;
      const id = String(params.id);
      state.sent.push({ id, version: request.headers.get('If-Match'), body });
      if (state.refuse) return refusal(412, 'stale_version');
      people = people.map((each) =>
        each.id === id
          ? {
              ...each,
              attendance: body.attendance,
              movements: (body.movements ?? []).map((move) => ({ ...move, agendaNo: 2 })),
              there: body.attendance === 'present' && body.movements?.at(-1)?.kind !== 'left',
              substitute: body.substitute?.name ? { name: body.substitute.name } : undefined,
              version: each.version + 1,
            }
          : each,
      );
      return HttpResponse.json(now());
    }),
    http.post('*/api/v1/meetings/m1/participants', async ({ request }) => {
      state.invited.push(await request.json());
      return state.refuse ? refusal(409, 'meeting_closed') : HttpResponse.json(now());
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1?item=i2');
  await screen.findByRole('heading', { level: 2, name: 'Asia 2' });
  return { user, state };
}

const marking = { name: 'Kirjaa läsnäolo' };

it('notes who leaves and comes during the item in hand, by the service’s clock', async () => {
  const { user, state } = await attendance([participant('a', {})]);
  // The key of the workspace leads to the first choice.
  await user.keyboard('{Alt>}[KeyN]{/Alt}');
  const choice = await screen.findByLabelText('Läsnäolo: Virka a');
  await waitFor(() => expect(choice).toHaveFocus());
  await user.selectOptions(choice, 'poistui nyt');
  await waitFor(() => expect(state.sent).toHaveLength(1));
  expect(state.sent[0]).toMatchObject({
    id: 'a',
    version: '"7"',
    body: { attendance: 'present', movements: [{ kind: 'left', agendaItemId: 'i2' }] },
  });
  expect(state.sent[0]?.body.movements?.[0]?.at).toMatch(/^2026-11-23T06:0[5-6]/);
  await waitFor(() =>
    expect(within(choice).queryByRole('option', { name: 'poistui nyt' })).not.toBeInTheDocument(),
  );
  await user.selectOptions(choice, 'saapui nyt');
  await waitFor(() => expect(state.sent).toHaveLength(2));
  expect(state.sent[1]?.version).toBe('"8"');
  expect(state.sent[1]?.body.movements?.map(({ kind }) => kind)).toEqual(['left', 'arrived']);
});

it('corrects the time of a movement, refuses one that is no time, and takes the last away', async () => {
  const { user, state } = await attendance([participant('a', { movements: [left], there: false })]);
  await user.click(screen.getByRole('button', marking));
  const more = { name: 'Sijainen ja ajat: Virka a' };
  await user.click(screen.getByRole('button', more));
  const time = await screen.findByLabelText('Poistui klo');
  expect(time).toHaveValue('8.20');
  expect(time).toHaveFocus();
  await user.clear(time);
  await user.type(time, 'kohta{Enter}');
  expect(time).toHaveAttribute('aria-invalid', 'true');
  expect(state.sent).toEqual([]);
  await user.clear(time);
  await user.type(time, '8.35');
  await user.selectOptions(screen.getByLabelText('Asian aikana'), '3 Asia 3');
  await user.click(screen.getByRole('button', { name: 'Tallenna' }));
  await waitFor(() => expect(state.sent).toHaveLength(1));
  expect(state.sent[0]?.body.movements).toEqual([
    { kind: 'left', at: '2026-11-23T06:35:00Z', agendaItemId: 'i3' },
  ]);
  expect(screen.queryByLabelText('Poistui klo')).not.toBeInTheDocument();

  await user.click(screen.getByRole('button', more));
  await user.click(await screen.findByRole('button', { name: 'Poista kirjaus' }));
  await user.click(screen.getByRole('button', { name: 'Tallenna' }));
  await waitFor(() => expect(state.sent).toHaveLength(2));
  expect(state.sent[1]?.body.movements).toEqual([]);
});

it('notes who takes a member’s place; a guest has no substitute', async () => {
  const { user, state } = await attendance([
    participant('a', { movements: [left] }),
    participant('b', { role: 'expert', post: undefined, guest: 'Asiantuntija' }),
  ]);
  await user.click(screen.getByRole('button', marking));
  await user.click(screen.getByRole('button', { name: 'Sijainen ja ajat: Virka a' }));
  await user.type(await screen.findByLabelText(/^Sijainen ilman tehtävää palvelussa/), 'Varajäsen');
  await user.click(screen.getByRole('button', { name: 'Tallenna' }));
  await waitFor(() => expect(state.sent).toHaveLength(1));
  expect(state.sent[0]?.body).toEqual({
    attendance: 'present',
    inspector: false,
    substitute: { name: 'Varajäsen' },
    movements: [{ kind: 'left', at: '2026-11-23T06:20:00Z', agendaItemId: 'i2' }],
  });
  expect(await screen.findByText(/sijainen: Varajäsen/)).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Sijainen ja ajat: Asiantuntija' }));
  expect(await screen.findByText(/Saapumiset ja poistumiset näkyvät tässä/)).toBeVisible();
  expect(screen.queryByLabelText(/^Sijainen/, { selector: 'input' })).not.toBeInTheDocument();
});

it('says that attendance was not saved, and shows what holds', async () => {
  const { user, state } = await attendance([participant('a', {})]);
  state.refuse = true;
  await user.click(screen.getByRole('button', marking));
  const choice = screen.getByLabelText('Läsnäolo: Virka a');
  await user.selectOptions(choice, 'poissa');
  await findAlert('Läsnäoloa ei tallennettu');
  expect(choice).toHaveValue('present');
});

it('marks the rest at once, and the focus goes on to what is left', async () => {
  const { user, state } = await attendance([
    participant('a', { attendance: 'expected', there: false }),
    participant('b', { attendance: 'absent', there: false }),
    participant('c', { attendance: 'expected', there: false }),
  ]);
  screen.getByRole('button', marking).focus();
  await user.keyboard('{Enter}');
  const all = await screen.findByRole('button', { name: 'Merkitse loput läsnä oleviksi' });
  expect(all).toHaveFocus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(all).not.toBeInTheDocument());
  expect(state.sent.map(({ id, body }) => `${id} ${body.attendance}`)).toEqual([
    'a present',
    'c present',
  ]);
  await waitFor(() => expect(screen.getByRole('button', { name: 'Valmis' })).toHaveFocus());
});

it('keeps the words of a guest that was not added', async () => {
  const { user, state } = await attendance([participant('a', {})]);
  state.refuse = true;
  await user.click(screen.getByRole('button', { name: 'Lisää vieras' }));
  const form = within(screen.getByRole('form', { name: 'Lisää vieras' }));
  await user.type(form.getByLabelText('Kuka tai mitä edustaa'), 'Järjestön edustaja');
  await user.selectOptions(form.getByLabelText('Osapuoli'), 'LUVN');
  await user.click(form.getByRole('button', { name: 'Lisää vieras' }));
  await findAlert('Tallennus ei onnistunut');
  expect(form.getByLabelText('Kuka tai mitä edustaa')).toHaveValue('Järjestön edustaja');
  expect(state.invited).toEqual([{ partyId: 'p-luvn', guest: 'Järjestön edustaja' }]);
});

it('is only read by who may not record', async () => {
  await attendance([participant('a', { movements: [left], there: false })], ['meeting.edit']);
  expect(screen.getByText('–8.20')).toBeVisible();
  expect(screen.queryByRole('button', marking)).not.toBeInTheDocument();
  expect(screen.queryByLabelText('Läsnäolo: Virka a')).not.toBeInTheDocument();
});
