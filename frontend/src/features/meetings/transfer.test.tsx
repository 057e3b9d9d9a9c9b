import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { forgetTyped } from '../../lib/typed';
import { findAlert } from '../../test/alerts';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
import type { MeetingStatus } from './queries';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

/** A meeting in a state, and two later ones of its forum; what was sent. */
async function transferring(
  status: MeetingStatus,
  permissions = ['meeting.edit', 'meeting.record'],
  ofMeeting = ['meeting.edit', 'meeting.record'],
) {
  const state = { sent: [] as unknown[], refuse: false };
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status, permissions: ofMeeting })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({
        items: [agendaItem({ title: { fi: 'Talous', sv: '', en: '' }, permissions })],
        moved: [],
      }),
    ),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/meetings', () =>
      HttpResponse.json({
        items: [meeting({ status }), meeting({ id: 'm2', number: 5, status: 'draft' })],
      }),
    ),
    http.post('*/api/v1/agenda-items/i1/transfers', async ({ request }) => {
      state.sent.push(await request.json());
      if (!state.refuse) return HttpResponse.json(agendaItem({ permissions }), { status: 201 });
      return refusal(422, 'validation_failed', { pointer: '/meetingId', code: 'not_found' });
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1?item=i1');
  await screen.findByRole('heading', { level: 2, name: 'Talous' });
  return { user, state };
}

const opener = { name: 'Siirrä tai kopioi' };

it('offers of a draft to move and to copy, not to carry on what has not begun', async () => {
  const { user, state } = await transferring('draft');
  screen.getByRole('button', opener).focus();
  await user.keyboard('{Enter}');
  const window = within(await screen.findByRole('dialog'));
  expect(window.getByText('Talous')).toBeVisible();
  const kind = window.getByLabelText('Miten');
  expect(
    within(kind)
      .getAllByRole('option')
      .map((o) => o.textContent),
  ).toEqual(['Siirrä asia', 'Kopioi asia']);
  // Without a meeting nothing goes.
  const send = window.getByRole('button', { name: 'Siirrä asia' });
  expect(send).toHaveAttribute('aria-disabled', 'true');
  await user.click(send);
  expect(state.sent).toEqual([]);
  const where = await window.findByLabelText('Mihin kokoukseen');
  await waitFor(() => expect(within(where).getAllByRole('option')).toHaveLength(2));
  await user.selectOptions(where, 'm2');
  await user.click(send);
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(state.sent).toEqual([{ kind: 'move', meetingId: 'm2' }]);
});

it('keeps what was chosen when it is refused, with the fault at its field', async () => {
  const { user, state } = await transferring('in_progress');
  state.refuse = true;
  await user.click(screen.getByRole('button', opener));
  const window = within(await screen.findByRole('dialog'));
  await user.selectOptions(window.getByLabelText('Miten'), 'carry_over');
  expect(window.getByText(/sen käsittelyä jatketaan valitussa kokouksessa/)).toBeVisible();
  const where = await window.findByLabelText('Mihin kokoukseen');
  await waitFor(() => expect(within(where).getAllByRole('option')).toHaveLength(2));
  await user.selectOptions(where, 'm2');
  const send = window.getByRole('button', { name: 'Siirrä käsittely myöhempään kokoukseen' });
  await user.click(send);
  await findAlert('Tallennus ei onnistunut');
  expect(where).toHaveValue('m2');
  expect(where).toHaveAttribute('aria-invalid', 'true');
  state.refuse = false;
  await user.click(send);
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(state.sent).toEqual([
    { kind: 'carry_over', meetingId: 'm2' },
    { kind: 'carry_over', meetingId: 'm2' },
  ]);
});

it('closes by Escape and comes back to its button', async () => {
  const { user, state } = await transferring('draft');
  const button = screen.getByRole('button', opener);
  await user.click(button);
  await screen.findByRole('dialog');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(button).toHaveFocus();
  expect(state.sent).toEqual([]);
});

it('offers no transfer of what one may not change', async () => {
  await transferring('in_progress', [], ['meeting.edit']);
  expect(screen.queryByRole('button', opener)).not.toBeInTheDocument();
});
