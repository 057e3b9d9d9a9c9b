import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, expect, it, vi } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import './ShowPage';
import { renderAt } from '../../test/render';
import { anonymous } from '../../test/builders';
import { server } from '../../test/server';
import type { AgendaItem, Meeting } from './queries';
import { agendaItem, meeting } from './testdata';

const text = (fi: string) => ({ fi, sv: '', en: '' });

const heading = agendaItem({ id: 'h', kind: 'heading', agendaNo: 0, title: text('Avausasiat') });
const opening = agendaItem({
  id: 'i1',
  agendaNo: 1,
  title: text('Kokouksen avaus'),
  outcomes: [
    {
      id: 'o1',
      no: 1,
      type: 'assignment',
      text: text('Ohje valmistellaan.'),
      toPost: { id: 'p1', title: text('Perhepalvelujen päällikkö'), partyId: 'p-luvn' },
      dueOn: '2026-12-31',
      lateEntry: false,
      recordedAt: '2026-11-23T06:02:00Z',
      open: false,
      actions: [],
      referrals: [],
      dissents: [],
      version: 1,
      permissions: [],
    },
  ],
});
const guide = agendaItem({
  id: 'i2',
  agendaNo: 2,
  section: 12,
  title: text('Tiedonsiirron ohje'),
  proposal: text('Ohje hyväksytään.'),
  presenter: { id: 'p2', title: text('Kehittämispäällikkö'), partyId: 'p-espoo' },
  plannedAt: '2026-11-23T06:00:00Z',
  minutesReserved: 20,
});
const secret = agendaItem({
  id: 'i3',
  agendaNo: 3,
  title: text('Palvelujen hankinta'),
  proposal: text('Valitaan tuottaja.'),
  presenter: { id: 'p3', title: text('Hankintapäällikkö'), partyId: 'p-espoo' },
  visibility: 'internal',
  visibilityGround: 'JulkL 24 § 1 mom. 20 k',
});

function serve(items: AgendaItem[], more: Partial<Meeting> = {}) {
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status: 'in_progress', ...more })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () => HttpResponse.json({ items, moved: [] })),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
  );
}

const title = (name: string) => screen.findByRole('heading', { level: 1, name });

it('opens at the item in hand, with presenter, proposal and time, and without the frame of the site', async () => {
  serve([heading, opening, guide, secret]);
  renderAt('/fi/meetings/m1/show');
  const item = await screen.findByRole('article', { name: 'Tiedonsiirron ohje' });
  expect(item).toHaveTextContent('Asia 2 · § 12 · Avausasiat');
  await waitFor(() => expect(item).toHaveTextContent('Esittelijä: EKehittämispäällikkö'));
  expect(item).toHaveTextContent('Ohje hyväksytään.');
  await waitFor(() =>
    expect(item).toHaveTextContent('Suunniteltu klo 8.00–8.20, suunnitelmaa jäljellä 15 min'),
  );
  expect(item).toHaveTextContent('Kokous päättyy klo 10.00');
  expect(screen.getAllByText('Asia 2/3', { exact: false })[0]).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Muotokieli' })).not.toBeInTheDocument();
  expect(screen.queryByRole('navigation', { name: 'Päävalikko' })).not.toBeInTheDocument();
});

it('goes from item to item by keys and buttons, and stops at both ends', async () => {
  serve([heading, opening, guide, secret]);
  const user = userEvent.setup();
  const { router } = renderAt('/fi/meetings/m1/show');
  await title('Tiedonsiirron ohje');
  await user.keyboard('{ArrowLeft}');
  await title('Kokouksen avaus');
  await user.keyboard('{PageUp}');
  expect(screen.getByRole('button', { name: 'Edellinen asia' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await user.keyboard('{PageDown}');
  await title('Tiedonsiirron ohje');
  await user.keyboard('{ArrowUp}');
  await title('Kokouksen avaus');
  await user.keyboard('{ArrowDown}{ArrowRight}');
  await title('Salassa pidettävä asia');
  expect(router.state.location.search).toEqual({ item: 'i3' });
  await user.keyboard('{ArrowRight}');
  expect(screen.getAllByText('Asia 3/3', { exact: false })[0]).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Edellinen asia' }));
  await title('Tiedonsiirron ohje');
  await user.click(screen.getByRole('button', { name: 'Seuraava asia' }));
  await title('Salassa pidettävä asia');
});

it('shows what was recorded, to whom and of which party', async () => {
  serve([opening, guide]);
  renderAt('/fi/meetings/m1/show?item=i1');
  const item = await screen.findByRole('article', { name: 'Kokouksen avaus' });
  expect(item).toHaveTextContent('Toimeksianto');
  expect(item).toHaveTextContent('Ohje valmistellaan.');
  await waitFor(() => expect(within(item).getByTitle('LUVN')).toHaveTextContent('L'));
  expect(item).toHaveTextContent('Mihin mennessä: 31.12.2026');
  expect(item).toHaveTextContent('Seuraavaksi: 2 Tiedonsiirron ohje');
});

it('tells of a confidential item its number and ground only, whoever looks', async () => {
  const hidden = agendaItem({
    id: 'i4',
    agendaNo: 4,
    hidden: true,
    visibilityGround: 'JulkL 24 §',
  });
  serve([guide, secret, hidden]);
  const user = userEvent.setup();
  const { container } = renderAt('/fi/meetings/m1/show?item=i2');
  await title('Tiedonsiirron ohje');
  expect(container).toHaveTextContent('Seuraavaksi: 3 Salassa pidettävä asia');
  const nothing = () => {
    for (const word of ['Palvelujen hankinta', 'Valitaan tuottaja', 'Hankintapäällikkö']) {
      expect(container).not.toHaveTextContent(word);
    }
  };
  nothing();
  await user.keyboard('{ArrowRight}');
  const item = await screen.findByRole('article', { name: 'Salassa pidettävä asia' });
  expect(item).toHaveTextContent('Asia 3');
  expect(item).toHaveTextContent('Peruste: JulkL 24 § 1 mom. 20 k');
  nothing();
  await user.keyboard('{ArrowRight}');
  expect(await screen.findByText('Peruste: JulkL 24 §')).toBeVisible();
  await user.keyboard('{Alt>}[KeyM]{/Alt}');
  expect(await screen.findAllByRole('button', { name: /Salassa pidettävä asia/ })).toHaveLength(2);
  nothing();
});

it('shows the agenda on a key, goes from there to an item, and back to the meeting on Escape', async () => {
  serve([heading, opening, guide, secret]);
  const user = userEvent.setup();
  const { router } = renderAt('/fi/meetings/m1/show');
  await title('Tiedonsiirron ohje');
  await user.keyboard('{Alt>}[KeyM]{/Alt}');
  await title('Esityslista');
  expect(screen.getByRole('button', { name: '2 Tiedonsiirron ohje' })).toHaveFocus();
  expect(screen.getByRole('heading', { level: 2, name: 'Avausasiat' })).toBeVisible();
  await user.keyboard('{Escape}');
  await title('Tiedonsiirron ohje');
  const button = screen.getByRole('button', { name: 'Näytä esityslista' });
  expect(button).toHaveFocus();
  await user.click(button);
  await user.keyboard('{ArrowUp}{Enter}');
  await title('Kokouksen avaus');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/fi/meetings/m1'));
  expect(router.state.location.search).toEqual({ item: 'i1' });
  expect(await screen.findByRole('link', { name: 'Näkymä kokoukselle' })).toHaveAttribute(
    'href',
    '/fi/meetings/m1/show?item=i1',
  );
});

type Tell = (message: { data: string }) => void;

/** The stream of events; what is given speaks to the page while it listens. */
function stream() {
  const events: { tell?: Tell } = {};
  vi.stubGlobal(
    'EventSource',
    class {
      set onmessage(take: Tell) {
        events.tell = take;
      }
      close() {
        events.tell = undefined;
      }
    },
  );
  return events;
}

afterEach(() => vi.unstubAllGlobals());

it('follows what is recorded, and stays at the item', async () => {
  const events = stream();
  serve([opening, guide, secret]);
  const handled = { ...guide, version: 2, plannedAt: undefined, outcomes: opening.outcomes };
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true }))),
    http.get('*/api/v1/agenda-items/i2', () => HttpResponse.json(handled)),
  );
  const { unmount } = renderAt('/fi/meetings/m1/show');
  const item = await screen.findByRole('article', { name: 'Tiedonsiirron ohje' });
  await waitFor(() => expect(events.tell).toBeDefined());
  events.tell?.({ data: JSON.stringify({ kind: 'outcome', id: 'o1', version: 1, itemId: 'i2' }) });
  await waitFor(() => expect(item).toHaveTextContent('Ohje valmistellaan.'));
  expect(item).toHaveTextContent('Suunniteltu klo 8.00–8.20');
  unmount();
  expect(events.tell).toBeUndefined();
});

it('does not keep the text of an item that changed and cannot be read', async () => {
  const events = stream();
  serve([opening, guide]);
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true }))),
    http.get('*/api/v1/agenda-items/i2', () =>
      HttpResponse.json(
        { status: 404, code: 'agenda_item_not_found' },
        { status: 404, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  renderAt('/fi/meetings/m1/show?item=i2');
  expect(await screen.findByText('Ohje hyväksytään.')).toBeVisible();
  await waitFor(() => expect(events.tell).toBeDefined());
  const hidden = { id: 'i2', agendaNo: 2, hidden: true, visibilityGround: 'JulkL 24 §' };
  serve([opening, agendaItem(hidden)]);
  events.tell?.({ data: JSON.stringify({ kind: 'agenda_item', version: 2, itemId: 'i2' }) });
  await title('Salassa pidettävä asia');
  expect(screen.queryByText('Ohje hyväksytään.')).not.toBeInTheDocument();
});

it('says that the agenda is empty, or that one may not read it yet', async () => {
  serve([]);
  const { unmount } = renderAt('/fi/meetings/m1/show');
  expect(await screen.findByText('Esityslistalla ei ole asioita.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Seuraava asia' })).not.toBeInTheDocument();
  unmount();
  serve([], { papers: false, status: 'closed', closedAt: '2026-11-23T08:00:00Z' });
  renderAt('/sv/meetings/m1/show');
  expect(await screen.findByRole('button', { name: 'Tillbaka till mötet' })).toBeVisible();
  expect(screen.getByText(/när handlingen|publicerad/i)).toBeVisible();
});
