import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderAt } from '../../test/render';
import { refusal, server } from '../../test/server';
import './SearchPage'; // a chunk of its own: no test waits for it
import type { SearchGroup, SearchHit } from './queries';
import { kinds } from './search';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const title = (before: string, hit: string, after = '') => ({
  lang: 'fi' as const,
  segments: [
    { text: before, hit: false },
    { text: hit, hit: true },
    { text: after, hit: false },
  ].filter((segment) => segment.text !== ''),
});

const goal: SearchHit = {
  kind: 'goal',
  id: 'g1',
  no: 3,
  title: title('', 'Nuoret', ' voivat hyvin'),
  theme: text('Lapset'),
};
const action: SearchHit = {
  kind: 'action',
  id: 'a1',
  no: 12,
  title: title('', 'Nuorten', ' ohjaus'),
  snippet: { part: 'description', ...title('Ohjausta saavat ', 'nuoret', ' <b>') },
  goal: { id: 'g1', no: 3, title: text('Nuoret voivat hyvin') },
};
const item: SearchHit = {
  kind: 'agenda_item',
  id: 'i1',
  title: title('', 'Nuorisotyö'),
  forum: { id: 'f1', key: 'lape', title: text('LAPE') },
  meeting: {
    id: 'm1',
    year: 2026,
    number: 4,
    startsAt: '2026-11-23T08:00:00Z',
    endsAt: '2026-11-23T10:00:00Z',
    status: 'published',
  },
  item: { id: 'i1', agendaNo: 2, title: text('Nuorisotyö') },
};

function answer(
  items: SearchHit[],
  more: Partial<{ near: boolean; suggestion: string; tooShort: boolean }> = {},
) {
  const groups = kinds.map((kind): SearchGroup => {
    const own = items.filter((hit) => hit.kind === kind);
    return { kind, count: own.length, more: false, items: own };
  });
  return HttpResponse.json({ tooShort: false, near: false, groups, ...more });
}

let asked: URLSearchParams[];

// jsdom draws nothing to scroll.
Element.prototype.scrollIntoView = () => undefined;

beforeEach(() => {
  asked = [];
  server.use(
    http.get('*/api/v1/search', ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return answer([goal, action, item]);
    }),
  );
});

const box = () => screen.findByRole('combobox', { name: /^Hae tavoitteista/ });

describe('the box in the header', () => {
  it('offers what it finds by kind, with the words marked, and asks once typing stops', async () => {
    renderAt('/fi/nothing?asOf=2026-11-16');
    await userEvent.type(await box(), 'nuoret');
    const list = await screen.findByRole('listbox', { name: 'Hakutulokset' });
    const group = await within(list).findByRole('group', { name: /^Toimenpiteet/ });
    expect(within(group).getByRole('option')).toHaveTextContent(
      'Nuorten ohjausKuvaus: Ohjausta saavat nuoret <b>Toimenpide 12 · Tavoite 3: Nuoret voivat hyvin',
    );
    expect([...group.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([
      'Nuorten',
      'nuoret',
    ]);
    expect(screen.getByText('3 ehdotusta')).toHaveAttribute('role', 'status');
    expect(asked.map((query) => [query.get('q'), query.get('asOf'), query.get('lang')])).toEqual([
      ['nuoret', '2026-11-16', 'fi'],
    ]);
  });

  it('goes by the arrows, opens by Enter and closes by Escape', async () => {
    const { router } = renderAt('/fi/nothing');
    const field = await box();
    await userEvent.type(field, 'nuoret');
    await screen.findByRole('group', { name: /^Kokousasiat/ });
    expect(field).not.toHaveAttribute('aria-activedescendant');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    const chosen = screen.getByRole('option', { selected: true });
    expect(chosen).toHaveTextContent('Kokousasia · LAPE 4/2026, 23.11.2026 · asia 2');
    expect(field).toHaveAttribute('aria-activedescendant', chosen.id);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
    expect(field).toHaveValue('nuoret');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    await waitFor(() => expect(router.state.location.href).toBe('/fi/meetings/m1?item=i1'));
  });

  it('opens all results by Enter alone', async () => {
    const { router } = renderAt('/fi/nothing');
    await userEvent.type(await box(), ' nuoret {Enter}');
    await waitFor(() => expect(router.state.location.href).toBe('/fi/search?q=nuoret'));
  });

  it('is reached by "/" and by Ctrl and K, but "/" in a field is a letter', async () => {
    renderAt('/fi/nothing');
    const field = await box();
    await userEvent.keyboard('/');
    expect(field).toHaveFocus();
    expect(field).toHaveValue('');
    await userEvent.keyboard('1/2');
    expect(field).toHaveValue('1/2');
    field.blur();
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(field).toHaveFocus();
  });

  it('says that nothing was found, and that the search failed', async () => {
    server.use(http.get('*/api/v1/search', () => answer([])));
    const { unmount } = renderAt('/fi/nothing');
    await userEvent.type(await box(), 'kissa');
    expect(await screen.findAllByText('Haulla ”kissa” ei löytynyt mitään.')).not.toHaveLength(0);
    unmount();
    server.use(http.get('*/api/v1/search', () => refusal(500, 'internal')));
    renderAt('/fi/nothing');
    await userEvent.type(await box(), 'kissa');
    expect(
      await screen.findAllByText('Haku ei onnistunut. Yritä uudelleen.', {}, { timeout: 5000 }),
    ).not.toHaveLength(0);
  });
});

describe('the page of results', () => {
  it('shows all by kind, and one kind alone from the address', async () => {
    const { router } = renderAt('/fi/search?q=nuoret');
    expect(await screen.findByText('Haulla ”nuoret” löytyi 3 osumaa.')).toBeVisible();
    // Screen readers are told how much was found.
    expect(screen.getByText(/^Hakutulokset: 3 osumaa$/)).toHaveAttribute('role', 'status');
    expect(screen.getAllByRole('heading', { level: 2 }).map((h) => h.textContent)).toEqual([
      'Tavoitteet',
      'Toimenpiteet',
      'Kokousasiat',
    ]);
    expect(screen.getByRole('link', { name: 'Nuorten ohjaus' })).toHaveAttribute(
      'href',
      '/fi/actions/12',
    );
    expect(screen.getByRole('link', { name: 'Lataa (CSV)' })).toBeVisible();
    await userEvent.click(screen.getByRole('link', { name: 'Toimenpiteet 1' }));
    await waitFor(() => expect(router.state.location.href).toBe('/fi/search?q=nuoret&kind=action'));
    await waitFor(() => expect(asked.at(-1)?.get('kind')).toBe('action'));
  });

  it('marks what the public does not see, and nothing else', async () => {
    server.use(http.get('*/api/v1/search', () => answer([{ ...action, internal: true }, goal])));
    renderAt('/fi/search?q=nuoret');
    await screen.findByRole('link', { name: 'Nuorten ohjaus' });
    const [hit] = screen
      .getAllByRole('listitem')
      .filter((item) => within(item).queryByRole('link', { name: 'Nuorten ohjaus' }));
    expect(hit).toHaveTextContent('Sisäinen');
    expect(screen.getAllByText('Sisäinen')).toHaveLength(1);
  });

  it('follows what is typed in its field, and keeps it in the address', async () => {
    const { router } = renderAt('/fi/search');
    const field = await screen.findByRole('searchbox', { name: /^Hae tavoitteista/ });
    expect(field).toHaveFocus();
    await userEvent.type(field, 'nuoret');
    await waitFor(() => expect(router.state.location.href).toBe('/fi/search?q=nuoret'));
    expect(await screen.findByRole('link', { name: 'Nuoret voivat hyvin' })).toBeVisible();
    expect(field).toHaveValue('nuoret');
  });

  it('offers what may have been meant', async () => {
    server.use(
      http.get('*/api/v1/search', () => answer([goal], { near: true, suggestion: 'nuoret' })),
    );
    renderAt('/fi/search?q=nuortet');
    expect(
      await screen.findByText('Sanoja ei löytynyt sellaisinaan. Näytetään lähimmät osumat.'),
    ).toBeVisible();
    // Hits follow: the page does not also say that there are none.
    expect(screen.queryByText(/ei löytynyt mitään/)).not.toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'nuoret' })).toHaveAttribute(
      'href',
      '/fi/search?q=nuoret',
    );
    expect(screen.getByRole('link', { name: 'Nuoret voivat hyvin' })).toBeVisible();
  });

  it('helps on where nothing was found, and says what is too short', async () => {
    server.use(http.get('*/api/v1/search', () => answer([])));
    const { unmount } = renderAt('/fi/search?q=kissa');
    expect(await screen.findByText(/Kokeile lyhyempää sanaa/)).toBeVisible();
    expect(screen.queryByRole('link', { name: /^Lataa/ })).not.toBeInTheDocument();
    unmount();
    server.use(http.get('*/api/v1/search', () => answer([], { tooShort: true })));
    renderAt('/fi/search?q=k');
    expect(await screen.findByText('Kirjoita vähintään kaksi kirjainta.')).toBeVisible();
  });

  it('says that the search failed', async () => {
    server.use(http.get('*/api/v1/search', () => refusal(500, 'internal')));
    renderAt('/fi/search?q=kissa');
    const main = await screen.findByRole('main');
    expect(await within(main).findByRole('alert', {}, { timeout: 5000 })).toBeVisible();
  });
});
