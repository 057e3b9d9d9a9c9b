import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { fi } from '../../i18n/fi';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
import './ActionEditPages'; // a chunk of its own: no test waits for it

beforeEach(() => {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({ signedIn: true, hasRole: true, permissions: ['action.create'] }),
      ),
    ),
    ...['districts', 'legal-bases', 'phases', 'tags'].map((list) =>
      http.get(`*/api/v1/${list}`, () => HttpResponse.json({ items: [] })),
    ),
  );
});

/** Fills in the title and sends the form by the keyboard. */
async function send() {
  const user = userEvent.setup();
  await user.type((await screen.findAllByLabelText('Suomeksi'))[0] as HTMLElement, 'Koe');
  screen.getByRole('button', { name: fi.actions.form.create }).focus();
  await user.keyboard('{Enter}');
  return user;
}

it('brings whoever sent it to what was saved, though its answer got lost', async () => {
  server.use(
    http.post('*/api/v1/actions', () =>
      HttpResponse.json(
        {
          status: 409,
          code: 'saved_already',
          title: 'Conflict',
          saved: { kind: 'action', id: 'a-9', path: '/actions/9' },
        },
        { status: 409, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  renderAt('/fi/actions/new');
  const user = await send();
  const told = (await screen.findByText(fi.problems.savedTitle)).closest('[role="alert"]');
  await waitFor(() => expect(told).toHaveFocus());
  await user.tab();
  const link = screen.getByRole('link', { name: fi.problems.toSaved });
  expect(link).toHaveFocus();
  expect(link).toHaveAttribute('href', '/fi/actions/9');
});

it('brings whoever sent it to the field that is refused', async () => {
  server.use(
    http.post('*/api/v1/actions', () =>
      refusal(422, 'validation_failed', { pointer: '/title/sv', code: 'required' }),
    ),
  );
  renderAt('/fi/actions/new');
  await send();
  await waitFor(() => expect(document.activeElement).toHaveAttribute('aria-invalid', 'true'));
  expect(document.activeElement).toHaveAttribute('lang', 'sv');
});
