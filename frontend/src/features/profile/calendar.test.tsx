import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './ProfilePage'; // loaded from the start: the first test does not wait for it
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

const madeAt = '2026-11-20T06:00:00Z';

/** Own details; returns what was done with the address. */
function serve(active: boolean) {
  const state = { active, done: [] as string[] };
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true, hasRole: true }))),
    http.get('*/api/v1/me/holdings', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/me/mail', () =>
      HttpResponse.json({ digest: true, hour: 8, off: [], version: 1 }),
    ),
    http.get('*/api/v1/me/calendar', () =>
      HttpResponse.json(state.active ? { active: true, madeAt } : { active: false }),
    ),
    http.post('*/api/v1/me/calendar', () => {
      state.active = true;
      state.done.push('made');
      const url = `https://yhdyspinta.example/calendar/secret-${state.done.length}.ics`;
      return HttpResponse.json({ active: true, madeAt, url });
    }),
    http.post('*/api/v1/me/calendar/end', () => {
      state.active = false;
      state.done.push('ended');
      return HttpResponse.json({ active: false });
    }),
  );
  return state.done;
}

const calendar = async () => {
  const heading = await screen.findByRole('heading', { name: 'Oma kalenteri' });
  return within(heading.closest('section') as HTMLElement);
};

it('makes an address, shows it once, renews it and ends it', async () => {
  const done = serve(false);
  const user = userEvent.setup();
  const { unmount } = renderAt('/fi/my-details');
  const section = await calendar();
  await user.click(await section.findByRole('button', { name: 'Luo osoite' }));
  expect(await section.findByLabelText('Oman kalenterisi osoite')).toHaveValue(
    'https://yhdyspinta.example/calendar/secret-1.ics',
  );
  expect(section.getByText('Kopioi osoite nyt. Sitä ei näytetä uudelleen.')).toBeVisible();
  await user.click(await section.findByRole('button', { name: 'Uusi osoite' }));
  expect(
    await section.findByDisplayValue('https://yhdyspinta.example/calendar/secret-2.ics'),
  ).toBeVisible();
  unmount();

  renderAt('/fi/my-details');
  const again = await calendar();
  expect(await again.findByText(/Sinulla on osoite, joka on luotu 20\.11\.2026/)).toBeVisible();
  expect(again.queryByLabelText('Oman kalenterisi osoite')).not.toBeInTheDocument();
  await user.click(again.getByRole('button', { name: 'Poista osoite käytöstä' }));
  expect(await again.findByRole('button', { name: 'Luo osoite' })).toBeVisible();
  expect(done).toEqual(['made', 'made', 'ended']);
});

it('keeps the address on the page when the server does not renew it', async () => {
  serve(false);
  const user = userEvent.setup();
  renderAt('/fi/my-details');
  const section = await calendar();
  await user.click(await section.findByRole('button', { name: 'Luo osoite' }));
  await section.findByRole('button', { name: 'Uusi osoite' });
  server.use(
    http.post('*/api/v1/me/calendar', () =>
      HttpResponse.json(
        { status: 503, code: 'unavailable' },
        { status: 503, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  await user.click(section.getByRole('button', { name: 'Uusi osoite' }));
  expect(await section.findByRole('alert')).toBeVisible();
  expect(section.getByLabelText('Oman kalenterisi osoite')).toHaveValue(
    'https://yhdyspinta.example/calendar/secret-1.ics',
  );
});
