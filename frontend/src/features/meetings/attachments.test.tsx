import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { useQuery } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { fi } from '../../i18n/fi';
import { alerts, findAlert } from '../../test/alerts';
import { renderUI } from '../../test/render';
import { refusal, server } from '../../test/server';
import type { Attachment } from './agendaQueries';
import { Documents } from './Attachments';
import { agendaQuery } from './queries';
import { agendaItem } from './testdata';

const plan: Attachment = {
  id: 'a1',
  title: { fi: 'Suunnitelma', sv: 'Plan', en: '' },
  hidden: false,
  visibility: 'public',
  version: 2,
  files: [
    {
      no: 1,
      name: 'suunnitelma.pdf',
      mediaType: 'application/pdf',
      size: 120_000,
      sha256: '',
      uploadedAt: '2026-11-20T08:00:00Z',
    },
  ],
};

/** The documents of an item, for its secretary unless they may not edit it; what was sent, and how the server refuses it. */
async function documents(edit = true) {
  const state = {
    sent: [] as Record<string, string>[],
    refuse: undefined as (() => Response) | undefined,
  };
  let attachments = [plan];
  const receive = (request: Request, accept: () => void) => {
    state.sent.push({
      ...Object.fromEntries(new URL(request.url).searchParams),
      ...(request.headers.get('If-Match') && { version: request.headers.get('If-Match') ?? '' }),
    });
    if (state.refuse) return state.refuse();
    accept();
    return HttpResponse.json(agendaItem({ attachments }));
  };
  server.use(
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [agendaItem({ attachments })], moved: [] }),
    ),
    http.post('*/api/v1/agenda-items/i1/attachments', ({ request }) =>
      receive(request, () => {
        const title = { fi: 'Muistio', sv: '', en: '' };
        attachments = [...attachments, { ...plan, id: 'a2', title, visibility: 'internal' }];
      }),
    ),
    http.post('*/api/v1/attachments/a1/files', ({ request }) => receive(request, () => undefined)),
    http.post('*/api/v1/attachments/a1/removal', async ({ request }) => {
      const { reason } = (await request.json()) as { reason: string };
      if (!reason)
        return refusal(422, 'validation_failed', { pointer: '/reason', code: 'required' });
      const removedAt = '2026-11-23T06:10:00Z';
      attachments = [{ ...plan, removedAt, removedReason: reason }];
      return HttpResponse.json(agendaItem({ attachments }));
    }),
  );
  // The window that chooses a file can be told to show all files.
  const user = userEvent.setup({ applyAccept: false });
  renderUI(<Shown edit={edit} />);
  await screen.findByRole('link', { name: 'Suunnitelma' });
  return { user, state };
}

/** The documents of the item as it is now. */
function Shown({ edit }: { edit: boolean }) {
  const item = useQuery(agendaQuery('m1', undefined)).data?.items[0];
  return item && <Documents item={item} edit={edit} />;
}

const ground = fi.content.ground;
const file = (name: string) => new File(['sisältö'], name);

it('attaches a file that is not public, with its ground', async () => {
  const { user, state } = await documents();
  await user.upload(screen.getByLabelText('Lisää liite'), file('muistio.pdf'));
  await user.click(screen.getByLabelText('Liite ei ole julkinen'));
  await user.type(screen.getByRole('combobox', { name: ground }), 'JulkL 24 §');
  await user.click(screen.getByRole('button', { name: 'Lähetä liite' }));
  expect(await screen.findByRole('link', { name: 'Muistio' })).toHaveAttribute(
    'href',
    '/api/v1/attachments/a2/content?file=1',
  );
  expect(state.sent).toEqual([
    { name: 'muistio.pdf', visibility: 'internal', visibilityGround: 'JulkL 24 §' },
  ]);
  expect(screen.queryByRole('button', { name: 'Lähetä liite' })).not.toBeInTheDocument();
});

it.each([
  [
    'its type',
    () => refusal(422, 'validation_failed', { pointer: 'name', code: 'file_type_not_allowed' }),
    'Tätä tiedostotyyppiä ei voi liittää.',
  ],
  [
    'being empty',
    () => refusal(422, 'validation_failed', { pointer: 'name', code: 'file_empty' }),
    'Tiedosto on tyhjä.',
  ],
  ['its size', () => refusal(413, 'file_too_large'), 'Tiedosto on liian suuri.'],
])('says in words that a file is refused for %s, and loses nothing', async (_, refuse, words) => {
  const { user, state } = await documents();
  state.refuse = refuse;
  await user.upload(screen.getByLabelText('Lisää liite'), file('ohjelma.exe'));
  await user.click(screen.getByLabelText('Liite ei ole julkinen'));
  await user.type(screen.getByRole('combobox', { name: ground }), 'JulkL 24 §');
  await user.click(screen.getByRole('button', { name: 'Lähetä liite' }));
  const alert = await findAlert('Liitettä ei voitu tallentaa');
  expect(alert).toHaveTextContent(words);
  expect(alert).not.toHaveTextContent('Tarkista merkityt kohdat');
  expect(screen.getByText('ohjelma.exe')).toBeVisible();
  expect(screen.getByRole('combobox', { name: ground })).toHaveValue('JulkL 24 §');

  state.refuse = undefined;
  await user.upload(screen.getByLabelText('Lisää liite'), file('muistio.pdf'));
  await user.click(screen.getByRole('button', { name: 'Lähetä liite' }));
  expect(await screen.findByRole('link', { name: 'Muistio' })).toBeVisible();
  expect(alerts()).toEqual([]);
});

it('replaces a file of exactly the version on the page, and says why one is refused', async () => {
  const { user, state } = await documents();
  state.refuse = () =>
    refusal(422, 'validation_failed', { pointer: 'name', code: 'file_type_not_allowed' });
  const input = document.querySelector<HTMLInputElement>('input[type="file"][hidden]');
  if (!input) throw new Error('no field for a new file');
  await user.upload(input, file('uusi.exe'));
  await findAlert('Tätä tiedostotyyppiä ei voi liittää.');
  expect(screen.getByRole('link', { name: 'Suunnitelma' })).toBeVisible();
  expect(state.sent).toEqual([{ name: 'uusi.exe', version: '"2"' }]);
});

it('removes one with a reason, which stays to be read', async () => {
  const { user } = await documents();
  const opener = screen.getByRole('button', { name: 'Poista liite: Suunnitelma' });
  opener.focus();
  await user.keyboard('{Enter}');
  const reason = screen.getByLabelText('Miksi liite poistetaan');
  await user.click(screen.getByRole('button', { name: 'Poista liite' }));
  await waitFor(() => expect(reason).toHaveAttribute('aria-invalid', 'true'));
  await user.type(reason, 'Väärä tiedosto{Enter}');
  const kept = await screen.findByText(/^Poistettu .*: Väärä tiedosto$/);
  expect(kept).toBeVisible();
  expect(kept.closest('.internal')).toHaveTextContent('Sisäinen: poistettu liite');
  expect(screen.queryByRole('link', { name: 'Suunnitelma' })).not.toBeInTheDocument();
});

it('shows attachments and offers nothing to who may not edit', async () => {
  await documents(false);
  expect(screen.getByRole('link', { name: 'Suunnitelma' })).toBeVisible();
  expect(screen.queryByLabelText('Lisää liite')).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /Suunnitelma/ })).not.toBeInTheDocument();
});
