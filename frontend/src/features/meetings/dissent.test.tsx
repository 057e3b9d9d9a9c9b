import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { forgetTyped } from '../../lib/typed';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Dissent, DissentInput } from './agendaQueries';
import type { Outcome } from './queries';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

const decision: Outcome = {
  id: 'o1',
  no: 1,
  type: 'noted',
  text: { fi: 'Ohje otetaan käyttöön.', sv: 'Anvisningen tas i bruk.', en: '' },
  lateEntry: false,
  recordedAt: '2026-11-23T06:30:00Z',
  open: false,
  actions: [],
  referrals: [],
  dissents: [],
  version: 1,
  permissions: ['meeting.record'],
};

/** A meeting under way; what the server got, and what it answers. */
function running(permissions = ['meeting.record']) {
  const sent: DissentInput[] = [];
  let dissents: Dissent[] = [];
  const item = () =>
    agendaItem({ permissions, outcomes: [{ ...decision, permissions, dissents }] });
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status: 'in_progress', permissions: ['meeting.record'] })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [item()], moved: [] }),
    ),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    http.post('*/api/v1/outcomes/o1/dissents', async ({ request }) => {
      const body = (await request.json()) as DissentInput;
      sent.push(body);
      if (!body.text.sv) {
        return HttpResponse.json(
          {
            status: 422,
            code: 'validation_failed',
            title: 'x',
            errors: [{ pointer: '/text/sv', code: 'required' }],
          },
          { status: 422 },
        );
      }
      const { kind, partyId, text } = body;
      dissents = [
        { id: 'd1', kind, partyId, text, recordedAt: '2026-11-23T06:40:00Z', version: 1 },
      ];
      return HttpResponse.json(item(), { status: 201 });
    }),
  );
  return sent;
}

const openForm = async (user: ReturnType<typeof userEvent.setup>) => {
  const button = await screen.findByRole('button', {
    name: 'Kirjaa eriävä mielipide tai varauma',
  });
  button.focus();
  await user.keyboard('{Enter}');
  return screen.findByRole('form', { name: 'Eriävä mielipide tai varauma lopputulokseen 1' });
};

it('records a reservation of a party, says what is missing in place, and shows it at the outcome', async () => {
  const sent = running();
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const form = await openForm(user);
  expect(within(form).getByRole('radio', { name: 'Eriävä mielipide' })).toHaveFocus();
  await user.keyboard('{ArrowRight}');
  await user.type(within(form).getByLabelText(/^Suomeksi/), 'Emme hyväksy aikataulua.');
  await user.click(within(form).getByRole('button', { name: 'Kirjaa' }));
  expect(within(form).getByText('Tieto puuttuu.')).toBeVisible();
  const party = within(form).getByLabelText('Osapuoli');
  expect(party).toHaveFocus();
  expect(sent).toEqual([]);

  await user.selectOptions(party, 'LUVN');
  await user.click(within(form).getByRole('button', { name: 'Kirjaa' }));
  expect(await within(form).findByText('Tieto puuttuu.')).toBeVisible();
  expect(within(form).getByLabelText(/^Ruotsiksi/)).toHaveFocus();
  expect(within(form).getByLabelText(/^Suomeksi/)).toHaveValue('Emme hyväksy aikataulua.');

  await user.type(within(form).getByLabelText(/^Ruotsiksi/), 'Vi godkänner inte tidtabellen.');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(sent.at(-1)).toEqual({
    kind: 'reservation',
    partyId: 'p-luvn',
    text: { fi: 'Emme hyväksy aikataulua.', sv: 'Vi godkänner inte tidtabellen.', en: '' },
  });
  const outcome = document.querySelector<HTMLElement>('#outcome-o1');
  expect(outcome).toHaveTextContent('LVarauma');
  expect(outcome).toHaveTextContent('Emme hyväksy aikataulua.');
});

it('keeps what was typed when the form is closed', async () => {
  running();
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const form = await openForm(user);
  await user.type(within(form).getByLabelText(/^Suomeksi/), 'Kesken');
  await user.click(within(form).getByRole('button', { name: 'Sulje' }));
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(within(await openForm(user)).getByLabelText(/^Suomeksi/)).toHaveValue('Kesken');
});

it('offers nothing to who may not record', async () => {
  running([]);
  renderAt('/fi/meetings/m1');
  expect(await screen.findByText('Ohje otetaan käyttöön.')).toBeVisible();
  expect(screen.queryByRole('button', { name: /eriävä/ })).not.toBeInTheDocument();
});
