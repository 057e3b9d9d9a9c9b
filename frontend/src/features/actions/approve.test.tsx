import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { anonymous, myWork } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './MyWorkPage'; // a chunk of its own: no test waits for it
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

it('leads to the paper that waits: an approval names what was read', async () => {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, post, posts: [post] })),
    ),
    http.get('*/api/v1/me/work', () => HttpResponse.json(myWork({ waiting }))),
  );
  renderAt('/fi/my-work');
  const link = await screen.findByRole('link', { name: 'Lue ja hyväksy: LAPE-ryhmä 4/2026' });
  expect(link).toHaveAttribute('href', '/fi/meetings/m1');
  expect(screen.queryByRole('button', { name: /Hyväksy/ })).not.toBeInTheDocument();
});

it('marks the own responsibilities that are not accepted', async () => {
  const action = (no: number, leadStanding: string) => ({
    id: `a${no}`,
    no,
    title: text(`Toimi ${no}`),
    lead: { id: 'post-1', title: post.title, partyId: 'p-espoo' },
    leadStanding,
    others: [],
    duePrecision: 'day',
    status: 'in_progress',
    progress: 0,
    condition: { value: 'on_time', flags: [], explanation: { code: 'on_time' } },
    permissions: [],
  });
  const goal = { kind: 'goal', id: 'g3', no: 3, title: text('Tavoite'), part: 'lead' };
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, post, posts: [post] })),
    ),
    http.get('*/api/v1/me/work', () =>
      HttpResponse.json({
        ...myWork(),
        actions: [action(7, 'declined'), action(8, 'in_force')],
        actionsTotal: 2,
        duties: [
          { ...goal, unaccepted: 1 },
          { ...goal, id: 'g4', no: 4, unaccepted: 0 },
        ],
      }),
    ),
  );
  renderAt('/fi/my-work');
  const row = async (no: number) => (await screen.findByText(`Toimi ${no}`)).closest('tr');
  expect(await row(7)).toHaveTextContent('Palautettu');
  expect(await row(8)).not.toHaveTextContent('Palautettu');
  expect(screen.getAllByText('1 vastuu odottaa hyväksyntää')).toHaveLength(1);
});
