import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Participant, Substitute } from './queries';
import { meeting } from './testdata';

const post = (id: string, fi: string) => ({ id, partyId: 'p-luvn', title: { fi, sv: '', en: '' } });

const member = (no: number, call?: Substitute['call']): Participant => ({
  id: `pa${no}`,
  partyId: 'p-luvn',
  post: post(`x${no}`, `Jäsen ${no}`),
  role: 'member',
  inspector: false,
  attendance: 'absent',
  there: false,
  movements: [],
  version: 1,
  substitute: { post: post(`y${no}`, `Sijainen ${no}`), call },
});

/** A called meeting in which members have substitutes. */
function called(permissions: string[], participants: Participant[]) {
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status: 'called', permissions, participants })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [], moved: [] }),
    ),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ items: [] })),
  );
  renderAt('/fi/meetings/m1');
}

it('tells the secretary beside each substitute whether the call went, and offers to name one before it begins', async () => {
  called(
    ['meeting.edit', 'meeting.record'],
    [
      member(1, { state: 'called', at: '2026-11-23T06:05:00Z' }),
      member(2, { state: 'no_holder' }),
      member(3, { state: 'no_address' }),
      member(4, { state: 'not_called' }),
    ],
  );
  expect(await screen.findByText(/Sijainen 1, kutsuttu 23.11.2026 klo 8.05/)).toBeVisible();
  expect(screen.getByText(/Sijainen 2, ei kutsuttu: tehtävällä ei ole hoitajaa/)).toBeVisible();
  expect(
    screen.getByText(/Sijainen 3, ei kutsuttu: tehtävän hoitajan sähköpostiosoite puuttuu/),
  ).toBeVisible();
  expect(screen.getByText(/Sijainen 4, ei kutsuttu sähköpostilla, kerro itse/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Kirjaa läsnäolo' })).toBeVisible();
});

it('says nothing of a call where the server does not', async () => {
  called(['meeting.edit'], [member(1)]);
  expect(await screen.findByText('sijainen: Sijainen 1')).toBeVisible();
  expect(screen.queryByText(/kutsuttu \d/)).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Kirjaa läsnäolo' })).not.toBeInTheDocument();
});
