import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { forgetTyped } from '../../lib/typed';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Dissent, DissentInput, WithdrawalInput } from './agendaQueries';
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

const reservation: Dissent = {
  id: 'd1',
  kind: 'reservation',
  partyId: 'p-luvn',
  text: { fi: 'Emme hyväksy aikataulua.', sv: 'Vi godkänner inte tidtabellen.', en: '' },
  recordedAt: '2026-11-23T06:40:00Z',
  version: 1,
  permissions: ['meeting.record'],
};

/** A meeting under way; what the server got, and what it answers. */
function running(permissions = ['meeting.record'], recorded: Dissent[] = []) {
  const sent: DissentInput[] = [];
  let dissents = recorded;
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
      if (!body.text.sv) return invalid('/text/sv');
      const { kind, partyId, text } = body;
      dissents = [{ ...reservation, kind, partyId, text }];
      return HttpResponse.json(item(), { status: 201 });
    }),
    http.put('*/api/v1/dissents/d1', async ({ request }) => {
      const before = dissents[0] ?? reservation;
      based.push(request.headers.get('If-Match'));
      if (based.at(-1) !== `"${before.version}"`) return stale(before);
      const body = (await request.json()) as DissentInput;
      sent.push(body);
      const { kind, partyId, text } = body;
      dissents = [{ ...before, kind, partyId, text, version: before.version + 1 }];
      return HttpResponse.json(item());
    }),
    http.post('*/api/v1/dissents/d1/withdrawal', async ({ request }) => {
      const before = dissents[0] ?? reservation;
      based.push(request.headers.get('If-Match'));
      if (based.at(-1) !== `"${before.version}"`) return stale(before);
      const { reason } = (await request.json()) as WithdrawalInput;
      if (!reason.fi && !reason.sv) return invalid('/reason/fi');
      const withdrawn = { withdrawnAt: '2026-11-23T06:50:00Z', withdrawnReason: reason };
      dissents = [{ ...before, ...withdrawn, permissions: [], version: before.version + 1 }];
      return HttpResponse.json(item());
    }),
  );
  const based: (string | null)[] = [];
  /** Somebody else saves meanwhile. */
  const meanwhile = (change: Partial<Dissent>) => {
    dissents = dissents.map((dissent) => ({ ...dissent, ...change, version: dissent.version + 1 }));
  };
  return { sent, based, meanwhile };
}

const stale = (current: Dissent) =>
  HttpResponse.json(
    { status: 412, code: 'stale_version', title: 'Precondition Failed', current },
    { status: 412 },
  );

const invalid = (pointer: string) =>
  HttpResponse.json(
    {
      status: 422,
      code: 'validation_failed',
      title: 'x',
      errors: [{ pointer, code: 'required' }],
    },
    { status: 422 },
  );

const openForm = async (user: ReturnType<typeof userEvent.setup>) => {
  const button = await screen.findByRole('button', {
    name: 'Kirjaa eriävä mielipide tai varauma',
  });
  button.focus();
  await user.keyboard('{Enter}');
  return screen.findByRole('form', { name: 'Eriävä mielipide tai varauma lopputulokseen 1' });
};

it('records a reservation of a party, says what is missing in place, and shows it at the outcome', async () => {
  const { sent } = running();
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
  running([], [{ ...reservation, permissions: [] }]);
  renderAt('/fi/meetings/m1');
  expect(await screen.findByText('Ohje otetaan käyttöön.')).toBeVisible();
  expect(screen.queryByRole('button', { name: /eriävä|varauma/ })).not.toBeInTheDocument();
});

const press = async (user: ReturnType<typeof userEvent.setup>, name: string) => {
  const button = await screen.findByRole('button', { name });
  button.focus();
  await user.keyboard('{Enter}');
  return screen.findByRole('form', { name });
};
const outcome = () => document.querySelector('#outcome-o1');
/** The words and the reason stand in one line. */
const withdrawnBecause = (reason: string) => (_: string, element: Element | null) =>
  element?.matches('p') === true && element.textContent === `Peruttu: ${reason}`;

it('corrects what was recorded in the same form, by the keyboard alone', async () => {
  const { sent, based } = running(undefined, [reservation]);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const form = await press(user, 'Korjaa varauma, LUVN');
  expect(within(form).getByRole('radio', { name: 'Varauma' })).toHaveFocus();
  expect(within(form).getByLabelText('Osapuoli')).toHaveValue('p-luvn');
  const text = within(form).getByLabelText(/^Suomeksi/);
  expect(text).toHaveValue('Emme hyväksy aikataulua.');
  await user.keyboard('{ArrowLeft}');
  await user.type(text, ' Syksy on liian aikaisin.');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(based).toEqual(['"1"']);
  expect(sent).toEqual([
    {
      kind: 'dissent',
      partyId: 'p-luvn',
      text: {
        fi: 'Emme hyväksy aikataulua. Syksy on liian aikaisin.',
        sv: 'Vi godkänner inte tidtabellen.',
        en: '',
      },
    },
  ]);
  expect(outcome()).toHaveTextContent('Syksy on liian aikaisin.');
  expect(screen.getByRole('button', { name: 'Korjaa eriävä mielipide, LUVN' })).toHaveFocus();
});

it('gives the focus back to the button that was pressed, when nothing is changed', async () => {
  running(undefined, [reservation]);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  for (const name of ['Peru varauma, LUVN', 'Korjaa varauma, LUVN']) {
    const form = await press(user, name);
    await user.click(within(form).getByRole('button', { name: 'Peruuta' }));
    expect(screen.getByRole('button', { name })).toHaveFocus();
  }
  await user.click(within(await openForm(user)).getByRole('button', { name: 'Sulje' }));
  expect(screen.getByRole('button', { name: 'Kirjaa eriävä mielipide tai varauma' })).toHaveFocus();
});

it('opens one form at a time, so that no text is lost to another', async () => {
  running(undefined, [reservation, { ...reservation, id: 'd2', partyId: 'p-espoo' }]);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  await press(user, 'Korjaa varauma, LUVN');
  expect(screen.queryByRole('button', { name: /^Peru varauma|^Korjaa/ })).not.toBeInTheDocument();
});

it('shows both versions when somebody corrected it meanwhile, and saves one’s own', async () => {
  const { sent, based, meanwhile } = running(undefined, [reservation]);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const form = await press(user, 'Korjaa varauma, LUVN');
  await user.type(within(form).getByLabelText(/^Suomeksi/), ' Oma lisäys.');
  meanwhile({ text: { ...reservation.text, fi: 'Toisen korjaus.' } });
  await user.click(within(form).getByRole('button', { name: 'Tallenna' }));
  const panel = await screen.findByRole('alertdialog');
  expect(panel).toHaveFocus();
  expect(panel).toHaveTextContent('Oma lisäys.');
  expect(panel).toHaveTextContent('Toisen korjaus.');
  await user.click(within(panel).getByRole('button', { name: 'Tallenna minun' }));
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(based).toEqual(['"1"', '"2"']);
  expect(sent.map(({ text }) => text.fi)).toEqual(['Emme hyväksy aikataulua. Oma lisäys.']);
});

it('keeps the saved version where that is chosen, also one withdrawn meanwhile', async () => {
  const { sent, meanwhile } = running(undefined, [reservation]);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const form = await press(user, 'Korjaa varauma, LUVN');
  await user.type(within(form).getByLabelText(/^Suomeksi/), ' Oma lisäys.');
  meanwhile({
    withdrawnAt: '2026-11-23T06:45:00Z',
    withdrawnReason: { fi: 'Ratkesi neuvottelussa.', sv: '', en: '' },
    permissions: [],
  });
  await user.click(within(form).getByRole('button', { name: 'Tallenna' }));
  const panel = await screen.findByRole('alertdialog');
  await user.click(within(panel).getByRole('button', { name: 'Pidä tallennettu' }));
  expect(await screen.findByText(withdrawnBecause('Ratkesi neuvottelussa.'))).toBeVisible();
  expect(document.activeElement).toHaveTextContent(/^Varauma/);
  expect(outcome()).not.toHaveTextContent('Oma lisäys.');
  expect(sent).toEqual([]);
});

it('withdraws with a reason, after which it stays readable and offers nothing', async () => {
  const { based } = running(undefined, [reservation]);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const form = await press(user, 'Peru varauma, LUVN');
  const reason = within(form).getByLabelText(/^Suomeksi/);
  expect(reason).toHaveFocus();
  expect(outcome()).toHaveTextContent('Emme hyväksy aikataulua.');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await within(form).findByText('Tieto puuttuu.')).toBeVisible();
  expect(reason).toHaveFocus();
  await user.type(reason, 'Aikataulusta sovittiin.');
  await user.type(within(form).getByLabelText(/^Ruotsiksi/), 'Tidtabellen avtalades.');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(based).toEqual(['"1"', '"1"']);
  expect(screen.getByText('Varauma peruttiin.')).toBeVisible();
  expect(await screen.findByText(withdrawnBecause('Aikataulusta sovittiin.'))).toBeVisible();
  expect(document.activeElement).toHaveTextContent(/^Varauma.*Peruttu: Aikataulusta sovittiin.$/);
  expect(outcome()).toHaveTextContent('Emme hyväksy aikataulua.');
  expect(screen.queryByRole('button', { name: /varauma, LUVN/ })).not.toBeInTheDocument();
});

it('shows why it was withdrawn in the language of the page', async () => {
  const withdrawnReason = { fi: 'Sovittiin.', sv: 'Man kom överens.', en: '' };
  running(undefined, [
    { ...reservation, withdrawnAt: '2026-11-23T06:50:00Z', withdrawnReason, permissions: [] },
  ]);
  renderAt('/sv/meetings/m1');
  expect(await screen.findByText(/^Återtagen:/)).toHaveTextContent('Återtagen: Man kom överens.');
});

it('withdraws only what the page shows: a newer version is shown first', async () => {
  const { based, meanwhile } = running(undefined, [reservation]);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const form = await press(user, 'Peru varauma, LUVN');
  await user.type(within(form).getByLabelText(/^Suomeksi/), 'Sovittiin.');
  meanwhile({ text: { ...reservation.text, fi: 'Toisen korjaus.' } });
  await user.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await within(form).findByText('Joku tallensi muutoksen sillä välin.')).toBeVisible();
  await waitFor(() => expect(outcome()).toHaveTextContent('Toisen korjaus.'));
  await user.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText(withdrawnBecause('Sovittiin.'))).toBeVisible();
  expect(based).toEqual(['"1"', '"2"']);
});

it('offers only posts of the chosen party, and drops a post of another', async () => {
  const { sent } = running();
  const post = (id: string, partyId: string, fi: string) => ({
    id,
    partyId,
    title: { fi, sv: fi, en: fi },
    unitPath: [],
  });
  const posts = [post('x1', 'p-espoo', 'Nuorisopäällikkö'), post('x2', 'p-luvn', 'Perhepäällikkö')];
  server.use(
    http.get('*/api/v1/posts', ({ request }) => {
      const of = new URL(request.url).searchParams.getAll('partyId');
      return HttpResponse.json({
        items: posts.filter(({ partyId }) => of.length === 0 || of.includes(partyId)),
      });
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const form = await openForm(user);
  const offered = async () => {
    const field = within(form).getByRole('combobox', { name: 'Toimi, jos ei koko osapuoli' });
    await user.type(field, 'päällikkö');
    await screen.findAllByRole('option', { name: /päällikkö/ });
    return () => screen.getAllByRole('option', { name: /päällikkö/ }).map((o) => o.textContent);
  };
  const party = within(form).getByLabelText('Osapuoli');
  await user.selectOptions(party, 'LUVN');
  const names = await offered();
  await waitFor(() => expect(names()).toEqual(['LPerhepäällikkö']));
  await user.keyboard('{ArrowDown}{Enter}');
  const field = () => within(form).getByRole('combobox', { name: 'Toimi, jos ei koko osapuoli' });
  expect(field()).toHaveValue('Perhepäällikkö');

  await user.selectOptions(party, 'Espoo');
  expect(field()).toHaveValue('');
  const others = await offered();
  await waitFor(() => expect(others()).toEqual(['ENuorisopäällikkö']));
  await user.keyboard('{ArrowDown}{Enter}');
  await user.type(within(form).getByLabelText(/^Suomeksi/), 'Eri mieltä');
  await user.type(within(form).getByLabelText(/^Ruotsiksi/), 'Av annan mening');
  await user.click(within(form).getByRole('button', { name: 'Kirjaa' }));
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(sent.at(-1)).toMatchObject({ partyId: 'p-espoo', postId: 'x1' });
});
