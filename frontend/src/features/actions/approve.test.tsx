import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { MyWork } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const post = {
  id: 'post-1',
  title: text('Sivistysjohtaja'),
  unit: text('Sivistys'),
  partyId: 'p-espoo',
  deputy: false,
};

const waiting: MyWork['waiting'] = [
  {
    reason: 'approval',
    days: 2,
    on: '2026-11-21',
    role: 'inspector',
    meeting: {
      id: 'm1',
      forum: { id: 'f1', key: 'lape', title: text('LAPE-ryhmä') },
      year: 2026,
      number: 4,
      startsAt: '2026-11-21T11:00:00Z',
      status: 'closed',
    },
  },
];

function work(answer: () => Response) {
  let approvals = 0;
  let left = waiting;
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, post, posts: [post] })),
    ),
    http.get('*/api/v1/me/work', () =>
      HttpResponse.json({ waiting: left, actions: [], duties: [], meetings: [], reports: [] }),
    ),
    http.post('*/api/v1/meetings/m1/approvals', () => {
      approvals++;
      const response = answer();
      if (response.ok) left = [];
      return response;
    }),
  );
  return () => approvals;
}

it('approves a paper in one press, and tells so although its row is gone', async () => {
  const approvals = work(() => HttpResponse.json({ id: 'm1', status: 'approved' }));
  renderAt('/fi/my-work');
  const button = await screen.findByRole('button', {
    name: 'Hyväksy asiakirja: LAPE-ryhmä 4/2026',
  });
  expect(screen.getByRole('link', { name: 'Lue asiakirja: LAPE-ryhmä 4/2026' })).toHaveAttribute(
    'href',
    '/fi/meetings/m1',
  );
  await userEvent.click(button);
  await waitFor(() => expect(button).not.toBeInTheDocument());
  expect(await screen.findByText('Hyväksyntäsi on kirjattu: LAPE-ryhmä 4/2026.')).toBeVisible();
  expect(approvals()).toBe(1);
});

it('says beside the row why a paper was not approved', async () => {
  work(() =>
    HttpResponse.json(
      { status: 409, code: 'meeting_not_closed', title: 'Conflict', state: 'published' },
      { status: 409 },
    ),
  );
  renderAt('/fi/my-work');
  await userEvent.click(await screen.findByRole('button', { name: /^Hyväksy asiakirja/ }));
  expect(await screen.findByText('Hyväksyntää ei kirjattu')).toBeVisible();
  expect(screen.getByRole('button', { name: /^Hyväksy asiakirja/ })).toBeVisible();
});
