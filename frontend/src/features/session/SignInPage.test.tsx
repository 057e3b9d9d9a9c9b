import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Me } from '../../api/me';
import { anonymous, providers } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

function answer(me: Partial<Me>) {
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ issuers: providers(), ...me }))),
  );
}

const somebody = { signedIn: true, name: 'Kirsi Esimerkki', partyId: 'p-luvn' };
const text = (fi: string) => ({ fi, sv: fi, en: fi });
const posts = [
  { id: 'a', title: text('Perhekeskuspäällikkö'), partyId: 'p-luvn', unit: text('Perhekeskus') },
  { id: 'b', title: text('Ohjauksen päällikkö'), partyId: 'p-luvn', unit: text('Ohjaus') },
].map((post, index) => ({ ...post, deputy: index === 1 }));

describe('choosing the organisation', () => {
  it('offers every identity provider alike and keeps the way back', async () => {
    answer({});
    renderAt('/fi/sign-in?returnTo=%2Ffi%2Factions%3Fstatus%3Dlate');
    const list = await screen.findByRole('list', { name: 'Valitse organisaatiosi' });
    await within(list).findByText('E'); // the parties have come
    const links = within(list).getAllByRole('link');
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['EEspoon kaupunki', '/auth/espoo/login?returnTo=%2Ffi%2Factions%3Fstatus%3Dlate'],
      [
        'LLänsi-Uudenmaan hyvinvointialue',
        '/auth/luvn/login?returnTo=%2Ffi%2Factions%3Fstatus%3Dlate',
      ],
    ]);
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'fi/actions'])(
    'never goes on to %s',
    async (returnTo) => {
      answer({});
      renderAt(`/sv/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
      expect(await screen.findByRole('link', { name: 'Esbo stad' })).toHaveAttribute(
        'href',
        '/auth/espoo/login?returnTo=%2Fsv',
      );
    },
  );

  it('says so when there is no identity provider', async () => {
    answer({ issuers: [] });
    renderAt('/en/sign-in');
    expect(await screen.findByText('Signing in is not in use')).toBeVisible();
  });

  it.each([
    ['provider_unavailable', 'The organisation’s sign-in service did not answer'],
    ['sign_in_unknown', 'The sign-in has expired'],
    ['sign_in_refused', 'The sign-in was not accepted'],
    ['sign_in_failed', 'Signing in failed because of a fault in the service'],
    ['something_new', 'Signing in failed because of a fault in the service'],
  ])('explains %s', async (code, title) => {
    answer({});
    renderAt(`/en/sign-in?error=${code}`);
    await waitFor(() => expect(screen.getByText(title).parentElement).toHaveRole('alert'));
    expect(await screen.findByRole('link', { name: 'Espoon kaupunki' })).toBeVisible();
  });

  it('makes no alarm of a sign-in that was cancelled', async () => {
    answer({});
    renderAt('/en/sign-in?error=sign_in_cancelled');
    expect(await screen.findByText(/Nothing has changed/)).toHaveRole('status');
  });
});

describe('somebody signed in', () => {
  it('without a role reads that it worked, and whom to ask', async () => {
    answer(somebody);
    renderAt('/fi/sign-in');
    expect(await screen.findByRole('heading', { name: 'Kirjautuminen onnistui' })).toBeVisible();
    expect(screen.getByText('Sinulla ei ole vielä roolia tässä palvelussa.')).toBeVisible();
    expect(screen.getByText(/^Pyydä roolia oman organisaatiosi pääkäyttäjältä/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Siirry julkiselle sivustolle' })).toHaveAttribute(
      'href',
      '/fi',
    );
    const form = screen.getByRole('button', { name: 'Kirjaudu ulos' }).closest('form');
    expect(form).toHaveAttribute('action', '/auth/logout');
    expect(form).toHaveAttribute('method', 'post');
    expect(form).toHaveFormValues({ returnTo: '/fi' });
  });

  it('with several posts chooses the one to act in and goes on', async () => {
    const me = { ...somebody, hasRole: true, posts, post: posts[0] };
    answer(me);
    server.use(
      http.post('*/api/v1/me/post', async ({ request }) => {
        expect(await request.json()).toEqual({ postId: 'b' });
        answer({ ...me, post: posts[1] });
        return HttpResponse.json(anonymous({ ...me, post: posts[1] }));
      }),
    );
    renderAt('/fi/sign-in?returnTo=%2Ffi%2Factions');
    const main = within(await screen.findByRole('main'));
    const other = await main.findByRole('button', { name: /Ohjauksen päällikkö.*sijaisena/ });
    expect(other).toHaveAttribute('aria-pressed', 'false');
    await userEvent.click(other);
    await waitFor(() => expect(other).toHaveAttribute('aria-pressed', 'true'));
    expect(main.getByRole('link', { name: 'Jatka' })).toHaveAttribute('href', '/fi/actions');
  });

  it('whose post has ended is told to choose', async () => {
    answer({ ...somebody, hasRole: true, posts });
    renderAt('/fi/sign-in');
    expect(await screen.findByText(/Et toimi nyt missään tehtävässä/)).toBeVisible();
  });
});
