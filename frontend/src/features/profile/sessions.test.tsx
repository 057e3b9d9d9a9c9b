import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './ProfilePage'; // loaded from the start: the first test does not wait for it
import { expectNoViolations } from '../../test/axe';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

const here = {
  id: '00000000-0000-7000-8000-000000000001',
  beganAt: '2026-11-23T06:00:00Z',
  usedAt: '2026-11-23T06:05:00Z',
  endsAt: '2026-11-23T16:00:00Z',
  browser: 'firefox',
  system: 'windows',
  current: true,
};
const phone = {
  ...here,
  id: '00000000-0000-7000-8000-000000000002',
  browser: 'safari',
  system: 'ios',
  current: false,
};
const other = { ...phone, id: '00000000-0000-7000-8000-000000000003', browser: 'other' };

function serve() {
  const state = { sessions: [here, phone, other], ended: [] as string[], status: 200 };
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true, hasRole: true }))),
    http.get('*/api/v1/me/holdings', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/me/mail', () =>
      HttpResponse.json({ digest: true, hour: 8, off: [], version: 1 }),
    ),
    http.get('*/api/v1/me/calendar', () => HttpResponse.json({ active: false })),
    http.get('*/api/v1/me/sessions', () => HttpResponse.json({ items: state.sessions })),
    http.post('*/api/v1/me/sessions/:id/end', ({ params }) => {
      if (state.status !== 200) {
        return HttpResponse.json(
          { status: state.status, code: state.status === 404 ? 'not_found' : 'unavailable' },
          { status: state.status, headers: { 'Content-Type': 'application/problem+json' } },
        );
      }
      state.ended.push(String(params.id));
      state.sessions = state.sessions.filter(({ id }) => id !== params.id);
      return HttpResponse.json({ ended: 1 });
    }),
    http.post('*/api/v1/me/other-sessions/end', () => {
      state.ended.push('others');
      state.sessions = [here];
      return HttpResponse.json({ ended: 1 });
    }),
  );
  return state;
}

const mine = async () => {
  const heading = await screen.findByRole('heading', { name: 'Kirjautumiseni' });
  return within(heading.closest('section') as HTMLElement);
};

it('shows where one is signed in, and ends one and all others by the keyboard', async () => {
  const state = serve();
  const user = userEvent.setup();
  const { container } = renderAt('/fi/my-details');
  const section = await mine();
  expect(await section.findByText('Firefox, Windows')).toBeVisible();
  expect(section.getByText('tämä kirjautuminen')).toBeVisible();
  expect(section.getByText('Muu selain, iOS')).toBeVisible();
  expect(section.getAllByRole('button', { name: /^Päätä kirjautuminen/ })).toHaveLength(2);
  await expectNoViolations(container);

  section.getByRole('button', { name: /Safari, iOS, alkanut/ }).focus();
  await user.keyboard('{Enter}');
  expect(await screen.findByText('Kirjautuminen on päätetty.')).toBeVisible();
  expect(document.activeElement?.contains(section.getByText('Firefox, Windows'))).toBe(true);
  section.getByRole('button', { name: 'Päätä kaikki muut kirjautumiset' }).focus();
  await user.keyboard('{Enter}');
  expect(await section.findByText('Et ole kirjautuneena muualla.')).toBeVisible();
  expect(section.queryByRole('button')).not.toBeInTheDocument();
  expect(state.ended).toEqual([phone.id, 'others']);
});

it('tells that a sign-in had ended already, and that one could not be ended', async () => {
  const state = serve();
  const user = userEvent.setup();
  renderAt('/fi/my-details');
  const section = await mine();
  const press = async () =>
    user.click(await section.findByRole('button', { name: /Safari, iOS, alkanut/ }));
  state.status = 404;
  await press();
  expect(await section.findByText('Kirjautuminen oli jo päättynyt.')).toBeVisible();
  state.status = 503;
  await press();
  expect(await section.findByRole('alert')).toBeVisible();
});
