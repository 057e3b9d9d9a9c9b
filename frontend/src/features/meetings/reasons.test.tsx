import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { renderAt } from '../../test/render';
import { forgetTyped } from '../../lib/typed';
import { server } from '../../test/server';
import type { Meeting, Outcome } from './queries';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

const decision: Outcome = {
  id: 'o1',
  no: 1,
  type: 'decision',
  text: { fi: 'Ohje otetaan käyttöön.', sv: 'Anvisningen tas i bruk.', en: '' },
  noActionReason: { fi: 'Kuuluu lautakunnalle.', sv: 'Hör till nämnden.', en: '' },
  lateEntry: false,
  recordedAt: '2026-11-23T06:30:00Z',
  open: false,
  actions: [],
  referrals: [],
  dissents: [],
  version: 1,
  permissions: [],
};

function serve(shown: Meeting, outcomes: Outcome[] = []) {
  server.use(
    http.get('*/api/v1/meetings/m1', () => HttpResponse.json(shown)),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [agendaItem({ outcomes })], moved: [] }),
    ),
  );
}

it.each([
  ['sv', 'Hör till nämnden.', 'Förhinder.', 'sv'],
  ['en', 'Kuuluu lautakunnalle.', 'Este.', 'fi'],
])('tells the reasons in %s, or marks the language they are in', async (lang, why, off, is) => {
  serve(meeting({ status: 'cancelled', cancelReason: { fi: 'Este.', sv: 'Förhinder.', en: '' } }), [
    decision,
  ]);
  renderAt(`/${lang}/meetings/m1`);
  for (const text of [why, off]) {
    const shown = await screen.findByText(text, { exact: false, selector: 'p, p *' });
    expect(shown.closest('[lang]')).toHaveAttribute('lang', is);
  }
});

it('sends the reason of a cancellation in each language, and keeps it when refused', async () => {
  const sent: unknown[] = [];
  serve(meeting({ permissions: ['meeting.edit', 'meeting.cancel'] }));
  server.use(
    http.post('*/api/v1/meetings/m1/cancellation', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(
        {
          status: 422,
          code: 'validation_failed',
          title: 'x',
          errors: [{ pointer: '/reason/sv', code: 'too_long' }],
        },
        { status: 422 },
      );
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  await user.click(await screen.findByRole('button', { name: 'Peru kokous' }));
  const window = await screen.findByRole('dialog');
  await user.type(within(window).getByLabelText(/^Suomi|^Suomeksi/), 'Este');
  await user.type(within(window).getByLabelText(/^Ruotsi|^Ruotsiksi/), 'Förhinder');
  await user.click(within(window).getByRole('button', { name: 'Peru kokous' }));
  expect(await within(window).findByText('Teksti on liian pitkä.')).toBeVisible();
  expect(within(window).getByLabelText(/^Ruotsi|^Ruotsiksi/)).toHaveValue('Förhinder');
  expect(sent).toEqual([{ reason: { fi: 'Este', sv: 'Förhinder', en: '' } }]);
});
