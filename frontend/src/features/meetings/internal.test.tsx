import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { meeting } from './testdata';

function opened(visibility: 'public' | 'internal') {
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(
        meeting({
          visibility,
          visibilityGround: visibility === 'internal' ? 'keskeneräinen valmistelu' : undefined,
        }),
      ),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [], moved: [] }),
    ),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
  );
  renderAt('/fi/meetings/m1');
  return screen.findByRole('heading', { level: 1 });
}

it('says of a meeting that the public does not see that it is internal, and on what ground', async () => {
  await opened('internal');
  expect(await screen.findByText('Sisäinen · keskeneräinen valmistelu')).toBeVisible();
});

it('says nothing of that where everybody reads the meeting', async () => {
  await opened('public');
  expect(screen.queryByText(/^Sisäinen/)).toBeNull();
});
