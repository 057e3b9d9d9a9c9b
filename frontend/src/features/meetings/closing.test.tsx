import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { useQuery } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { findAlert } from '../../test/alerts';
import { renderLinked } from '../../test/render';
import { refusal, server } from '../../test/server';
import { ClosingCheck } from './ClosingCheck';
import { agendaQuery, type AgendaItem, type Outcome } from './queries';
import { agendaItem, meeting } from './testdata';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const outcome = (id: string, more: Partial<Outcome>): Outcome => ({
  id,
  no: 1,
  type: 'decision',
  text: text(`Päätös ${id}`),
  lateEntry: false,
  recordedAt: '2026-11-23T06:30:00Z',
  open: false,
  actions: [],
  referrals: [],
  dissents: [],
  version: 1,
  permissions: [],
  ...more,
});
const may = ['meeting.edit', 'meeting.record'];
const item = (no: number, title: string, outcomes: Outcome[] = []) =>
  agendaItem({ id: `i${no}`, agendaNo: no, title: text(title), outcomes, permissions: may });

/** A meeting going on with these items; what was sent for the third one. */
function closing(items: AgendaItem[]) {
  const state = { items, sent: [] as unknown[], refuse: false };
  const settle = async (request: Request, more: Partial<AgendaItem>) => {
    state.sent.push(await request.json());
    if (state.refuse) return refusal(409, 'meeting_closed');
    state.items = state.items.map((each) => (each.id === 'i3' ? { ...each, ...more } : each));
    return HttpResponse.json(state.items.find(({ id }) => id === 'i3'));
  };
  server.use(
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: state.items, moved: [] }),
    ),
    http.get('*/api/v1/meetings', () =>
      HttpResponse.json({ items: [meeting({ id: 'm2', number: 5 })] }),
    ),
    http.post('*/api/v1/agenda-items/i3/outcomes', ({ request }) =>
      settle(request, { outcomes: [outcome('o3', { type: 'noted' })] }),
    ),
    http.post('*/api/v1/agenda-items/i3/non-handling', ({ request }) =>
      settle(request, { notHandled: text('Aika loppui') }),
    ),
    http.post('*/api/v1/agenda-items/i3/transfers', ({ request }) =>
      settle(request, { carriedOn: true }),
    ),
  );
  const onChoose = vi.fn<(id: string) => void>();
  renderLinked(<Check onChoose={onChoose} />);
  return { state, onChoose, user: userEvent.setup() };
}

/** The check of the meeting as its agenda is now. */
function Check({ onChoose }: { onChoose: (id: string) => void }) {
  const items = useQuery(agendaQuery('m1', undefined)).data?.items;
  const running = meeting({ status: 'in_progress', permissions: may });
  return items && <ClosingCheck meeting={running} items={items} onChoose={onChoose} />;
}

const check = async () =>
  within(await screen.findByRole('region', { name: 'Päättämisen tarkistus' }));
const open = item(1, 'Talous', [outcome('o1', { open: true })]);
const done = item(2, 'Nuoret', [
  outcome('o2', { actions: [{ id: 'a', no: 44, title: text('Kysely') }] as Outcome['actions'] }),
]);

it('counts what stops the closing, and leads to a decision without an ending', async () => {
  const { user, onChoose } = closing([open, done, item(3, 'Muut asiat')]);
  const section = await check();
  expect(section.getByText(/^Kokouksen voi päättää, kun/)).toHaveTextContent(
    'Nyt 1 on ilman jatkoa ja 1 asia käsittelemättä.',
  );
  expect(section.getByRole('link', { name: 'Toimenpide 44' })).toHaveAttribute(
    'href',
    '/fi/actions/44',
  );
  const row = section.getByRole('row', { name: /Päätös o1/ });
  within(row).getByRole('button').focus();
  await user.keyboard('{Enter}');
  expect(onChoose).toHaveBeenCalledWith('i1');
});

it('names outcomes that do not say where they go', async () => {
  const { user, onChoose } = closing([
    done,
    item(3, 'Muut', [
      outcome('o4', { type: 'deferred', text: text('Palataan asiaan') }),
      outcome('o5', { type: 'recommendation', text: text('Suositellaan') }),
    ]),
  ]);
  const section = await check();
  expect(section.getByRole('heading', { name: '2 lopputuloksesta puuttuu tieto' })).toBeVisible();
  expect(section.getByText(/mihin kokoukseen tai mihin päivään asti/)).toBeVisible();
  expect(section.getByText(/kenelle suositus annetaan/)).toBeVisible();
  await user.click(section.getByRole('button', { name: /Palataan asiaan/ }));
  expect(onChoose).toHaveBeenCalledWith('i3');
});

it.each([
  ['noted', () => Promise.resolve(), [{ type: 'noted', text: expect.anything() as unknown }]],
  [
    'left with a reason',
    async (user: ReturnType<typeof userEvent.setup>) => {
      await user.keyboard('Aika loppui{Enter}');
    },
    [{ reason: expect.objectContaining({ fi: 'Aika loppui' }) as unknown }],
  ],
  [
    'carried over',
    async (user: ReturnType<typeof userEvent.setup>) => {
      const where = screen.getByLabelText('Mihin kokoukseen');
      await waitFor(() => expect(within(where).getAllByRole('option')).toHaveLength(2));
      await user.selectOptions(where, 'm2');
      await user.click(screen.getByRole('button', { name: 'Siirrä kokoukseen' }));
    },
    [{ kind: 'carry_over', meetingId: 'm2' }],
  ],
])(
  'an item that is %s counts no more; a refusal is told and nothing is lost',
  async (how, fill, sent) => {
    const { user, state } = closing([done, item(3, 'Muut asiat')]);
    state.refuse = true;
    const section = await check();
    const name = {
      noted: 'Merkitse tiedoksi: Muut asiat',
      'left with a reason': 'Ei käsitelty, perustelu: Muut asiat',
      'carried over': 'Siirrä kokoukseen: Muut asiat',
    }[how as 'noted'];
    section.getByRole('button', { name }).focus();
    await user.keyboard('{Enter}');
    await fill(user);
    await findAlert('Tallennus ei onnistunut');
    expect(section.getByText('1 asialta puuttuu lopputulos')).toBeVisible();
    state.refuse = false;
    const again = {
      noted: name,
      'left with a reason': 'Tallenna',
      'carried over': 'Siirrä kokoukseen',
    }[how as 'noted'];
    await user.click(section.getByRole('button', { name: again }));
    await waitFor(() =>
      expect(section.queryByText('1 asialta puuttuu lopputulos')).not.toBeInTheDocument(),
    );
    expect(state.sent).toEqual([...sent, ...sent]);
    expect(
      section.getByText('Jokaisella päätöksellä on jatko. Kokouksen voi päättää.'),
    ).toBeVisible();
  },
);
