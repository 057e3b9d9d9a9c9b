import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type { ResponsibilityItem } from '../api/responsibilities';
import { anonymous } from '../test/builders';
import { renderAt } from '../test/render';
import { server } from '../test/server';

const post = { id: 'post', title: { fi: 'Päällikkö', sv: 'Chef' }, partyId: 'p-luvn' };

const change = {
  postId: 'post',
  post,
  part: 'lead' as const,
  wording: { fi: 'LUVN lähettää tiedot.' },
  validFrom: '2025-09-22',
};

/** LUVN's lead in force, with a change that Espoo proposed and LUVN has not answered. */
function reopened(part: Partial<ResponsibilityItem> = {}): ResponsibilityItem {
  const accepted = (partyId: string) => ({ partyId, answer: 'accepted' as const });
  return {
    id: 'r1',
    subject: { kind: 'goal', id: 'g3', no: 3, title: { fi: 'Perheet saavat tukea' } },
    post,
    part: 'lead',
    wording: { fi: 'LUVN tuo tiedot.' },
    validFrom: '2025-09-22',
    standing: 'reopened',
    inForce: {
      revision: 1,
      state: 'in_force',
      proposedAt: '2025-09-22T05:00:00Z',
      acceptances: [accepted('p-espoo'), accepted('p-luvn')],
    },
    waiting: {
      revision: 2,
      state: 'open',
      proposedPartyId: 'p-espoo',
      proposedAt: '2026-11-04T08:00:00Z',
      acceptances: [accepted('p-espoo'), { partyId: 'p-luvn', answer: 'open' }],
    },
    change,
    version: 4,
    updatedAt: '2026-11-04T08:00:00Z',
    permissions: ['agreement.accept', 'responsibility.edit'],
    ...part,
  };
}

const goal = {
  id: 'g3',
  no: 3,
  planId: 'plan',
  themeId: 't1',
  title: { fi: 'Perheet saavat tukea' },
  description: { fi: 'Kuvaus' },
  targetGroupIds: [],
  stageIds: [],
  handoverIds: [],
  pins: { stages: [], handovers: [] },
  tagIds: [],
  responsibilities: [{ post, part: 'lead', wording: {}, standing: 'reopened' }],
  legalBasisIds: [],
  cases: [],
  visibility: 'public',
  actions: [],
  actionCount: 0,
  version: 4,
  updatedAt: '2026-11-01T00:00:00Z',
  permissions: [],
};

let saved = reopened();

beforeEach(() => {
  saved = reopened();
  const list = () => HttpResponse.json({ items: [] });
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true }))),
    http.get('*/api/v1/goals/3', () => HttpResponse.json(goal)),
    http.get('*/api/v1/responsibilities/of/goal/g3', () =>
      HttpResponse.json({ items: [saved], permissions: [] }),
    ),
    ...[
      'themes',
      'target-groups',
      'tags',
      'plans',
      'legal-bases',
      'actions',
      'forums',
      'posts',
      'drafts',
      'reservations',
    ].map((it) => http.get(`*/api/v1/${it}`, list)),
    http.get('*/api/v1/reservations/of/goal/g3', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
    http.get('*/api/v1/audit/entries', list),
  );
});

const row = () => screen.findByRole('listitem', { name: 'Päällikkö, päävastuu' });

it('shows what waits beside what is in force, and who is waited for', async () => {
  renderAt('/fi/goals/3');
  const shown = within(await row());
  expect(shown.getByText('Espoo hyväksynyt, LUVN avoin 19 pv')).toBeVisible();
  const change = within(shown.getByRole('group', { name: 'Voimassa oleva ja ehdotettu sisältö' }));
  expect(change.getByText('tuo', { selector: 'ins' })).toBeVisible();
  expect(change.getByText('lähettää', { selector: 'ins' })).toBeVisible();
});

it('accepts exactly the version that was read, in one press', async () => {
  const sent: (string | null)[] = [];
  server.use(
    http.post('*/api/v1/responsibilities/r1/acceptances', ({ request }) => {
      sent.push(request.headers.get('If-Match'));
      saved = reopened({ standing: 'in_force', waiting: undefined, change: undefined });
      return HttpResponse.json(saved);
    }),
  );
  renderAt('/fi/goals/3');
  await userEvent.click(
    within(await row()).getByRole('button', { name: 'Hyväksy: Päällikkö, päävastuu' }),
  );
  expect(await screen.findByText('Hyväksyntä on tallennettu. Vastuu on voimassa.')).toBeVisible();
  expect(sent).toEqual(['"4"']);
  expect(await row()).toHaveFocus();
});

it('keeps the reason when the proposal changed meanwhile, and shows the new one', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/v1/responsibilities/r1/acceptances', async ({ request }) => {
      sent.push([request.headers.get('If-Match'), await request.json()]);
      if (saved.version === 4) {
        saved = reopened({ version: 5, change: { ...change, part: 'shared' } });
        return HttpResponse.json(
          { status: 412, code: 'stale_version', title: 'Stale', current: saved },
          { status: 412 },
        );
      }
      saved = reopened({ version: 6, standing: 'change_declined' });
      return HttpResponse.json(saved);
    }),
  );
  renderAt('/fi/goals/3');
  const shown = within(await row());
  await userEvent.click(shown.getByRole('button', { name: 'Palauta: Päällikkö, päävastuu' }));
  const form = within(shown.getByRole('form', { name: 'Palauta: Päällikkö, päävastuu' }));
  await userEvent.type(form.getByLabelText('Suomeksi'), 'Lupa puuttuu.');
  await userEvent.click(form.getByRole('button', { name: 'Palauta' }));
  expect(await form.findByText(/Lue uusi sisältö ja vastaa siihen/)).toBeVisible();
  await waitFor(() => expect(shown.getByText('Yhteisvastuu', { selector: 'ins' })).toBeVisible());
  expect(form.getByLabelText(/^Suomeksi/)).toHaveValue('Lupa puuttuu.');
  await userEvent.click(form.getByRole('button', { name: 'Palauta' }));
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toEqual([
    '"5"',
    { answer: 'declined', reason: { fi: 'Lupa puuttuu.', sv: '', en: '' } },
  ]);
});
