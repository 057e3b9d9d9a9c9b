import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { forgetTyped } from '../../lib/typed';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Amendment, AmendmentInput, Paper } from './papers';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

const proposed: Amendment = {
  id: 'a1',
  status: 'proposed',
  agendaItemId: 'i1',
  agendaNo: 1,
  part: 'decision',
  was: { fi: 'keväällä', sv: '', en: '' },
  becomes: { fi: 'syksyllä', sv: '', en: '' },
  reason: { fi: 'Kirjausvirhe.', sv: 'Skrivfel.', en: '' },
  hidden: false,
  post: { id: 'x1', partyId: 'p-espoo', title: { fi: 'Sihteeri', sv: 'Sekreterare', en: '' } },
  proposedAt: '2026-11-24T06:00:00Z',
  approvals: [],
  version: 1,
  permissions: ['amendment.propose'],
};

const approval = {
  post: { id: 'x2', partyId: 'p-luvn', title: { fi: 'Johtaja', sv: 'Direktör', en: '' } },
  role: 'chair',
  approvedAt: '2026-11-24T07:00:00Z',
} as Amendment['approvals'][number];

/** An approved memo with one amendment; what the server got, and what it answers. */
function approved(amendment: Amendment = proposed) {
  const sent: AmendmentInput[] = [];
  const based: (string | null)[] = [];
  let now = amendment;
  const paper = (): Paper => ({
    amendments: [now],
    approvals: [],
    returns: [],
    hash: 'abc',
    meeting: {
      id: 'm1',
      year: 2026,
      number: 4,
      startsAt: '2026-11-23T06:00:00Z',
      endsAt: '2026-11-23T08:00:00Z',
      status: 'approved',
    },
    missing: { fi: [], sv: [] },
    paper: {} as Paper['paper'],
    pdf: false,
    permissions: ['amendment.propose'],
    quorum: true,
    version: 'internal',
  });
  const item = agendaItem({
    title: { fi: 'Tiedonsiirron ohje', sv: '', en: '' },
    decision: { fi: 'Ohje otetaan käyttöön keväällä.', sv: '', en: '' },
    proposal: { fi: 'Hyväksytään ohje.', sv: '', en: '' },
  });
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status: 'approved', approvedAt: '2026-11-23T12:00:00Z' })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [item], moved: [] }),
    ),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/meetings/m1/paper', () => HttpResponse.json(paper())),
    http.put('*/api/v1/amendments/a1', async ({ request }) => {
      based.push(request.headers.get('If-Match'));
      if (based.at(-1) !== `"${now.version}"`) {
        return HttpResponse.json(
          { status: 412, code: 'stale_version', title: 'Precondition Failed', current: now },
          { status: 412 },
        );
      }
      const body = (await request.json()) as AmendmentInput;
      sent.push(body);
      if (!body.was?.fi) {
        return HttpResponse.json(
          {
            status: 422,
            code: 'validation_failed',
            title: 'x',
            errors: [{ pointer: '/was/fi', code: 'required' }],
          },
          { status: 422 },
        );
      }
      now = { ...now, ...body, approvals: [], version: now.version + 1 };
      return HttpResponse.json(paper());
    }),
  );
  /** Somebody else saves meanwhile. */
  const meanwhile = (change: Partial<Amendment>) => {
    now = { ...now, ...change, version: now.version + 1 };
  };
  return { sent, based, meanwhile };
}

const press = async (user: ReturnType<typeof userEvent.setup>) => {
  const button = await screen.findByRole('button', { name: 'Muuta ehdotusta' });
  button.focus();
  await user.keyboard('{Enter}');
  return screen.findByRole('form', { name: 'Muuta ehdotusta' });
};
/** A text of the form, in Finnish. */
const written = (form: HTMLElement, name: string) =>
  within(within(form).getByRole('group', { name: new RegExp(`^${name}`) })).getByLabelText(
    /^Suomeksi/,
  );

it('changes a proposed amendment in its own form, and says what is missing in place', async () => {
  const { sent, based } = approved();
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const form = await press(user);
  expect(within(form).getByRole('combobox')).toHaveFocus();
  expect(within(form).getByRole('combobox')).toHaveDisplayValue('Asia 1, päätös');
  expect(within(form).queryByText(/hyväksyntöjä/)).not.toBeInTheDocument();
  const was = written(form, 'Oli');
  await user.clear(was);
  await user.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await within(form).findByText('Tieto puuttuu.')).toBeVisible();
  expect(was).toHaveFocus();
  await user.type(was, 'käyttöön keväällä');
  await user.clear(written(form, 'On nyt'));
  await user.type(written(form, 'On nyt'), 'käyttöön kesällä');
  await user.click(within(form).getByRole('button', { name: 'Tallenna' }));
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(based).toEqual(['"1"', '"1"']);
  expect(sent.at(-1)).toEqual({
    agendaItemId: 'i1',
    part: 'decision',
    was: { fi: 'käyttöön keväällä', sv: '', en: '' },
    becomes: { fi: 'käyttöön kesällä', sv: '', en: '' },
    reason: { fi: 'Kirjausvirhe.', sv: 'Skrivfel.', en: '' },
  });
  expect(await screen.findByText('käyttöön kesällä')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Muuta ehdotusta' })).toHaveFocus();
});

it('keeps the passage that it amends also where the agenda says nothing there any more', async () => {
  const { sent } = approved({ ...proposed, part: 'heard' });
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const form = await press(user);
  await user.click(within(form).getByRole('button', { name: 'Tallenna' }));
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(sent).toMatchObject([{ agendaItemId: 'i1', part: 'heard' }]);
});

it('says that approvals are asked for again, and shows both versions when it was changed', async () => {
  const { sent, based, meanwhile } = approved({ ...proposed, approvals: [approval] });
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  const form = await press(user);
  expect(within(form).getByText(/ne pyydetään uudelleen/)).toBeVisible();
  await user.type(written(form, 'On nyt'), ' ja talvella');
  meanwhile({ becomes: { fi: 'kesällä', sv: '', en: '' } });
  await user.click(within(form).getByRole('button', { name: 'Tallenna' }));
  const panel = await screen.findByRole('alertdialog');
  expect(panel).toHaveTextContent('syksyllä ja talvella');
  expect(panel).toHaveTextContent('kesällä');
  await user.click(within(panel).getByRole('button', { name: 'Pidä tallennettu' }));
  expect(form).not.toBeInTheDocument();
  expect(await screen.findByText('kesällä')).toBeVisible();
  expect(based).toEqual(['"1"']);
  expect(sent).toEqual([]);
});

it.each([
  ['who may not propose', { ...proposed, permissions: [] }],
  ['anybody, once it is published', { ...proposed, status: 'published', no: 1, permissions: [] }],
] as [string, Amendment][])('offers no change to %s', async (_, amendment) => {
  approved(amendment);
  renderAt('/fi/meetings/m1');
  expect(await screen.findByText('syksyllä')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Muuta ehdotusta' })).not.toBeInTheDocument();
});
