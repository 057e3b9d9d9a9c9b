import { webcrypto } from 'node:crypto';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, expect, it, vi } from 'vitest';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
import type { Expectation, Round } from './queries';
import './RoundPage'; // a chunk of its own: no test waits for it

const text = (fi: string) => ({ fi, sv: '', en: '' });

const figure = (level: 'action' | 'goal' | 'plan', partyId: string, ...n: number[]) => ({
  level,
  partyId,
  reported: n[0] ?? 0,
  late: n[1] ?? 0,
  missing: n[2] ?? 0,
  waiting: n[3] ?? 0,
});

const round = (more: Partial<Round> = {}): Round => ({
  id: 'r1',
  key: 'vuosi',
  kind: 'annual',
  title: text('Vuosiraportti'),
  plan: { id: 'plan', key: 'plan', title: text('Suunnitelma') },
  periodFrom: '2026-01-01',
  periodTo: '2026-12-31',
  opensOn: '2026-11-02',
  levels: [
    { level: 'action', workingDays: 10, dueOn: '2026-11-20' },
    { level: 'goal', workingDays: 10, dueOn: '2026-12-04' },
    { level: 'plan', workingDays: 0, dueOn: '2026-12-18' },
  ],
  state: 'open',
  openedAt: '2026-11-02T06:00:00Z',
  completions: [],
  version: 3,
  updatedAt: '2026-11-02T06:00:00Z',
  permissions: [],
  parties: ['p-espoo', 'p-luvn'],
  figures: [
    figure('action', 'p-espoo', 5, 1, 2),
    figure('action', 'p-luvn', 4),
    figure('goal', 'p-espoo', 0, 0, 0, 1),
    figure('goal', 'p-luvn', 1),
    figure('plan', 'p-espoo', 0, 0, 0, 1),
    figure('plan', 'p-luvn', 0, 0, 0, 1),
  ],
  ...more,
});

const goal = (more: Partial<Expectation> = {}): Expectation => ({
  level: 'goal',
  id: 'g1',
  no: 1,
  title: text('Mielen hyvinvointi'),
  visibility: 'public',
  partyId: 'p-espoo',
  post: { id: 'post', partyId: 'p-espoo', title: text('Rehtori') },
  state: 'waiting',
  dueOn: '2026-12-04',
  permissions: ['round.report'],
  ...more,
});

function serve(shown: Round, rows: Expectation[], me = {}) {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/reporting-rounds/vuosi', () => HttpResponse.json(shown)),
    http.get('*/api/v1/reporting-rounds/r1/expectations', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ items: rows });
    }),
    http.get('*/api/v1/audit/entries', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, partyId: 'p-espoo', ...me })),
    ),
  );
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

it('opens with how the round stands, each figure a link to its rows', async () => {
  const asked = serve(round(), [goal()]);
  renderAt('/fi/rounds/vuosi?state=missing&party=p-espoo&level=action');
  const lead = await screen.findByText(/Pyydetyistä/);
  expect(lead).toHaveTextContent(
    'Pyydetyistä 16 raportista 11 on annettu, niistä 1 myöhässä. 2 puuttuu, vaikka määräpäivä on mennyt, ja 3 ehtii vielä määräajassa.',
  );
  expect(within(lead).getByRole('link', { name: /2\s+puuttuu/ })).toHaveAttribute(
    'href',
    expect.stringContaining('missing'),
  );
  expect(
    screen.getByRole('link', { name: 'Toimenpiteet, Espoo, raportteja annettu/pyydetty: 6/8' }),
  ).toHaveTextContent('6/8');
  expect(screen.getByText('2 raporttia')).toBeVisible();
  expect(asked[0]).toContain('level=action');
  expect(asked[0]).toContain('partyId=p-espoo');
  expect(asked[0]).toContain('state=missing');
});

it('keeps what was typed when a report is refused, and says that a late one is marked', async () => {
  serve(round(), [goal({ state: 'missing', dueOn: '2026-11-20' })]);
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/v1/reporting-rounds/r1/reports', async ({ request }) => {
      sent.push(await request.json());
      return sent.length === 1
        ? refusal(409, 'side_completed')
        : HttpResponse.json({}, { status: 201 });
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/rounds/vuosi');
  await user.click(await screen.findByRole('button', { name: 'Mielen hyvinvointi: Raportoi' }));
  const form = screen.getByRole('form', { name: 'Raportoi: Mielen hyvinvointi' });
  expect(form).toHaveTextContent('Määräpäivä oli 20.11.2026. Raportti merkitään myöhästyneeksi.');
  await user.click(within(form).getByRole('textbox', { name: 'Suomeksi' }));
  await user.paste('Malli on käytössä.');
  await user.click(within(form).getByRole('button', { name: 'Anna raportti' }));
  expect(form).toHaveTextContent('Valitse arvio.');
  expect(sent).toHaveLength(0);
  await user.click(within(form).getByRole('radio', { name: 'Etenee osittain' }));
  await user.click(within(form).getByRole('button', { name: 'Anna raportti' }));
  expect(await within(form).findByRole('alert')).toHaveTextContent('jo päättänyt');
  expect(within(form).getByRole('textbox', { name: 'Suomeksi' })).toHaveValue('Malli on käytössä.');
  await user.click(within(form).getByRole('button', { name: 'Anna raportti' }));
  expect(await screen.findByText(/merkitään myöhästyneeksi\.$/)).toBeInTheDocument();
  expect(sent[1]).toEqual({
    level: 'goal',
    subjectId: 'g1',
    assessment: 'partly',
    text: { fi: 'Malli on käytössä.', sv: '', en: '' },
    public: true,
  });
});

it('adds to what was reported before, in each language and as public as it was', async () => {
  serve(round(), [
    goal({
      state: 'reported',
      reportedOn: '2026-11-12',
      assessment: 'partly',
      text: { fi: 'Malli on käytössä.', sv: 'Modellen används.', en: '' },
      textPublic: false,
    }),
  ]);
  const user = userEvent.setup();
  renderAt('/fi/rounds/vuosi');
  await user.click(await screen.findByRole('button', { name: 'Mielen hyvinvointi: Täydennä' }));
  const form = screen.getByRole('form', { name: 'Raportoi: Mielen hyvinvointi' });
  expect(within(form).getByDisplayValue('Malli on käytössä.')).toBeInTheDocument();
  expect(within(form).getByDisplayValue('Modellen används.')).toBeInTheDocument();
  expect(within(form).getByRole('checkbox', { name: /julkinen/ })).not.toBeChecked();
});

it('moves the focus into the form of the last days and back, and previews what moves', async () => {
  serve(round({ permissions: ['round.edit'], figures: [] }), [
    goal({ level: 'plan', id: 'plan', no: undefined, title: text('Koko suunnitelma') }),
  ]);
  const user = userEvent.setup();
  renderAt('/fi/rounds/vuosi');
  await user.click(await screen.findByRole('button', { name: 'Siirrä määräpäiviä' }));
  const form = screen.getByRole('form', { name: 'Siirrä määräpäiviä' });
  expect(form).toContainElement(document.activeElement as HTMLElement);
  expect(within(form).queryByText('Uudet määräpäivät')).toBeNull();
  await user.click(within(form).getByRole('button', { name: 'Peruuta' }));
  expect(screen.getByRole('button', { name: 'Siirrä määräpäiviä' })).toHaveFocus();
  expect(screen.getByRole('link', { name: 'Koko suunnitelma' })).toHaveAttribute(
    'href',
    '/fi/plan/plan',
  );
});

it('lets a party complete its own side only, with the version that it saw', async () => {
  serve(round({ permissions: ['round.edit', 'round.cancel', 'round.complete'], figures: [] }), []);
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/v1/reporting-rounds/r1/completion', async ({ request }) => {
      sent.push(request.headers.get('If-Match'), await request.json());
      return HttpResponse.json(round({ state: 'completed' }));
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/rounds/vuosi');
  const sides = await screen.findByRole('region', { name: 'Osapuolten raportointi' });
  expect(within(sides).getAllByText('Ei vielä päätetty')).toHaveLength(2);
  expect(within(sides).getAllByRole('button')).toHaveLength(1);
  await user.click(within(sides).getByRole('button', { name: 'Päätä raportointi: Espoo' }));
  await user.click(within(sides).getByRole('button', { name: 'Päätä raportointi' }));
  expect(await screen.findByText(/Tilanne on jäädytetty/)).toBeInTheDocument();
  expect(sent).toEqual(['"3"', { note: { fi: '', sv: '', en: '' } }]);
});

it('computes the hash of the snapshot itself', async () => {
  vi.stubGlobal('crypto', webcrypto);
  const content = '{"format":"yhdyspinta-round/1"}';
  const sum = await webcrypto.subtle.digest('SHA-256', new TextEncoder().encode(content));
  const sha256 = Buffer.from(sum).toString('hex');
  const frozen = round({
    state: 'completed',
    endedAt: '2026-12-21T08:00:00Z',
    snapshot: {
      audience: 'public',
      sha256,
      bytes: content.length,
      intact: true,
      frozenAt: '2026-12-21T08:00:00Z',
    },
  });
  serve(frozen, [], { signedIn: false });
  let served = content;
  server.use(
    http.get('*/api/v1/reporting-rounds/r1/snapshot.json', () => new HttpResponse(served)),
  );
  const user = userEvent.setup();
  renderAt('/fi/rounds/vuosi');
  const snapshot = await screen.findByRole('region', { name: 'Jäädytetty tilannekuva' });
  expect(within(snapshot).getByText(sha256)).toBeVisible();
  const verify = within(snapshot).getByRole('button', { name: 'Tarkista tiiviste' });
  await user.click(verify);
  expect(await within(snapshot).findByText(/on sama kuin jäädytettäessä/)).toBeVisible();
  served = `${content} `;
  await user.click(verify);
  expect(await within(snapshot).findByText(/tiiviste on toinen/)).toBeVisible();
});
