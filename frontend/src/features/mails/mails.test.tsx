import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './MailsPage'; // loaded from the start: the first test does not wait for it
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { SentMail } from './queries';

const text = (fi: string) => ({ fi, sv: '', en: '' });

function mail(id: string, part: Partial<SentMail>): SentMail {
  return {
    id,
    kind: 'meeting_called',
    state: 'sent',
    subject: `Kutsu ${id}`,
    meeting: '4/2026',
    meetingId: 'm4',
    forum: text('LAPE'),
    messageId: `<${id}@yhdyspinta.example>`,
    partyId: 'p-espoo',
    person: { id: 'h1', name: `Maija ${id}` },
    post: { id: 'post', partyId: 'p-espoo', title: text('Suunnittelija') },
    queuedAt: '2026-11-23T06:00:00Z',
    settledAt: '2026-11-23T06:01:00Z',
    attempts: 1,
    inDoubt: false,
    topics: [],
    reasons: [],
    ...part,
  };
}

/** To somebody with the permissions; returns what the list was asked for. */
function serve(mails: SentMail[], permissions = ['mail.read']) {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true, permissions }))),
    http.get('*/api/v1/mails', ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams.get('state') ?? '');
      const items = mails.filter(
        ({ state }) => !searchParams.has('state') || state === searchParams.get('state'),
      );
      return HttpResponse.json({ items, total: items.length });
    }),
  );
  return asked;
}

const row = (name: RegExp) => screen.findByRole('row', { name });

it('tells what was sent to whom, and why something was not', async () => {
  serve([
    mail('a', {}),
    mail('b', { state: 'failed', failure: 'refused', smtpCode: '550', attempts: 3 }),
    mail('c', {
      state: 'queued',
      settledAt: undefined,
      nextTryAt: '2026-11-23T06:30:00Z',
      inDoubt: true,
    }),
    mail('d', { state: 'withheld', subject: undefined }),
  ]);
  renderAt('/fi/admin/mails');
  expect(await row(/Kutsu a/)).toHaveTextContent(/LAPE 4\/2026.*Maija a.*Suunnittelija.*Lähetetty/);
  expect(await row(/Kutsu b/)).toHaveTextContent(
    'Palvelin ei ottanut viestiä vastaan (550) · 3 yritystä',
  );
  expect(await row(/Kutsu c/)).toHaveTextContent(/On voinut mennä kahdesti.*Seuraava yritys/);
  expect(await row(/Maija d/)).toHaveTextContent('Ei lähetetty: oikeus nähdä asia päättyi');
});

it('tells of a digest what it was about and why somebody got it', async () => {
  serve([
    mail('k', {
      kind: 'digest',
      subject: 'Yhdyspinta: 2 myöhässä',
      meeting: undefined,
      meetingId: undefined,
      forum: undefined,
      topics: ['late', 'stale'],
      reasons: ['holder', 'unit_manager'],
    }),
  ]);
  renderAt('/fi/admin/mails');
  const line = await row(/2 myöhässä/);
  expect(line).toHaveTextContent('Päivittäinen kooste · Myöhässä olevat, Vahvistettavat tiedot');
  expect(line).toHaveTextContent(
    'tehtävän hoitajana; yksikön johtajana, koska tehtävällä ei ole hoitajaa',
  );
  expect(within(line).queryByRole('link')).not.toBeInTheDocument();
});

it('narrows the list, in the address too', async () => {
  const asked = serve([mail('a', {}), mail('b', { state: 'failed' })]);
  const user = userEvent.setup();
  const { router } = renderAt('/fi/admin/mails');
  await row(/Kutsu a/);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Tila' }), 'Ei mennyt perille');
  expect(await screen.findByText('1 viesti')).toBeVisible();
  expect(screen.queryByText('Kutsu a')).not.toBeInTheDocument();
  expect(asked).toEqual(['', 'failed']);
  expect(router.state.location.search).toEqual({ state: 'failed' });
});

it('opens what a mail says, as far as the reader may read it', async () => {
  serve([mail('a', {}), mail('b', {})]);
  const more = (id: string, part: object) =>
    http.get(`*/api/v1/mails/${id}`, () =>
      HttpResponse.json({ ...mail(id, {}), withheld: false, calendar: false, ...part }),
    );
  server.use(
    more('a', { body: 'Tervetuloa kokoukseen.', calendar: true, language: 'fi' }),
    more('b', { withheld: true }),
  );
  const user = userEvent.setup();
  renderAt('/fi/admin/mails');
  await user.click(await screen.findByRole('button', { name: 'Näytä viesti: Kutsu a, Maija a' }));
  expect(await screen.findByText('Tervetuloa kokoukseen.')).toBeVisible();
  expect(screen.getByText(/Mukana kalenterikutsu/)).toHaveTextContent('<a@yhdyspinta.example>');
  await user.click(screen.getByRole('button', { name: 'Näytä viesti: Kutsu b, Maija b' }));
  expect(await screen.findByText(/^Et saa lukea tekstiä\./)).toBeVisible();
  expect(screen.queryByText('Tervetuloa kokoukseen.')).not.toBeInTheDocument();
});

it('tells others whose page it is, and that nothing was sent', async () => {
  serve([], []);
  const { unmount } = renderAt('/fi/admin/mails');
  expect(await screen.findByText('Sivu on pääkäyttäjille ja auditoijille')).toBeVisible();
  unmount();
  serve([]);
  renderAt('/fi/admin/mails');
  expect(await screen.findByText('Viestejä ei ole')).toBeVisible();
  expect(within(screen.getByRole('main')).queryByRole('table')).not.toBeInTheDocument();
});
