import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type { ReferralEntry } from '../api/referrals';
import { findAlert } from '../test/alerts';
import { renderLinked } from '../test/render';
import { refusal, server } from '../test/server';
import { ForumReferrals } from './ReferralList';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const coming = { id: 'meeting-5', number: 5, year: 2026, startsAt: '2026-12-08T10:00:00Z' };

const referral = (id: string, more: Partial<ReferralEntry>): ReferralEntry => ({
  id,
  outcomeId: `o-${id}`,
  from: { id: 'f2', key: 'mhsa', title: text('Mielenterveysryhmä') },
  to: { id: 'f1', key: 'lape', title: text('LAPE') },
  item: { id: 'i1', agendaNo: 2, title: text(`Asia ${id}`) },
  meeting: {
    id: 'm9',
    number: 3,
    year: 2026,
    startsAt: '2026-11-01T08:00:00Z',
    status: 'published',
    forum: { id: 'f2', key: 'mhsa', title: text('Mielenterveysryhmä') },
  },
  text: text('Pyydetään käsittelemään.'),
  explanation: text(''),
  sentAt: '2026-11-02T08:00:00Z',
  dueOn: '2026-12-01',
  state: 'open',
  overdue: false,
  daysOver: 0,
  listed: false,
  senderOpen: false,
  visibility: 'public',
  version: 1,
  permissions: ['referral.answer'],
  ...more,
});

let sent: { step: string; body: unknown }[];
let refuse: boolean;
let referrals: ReferralEntry[];

beforeEach(() => {
  sent = [];
  refuse = false;
  const step =
    (name: string, pointer: string) =>
    async ({ request }: { request: Request }) => {
      sent.push({ step: name, body: await request.json() });
      if (refuse) return refusal(422, 'validation_failed', { pointer, code: 'required' });
      const state = name === 'refusal' ? ('refused' as const) : ('accepted' as const);
      referrals = referrals.map((each) => ({
        ...each,
        state,
        overdue: false,
        permissions: [],
      }));
      return HttpResponse.json(referrals[0]);
    };
  server.use(
    http.get('*/api/v1/referrals', () => HttpResponse.json({ items: referrals })),
    http.get('*/api/v1/meetings', () => HttpResponse.json({ items: [coming] })),
    http.post('*/api/v1/referrals/r1/acceptance', step('acceptance', '/meetingId')),
    http.post('*/api/v1/referrals/r1/placement', step('placement', '/meetingId')),
    http.post('*/api/v1/referrals/r1/refusal', step('refusal', '/reason/fi')),
    http.post('*/api/v1/referrals/r1/settlement', step('settlement', '/reason/fi')),
  );
});

const list = async (...given: ReferralEntry[]) => {
  referrals = given;
  renderLinked(<ForumReferrals forumId="f1" />);
  const heading = await screen.findByRole('heading', { name: /Lähetteet foorumien välillä/ });
  const section = heading.closest('section');
  if (!section) throw new Error('no section');
  return { section: within(section), user: userEvent.setup() };
};

it('takes a matter over onto the agenda of a meeting', async () => {
  const { section, user } = await list(referral('r1', {}));
  expect(section.getByText(/odottaa vastausta, vastattava viimeistään 1\.12\.2026/i)).toBeVisible();
  section.getByRole('button', { name: 'Ota vastaan: Asia r1' }).focus();
  await user.keyboard('{Enter}');
  const where = section.getByLabelText('Mihin');
  await waitFor(() => expect(within(where).getAllByRole('option')).toHaveLength(2));
  await user.selectOptions(where, 'meeting-5');
  await user.click(section.getByRole('button', { name: 'Ota vastaan' }));
  await waitFor(() => expect(section.getByText('otettu vastaan')).toBeVisible());
  expect(sent).toEqual([{ step: 'acceptance', body: { meetingId: 'meeting-5' } }]);
  expect(section.queryByRole('button')).not.toBeInTheDocument();
});

it('takes it into the list of matters, from which it goes to a meeting later', async () => {
  const { section, user } = await list(referral('r1', {}));
  await user.click(section.getByRole('button', { name: 'Ota vastaan: Asia r1' }));
  await user.click(section.getByRole('button', { name: 'Ota vastaan' }));
  await waitFor(() => expect(sent).toEqual([{ step: 'acceptance', body: {} }]));
});

it('places one of the list of matters', async () => {
  const { section, user } = await list(referral('r1', { state: 'accepted', listed: true }));
  expect(section.queryByRole('button', { name: /Palauta/ })).not.toBeInTheDocument();
  await user.click(section.getByRole('button', { name: 'Vie esityslistalle: Asia r1' }));
  const where = section.getByLabelText('Mihin');
  await waitFor(() => expect(within(where).getAllByRole('option')).toHaveLength(2));
  await user.selectOptions(where, 'meeting-5');
  await user.click(section.getByRole('button', { name: 'Vie esityslistalle' }));
  await waitFor(() =>
    expect(sent).toEqual([{ step: 'placement', body: { meetingId: 'meeting-5' } }]),
  );
});

it('returns it with a reason, which stays when it is refused', async () => {
  const { section, user } = await list(referral('r1', { overdue: true, daysOver: 4 }));
  expect(section.getByText('vastaus myöhässä 4 päivää')).toBeVisible();
  await user.click(section.getByRole('button', { name: 'Palauta: Asia r1' }));
  const [reason] = section.getAllByRole('textbox');
  if (!reason) throw new Error('no field for the reason');
  await user.type(reason, 'Ei kuulu meille');
  refuse = true;
  await user.click(section.getByRole('button', { name: 'Palauta' }));
  await findAlert('Tallennus ei onnistunut');
  expect(reason).toHaveValue('Ei kuulu meille');
  expect(reason).toHaveAttribute('aria-invalid', 'true');
  refuse = false;
  await user.click(section.getByRole('button', { name: 'Palauta' }));
  await waitFor(() => expect(section.getByText('palautettu')).toBeVisible());
  expect(sent.at(-1)).toEqual({
    step: 'refusal',
    body: { reason: { fi: 'Ei kuulu meille', sv: '', en: '' } },
  });
});

it('lets the sender end what came back', async () => {
  const { section, user } = await list(
    referral('r1', {
      state: 'refused',
      senderOpen: true,
      answer: text('Ei kuulu meille'),
      permissions: ['referral.settle'],
    }),
  );
  expect(section.getByText('Vastaus: Ei kuulu meille')).toBeVisible();
  await user.click(section.getByRole('button', { name: 'Ei aiheuta toimia: Asia r1' }));
  const [reason] = section.getAllByRole('textbox');
  if (!reason) throw new Error('no field for the reason');
  await user.type(reason, 'Asia raukesi');
  await user.click(section.getByRole('button', { name: 'Ei aiheuta toimia' }));
  await waitFor(() => expect(sent.map(({ step }) => step)).toEqual(['settlement']));
});

it('shows what was sent, not what is prepared or withdrawn, and no button without permission', async () => {
  const { section } = await list(
    referral('r1', { permissions: [] }),
    referral('r2', { state: 'prepared' }),
    referral('r3', { state: 'withdrawn' }),
  );
  expect(section.getByText('Asia r1')).toBeVisible();
  expect(section.queryByText('Asia r2')).not.toBeInTheDocument();
  expect(section.queryByText('Asia r3')).not.toBeInTheDocument();
  expect(section.queryByRole('button')).not.toBeInTheDocument();
});
