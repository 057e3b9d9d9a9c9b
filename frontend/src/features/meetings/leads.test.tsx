import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import './ShowPage';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Outcome } from './queries';
import { agendaItem, meeting } from './testdata';

const text = (fi: string) => ({ fi, sv: '', en: '' });

const link = (
  no: number,
  leadStanding: Outcome['actions'][number]['leadStanding'],
): Outcome['actions'][number] => ({
  id: `a${no}`,
  no,
  title: text(`Toimi ${no}`),
  condition: 'not_started',
  duePrecision: 'day',
  lead: { id: `p${no}`, title: text(`Virka ${no}`), partyId: 'p-luvn' },
  leadStanding,
});

const decision: Outcome = {
  id: 'o1',
  no: 1,
  type: 'decision',
  text: text('Ohje otetaan käyttöön.'),
  lateEntry: false,
  recordedAt: '2026-11-23T06:30:00Z',
  open: false,
  actions: [link(7, 'proposed'), link(8, 'in_force')],
  referrals: [],
  dissents: [],
  version: 1,
  permissions: [],
};

beforeEach(() => {
  const items = [agendaItem({ title: text('Tiedonsiirto'), outcomes: [decision] })];
  server.use(
    http.get('*/api/v1/meetings/m1', () => HttpResponse.json(meeting({ status: 'in_progress' }))),
    http.get('*/api/v1/meetings/m1/agenda-items', () => HttpResponse.json({ items, moved: [] })),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
  );
});

it('marks at an outcome the lead of its action that is only proposed, and no other', async () => {
  renderAt('/fi/meetings/m1');
  const [proposed] = await screen.findAllByRole('link', { name: 'Virka 7' });
  const [agreed] = screen.getAllByRole('link', { name: 'Virka 8' });
  expect(proposed?.parentElement).toHaveTextContent('Odottaa hyväksyntää');
  expect(agreed?.parentElement).not.toHaveTextContent('Odottaa hyväksyntää');
});

it('marks it on the screen of the room too', async () => {
  renderAt('/fi/meetings/m1/show');
  const item = await screen.findByRole('article', { name: 'Tiedonsiirto' });
  expect(await within(item).findByText('Virka 7')).toBeVisible();
  expect(within(item).getAllByText('Odottaa hyväksyntää')).toHaveLength(1);
});

it('marks it among what earlier meetings offer to the agenda', async () => {
  const offer = (no: number, leadStanding: string) => ({
    kind: 'action',
    id: `a${no}`,
    no,
    title: text(`Toimi ${no}`),
    text: text(''),
    since: '2026-10-01',
    post: link(no, undefined).lead,
    leadStanding,
    visibility: 'public',
  });
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status: 'draft', permissions: ['meeting.edit'] })),
    ),
    http.get('*/api/v1/meetings/m1/offers', () =>
      HttpResponse.json({ items: [offer(7, 'declined'), offer(8, 'in_force')] }),
    ),
  );
  renderAt('/fi/meetings/m1');
  expect(
    await screen.findByRole('checkbox', { name: /7 Toimi 7.*Virka 7 Palautettu/ }),
  ).toBeVisible();
  expect(screen.getByRole('checkbox', { name: /8 Toimi 8.*Virka 8$/ })).toBeVisible();
});
