import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { anonymous } from '../test/builders';
import { renderLinked, renderUI } from '../test/render';
import { server } from '../test/server';
import { ToastProvider } from '../ui/Toast';
import { FollowBar } from './FollowBar';

const goal = {
  subject: { kind: 'goal', id: 'g1', no: 1, title: { fi: 'Tavoite', sv: '', en: '' } },
  sinceAt: '2026-11-23T06:00:00Z',
};

const bar = (isPublic: boolean) => (
  <ToastProvider>
    <FollowBar kind="goal" id="g1" isPublic={isPublic} />
  </ToastProvider>
);

/** Somebody who follows or does not; returns what was asked. */
function serve(
  signedIn: boolean,
  follows: boolean,
  mail: { digest: boolean; off: string[] } = { digest: true, off: [] },
) {
  const done: unknown[] = [];
  const answer = (on: boolean, status = 200) =>
    HttpResponse.json({ items: on ? [goal] : [] }, { status });
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn }))),
    http.get('*/api/v1/me/mail', () => HttpResponse.json({ ...mail, hour: 8, version: 1 })),
    http.get('*/api/v1/me/following', () => answer(follows)),
    http.post('*/api/v1/me/following', async ({ request }) => {
      done.push(['follow', await request.json()]);
      return answer(true);
    }),
    http.post('*/api/v1/me/following/end', async ({ request }) => {
      done.push(['end', await request.json()]);
      return answer(false);
    }),
  );
  return done;
}

it('begins and ends following, and keeps the focus', async () => {
  const done = serve(true, false);
  const user = userEvent.setup();
  renderUI(bar(true));
  await user.click(await screen.findByRole('button', { name: 'Seuraa' }));
  const stop = await screen.findByRole('button', { name: 'Lopeta seuraaminen' });
  expect(stop).toHaveFocus();
  await user.click(stop);
  expect(await screen.findByRole('button', { name: 'Seuraa' })).toHaveFocus();
  const body = { subjectKind: 'goal', subjectId: 'g1' };
  expect(done).toEqual([
    ['follow', body],
    ['end', body],
  ]);
});

it.each([
  [{ digest: true, off: ['late'] }, /Saat muutokset päivittäisessä koosteessa/, false],
  [{ digest: false, off: [] }, /Koosteesi on pois päältä/, true],
  [{ digest: true, off: ['following'] }, /Seuraamasi on poistettu koosteestasi/, true],
])('promises a mail only to who gets one: %o', async (mail, said, way) => {
  serve(true, false, mail);
  const user = userEvent.setup();
  renderLinked(bar(false));
  await user.click(await screen.findByRole('button', { name: 'Seuraa' }));
  expect(await screen.findByText(said)).toBeVisible();
  expect(screen.queryAllByText('Saat muutokset päivittäisessä koosteessa.')).toHaveLength(
    way ? 0 : 1,
  );
  expect(screen.queryAllByRole('link', { name: 'Muuta valintaa' })).toHaveLength(way ? 1 : 0);
});

it('gives everybody the feed of what is public, in the page and in its head', async () => {
  serve(false, false);
  const { unmount } = renderUI(bar(true), 'sv');
  const feed = '/api/v1/goals/g1/feed.atom?lang=sv';
  expect(await screen.findByRole('link', { name: 'Ändringarna som flöde (Atom)' })).toHaveAttribute(
    'href',
    feed,
  );
  await waitFor(() => {
    expect(document.head.querySelector('link[type="application/atom+xml"]')).toHaveAttribute(
      'href',
      feed,
    );
  });
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
  unmount();
  renderUI(bar(false));
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});
