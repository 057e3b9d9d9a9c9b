import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './GapsPage'; // a chunk of its own: no test waits for it
import type { GapItem, GapReason } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });

function gap(id: string, reasons: GapReason[], handover: Partial<GapItem['handover']>): GapItem {
  return {
    reasons,
    handover: {
      id,
      fromStageId: 's1',
      toStageId: 's2',
      what: text(`Tieto ${id}`),
      channel: text(''),
      gap: 'none',
      gapReason: text(''),
      reviewOverdue: false,
      evidence: [],
      responsibilities: [],
      standing: 'in_force',
      validFrom: '2026-01-01',
      updatedAt: '2026-11-09T08:00:00Z',
      version: 1,
      permissions: [],
      ...handover,
    },
    chain: { id: 'c', key: 'c', title: text('Ketju') },
    from: { id: 's1', partyId: 'p-luvn', position: 1, title: text('Neuvola') },
    to: { id: 's2', partyId: 'p-espoo', position: 2, title: text('Päiväkoti') },
    actions: [],
    hasAction: false,
  };
}

let asked: URLSearchParams[];

beforeEach(() => {
  asked = [];
  const accepted = {
    partyId: 'p-luvn',
    answer: 'accepted' as const,
    decidedAt: '2026-11-09T08:00:00Z',
  };
  const items = [
    gap('open', ['unaccepted', 'no_action'], {
      standing: 'proposed',
      nextReviewOn: '2027-01-31',
      waiting: {
        revision: 1,
        state: 'open',
        proposedAt: '2026-11-09T08:00:00Z',
        acceptances: [accepted, { partyId: 'p-espoo', answer: 'open' }],
      },
    }),
    gap('returned', ['unaccepted', 'no_action'], {
      standing: 'declined',
      nextReviewOn: '2027-01-31',
      waiting: {
        revision: 1,
        state: 'declined',
        proposedAt: '2026-11-01T08:00:00Z',
        acceptances: [
          accepted,
          { partyId: 'p-espoo', answer: 'declined', decidedAt: '2026-11-20T08:00:00Z' },
        ],
      },
    }),
    gap('never', ['no_review', 'no_action'], {}),
  ];
  server.use(
    http.get('*/api/v1/chains', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/themes', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/tags', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/gaps', ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json({ items, total: items.length });
    }),
  );
});

const row = async (name: string) => {
  const found = (await screen.findByRole('link', { name })).closest('tr');
  if (!found) throw new Error('no row');
  return within(found);
};

it('tells for how long a hand-over has waited, or nobody has taken up what was returned', async () => {
  renderAt('/fi/gaps');
  expect(await (await row('Tieto open')).findByText(/Espoo.*14 pv/)).toBeVisible();
  expect((await row('Tieto returned')).getByText(/Palautettu 3 päivää sitten\./)).toBeVisible();
});

it('lists a hand-over without a day for its review under a reason of its own', async () => {
  const { router } = renderAt('/fi/gaps');
  const never = await row('Tieto never');
  expect(never.getByText('Tarkistusta ei sovittu')).toBeVisible();
  expect(never.getByText('ei sovittu')).toBeVisible();
  await userEvent.selectOptions(screen.getByLabelText('Syy'), 'Tarkistusta ei sovittu');
  await waitFor(() => expect(router.state.location.search).toEqual({ reason: 'no_review' }));
  await waitFor(() => expect(asked.at(-1)?.getAll('reason')).toEqual(['no_review']));
});

it('puts what has waited longest first where that is what was asked for', async () => {
  renderAt('/fi/gaps?reason=unaccepted');
  await row('Tieto open');
  expect(asked.some((query) => query.get('sort') === 'waitingSince')).toBe(true);
});
