import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import type { Me } from '../api/me';
import { onSignedIn } from '../lib/tabs';
import { expectNoViolations } from '../test/axe';
import { anonymous, providers } from '../test/builders';
import { renderAt } from '../test/render';
import { server } from '../test/server';

const text = (fi: string) => ({ fi, sv: fi, en: fi });
const posts = ['Ensimmäinen', 'Toinen', 'Kolmas'].map((title, index) => ({
  id: `post-${String(index)}`,
  title: text(title),
  partyId: 'p-luvn',
  unit: text('Yksikkö'),
  deputy: false,
}));
const issuers = providers();
const inPost = (index: number): Me =>
  anonymous({ signedIn: true, hasRole: true, name: 'Kirsi', posts, post: posts[index], issuers });

const asked = vi.fn();

/** What the server says of who is looking, and what it makes of choosing a post. */
function answer(me: Me, choose: () => Response) {
  server.use(
    http.get('*/api/v1/me', () => {
      asked();
      return HttpResponse.json(me);
    }),
    http.post('*/api/v1/me/post', choose),
  );
}

const refused = () =>
  HttpResponse.json(
    { status: 401, code: 'sign_in_required', title: 'Unauthorized' },
    { status: 401 },
  );

/** The person comes back to the tab, and the page asks who it is. */
async function comeBack() {
  asked.mockClear();
  window.dispatchEvent(new Event('focus'));
  await waitFor(() => expect(asked).toHaveBeenCalled());
}

/** Signed in, in the second post, on a page; then a write is refused as nobody's. */
async function sessionEnds() {
  answer(inPost(1), refused);
  renderAt('/fi/sign-in');
  await userEvent.click(await screen.findByRole('button', { name: /Kolmas/ }));
  await screen.findByText('Istuntosi on päättynyt.');
  answer(anonymous({ issuers }), refused);
}

it('tells that the session has ended and keeps the page until the person is back', async () => {
  await sessionEnds();
  const again = screen.getByRole('link', { name: 'Kirjaudu uudelleen (uusi välilehti)' });
  expect(again).toHaveAttribute('href', '/fi/sign-in?again=true');
  expect(again).toHaveAttribute('target', '_blank');

  await comeBack(); // without having signed in
  expect(screen.getByRole('heading', { name: 'Olet kirjautunut' })).toBeVisible();
  expect(screen.getByText('Istuntosi on päättynyt.')).toBeVisible();

  // The new session is in the first post; the person goes on in the second.
  const chosen = vi.fn();
  answer(inPost(0), () => {
    chosen();
    return HttpResponse.json(inPost(1));
  });
  await comeBack();
  expect(await screen.findByText('Olet taas kirjautunut. Voit tallentaa.')).toBeVisible();
  expect(screen.queryByText('Istuntosi on päättynyt.')).not.toBeInTheDocument();
  expect(chosen).toHaveBeenCalledOnce();
});

it('can be left behind', async () => {
  await sessionEnds();
  await userEvent.click(screen.getByRole('button', { name: 'Jatka kirjautumatta' }));
  expect(await screen.findByText('Julkinen näkymä')).toBeVisible();
  expect(screen.queryByText('Istuntosi on päättynyt.')).not.toBeInTheDocument();
});

it('notices on return that the session has ended meanwhile, before the page turns public', async () => {
  answer(inPost(0), refused);
  renderAt('/fi/sign-in');
  await screen.findByText('Kirjautunut näkymä');
  answer(anonymous({ issuers }), refused);
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 31 * 60_000);
  await comeBack();
  expect(await screen.findByText('Istuntosi on päättynyt.')).toBeVisible();
  expect(screen.getByText('Kirjautunut näkymä')).toBeVisible();
});

it('says who else has signed in, and saves nothing in their name until that is chosen', async () => {
  const kirsi = { ...inPost(1), id: 'person-kirsi' };
  const matti = { ...inPost(0), id: 'person-matti', name: 'Matti' };
  const sent = vi.fn();
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(kirsi)),
    http.post('*/api/v1/me/post', ({ request }) => {
      sent(request.headers.get('Yhdyspinta-Person'));
      return HttpResponse.json(
        { status: 409, code: 'other_person', title: 'Conflict' },
        { status: 409 },
      );
    }),
  );
  const { container, client } = renderAt('/fi/sign-in');
  client.setQueryData(['read', 'elsewhere'], 'by Kirsi'); // a page that is not open any more
  const third = await screen.findByRole('button', { name: /Kolmas/ });
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(matti)));
  await userEvent.click(third);
  expect(await screen.findByText('Selaimessa on nyt kirjautuneena Matti.')).toBeVisible();
  expect(sent).toHaveBeenCalledWith('person-kirsi');
  expect(screen.getByText('Kirsi')).toBeVisible();
  await expectNoViolations(container);
  expect(screen.getByRole('link', { name: 'Kirjaudu uudelleen (uusi välilehti)' })).toHaveAttribute(
    'href',
    '/fi/sign-in?again=true&other=true',
  );

  await userEvent.click(screen.getByRole('button', { name: 'Jatka käyttäjänä Matti' }));
  expect(await screen.findByText('Matti')).toBeVisible();
  expect(client.getQueryData(['read', 'elsewhere'])).toBeUndefined();
  expect(screen.queryByText(/Selaimessa on nyt/)).not.toBeInTheDocument();
  await userEvent.click(await screen.findByRole('button', { name: /Kolmas/ }));
  await waitFor(() => expect(sent).toHaveBeenLastCalledWith('person-matti'));
});

it('closes the tab in which somebody signed in for another, and tells the others', async () => {
  const close = vi.spyOn(window, 'close').mockReturnValue();
  const told = vi.fn();
  const quiet = onSignedIn(told);
  answer(inPost(0), refused);
  renderAt('/fi/sign-in?again=true');
  await waitFor(() => expect(close).toHaveBeenCalled());
  await waitFor(() => expect(told).toHaveBeenCalled());
  quiet();
});
