import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { forgetTyped } from '../../lib/typed';
import { findAlert } from '../../test/alerts';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
import type { DeskState } from './queries';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

const text = (fi: string) => ({ fi, sv: '', en: '' });
const me = { id: 'me', partyId: 'p-luvn', title: text('Hallintosihteeri') };
const other = { id: 'other', partyId: 'p-espoo', title: text('Hyvinvointikoordinaattori') };
const at = (seconds: number) => `2026-11-23T06:05:${String(seconds).padStart(2, '0')}Z`;

/** What the server tells of the pen: whose it is, who asks for it and from when they may take it. */
function desk(holder?: typeof me, asking?: typeof me, takesFrom = 20): DeskState {
  return {
    now: at(0),
    watchers: [{ post: other, writes: true }] as DeskState['watchers'],
    autosaves: [],
    ...(holder && {
      pen: {
        holder,
        mine: holder === me,
        takenAt: at(0),
        seenAt: at(0),
        lapsesAt: '2026-11-23T06:08:00Z',
        ...(asking && {
          asking: { post: asking, mine: asking === me, askedAt: at(0), takesFrom: at(takesFrom) },
        }),
      },
    }),
  };
}

/** A meeting under way; what was done, in order, and the desk that the next answer tells. */
async function writing(first: DeskState) {
  const state = { now: first, next: first, refuse: false, done: [] as string[] };
  const step =
    (name: string) =>
    async ({ request }: { request: Request }) => {
      const body = await request.text();
      state.done.push(body ? `${name} ${body}` : name);
      if (state.refuse) return refusal(409, 'pen_held');
      state.now = state.next;
      return HttpResponse.json(state.now);
    };
  const permissions = ['meeting.edit', 'meeting.record'];
  const item = agendaItem({ title: text('Talous'), permissions });
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status: 'in_progress', permissions })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [item], moved: [] }),
    ),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/meetings/m1/desk', () => HttpResponse.json(state.now)),
    http.put('*/api/v1/agenda-items/i1', async ({ request }) => {
      const body = (await request.json()) as { proceedings: typeof item.proceedings };
      state.done.push(`saved ${body.proceedings.fi}`);
      return HttpResponse.json({ ...item, ...body, version: 2 });
    }),
    http.post('*/api/v1/meetings/m1/pen', step('take')),
    http.post('*/api/v1/meetings/m1/pen-request', step('ask')),
    http.post('*/api/v1/meetings/m1/pen-refusal', step('keep')),
    http.post('*/api/v1/meetings/m1/pen-passing', step('pass')),
  );
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1?item=i1');
  await screen.findByRole('heading', { level: 2, name: 'Talous' });
  return { user, state };
}

const press = (name: string) => screen.getByRole('button', { name });

it('asks for the pen by its key, and takes it anyway when no answer has come', async () => {
  const { user, state } = await writing(desk(other));
  expect(screen.getByText('Kirjoittaa:')).toBeVisible();
  expect(screen.queryByText('Kynä on sinulla.')).not.toBeInTheDocument();
  state.next = desk(other, me, 2);
  await user.keyboard('{Alt>}[KeyP]{/Alt}');
  expect(await screen.findByText('Pyysit kynää. Odotetaan vastausta.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Ota kynä' })).not.toBeInTheDocument();
  state.next = desk(me);
  await user.click(await screen.findByRole('button', { name: 'Ota kynä' }));
  expect(await screen.findByText('Kynä on sinulla.')).toBeVisible();
  expect(state.done).toEqual(['ask', 'take']);
});

it('gives it to who asks, once what was typed has become content, and says that nothing is lost', async () => {
  const { user, state } = await writing(desk(me, other));
  await findAlert('Hyvinvointikoordinaattori pyytää kynää.');
  await user.type(screen.getByLabelText('Käsittely'), 'Keskusteltiin.');
  state.next = desk(other);
  await user.keyboard('{Alt>}[KeyP]{/Alt}');
  await waitFor(() =>
    expect(state.done).toEqual(['saved Keskusteltiin.', 'pass {"postId":"other"}']),
  );
  expect(
    await screen.findByText('Kynä on nyt: Hyvinvointikoordinaattori. Kirjoittamasi on tallessa.'),
  ).toBeInTheDocument();
  expect(await screen.findByRole('button', { name: 'Pyydä kynää' })).toBeVisible();
});

it('keeps it, and the question goes away', async () => {
  const { user, state } = await writing(desk(me, other));
  const question = await findAlert('Hyvinvointikoordinaattori pyytää kynää.');
  state.next = desk(me);
  await user.click(within(question).getByRole('button', { name: 'Jatkan vielä' }));
  await waitFor(() => expect(question).not.toBeInTheDocument());
  expect(state.done).toEqual(['keep']);
  expect(screen.getByText('Kynä on sinulla.')).toBeVisible();
});

it('passes it unasked to one who watches, or lays it down', async () => {
  const { user, state } = await writing(desk(me));
  await user.click(press('Anna kynä'));
  expect(press('Anna kynä')).toHaveAttribute('aria-expanded', 'true');
  state.next = desk(other);
  await user.click(press('Anna: Hyvinvointikoordinaattori'));
  await waitFor(() => expect(state.done).toEqual(['pass {"postId":"other"}']));
  expect(await screen.findByText('Kirjoittaa:')).toBeVisible();
});

it('says that the pen did not change hands, and whose it is', async () => {
  const { user, state } = await writing(desk());
  expect(screen.getByText('Kynä on vapaa.')).toBeVisible();
  state.refuse = true;
  state.now = desk(other);
  await user.click(press('Ota kynä'));
  await findAlert('Kynä ei vaihtunut');
  expect(await screen.findByText('Kirjoittaa:')).toBeVisible();
});
