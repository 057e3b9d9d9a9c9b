import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { renderLinked } from '../../test/render';
import { refusal, server } from '../../test/server';
import { PaperComments } from './PaperComments';
import type { PaperComments as Comments, PaperThread } from './papers';
import { agendaItem, meeting } from './testdata';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const post = { id: 'p1', partyId: 'p-espoo', title: text('Hyvinvointikoordinaattori') };
const thread = (more: Partial<PaperThread>): PaperThread => ({
  id: 't1',
  agendaItemId: 'i1',
  agendaNo: 1,
  part: 'decision',
  quote: 'otetaan käyttöön',
  quoteLang: 'fi',
  start: 4,
  at: 4,
  outdated: false,
  resolved: false,
  replies: [],
  said: { at: '2026-11-23T08:00:00Z', lang: 'fi', post, text: 'Milloin?' },
  ...more,
});

/** The panel with these threads; what was sent. */
async function comments(threads: PaperThread[], permissions = ['paper.comment', 'paper.answer']) {
  const state = { sent: [] as { to: string; body: unknown }[], refuse: false };
  const given: Comments = {
    open: threads.filter(({ resolved }) => !resolved).length,
    permissions,
    threads,
  };
  const receive =
    (to: string) =>
    async ({ request }: { request: Request }) => {
      state.sent.push({ to, body: await request.json() });
      return state.refuse
        ? refusal(422, 'validation_failed', { pointer: '/text', code: 'required' })
        : HttpResponse.json(given, { status: 201 });
    };
  server.use(
    http.post('*/api/v1/meetings/m1/paper/comments', receive('new')),
    http.post('*/api/v1/paper-comments/t1/replies', receive('t1')),
  );
  const items = [
    agendaItem({
      title: text('Ohje'),
      decision: text('Ohje otetaan käyttöön keväällä.'),
    }),
  ];
  const user = userEvent.setup();
  renderLinked(
    <>
      <p id="shown">Ohje otetaan käyttöön keväällä.</p>
      <PaperComments meeting={meeting({})} items={items} comments={given} past={false} />
    </>,
  );
  await screen.findByText('Kommentit');
  return { user, state };
}

it('names and shades what is said of a paper: the public never reads it', async () => {
  await comments([thread({})]);
  const block = screen.getByText('Milloin?').closest<HTMLElement>('.internal');
  expect(block?.querySelector('.vis')).toHaveTextContent(
    'Sisäinen: asiakirjan kommentit ja palautukset · vain niille, jotka lukevat asiakirjan ennen sen julkaisemista',
  );
});

it('comments on what is selected on the page', async () => {
  const { user, state } = await comments([]);
  await user.click(screen.getByText('Kommentit'));
  const shown = document.querySelector('#shown')?.firstChild;
  if (!shown) throw new Error('nothing to select');
  const selection = window.getSelection();
  selection?.setBaseAndExtent(shown, 'Ohje otetaan '.length, shown, 'Ohje otetaan käyttöön'.length);
  const opener = screen.getByText('Kommentoi kohtaa').closest('details');
  if (!opener) throw new Error('no way to comment');
  opener.open = true;
  await waitFor(() => expect(screen.getByLabelText(/^Lainaus tekstistä/)).toHaveValue('käyttöön'));
  expect(screen.getByLabelText('Kohta')).toHaveDisplayValue(/päätös$/);
  await user.type(screen.getByLabelText('Kommentti'), 'Kuka vastaa?');
  await user.click(screen.getByRole('button', { name: 'Kommentoi' }));
  await waitFor(() => expect(screen.getByLabelText('Kommentti')).toHaveValue(''));
  expect(state.sent).toEqual([
    {
      to: 'new',
      body: {
        agendaItemId: 'i1',
        part: 'decision',
        quote: 'käyttöön',
        quoteLang: 'fi',
        start: 13,
        text: 'Kuka vastaa?',
        lang: 'fi',
      },
    },
  ]);
});

it('keeps a reply that is refused, with the fault at its field', async () => {
  const { user, state } = await comments([thread({})]);
  state.refuse = true;
  const said = within(screen.getByRole('article'));
  expect(said.getByText('otetaan käyttöön')).toHaveAttribute('lang', 'fi');
  expect(said.getByText('Milloin?')).toBeVisible();
  await user.type(said.getByLabelText('Vastaus'), 'Keväällä');
  await user.click(said.getByRole('button', { name: 'Vastaa' }));
  await waitFor(() =>
    expect(said.getByLabelText('Vastaus')).toHaveAttribute('aria-invalid', 'true'),
  );
  expect(said.getByLabelText('Vastaus')).toHaveValue('Keväällä');
  state.refuse = false;
  await user.click(said.getByRole('button', { name: 'Vastaa' }));
  await waitFor(() => expect(said.getByLabelText('Vastaus')).toHaveValue(''));
  expect(state.sent.at(-1)).toEqual({
    to: 't1',
    body: { kind: 'comment', text: 'Keväällä', lang: 'fi' },
  });
});

it('resolves a thread, and reopens one that is resolved', async () => {
  const { user, state } = await comments([thread({})]);
  screen.getByRole('button', { name: 'Merkitse käsitellyksi' }).focus();
  await user.keyboard('{Enter}');
  await waitFor(() =>
    expect(state.sent).toEqual([{ to: 't1', body: { kind: 'resolved', text: '', lang: 'fi' } }]),
  );
});

it('says that a passage has changed, and that a thread is settled', async () => {
  const { user, state } = await comments([thread({ resolved: true, outdated: true, quote: '' })]);
  await user.click(screen.getByText('Kommentit'));
  expect(screen.getByText('koko kohta')).toBeVisible();
  expect(screen.getByText(/käsitelty · Kohta on muuttunut kommentin jälkeen/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Avaa uudelleen' }));
  await waitFor(() => expect(state.sent[0]?.body).toMatchObject({ kind: 'reopened' }));
});

it('lets who may comment but not answer reply only; who may neither reads', async () => {
  await comments([thread({})], ['paper.comment']);
  expect(screen.getByRole('button', { name: 'Vastaa' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Merkitse käsitellyksi' })).not.toBeInTheDocument();
  await comments([thread({})], []);
  expect(screen.getByText('Milloin?')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Vastaa' })).not.toBeInTheDocument();
  expect(screen.queryByText('Kommentoi kohtaa')).not.toBeInTheDocument();
});
