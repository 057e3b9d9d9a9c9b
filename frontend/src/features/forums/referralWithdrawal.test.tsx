import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './ForumPage'; // loaded from the start: the first test does not wait for it
import type { ReferralEntry } from '../../api/referrals';
import { forum } from './testdata';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

const waiting: ReferralEntry = {
  id: 'r1',
  from: { id: 'f1', key: 'lape', title: { fi: 'LAPE' } },
  to: { id: 'f2', key: 'other', title: { fi: 'Muu' } },
  state: 'open',
  sentAt: '2026-11-01T10:00:00Z',
  dueOn: '2026-11-15',
  overdue: true,
  daysOver: 8,
  listed: false,
  outcomeId: 'o1',
  meeting: {
    id: 'm1',
    forum: { id: 'f1', key: 'lape', title: { fi: 'LAPE' } },
    year: 2026,
    number: 4,
    startsAt: '2026-11-01T08:00:00Z',
    status: 'published',
  },
  item: { id: 'i1', agendaNo: 1, title: { fi: 'Tiedonsiirto' } },
  text: { fi: 'Lähetetään.' },
  explanation: { fi: '' },
  visibility: 'public',
  senderOpen: false,
  version: 1,
  permissions: ['referral.withdraw'],
};

function serve(referrals: () => ReferralEntry[] | null) {
  server.use(
    http.get('*/api/v1/forums/f1', () => HttpResponse.json(forum({}))),
    http.get('*/api/v1/meetings', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/outcomes', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/referrals', () => {
      const items = referrals();
      return items
        ? HttpResponse.json({ items })
        : HttpResponse.json({ status: 500, code: 'internal', title: 'x' }, { status: 500 });
    }),
  );
}

it('withdraws a referral that the other forum does not answer, and shows why', async () => {
  const user = userEvent.setup();
  let shown = waiting;
  serve(() => [shown]);
  server.use(
    http.post('*/api/v1/referrals/r1/withdrawal', async ({ request }) => {
      const { reason } = (await request.json()) as { reason: ReferralEntry['text'] };
      if (!reason.sv) {
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
      shown = {
        ...waiting,
        state: 'withdrawn',
        overdue: false,
        daysOver: 0,
        settled: reason,
        settledAt: '2026-11-23T08:00:00Z',
        permissions: [],
      };
      return HttpResponse.json(shown);
    }),
  );
  renderAt('/fi/forums/f1');
  const list = within(await screen.findByRole('region', { name: 'Lähetteet foorumien välillä' }));
  expect(list.getByText('vastaus myöhässä 8 päivää')).toBeVisible();
  expect(list.queryByRole('button', { name: /^Palauta|^Ota vastaan/ })).not.toBeInTheDocument();
  await user.click(list.getByRole('button', { name: 'Peru lähete: Tiedonsiirto' }));
  const fi = list.getByLabelText(/^Suomi|^Suomeksi/);
  await user.type(fi, 'Ratkesi');
  await user.click(list.getByRole('button', { name: 'Peru lähete' }));
  expect(await list.findByText('Tieto puuttuu.')).toBeVisible();
  expect(fi).toHaveValue('Ratkesi');
  await user.type(list.getByLabelText(/^Ruotsi|^Ruotsiksi/), 'Löstes');
  await user.click(list.getByRole('button', { name: 'Peru lähete' }));
  expect(await list.findByText(/Lähettäjän ratkaisu:/)).toHaveTextContent('Ratkesi');
  expect(list.getByText('peruttu')).toBeVisible();
  expect(list.queryByRole('button', { name: /^Peru lähete/ })).not.toBeInTheDocument();
});

it('does not show a failed request as no referrals', async () => {
  const user = userEvent.setup();
  let fails = true;
  serve(() => (fails ? null : [waiting]));
  renderAt('/fi/forums/f1');
  const list = within(await screen.findByRole('region', { name: 'Lähetteet foorumien välillä' }));
  expect(list.getByRole('alert')).toBeVisible();
  fails = false;
  await user.click(list.getByRole('button', { name: 'Yritä uudelleen' }));
  expect(await screen.findByText('vastaus myöhässä 8 päivää')).toBeVisible();
});
