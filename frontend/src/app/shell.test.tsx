import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { anonymous, providers } from '../test/builders';
import { renderAt } from '../test/render';
import { server } from '../test/server';

describe('addresses', () => {
  it('sends the root to the remembered language', async () => {
    localStorage.setItem('yhdyspinta.lang', 'sv');
    const { router } = renderAt('/');
    await waitFor(() => expect(router.state.location.pathname).toBe('/sv'));
  });

  it('keeps the page and its filters when the language changes', async () => {
    const { router } = renderAt('/fi/components?asOf=2026-11-16');
    await screen.findByRole('heading', { level: 1, name: 'Muotokieli' });
    await userEvent.click(screen.getByRole('link', { name: 'Svenska' }));
    await screen.findByRole('heading', { level: 1, name: 'Formspråk' });
    expect(router.state.location.href).toBe('/sv/components?asOf=2026-11-16');
    expect(document.documentElement.lang).toBe('sv');
    expect(document.title).toBe('Formspråk – Yhdyspinta');
  });

  it('says that an unknown page is unknown, in the language of the address', async () => {
    renderAt('/en/nothing-here');
    expect(await screen.findByRole('heading', { name: 'Page not found' })).toBeVisible();
  });
});

describe('the day looked at', () => {
  it('is told, kept on the way to another page, and left again', async () => {
    const { router } = renderAt('/fi/goals?asOf=2026-11-16');
    expect(await screen.findByText(/Katsot tilannetta 16.11.2026/)).toBeVisible();
    await userEvent.click(
      within(screen.getByRole('contentinfo')).getByRole('link', { name: 'Muotokieli' }),
    );
    await screen.findByRole('heading', { level: 1, name: 'Muotokieli' });
    expect(router.state.location.search).toEqual({ asOf: '2026-11-16' });
    await userEvent.click(screen.getByRole('link', { name: 'Palaa tähän päivään' }));
    await waitFor(() => expect(router.state.location.search).toEqual({}));
  });

  it('is no day when it does not exist', async () => {
    renderAt('/fi/components?asOf=2026-02-31');
    await screen.findByRole('heading', { level: 1, name: 'Muotokieli' });
    expect(screen.queryByText(/Katsot tilannetta/)).not.toBeInTheDocument();
  });
});

describe('the account', () => {
  const title = (fi: string) => ({ fi, sv: fi, en: fi });
  const posts = [
    { id: 'a', title: title('HYTE-päällikkö'), partyId: 'p-luvn', unit: title('HYTE') },
    { id: 'b', title: title('Suunnittelija'), partyId: 'p-luvn', unit: title('HYTE') },
  ].map((post) => ({ ...post, deputy: false }));

  it('leads to the sign-in page, and from there back to the page', async () => {
    const issuers = providers();
    server.use(http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ issuers }))));
    const { router } = renderAt('/fi/nothing?asOf=2026-11-16');
    await userEvent.click(await screen.findByRole('link', { name: 'Kirjaudu' }));
    expect(
      await screen.findByRole('link', { name: 'Länsi-Uudenmaan hyvinvointialue' }),
    ).toHaveAttribute('href', '/auth/luvn/login?returnTo=%2Ffi%2Fnothing%3FasOf%3D2026-11-16');

    // The link on that page keeps the way back.
    const before = router.state.location.href;
    await userEvent.click(screen.getByRole('link', { name: 'Kirjaudu' }));
    expect(router.state.location.href).toBe(before);
  });

  it('calls the content invented only where it is', async () => {
    server.use(http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ synthetic: true }))));
    const { unmount } = renderAt('/fi/nothing');
    expect(await screen.findByText('Esittelyaineisto.')).toBeVisible();
    unmount();
    server.use(
      http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ issuers: providers() }))),
    );
    renderAt('/fi/nothing');
    await screen.findByRole('link', { name: 'Kirjaudu' });
    expect(screen.queryByText('Esittelyaineisto.')).not.toBeInTheDocument();
  });

  it('shows the post acted in and changes it', async () => {
    const signedIn = anonymous({
      signedIn: true,
      hasRole: true,
      name: 'Kirsi',
      posts,
      post: posts[0],
    });
    server.use(
      http.get('*/api/v1/me', () => HttpResponse.json(signedIn)),
      http.post('*/api/v1/me/post', async ({ request }) => {
        expect(await request.json()).toEqual({ postId: 'b' });
        server.use(
          http.get('*/api/v1/me', () => HttpResponse.json({ ...signedIn, post: posts[1] })),
        );
        return HttpResponse.json({ ...signedIn, post: posts[1] });
      }),
    );
    renderAt('/fi/nothing');
    await userEvent.click(await screen.findByRole('button', { name: /HYTE-päällikkö/ }));
    expect(screen.getByText('Kirjautunut näkymä')).toBeVisible();
    const other = screen.getByRole('button', { name: /Suunnittelija/ });
    expect(other).toHaveAttribute('aria-pressed', 'false');
    await userEvent.click(other);
    await waitFor(() => expect(other).toHaveAttribute('aria-pressed', 'true'));
  });

  it('closes its panel on Escape and gives the focus back', async () => {
    const signedIn = anonymous({
      signedIn: true,
      hasRole: true,
      name: 'Kirsi',
      posts,
      post: posts[0],
    });
    server.use(http.get('*/api/v1/me', () => HttpResponse.json(signedIn)));
    renderAt('/fi/nothing');
    const button = await screen.findByRole('button', { name: /HYTE-päällikkö/ });
    await userEvent.click(button);
    expect(screen.getByRole('button', { name: 'Kirjaudu ulos' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('button', { name: 'Kirjaudu ulos' })).not.toBeInTheDocument();
    expect(button).toHaveFocus();
  });
});
