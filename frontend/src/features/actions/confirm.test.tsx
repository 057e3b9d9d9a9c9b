import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { fi } from '../../i18n/fi';
import { action, anonymous, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './ActionPage'; // a chunk of its own: no test waits for it
import type { Action } from './queries';

let stored: Action;

beforeEach(() => {
  stored = action({
    permissions: ['action.report'],
    daysSinceConfirmed: 44,
    freshness: { target: 14, limit: 30 },
    ownFreshness: { target: 14, limit: 30 },
    version: 7,
  });
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, permissions: ['action.report'] })),
    ),
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/actions/9', () => HttpResponse.json(stored)),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], permissions: [] })),
    http.get('*/api/v1/audit/entries', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/reservations/of/action/a-9', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
  );
});

const press = async () =>
  userEvent.click(await screen.findByRole('button', { name: 'Pitää yhä paikkansa, toimenpide 9' }));

it('confirms in one press that the status still holds, and shows it', async () => {
  let sent: string | null = null;
  server.use(
    http.post('*/api/v1/actions/a-9/confirmation', ({ request }) => {
      sent = request.headers.get('If-Match');
      stored = { ...stored, daysSinceConfirmed: 0, version: 8 };
      return HttpResponse.json(stored);
    }),
  );
  renderAt('/fi/actions/9');
  // By the action's own limit it is out of date, as it would not be by the plan's.
  const before = await screen.findByText('Vahvistettu 44 pv sitten');
  expect(before).toHaveClass('fresh-old');
  expect(before).toHaveAttribute('title', 'Tavoite 14 pv, raja 30 pv');
  expect(screen.getByText(/tavoite 14 pv, raja 30 pv \(oma rytmi\)/)).toBeVisible();
  await press();
  expect(await screen.findByText('Vahvistettu tänään')).not.toHaveClass('fresh-old');
  expect(sent).toBe('"7"');
  expect(screen.getByText('Toimenpide 9 vahvistettiin.')).toBeVisible();
});

it('says why it could not be confirmed, and stays as it was', async () => {
  server.use(
    http.post('*/api/v1/actions/a-9/confirmation', () =>
      HttpResponse.json(
        { status: 409, code: 'action_closed', state: 'done', title: 'Conflict' },
        { status: 409, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  renderAt('/fi/actions/9');
  await press();
  expect(await screen.findByText(fi.problems.codes.action_closed)).toBeVisible();
  expect(screen.getByText('Vahvistettu 44 pv sitten')).toBeVisible();
});
