import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { action, anonymous, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { viewport } from '../../test/viewport';
import type { Action, StatusReportInput } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });

let stored: Action;

beforeEach(() => {
  stored = action();
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, permissions: ['action.report'] })),
    ),
    http.get('*/api/v1/actions', () => HttpResponse.json({ items: [stored], total: 1 })),
    http.get('*/api/v1/chains', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/target-groups', () => HttpResponse.json({ items: [] })),
  );
});

async function open() {
  renderAt('/fi/actions');
  const button = await screen.findByRole('button', { name: 'Päivitä toimenpide 9' });
  await userEvent.click(button);
  return { button, form: screen.getByRole('form', { name: 'Päivitä toimenpide 9' }) };
}

function problem(status: number, code: string, more: object = {}) {
  return HttpResponse.json(
    { type: 'about:blank', title: 'x', status, code, instance: 'req-1', ...more },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
}

it('saves in two presses, and gives the focus back', async () => {
  let sent: { body: StatusReportInput; version: string | null } | undefined;
  server.use(
    http.post('*/api/v1/actions/a-9/status-reports', async ({ request }) => {
      sent = {
        body: (await request.json()) as StatusReportInput,
        version: request.headers.get('If-Match'),
      };
      return HttpResponse.json(action({ version: 7 }));
    }),
  );
  const { button, form } = await open();
  expect(within(form).getByRole('radio', { name: 'Käynnissä' })).toHaveFocus();
  await userEvent.type(within(form).getByLabelText('Mitä on muuttunut?'), 'Ohje on valmis.');
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(sent).toEqual({
    version: '"6"',
    body: { status: 'in_progress', progress: 40, text: { fi: 'Ohje on valmis.' }, public: true },
  });
  expect(button).toHaveFocus();
  expect(await screen.findByText('Toimenpiteen 9 tilanne tallennettiin.')).toBeVisible();
});

it('keeps the text when the server refuses it, and says what is wrong', async () => {
  server.use(
    http.post('*/api/v1/actions/a-9/status-reports', () =>
      problem(422, 'validation_failed', {
        errors: [{ pointer: '/result/fi', code: 'required' }],
      }),
    ),
  );
  const { form } = await open();
  await userEvent.click(within(form).getByRole('radio', { name: 'Valmis' }));
  await userEvent.type(within(form).getByLabelText('Mitä on muuttunut?'), 'Kaikki tehty.');
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await within(form).findByText('Tieto puuttuu.')).toBeVisible();
  expect(within(form).getByLabelText('Mitä on muuttunut?')).toHaveValue('Kaikki tehty.');
  expect(within(form).getByLabelText('Tulos: mitä saatiin aikaan?')).toBeInvalid();
});

it('asks for a reason where the server says that the status needs one', async () => {
  const { form } = await open();
  expect(within(form).queryByLabelText('Perustelu')).not.toBeInTheDocument();
  await userEvent.click(within(form).getByRole('radio', { name: 'Tauolla' }));
  expect(within(form).getByLabelText('Perustelu')).toBeVisible();
});

it('puts two versions side by side, and loses neither', async () => {
  const versions: (string | null)[] = [];
  const saved = action({
    version: 7,
    progress: 60,
    reports: [
      {
        id: 'r-1',
        partyId: 'p-espoo',
        status: 'in_progress',
        progress: 60,
        text: text('Ohje on lausunnolla.'),
        forwardTo: [],
        public: true,
        reportedOn: '2026-11-23',
        reportedAt: '2026-11-23T06:00:00Z',
      },
    ],
  });
  server.use(
    http.post('*/api/v1/actions/a-9/status-reports', ({ request }) => {
      versions.push(request.headers.get('If-Match'));
      if (versions.length > 1) return HttpResponse.json(action({ version: 8 }));
      return problem(412, 'stale_version', {
        current: saved,
        changed: {
          at: '2026-11-23T06:00:00Z',
          post: text('Varhaiskasvatuspäällikkö'),
          fields: ['progress'],
        },
      });
    }),
  );
  const { button, form } = await open();
  await userEvent.type(within(form).getByLabelText('Mitä on muuttunut?'), 'Ohje on valmis.');
  await userEvent.click(within(form).getByRole('button', { name: 'Tallenna' }));
  const panel = await screen.findByRole('alertdialog', { name: 'Kaksi versiota' });
  expect(panel).toHaveTextContent('Ohje on valmis.');
  expect(panel).toHaveTextContent('Ohje on lausunnolla.');
  expect(panel).toHaveTextContent('Varhaiskasvatuspäällikkö');

  await userEvent.click(within(panel).getByRole('button', { name: 'Yhdistä käsin' }));
  const again = screen.getByRole('form', { name: 'Päivitä toimenpide 9' });
  expect(within(again).getByLabelText('Mitä on muuttunut?')).toHaveValue('Ohje on valmis.');
  await userEvent.click(within(again).getByRole('button', { name: 'Tallenna' }));
  await waitFor(() => expect(again).not.toBeInTheDocument());
  expect(versions).toEqual(['"6"', '"7"']);
  expect(button).toHaveFocus();
});

it('keeps the filters in the address, each a tag to take off', async () => {
  viewport.narrow = true;
  const { router } = renderAt('/fi/actions?condition=late&condition=stale');
  expect(await screen.findByText('Kunto: Myöhässä')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Poista rajaus Kunto: Myöhässä' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ condition: ['stale'] }));
  expect(screen.getByRole('link', { name: 'Lataa (CSV)' })).toHaveAttribute(
    'href',
    '/api/v1/actions.csv?lang=fi&condition=stale&sort=goal%2Cno',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Poista rajaukset' }));
  await waitFor(() => expect(router.state.location.search).toEqual({}));
});

it('begins with what the own party said where the parties do not say the same', async () => {
  const shared: Partial<Action> = {
    status: 'in_progress',
    progress: 72,
    statusesDiffer: true,
    partyStatuses: [
      {
        partyId: 'p-espoo',
        own: true,
        status: 'done',
        progress: 100,
        confirmedOn: '2026-11-13',
        forwardedTo: [],
      },
      { partyId: 'p-luvn', own: true, status: 'in_progress', progress: 45, forwardedTo: [] },
    ],
    reconciliation: { code: 'in_progress' },
  };
  stored = action(shared);
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(
        anonymous({ signedIn: true, permissions: ['action.report'], partyId: 'p-espoo' }),
      ),
    ),
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/actions/9', () => HttpResponse.json(stored)),
  );
  renderAt('/fi/actions');
  expect(await screen.findByText('Osapuolten tilat eroavat')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Päivitä toimenpide 9' }));
  const form = await screen.findByRole('form', { name: 'Päivitä toimenpide 9' });
  expect(within(form).getByRole('radio', { name: 'Valmis' })).toBeChecked();
  expect(form).toHaveTextContent('Kirjaat oman osapuolesi tilanteen: Espoo.');
  expect(within(form).queryByRole('button', { name: /Edelleen/ })).not.toBeInTheDocument();
});

it('shows each party and what they say together, with the rule one press away', async () => {
  stored = action({
    statusesDiffer: true,
    partyStatuses: [
      {
        partyId: 'p-espoo',
        own: true,
        status: 'done',
        progress: 100,
        confirmedOn: '2026-11-13',
        forwardedTo: [],
      },
      { partyId: 'p-luvn', own: false, status: 'in_progress', progress: 40, forwardedTo: [] },
    ],
    reconciliation: { code: 'in_progress' },
  });
  server.use(
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/actions/9', () => HttpResponse.json(stored)),
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous())),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], permissions: [] })),
  );
  renderAt('/fi/actions/9');
  const block = await screen.findByRole('region', { name: 'Osapuolten tilat' });
  const lines = within(block).getAllByRole('listitem');
  expect(lines[0]).toHaveTextContent('Espoo: ValmisVahvistettu 13.11.2026');
  expect(lines[1]).toHaveTextContent('LUVN: Käynnissä, 40 %Ei omaa tilannetietoa');
  expect(lines[2]).toHaveTextContent('Yhdessä: Käynnissä, 40 %');
  await userEvent.click(within(block).getByText('Miten yhteinen tila syntyy'));
  expect(within(block).getByText(/vasta, kun kaikki osapuolet sanovat niin/)).toBeVisible();
});

it('marks in the quick view who is responsible only by a proposal', async () => {
  const shared = { id: 'post-2', title: text('Perusopetusjohtaja'), partyId: 'p-espoo' };
  stored = action({
    leadStanding: 'proposed',
    others: [{ post: shared, part: 'shared', wording: text(''), standing: 'in_force' }],
  });
  renderAt('/fi/actions?show=9');
  const panel = await screen.findByRole('complementary', { name: /Suostumukseen perustuva/ });
  const line = async (name: string) => (await within(panel).findByText(name)).closest('dd > div');
  expect(await line('Palvelualuejohtaja')).toHaveTextContent('Odottaa hyväksyntää');
  expect(await line('Perusopetusjohtaja')).not.toHaveTextContent('Odottaa hyväksyntää');
});
