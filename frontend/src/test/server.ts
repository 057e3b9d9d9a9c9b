import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { anonymous, overview, parties } from './builders';

/** The server that tests talk to. It answers as to somebody without an account. */
export const server = setupServer(
  http.get('*/api/v1/me', () => HttpResponse.json(anonymous())),
  http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
  http.get('*/api/v1/posts', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/reservations', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/reservations/of/:kind/:id', () =>
    HttpResponse.json({ items: [], permissions: [] }),
  ),
  http.get('*/api/v1/overview', () => HttpResponse.json(overview())),
);
