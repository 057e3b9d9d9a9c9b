import { createMemoryHistory } from '@tanstack/react-router';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { anonymous } from '../test/builders';
import { renderAt } from '../test/render';
import { expectNoViolations } from '../test/axe';
import { server } from '../test/server';
import { createAppRouter } from './router';

/** The addresses that the server was asked for, without who looks. */
let asked: URL[];

beforeEach(() => {
  asked = [];
  server.events.removeAllListeners();
  server.events.on('request:start', ({ request }) => {
    const url = new URL(request.url);
    if (!url.pathname.endsWith('/me')) asked.push(url);
  });
});

const days = () => asked.map(({ searchParams }) => searchParams.get('asOf'));

describe('what a page makes of a past day', () => {
  it('is said by every route', () => {
    const routes = Object.values(createAppRouter(createMemoryHistory()).routesById);
    expect(routes.length).toBeGreaterThan(50);
    for (const { id, options } of routes as { id: string; options: { staticData?: object } }[]) {
      expect(options.staticData, id).toHaveProperty('past');
    }
  });

  it('shows all of that day, names of the parties too', async () => {
    const { container } = renderAt('/fi/goals?asOf=2026-11-16');
    expect(await screen.findByText(/Katsot tilannetta 16.11.2026/)).toBeVisible();
    await screen.findByRole('heading', { level: 1, name: 'Tavoitteet' });
    await waitFor(() => expect(asked.length).toBeGreaterThan(2));
    const reads = asked.filter(({ pathname }) => !pathname.endsWith('/saved-views'));
    expect(reads.map(({ pathname, searchParams }) => [pathname, searchParams.get('asOf')])).toEqual(
      reads.map(({ pathname }) => [pathname, '2026-11-16']),
    );
    await expectNoViolations(container);
  });

  it('does not show now under the sign of the day', async () => {
    renderAt('/fi/views?asOf=2026-11-16');
    expect(await screen.findByText(/Tällä sivulla näkyvät nykyiset tiedot/)).toBeVisible();
    expect(screen.queryByText(/Katsot tilannetta/)).not.toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Edellinen päivä' })).not.toBeInTheDocument();
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    expect(new Set(days())).toEqual(new Set([null]));
  });

  it('opens no form for changing a past day, and says how to go back', async () => {
    server.use(
      http.get('*/api/v1/me', () =>
        HttpResponse.json(
          anonymous({ signedIn: true, hasRole: true, permissions: ['forum.create'] }),
        ),
      ),
    );
    const { container, router } = renderAt('/fi/forums/new?asOf=2026-11-16');
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(
      'Mennyttä päivää ei voi muuttaa',
    );
    expect(container.querySelector('main form')).toBeNull();
    await userEvent.click(screen.getByRole('link', { name: 'Palaa tähän päivään' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Uusi foorumi' })).toBeVisible();
    expect(router.state.location.search).toEqual({});
  });

  it('tells that a thing may not have been there', async () => {
    server.use(
      http.get('*/api/v1/goals/:id', () =>
        HttpResponse.json(
          { status: 404, code: 'goal_not_found', title: 'Not Found' },
          { status: 404 },
        ),
      ),
    );
    renderAt('/fi/goals/3?asOf=2026-11-16');
    expect(await screen.findByText(/Tätä ei ollut 16.11.2026 päivän lopussa/)).toBeVisible();
  });
});

describe('the days around the one shown', () => {
  it('are a press away, up to yesterday', async () => {
    const { router } = renderAt('/fi/goals?q=nuoret&asOf=2026-11-21');
    await userEvent.click(await screen.findByRole('link', { name: 'Seuraava päivä' }));
    await waitFor(() =>
      expect(router.state.location.search).toEqual({ q: 'nuoret', asOf: '2026-11-22' }),
    );
    expect(screen.queryByRole('link', { name: 'Seuraava päivä' })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('link', { name: 'Edellinen päivä' }));
    await waitFor(() => expect(router.state.location.search.asOf).toBe('2026-11-21'));
    await userEvent.click(screen.getByRole('link', { name: 'Viikkoa aiemmin' }));
    await waitFor(() => expect(router.state.location.search.asOf).toBe('2026-11-14'));
  });

  it('lead back to today, and the keyboard goes on in the page', async () => {
    const { router } = renderAt('/fi/goals?asOf=2026-11-21');
    const back = await screen.findByRole('link', { name: 'Palaa tähän päivään' });
    back.focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(router.state.location.search).toEqual({}));
    expect(screen.getByRole('main')).toHaveFocus();
  });
});

describe('choosing a day', () => {
  async function form() {
    await userEvent.click(await screen.findByRole('button', { name: 'Katso toista päivää' }));
    const field = screen.getByLabelText('Päivä');
    return async (day: string) => {
      await userEvent.clear(field);
      if (day) await userEvent.type(field, day);
      await userEvent.click(screen.getByRole('button', { name: 'Näytä' }));
      return field;
    };
  }

  it.each([
    ['today', '2026-11-23', /Tämän päivän tiedot näet/],
    ['a day to come', '2026-11-24', /Tulevia päiviä ei voi katsoa/],
    ['no day', '', /Valitse päivä vuodesta 1900/],
    ['a day before the calendar', '1899-12-31', /Valitse päivä vuodesta 1900/],
  ])('refuses %s in words and keeps what was chosen', async (_, day, words) => {
    const { router } = renderAt('/fi/goals');
    const choose = await form();
    const field = await choose(day);
    expect(await screen.findByText(words)).toBeVisible();
    expect(field).toHaveValue(day);
    expect(field).toBeInvalid();
    expect(router.state.location.search).toEqual({});
  });

  it('takes a past one, and offers yesterday and the day a week ago', async () => {
    const { router, unmount } = renderAt('/fi/goals');
    const choose = await form();
    await choose('2026-11-16');
    await waitFor(() => expect(router.state.location.search).toEqual({ asOf: '2026-11-16' }));
    unmount();
    const { router: other } = renderAt('/fi/goals');
    await form();
    expect(screen.getByRole('link', { name: 'Eilen' })).toHaveAttribute(
      'href',
      '/fi/goals?asOf=2026-11-22',
    );
    await userEvent.click(screen.getByRole('link', { name: 'Viikko sitten' }));
    await waitFor(() => expect(other.state.location.search).toEqual({ asOf: '2026-11-16' }));
    expect(screen.queryByLabelText('Päivä')).not.toBeInTheDocument();
  });

  it.each(['2026-11-23', '2027-01-01'])(
    'shows now where the address names %s, and says so',
    async (day) => {
      renderAt(`/fi/goals?asOf=${day}`);
      expect(await screen.findByText(/ei ole mennyt päivä/)).toBeVisible();
      expect(screen.queryByText(/Katsot tilannetta/)).not.toBeInTheDocument();
      await waitFor(() => expect(days()).toContain(null));
      expect(screen.getByRole('link', { name: 'Palaa tähän päivään' })).toBeVisible();
    },
  );
});
