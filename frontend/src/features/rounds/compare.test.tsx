import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { renderAt, renderUI } from '../../test/render';
import { refusal, server } from '../../test/server';
import './ComparePage'; // a chunk of its own: no test waits for it
import { Preview } from './OpenForm';
import type { Round } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const p = (espoo: object, luvn: object) => [
  { partyId: 'p-espoo', ...espoo },
  { partyId: 'p-luvn', ...luvn },
];

const round = (key: string, title: string, more: Partial<Round> = {}): Round => ({
  id: `id-${key}`,
  key,
  kind: 'annual',
  title: text(title),
  plan: { id: 'plan', key: 'plan', title: text('Suunnitelma') },
  periodFrom: '2025-01-01',
  periodTo: '2025-12-31',
  opensOn: '2026-01-12',
  levels: [
    { level: 'action', workingDays: 10, dueOn: '2026-02-20' },
    { level: 'goal', workingDays: 10, dueOn: '2026-03-06' },
    { level: 'plan', workingDays: 0, dueOn: '2026-03-20' },
  ],
  state: 'open',
  openedAt: '2026-01-12T06:00:00Z',
  completions: [],
  version: 1,
  updatedAt: '2026-01-12T06:00:00Z',
  permissions: [],
  parties: ['p-espoo', 'p-luvn'],
  figures: [],
  ...more,
});

const old = round('eka', 'Ensimmäinen', {
  state: 'completed',
  endedAt: '2026-03-24T10:00:00Z',
  completions: [{ partyId: 'p-luvn', completedAt: '2026-03-24T10:00:00Z' }],
  figures: [
    { level: 'goal', partyId: 'p-espoo', reported: 1, late: 1, missing: 1, waiting: 0 },
    { level: 'goal', partyId: 'p-luvn', reported: 3, late: 0, missing: 0, waiting: 0 },
  ],
});
const now = round('toka', 'Toinen');

it('sets rounds side by side: frozen and as it stands, both parties in each', async () => {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/reporting-rounds', () => HttpResponse.json({ items: [now, old] })),
    http.get('*/api/v1/reporting-rounds/comparison', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({
        rounds: [old, now],
        parties: ['p-espoo', 'p-luvn'],
        total: 1,
        items: [
          {
            level: 'goal',
            id: 'g1',
            no: 7,
            title: text('Mielen hyvinvointi'),
            visibility: 'public',
            cells: [p({ state: 'late', assessment: 'partly' }, { state: 'missing' }), []],
          },
        ],
      });
    }),
  );
  renderAt('/fi/rounds/compare?round=eka&round=toka&level=goal');
  const rows = await screen.findByRole('table', {
    name: 'Suunnitelma, tavoitteet ja toimenpiteet',
  });
  expect(
    within(rows)
      .getAllByRole('columnheader')
      .map((cell) => cell.textContent),
  ).toEqual(['Kohde', 'Ensimmäinen, jäädytetty 24.3.2026', 'Toinen, tilanne nyt']);
  const row = within(rows).getByRole('row', { name: /Mielen hyvinvointi/ });
  expect(within(row).getByText(/Etenee osittain/)).toHaveTextContent('Raportoitu myöhässä');
  expect(within(row).getByText('Puuttuu')).toBeVisible();
  expect(within(row).getByText('ei kierroksella')).toBeVisible();
  expect(
    await screen.findByRole('link', {
      name: /^Tavoitteet, Espoo, raportteja annettu\/pyydetty: 2\/3/,
    }),
  ).toHaveTextContent('2/3, 1 myöhässä');
  expect(asked[0]).toContain('round=eka&round=toka');
  expect(asked[0]).toContain('level=goal');
});

it('shows rounds side by side as of the day shown', async () => {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/reporting-rounds', () => HttpResponse.json({ items: [now, old] })),
    http.get('*/api/v1/reporting-rounds/comparison', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ rounds: [old, now], parties: [], total: 0, items: [] });
    }),
  );
  renderAt('/fi/rounds/compare?round=eka&round=toka&asOf=2026-05-04');
  expect(
    await screen.findByRole('columnheader', { name: 'Toinen, tilanne 4.5.2026' }),
  ).toBeInTheDocument();
  expect(asked[0]).toContain('asOf=2026-05-04');
});

it('says what is refused about the last day', async () => {
  server.use(
    http.get('*/api/v1/reporting-rounds/preview', () =>
      refusal(422, 'validation_failed', { pointer: '/dueOn', code: 'too_far' }),
    ),
  );
  const body = { dueOn: '2099-01-21', goalDays: '10', actionDays: '10' };
  renderUI(<Preview title="Määräpäivät" planId="plan" body={body} />);
  expect(
    await screen.findByText('Määräpäivä voi olla enintään kahden vuoden päässä.'),
  ).toBeVisible();
});

it('shows the last days of a round before it is opened, and whose reports it asks for', async () => {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/reporting-rounds/preview', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({
        levels: [
          { level: 'action', workingDays: 10, dueOn: '2026-12-18' },
          { level: 'goal', workingDays: 10, dueOn: '2027-01-07' },
          { level: 'plan', workingDays: 0, dueOn: '2027-01-21' },
        ],
        skipped: [{ on: '2026-12-24', holiday: text('jouluaatto') }, { on: '2026-12-27' }],
        workingDays: 19,
        figures: p(
          { level: 'action', reported: 0, late: 0, missing: 0, waiting: 12 },
          { level: 'action', reported: 0, late: 0, missing: 0, waiting: 1 },
        ),
      });
    }),
  );
  const body = { dueOn: '2027-01-21', goalDays: '10', actionDays: '10' };
  renderUI(<Preview title="Määräpäivät" planId="plan" body={body} />);
  const preview = screen.getByRole('status');
  expect(
    await within(preview).findByText('Toimenpiteiden raportointiin jää 19 työpäivää.'),
  ).toBeVisible();
  expect(preview).toHaveTextContent('pe 18.12.2026');
  expect(preview).toHaveTextContent(
    'Laskennassa ohitettiin viikonloppujen lisäksi jouluaatto 24.12.2026.',
  );
  expect(preview).toHaveTextContent('Pyydetään 12 raporttia');
  expect(preview).toHaveTextContent('Pyydetään 1 raportti');
  expect(asked).toEqual(['?planId=plan&dueOn=2027-01-21&goalDays=10&actionDays=10']);
});

it('asks for nothing while a number of days is none', () => {
  renderUI(
    <Preview
      title="Määräpäivät"
      planId="plan"
      body={{ dueOn: '2027-01-21', goalDays: 'x', actionDays: '61' }}
    />,
  );
  expect(screen.getByRole('status')).toHaveTextContent('Määräpäivät näkyvät tässä');
});

it('begins with the two newest rounds', async () => {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/reporting-rounds', () =>
      HttpResponse.json({
        items: [round('peruttu', 'Peruttu', { state: 'cancelled' }), now, old, round('nolla', 'X')],
      }),
    ),
    http.get('*/api/v1/reporting-rounds/comparison', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ rounds: [old, now], parties: [], total: 0, items: [] });
    }),
  );
  renderAt('/fi/rounds/compare');
  await screen.findByRole('columnheader', { name: 'Toinen, tilanne nyt' });
  expect(asked[0]).toContain('round=toka&round=eka');
});
