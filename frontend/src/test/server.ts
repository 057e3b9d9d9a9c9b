import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { anonymous, myUnits, overview, parties } from './builders';

/** The server that tests talk to. It answers as to somebody without an account. */
export const server = setupServer(
  http.get('*/api/v1/me', () => HttpResponse.json(anonymous())),
  http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
  http.get('*/api/v1/secrecy-grounds', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/posts', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/reservations', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/reservations/of/:kind/:id', () =>
    HttpResponse.json({ items: [], permissions: [] }),
  ),
  http.get('*/api/v1/open-loops', () => HttpResponse.json({ items: [], total: 0 })),
  http.get('*/api/v1/change-summary', () => HttpResponse.json({ since: '2026-10-24', counts: [] })),
  http.get('*/api/v1/plan-events', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/topics', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/forums/:id/decision-offers', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/forums/:id/watched-words', () =>
    HttpResponse.json({ words: [], version: 1, permissions: [] }),
  ),
  http.get('*/api/v1/meetings/:id/offers', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/meetings/:id/roster', () =>
    HttpResponse.json({ joined: [], left: [], lacking: { chair: false, inspectorPartyIds: [] } }),
  ),
  http.get('*/api/v1/meetings/:id/desk', () =>
    HttpResponse.json({ now: '2026-11-23T06:05:00Z', watchers: [], autosaves: [] }),
  ),
  http.post('*/api/v1/meetings/:id/autosaves', () =>
    HttpResponse.json({ savedAt: '2026-11-23T06:05:00Z' }),
  ),
  http.post('*/api/v1/meetings/:id/pen', () =>
    HttpResponse.json({ now: '2026-11-23T06:05:00Z', watchers: [], autosaves: [] }),
  ),
  http.get('*/api/v1/meetings/:id/paper', () =>
    HttpResponse.json(
      { status: 404, code: 'paper_not_found', title: 'Not Found' },
      { status: 404 },
    ),
  ),
  ...['chains', 'themes', 'goals', 'forums', 'target-groups'].map((list) =>
    http.get(`*/api/v1/${list}`, () => HttpResponse.json({ items: [] })),
  ),
  http.get('*/api/v1/saved-views', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/me/awaited', () => HttpResponse.json({ items: [], total: 0 })),
  http.get('*/api/v1/me/sessions', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/me/units', () => HttpResponse.json(myUnits())),
  http.get('*/api/v1/overview', () => HttpResponse.json(overview())),
);

/** What the server answers when it refuses, with the fields that it complains about. */
export function refusal(
  status: number,
  code: string,
  ...errors: { pointer: string; code: string }[]
) {
  return HttpResponse.json(
    { status, code, title: 'Refused', ...(errors.length > 0 && { errors }) },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
}
