import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { forgetTyped } from '../../lib/typed';
import { parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Meeting, Participant } from './queries';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

const [espoo, luvn] = parties().map(({ id }) => id) as [string, string];

const post = (id: string, partyId: string) => ({
  id,
  partyId,
  title: { fi: `Tehtävä ${id}`, sv: '', en: '' },
});

const participant = (id: string, more: Partial<Participant>): Participant => ({
  id,
  partyId: espoo,
  post: post(id, more.partyId ?? espoo),
  role: 'member',
  inspector: false,
  attendance: 'expected',
  there: false,
  movements: [],
  version: 1,
  ...more,
});

/** A closed meeting in which LUVN was there by its chair alone. */
const lame = meeting({
  status: 'closed',
  permissions: ['meeting.edit', 'meeting.record'],
  participants: [
    participant('jäsen', { attendance: 'present', inspector: true }),
    participant('pj', { partyId: luvn, role: 'chair', attendance: 'present' }),
  ],
  approvers: [
    { post: post('pj', luvn), role: 'chair' },
    { post: post('jäsen', espoo), role: 'inspector' },
  ],
  lacking: { chair: false, inspectorPartyIds: [luvn] },
  naming: { chairs: [post('jäsen', espoo)], inspectors: [post('jäsen', espoo)] },
});

function serve(first: Meeting) {
  let shown = first;
  const sent: unknown[] = [];
  server.use(
    http.get('*/api/v1/meetings/m1', () => HttpResponse.json(shown)),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [agendaItem({})], moved: [] }),
    ),
    http.get('*/api/v1/posts', () => HttpResponse.json({ items: [post('muu', luvn)] })),
  );
  const answer = (path: string, next: Meeting, status = 200, body?: object) =>
    server.use(
      http.post(`*/api/v1/meetings/m1/${path}`, async ({ request }) => {
        const text = await request.text();
        sent.push(text === '' ? path : JSON.parse(text));
        if (status !== 200) return HttpResponse.json(body, { status });
        shown = next;
        return HttpResponse.json(next);
      }),
    );
  return { sent, answer };
}

it('names another post of a party that has nobody to inspect, with the reason', async () => {
  const { sent, answer } = serve(lame);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  expect(await screen.findByText(/Tarkastaja puuttuu osapuolelta: \S/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Vaihda tarkastaja' }));
  const form = screen.getByRole('form', { name: 'Vaihda tarkastaja' });
  answer('inspectors', lame, 422, {
    status: 422,
    code: 'validation_failed',
    title: 'x',
    errors: [{ pointer: '/reason', code: 'required' }],
  });
  const [, ofLuvn] = within(form).getAllByRole<HTMLSelectElement>('combobox');
  if (!ofLuvn) throw new Error('no field for the other party');
  await user.selectOptions(ofLuvn, 'Muu tehtävä…');
  await user.type(within(form).getByRole('combobox', { name: /Tarkastajaksi muu/ }), 'muu');
  await user.click(await screen.findByRole('option', { name: /Tehtävä muu/ }));
  await user.click(within(form).getByRole('button', { name: 'Nimeä tarkastajaksi' }));
  await waitFor(() => expect(sent).toEqual([{ postId: 'muu', reason: '' }]));
  answer('inspectors', {
    ...lame,
    lacking: { chair: false, inspectorPartyIds: [] },
    approvers: [...lame.approvers, { post: post('muu', luvn), role: 'inspector' }],
  });
  await user.type(within(form).getByRole('textbox', { name: 'Syy' }), 'Ei muita');
  await user.click(within(form).getByRole('button', { name: 'Nimeä tarkastajaksi' }));
  await waitFor(() => expect(sent[1]).toEqual({ postId: 'muu', reason: 'Ei muita' }));
  await waitFor(() => expect(screen.queryByText(/Tarkastaja puuttuu/)).toBeNull());
  expect(screen.getByRole('link', { name: 'Tehtävä muu' })).toBeVisible();
});

it('names one who takes part only when told to, not while one leafs through the list', async () => {
  const { sent, answer } = serve({
    ...lame,
    status: 'closed',
    closedAt: '2026-11-23T10:00:00Z',
    naming: { chairs: [], inspectors: [post('eka', espoo), post('toka', espoo)] },
  });
  answer('inspectors', lame);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  await user.click(await screen.findByRole('button', { name: 'Vaihda tarkastaja' }));
  const form = within(screen.getByRole('form', { name: 'Vaihda tarkastaja' }));
  const [ofEspoo] = form.getAllByRole('combobox');
  if (!ofEspoo) throw new Error('no field');
  expect(form.queryByRole('button', { name: 'Nimeä tarkastajaksi' })).not.toBeInTheDocument();
  await user.selectOptions(ofEspoo, 'Tehtävä eka');
  await user.selectOptions(ofEspoo, 'Tehtävä toka');
  expect(form.getByText('Annetut hyväksynnät perutaan.')).toBeVisible();
  expect(sent).toEqual([]);
  await user.type(form.getByRole('textbox', { name: 'Syy' }), 'Esteellinen');
  await user.click(form.getByRole('button', { name: 'Nimeä tarkastajaksi' }));
  await waitFor(() => expect(sent).toEqual([{ postId: 'toka', reason: 'Esteellinen' }]));
});

it('names an acting chair, who then stands among the approvers', async () => {
  const { sent, answer } = serve({ ...lame, lacking: { chair: true, inspectorPartyIds: [] } });
  answer('acting-chair', {
    ...lame,
    lacking: { chair: false, inspectorPartyIds: [] },
    actingChair: post('jäsen', espoo),
    approvers: [{ post: post('jäsen', espoo), role: 'chair' }],
  });
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  expect(await screen.findByText(/Kokouksella ei ole puheenjohtajaa/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Nimeä kokouksen puheenjohtaja' }));
  await user.selectOptions(screen.getByLabelText('Kokouksen puheenjohtaja'), 'Tehtävä jäsen');
  await user.type(screen.getByRole('textbox', { name: 'Syy' }), 'Estyi');
  await user.click(screen.getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText('kokouksen puheenjohtaja, odottaa')).toBeVisible();
  expect(sent).toEqual([{ postId: 'jäsen', reason: 'Estyi' }]);
  expect(screen.queryByText(/ei ole puheenjohtajaa/)).toBeNull();
});

it('warns before the call and does not refuse it', async () => {
  server.use(
    http.get('*/api/v1/meetings/m1/roster', () =>
      HttpResponse.json({
        joined: [],
        left: [],
        lacking: { chair: true, inspectorPartyIds: [luvn] },
      }),
    ),
  );
  serve(meeting({ permissions: ['meeting.edit', 'meeting.call'] }));
  renderAt('/fi/meetings/m1');
  expect(await screen.findByText(/ei ole puheenjohtajaa.*Voit kutsua kokouksen/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Kutsu kokous koolle' })).toBeEnabled();
});

it('marks and takes off who has left', async () => {
  const called = meeting({
    status: 'called',
    permissions: ['meeting.edit'],
    participants: [
      participant('gone', {}),
      participant('here', { attendance: 'present', there: true }),
    ],
  });
  server.use(
    http.get('*/api/v1/meetings/m1/roster', () =>
      HttpResponse.json({
        joined: [{ post: post('uusi', espoo), role: 'member' }],
        left: ['gone', 'here'],
        lacking: { chair: false, inspectorPartyIds: [] },
      }),
    ),
  );
  const { sent, answer } = serve(called);
  answer('members', {
    ...called,
    participants: [...called.participants, participant('uusi', {})],
  });
  answer('participants/gone/removal', called);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  expect(await screen.findByText(/uusi jäsen, joka ei ole osallistujana/)).toBeVisible();
  expect(screen.getAllByText(/jäsenyys päättynyt/)).toHaveLength(2);
  expect(screen.getAllByRole('button', { name: /Poista osallistujista/ })).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Poista osallistujista: Tehtävä gone' }));
  await waitFor(() => expect(sent).toEqual(['participants/gone/removal']));
});

it('takes in new members', async () => {
  const called = meeting({ status: 'called', permissions: ['meeting.edit'] });
  const { sent, answer } = serve(called);
  const newcomer = { post: post('uusi', espoo), role: 'member' };
  server.use(
    http.get('*/api/v1/meetings/m1/roster', () =>
      HttpResponse.json({
        joined: sent.includes('members') ? [] : [newcomer],
        left: [],
        lacking: { chair: false, inspectorPartyIds: [] },
      }),
    ),
  );
  answer('members', { ...called, participants: [participant('uusi', {})] });
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const take = await screen.findByRole('button', { name: 'Ota uudet jäsenet mukaan' });
  await user.click(take);
  await waitFor(() => expect(take).not.toBeInTheDocument());
  expect(sent).toEqual(['members']);
  expect(screen.getByText('Tehtävä uusi')).toBeVisible();
});
