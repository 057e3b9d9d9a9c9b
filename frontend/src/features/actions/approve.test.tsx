import { screen } from '@testing-library/react';
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

it('leads to the paper that waits: an approval names what was read', async () => {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, post, posts: [post] })),
    ),
    http.get('*/api/v1/me/work', () =>
      HttpResponse.json({ waiting, actions: [], duties: [], meetings: [], reports: [] }),
    ),
  );
  renderAt('/fi/my-work');
  const link = await screen.findByRole('link', { name: 'Lue ja hyväksy: LAPE-ryhmä 4/2026' });
  expect(link).toHaveAttribute('href', '/fi/meetings/m1');
  expect(screen.queryByRole('button', { name: /Hyväksy/ })).not.toBeInTheDocument();
});
