import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './ProfilePage'; // loaded from the start: the first test does not wait for it
import './UnsubscribePage';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

/** Own details; returns what was saved, with the version that it was made from. */
function serve(status = 200) {
  let version = 1;
  let mine = { digest: true, hour: 8, off: [] as string[] };
  const saved: unknown[] = [];
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true, hasRole: true }))),
    http.get('*/api/v1/me/holdings', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/me/calendar', () => HttpResponse.json({ active: false })),
    http.get('*/api/v1/me/mail', () => HttpResponse.json({ ...mine, version })),
    http.put('*/api/v1/me/mail', async ({ request }) => {
      const body = (await request.json()) as typeof mine;
      saved.push([request.headers.get('If-Match'), body]);
      if (status !== 200) {
        return HttpResponse.json(
          { status, code: 'unavailable' },
          { status, headers: { 'Content-Type': 'application/problem+json' } },
        );
      }
      mine = body;
      version++;
      return HttpResponse.json({ ...mine, version });
    }),
  );
  return saved;
}

const digest = async () => {
  const heading = await screen.findByRole('heading', { name: 'Päivittäinen kooste' });
  return within(heading.closest('section') as HTMLElement);
};

it('saves the hour and the topics of the digest, each time from what was saved last', async () => {
  const saved = serve();
  const user = userEvent.setup();
  renderAt('/fi/my-details');
  const section = await digest();
  expect(await section.findByRole('checkbox', { name: 'Haluan koosteen' })).toBeChecked();
  expect(section.getByRole('combobox', { name: 'Kellonaika' })).toHaveValue('8');
  await user.selectOptions(section.getByRole('combobox', { name: 'Kellonaika' }), '7.00');
  await user.click(section.getByRole('checkbox', { name: 'Lähellä olevat määräajat' }));
  await user.click(section.getByRole('button', { name: 'Tallenna koosteen asetukset' }));
  expect(await screen.findByText('Koosteen asetukset on tallennettu.')).toBeVisible();
  await user.click(section.getByRole('checkbox', { name: 'Haluan koosteen' }));
  expect(section.queryByRole('combobox', { name: 'Kellonaika' })).not.toBeInTheDocument();
  await user.click(section.getByRole('button', { name: 'Tallenna koosteen asetukset' }));
  await expect.poll(() => saved).toHaveLength(2);
  expect(saved).toEqual([
    ['"1"', { digest: true, hour: 7, off: ['due_soon'] }],
    ['"2"', { digest: false, hour: 7, off: ['due_soon'] }],
  ]);
});

it('keeps what was chosen when the server does not save it', async () => {
  serve(503);
  const user = userEvent.setup();
  renderAt('/fi/my-details');
  const section = await digest();
  await user.click(await section.findByRole('checkbox', { name: 'Myöhässä olevat' }));
  await user.click(section.getByRole('button', { name: 'Tallenna koosteen asetukset' }));
  expect(await section.findByRole('alert')).toBeVisible();
  expect(section.getByRole('checkbox', { name: 'Myöhässä olevat' })).not.toBeChecked();
});

it('stops one topic by a press, and nothing by being opened', async () => {
  const tokens: string[] = [];
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous())),
    http.post('*/api/v1/mail-unsubscriptions', async ({ request }) => {
      tokens.push(((await request.json()) as { token: string }).token);
      return HttpResponse.json({ topic: 'late' });
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/unsubscribe/late~abc~def');
  expect(await screen.findByText('Lopeta koosteesta: Myöhässä olevat')).toBeVisible();
  expect(tokens).toEqual([]);
  const stop = screen.getByRole('button', { name: 'Lopeta nyt' });
  await user.click(stop);
  expect(await screen.findByText('Lopetettu. Et saa tästä enää postia.')).toBeVisible();
  expect(stop).toHaveFocus();
  await user.click(stop);
  expect(tokens).toEqual(['late~abc~def']);
});

it('tells of a link that is none of ours', async () => {
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous())),
    http.post('*/api/v1/mail-unsubscriptions', () =>
      HttpResponse.json(
        { status: 404, code: 'mail_unsubscription_not_found' },
        { status: 404, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  const user = userEvent.setup();
  const { unmount } = renderAt('/fi/unsubscribe/everything');
  expect(await screen.findByText('Linkki ei kelpaa')).toBeVisible();
  unmount();
  renderAt('/fi/unsubscribe/all~abc~wrong');
  expect(await screen.findByText('Lopeta koko päivittäinen kooste')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Lopeta nyt' }));
  expect(await screen.findByText('Linkki ei kelpaa')).toBeVisible();
});
