import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { fi } from '../../i18n/fi';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { forgetTyped } from '../../lib/typed';
import { findAlert } from '../../test/alerts';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
import type { components } from '../../api/schema';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

type Offer = components['schemas']['Offer'];
const text = (fi: string) => ({ fi, sv: '', en: '' });
const offer = (id: string, kind: Offer['kind'], more: Partial<Offer> = {}): Offer => ({
  id,
  kind,
  title: text(`Tarjous ${id}`),
  text: text(''),
  since: '2026-11-01',
  visibility: 'public',
  ...more,
});
const offered = [
  offer('t1', 'topic', { dueOn: '2026-12-01' }),
  offer('a1', 'action', { no: 9, condition: 'late', dueOn: '2026-11-01' }),
  offer('d1', 'deferred', {
    from: { itemId: 'x', meetingId: 'm0', number: 3, year: 2026 } as Offer['from'],
  }),
  offer('r1', 'referral'),
];

/** A draft to which these things offer themselves; what was drawn. */
function offers(list: Offer[], permissions = ['meeting.edit']) {
  const state = { sent: [] as unknown[], refuse: false, fail: false, list };
  server.use(
    http.get('*/api/v1/meetings/m1', () => HttpResponse.json(meeting({ permissions }))),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [agendaItem({ title: text('Talous'), permissions })], moved: [] }),
    ),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/meetings/m1/offers', () =>
      state.fail ? refusal(500, 'internal') : HttpResponse.json({ items: state.list }),
    ),
    http.post('*/api/v1/meetings/m1/draws', async ({ request }) => {
      const body = (await request.json()) as { picks: { id: string }[] };
      state.sent.push(body);
      if (state.refuse) return refusal(409, 'meeting_closed');
      state.list = state.list.filter(({ id }) => !body.picks.some((pick) => pick.id === id));
      return HttpResponse.json({ items: [], moved: [] }, { status: 201 });
    }),
  );
  return { state, user: userEvent.setup() };
}

const region = async () =>
  within(await screen.findByRole('region', { name: 'Tarjolla esityslistalle' }));

it('takes several up with one press, each kind under its name', async () => {
  const { state, user } = offers(offered);
  renderAt('/fi/meetings/m1');
  const section = await region();
  const topics = await section.findByRole('group', { name: 'Ehdotetut aiheet' });
  expect(topics).toHaveTextContent('toivotaan 1.12.2026 mennessä');
  expect(section.getByRole('group', { name: 'Avoimet toimenpiteet' })).toHaveTextContent(
    '9 Tarjous a1',
  );
  expect(section.getByRole('group', { name: 'Siirretyt asiat' })).toHaveTextContent(
    'kokouksesta 3/2026',
  );
  const take = section.getByRole('button', { name: 'Ota esityslistalle' });
  expect(take).toHaveAttribute('aria-disabled', 'true');
  await user.click(take);
  expect(state.sent).toEqual([]);

  section.getByRole('checkbox', { name: /Tarjous t1/ }).focus();
  await user.keyboard(' ');
  await user.click(section.getByRole('checkbox', { name: /Tarjous r1/ }));
  await user.click(section.getByRole('button', { name: 'Ota 2 asiaa esityslistalle' }));
  expect(await screen.findByText('2 asiaa otettiin esityslistalle.')).toBeInTheDocument();
  expect(state.sent).toEqual([
    {
      picks: [
        { kind: 'topic', id: 't1' },
        { kind: 'referral', id: 'r1' },
      ],
    },
  ]);
  await waitFor(() =>
    expect(section.queryByRole('checkbox', { name: /Tarjous t1/ })).not.toBeInTheDocument(),
  );
  expect(section.getByRole('checkbox', { name: /Tarjous d1/ })).not.toBeChecked();
});

it('keeps what was chosen when it is refused', async () => {
  const { state, user } = offers(offered);
  state.refuse = true;
  renderAt('/fi/meetings/m1');
  const section = await region();
  await user.click(await section.findByRole('checkbox', { name: /Tarjous d1/ }));
  await user.click(section.getByRole('button', { name: 'Ota esityslistalle' }));
  await findAlert('Asioita ei otettu esityslistalle');
  expect(section.getByRole('checkbox', { name: /Tarjous d1/ })).toBeChecked();
});

it('says so where nothing waits, and never takes an error for nothing', async () => {
  const { state, user } = offers([]);
  state.fail = true;
  renderAt('/fi/meetings/m1');
  const section = await region();
  const alert = await findAlert(fi.problems.title);
  expect(section.queryByText('Mitään ei odota käsittelyä.')).not.toBeInTheDocument();
  state.fail = false;
  await user.click(within(alert).getByRole('button', { name: 'Yritä uudelleen' }));
  expect(await section.findByText('Mitään ei odota käsittelyä.')).toBeVisible();
});

it('is not there for who may only record', async () => {
  offers(offered, ['meeting.record']);
  renderAt('/fi/meetings/m1');
  await screen.findByRole('heading', { level: 2, name: 'Talous' });
  expect(screen.queryByRole('region', { name: 'Tarjolla esityslistalle' })).not.toBeInTheDocument();
});
