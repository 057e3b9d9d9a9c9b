import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderAt } from '../test/render';

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
    const { router } = renderAt('/fi/nothing?asOf=2026-11-16');
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
