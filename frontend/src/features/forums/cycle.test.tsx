import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './ForumPage'; // loaded from the start: the first test does not wait for it
import { anonymous } from '../../test/builders';
import { findAlert } from '../../test/alerts';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
import { forum, meeting, text } from './testdata';
import type { CycleEvent } from './yearQueries';

const event = (id: string, more: Partial<CycleEvent> = {}): CycleEvent => ({
  id,
  key: id,
  planId: 'plan',
  title: text(`Tapahtuma ${id}`),
  month: 3,
  year: 2026,
  permissions: ['plan_event.place', 'plan_event.assign'],
  ...more,
});

let sent: { step: string; body: unknown }[];
let refuse: boolean;
let own: CycleEvent[];

beforeEach(() => {
  sent = [];
  refuse = false;
  own = [event('e1'), event('e2', { month: 9 })];
  const step =
    (name: string, accept: () => void) =>
    async ({ request }: { request: Request }) => {
      sent.push({ step: name, body: await request.json() });
      if (refuse) return refusal(409, 'meeting_closed');
      accept();
      return HttpResponse.json(own[0] ?? event('e1'));
    };
  const none = () => HttpResponse.json({ items: [], total: 0 });
  server.use(
    http.get('*/api/v1/forums/f1', () => HttpResponse.json(forum())),
    http.get('*/api/v1/outcomes', none),
    http.get('*/api/v1/legal-bases', none),
    http.get('*/api/v1/referrals', none),
    http.get('*/api/v1/meetings', () =>
      HttpResponse.json({
        items: [
          meeting(3, { status: 'cancelled' }),
          meeting(2, { status: 'draft', startsAt: '2026-12-08T10:00:00Z' }),
          meeting(1, {}),
        ],
      }),
    ),
    http.get('*/api/v1/plan-events', ({ request }) => {
      const asked = new URL(request.url).searchParams;
      const items = asked.get('forumId') === 'none' ? [event('e9', { month: 5 })] : own;
      return HttpResponse.json({ items: asked.get('year') === '2026' ? items : [] });
    }),
    http.post(
      '*/api/v1/plan-events/e1/placement',
      step('place e1', () => {
        const startsOn = '2026-12-08';
        const placed = {
          id: 'meeting-2',
          number: 2,
          year: 2026,
          startsOn,
          status: 'draft' as const,
        };
        own = own.map((each) => (each.id === 'e1' ? { ...each, meeting: placed } : each));
      }),
    ),
    http.post(
      '*/api/v1/plan-events/e1/assignment',
      step('assign e1', () => (own = own.filter(({ id }) => id !== 'e1'))),
    ),
    http.post(
      '*/api/v1/plan-events/e9/assignment',
      step('assign e9', () => (own = [...own, event('e9', { month: 5 })])),
    ),
  );
});

async function cycle(permissions: string[]) {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({
          signedIn: permissions.length > 0,
          permissions,
        }),
      ),
    ),
  );
  renderAt('/fi/forums/f1');
  const heading = await screen.findByRole('heading', { name: /Vuosikello/ });
  const section = heading.closest('section');
  if (!section) throw new Error('no section');
  await within(section).findByText('Tapahtuma e1');
  return { section: within(section), user: userEvent.setup() };
}

it('puts an event of the cycle into a meeting of its year that is to be held', async () => {
  const { section, user } = await cycle([]);
  section.getByRole('button', { name: 'Muokkaa vuosikelloa' }).focus();
  await user.keyboard('{Enter}');
  const [where] = section.getAllByLabelText('Käsitellään kokouksessa');
  if (!where) throw new Error('no meetings to choose from');
  expect(
    within(where)
      .getAllByRole('option')
      .map((option) => option.textContent),
  ).toEqual(['Ei vielä', '1/2026, 8.9.2026', '2/2026, 8.12.2026']);
  await user.selectOptions(where, 'meeting-2');
  expect(await screen.findByText('Tieto tallennettiin.')).toBeInTheDocument();
  expect(sent).toEqual([{ step: 'place e1', body: { year: 2026, meetingId: 'meeting-2' } }]);
  expect(await section.findByRole('link', { name: '2/2026' })).toHaveAttribute(
    'href',
    '/fi/meetings/meeting-2',
  );
});

it('says that it was not saved, and shows what holds', async () => {
  const { section, user } = await cycle([]);
  refuse = true;
  await user.click(section.getByRole('button', { name: 'Muokkaa vuosikelloa' }));
  const [where] = section.getAllByLabelText('Käsitellään kokouksessa');
  if (!where) throw new Error('no meetings to choose from');
  await user.selectOptions(where, 'meeting-2');
  await findAlert('Tietoa ei tallennettu');
  expect(where).toHaveValue('');
  expect(section.getAllByText('Ei vielä missään kokouksessa')).toHaveLength(2);
});

it('lets who keeps the cycle take an event off the forum, and give it a free one', async () => {
  const { section, user } = await cycle(['plan_event.assign']);
  await user.click(section.getByRole('button', { name: 'Muokkaa vuosikelloa' }));
  await user.click(section.getByRole('button', { name: 'Irrota foorumista: Tapahtuma e1' }));
  await waitFor(() => expect(section.queryByText('Tapahtuma e1')).not.toBeInTheDocument());
  const free = await section.findByLabelText('Liitä vuosikellon tapahtuma tähän foorumiin');
  await user.selectOptions(free, 'e9');
  expect(await section.findByText('Tapahtuma e9')).toBeVisible();
  expect(sent).toEqual([
    { step: 'assign e1', body: {} },
    { step: 'assign e9', body: { forumId: 'f1' } },
  ]);
});

it('is only read by who may change nothing of it', async () => {
  own = [event('e1', { permissions: [] })];
  const { section } = await cycle([]);
  expect(section.getByText('maaliskuu')).toBeVisible();
  expect(section.queryByRole('button')).not.toBeInTheDocument();
});
