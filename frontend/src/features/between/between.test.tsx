import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { FileLinks } from '../../ui/FileLinks';
import { expectNoViolations } from '../../test/axe';
import { renderAt, renderLinked } from '../../test/render';
import { refusal, server } from '../../test/server';
// The page is a chunk of its own: fetched here, so that no test waits for it.
import './BetweenPage';
import type { Between } from './queries';

const between: Between = {
  of: '/actions?status=done',
  name: { fi: 'Toimenpiteet', sv: 'Åtgärder', en: 'Actions' },
  list: true,
  filters: [
    {
      param: 'partyId',
      name: { fi: 'Osapuoli', sv: 'Part', en: 'Party' },
      values: ['Espoo', 'LUVN'],
    },
    { param: 'mine', name: { fi: 'Omat', sv: 'Egna', en: 'My own' }, values: [] },
  ],
  from: '2026-11-01',
  to: '2026-11-20',
  came: 1,
  changed: 1,
  went: 1,
  unchanged: 40,
  left: 0,
  items: [
    {
      id: 'a9',
      kind: 'came',
      title: '9 Lomake',
      path: '/actions/9',
      visibility: 'internal',
      changes: [
        {
          field: 'status',
          heading: { fi: 'Tila', sv: 'Status', en: 'Status' },
          old: '',
          new: 'Valmis',
        },
      ],
    },
    {
      id: 'a3',
      kind: 'changed',
      title: '3 Ryhmä',
      path: '/actions/3',
      visibility: 'public',
      changes: [
        {
          field: 'title',
          language: 'sv',
          heading: { fi: 'Nimi', sv: 'Namn', en: 'Title' },
          old: '',
          new: 'Grupp',
        },
        {
          field: 'dueOn',
          heading: { fi: 'Määräaika', sv: 'Tidsfrist', en: 'Due' },
          old: '31.12.2026',
          new: '31.3.2027',
        },
      ],
    },
    { id: 'a2', kind: 'went', title: '2 Pois', path: '/actions/2', changes: [] },
  ],
};

function answers(body: Partial<Between> = {}): string[] {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/between', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ ...between, ...body });
    }),
  );
  return asked;
}

const address = `/fi/between?of=${encodeURIComponent('/actions?status=done')}&from=2026-11-01&to=2026-11-20`;

it('tells what came, what changed with both values, and what went, each a link at its day', async () => {
  const asked = answers();
  const { container } = renderAt(address);
  const changed = await screen.findByRole('region', { name: 'Muuttui' });
  expect(asked).toEqual([
    `?of=${encodeURIComponent('/actions?status=done')}&from=2026-11-01&to=2026-11-20&lang=fi`,
  ]);
  expect(within(changed).getByRole('link', { name: '3 Ryhmä' })).toHaveAttribute(
    'href',
    '/fi/actions/3?asOf=2026-11-20',
  );
  expect(changed).toHaveTextContent('Määräaika');
  expect(changed).toHaveTextContent('Ennen: 31.12.2026');
  expect(changed).toHaveTextContent('Jälkeen: 31.3.2027');
  expect(changed).toHaveTextContent('Nimi ruotsiksi');
  const went = screen.getByRole('region', { name: 'Lähti luettelosta' });
  expect(within(went).getByRole('link', { name: '2 Pois' })).toHaveAttribute(
    'href',
    '/fi/actions/2?asOf=2026-11-01',
  );
  const came = screen.getByRole('region', { name: 'Tuli luetteloon' });
  expect(came).toHaveTextContent('Sisäinen');
  expect(screen.getByText(/40 riviä on ennallaan/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'Lataa (CSV)' })).toHaveAttribute(
    'href',
    `/api/v1/between.csv?of=${encodeURIComponent('/actions?status=done')}&from=2026-11-01&to=2026-11-20&lang=fi`,
  );
  await expectNoViolations(container);
});

it('goes back a month by one press, and says that nothing changed', async () => {
  const asked = answers({ items: [], came: 0, changed: 0, went: 0 });
  const { router } = renderAt('/fi/between?of=%2Fgoals&from=2026-03-01&to=2026-03-31');
  expect(await screen.findByText('Mikään ei muuttunut päivien välillä')).toBeVisible();
  await userEvent.setup().click(screen.getByRole('button', { name: 'Kuukauden takaa' }));
  expect(await screen.findByLabelText('Aikaisempi päivä')).toHaveValue('28.2.2026');
  expect(router.state.location.search).toEqual({
    of: '/goals',
    from: '2026-02-28',
    to: '2026-03-31',
  });
  expect(asked.at(-1)).toBe('?of=%2Fgoals&from=2026-02-28&to=2026-03-31&lang=fi');
});

it('begins with the week before the server’s today, and leaves today to the server', async () => {
  const asked = answers();
  renderAt('/fi/between?of=%2Fgoals');
  expect(await screen.findByLabelText('Myöhempi päivä')).toHaveValue('23.11.2026');
  expect(screen.getByLabelText('Aikaisempi päivä')).toHaveValue('16.11.2026');
  await screen.findByRole('region', { name: 'Muuttui' });
  expect(asked).toEqual(['?of=%2Fgoals&from=2026-11-16&lang=fi']);
});

it('keeps the focus where it was when other days are compared', async () => {
  answers();
  renderAt('/fi/between?of=%2Fgoals&from=2026-03-01&to=2026-03-31');
  const user = userEvent.setup();
  const month = await screen.findByRole('button', { name: 'Kuukauden takaa' });
  await user.click(month);
  await waitFor(() => expect(month).toHaveAttribute('aria-pressed', 'true'));
  expect(month).toHaveFocus();
  const first = screen.getByLabelText('Aikaisempi päivä');
  await user.clear(first);
  await user.type(first, '1.2.2026{Enter}');
  await waitFor(() => expect(month).toHaveAttribute('aria-pressed', 'false'));
  expect(first).toHaveFocus();
  expect(first).toHaveValue('1.2.2026');
});

it('tells of one thing whether it was there, and what differs', async () => {
  const went = between.items[1];
  answers({
    of: '/actions/3',
    list: false,
    name: { fi: 'Toimenpide', sv: 'Åtgärd', en: 'Action' },
    filters: [],
    about: { title: '3 Ryhmä', path: '/actions/3', on: '2026-11-01' },
    items: went ? [{ ...went, kind: 'went' }] : [],
  });
  renderAt('/fi/between?of=%2Factions%2F3&from=2026-11-01&to=2026-11-20');
  expect(
    await screen.findByText('Tätä ei ollut enää nähtävissä myöhempänä päivänä.'),
  ).toBeVisible();
  // It is named, and leads to the day on which it was there.
  expect(
    within(screen.getByRole('heading', { level: 2, name: '3 Ryhmä' })).getByRole('link'),
  ).toHaveAttribute('href', '/fi/actions/3?asOf=2026-11-01');
  // Its values are of one day: the days do not stand above them.
  expect(document.querySelector('.compare-sides')).toBeNull();
  expect(screen.queryByRole('region', { name: 'Muuttui' })).not.toBeInTheDocument();
});

it('says at the field what is wrong with the days, and keeps them', async () => {
  server.use(
    http.get('*/api/v1/between', () =>
      refusal(422, 'validation_failed', { pointer: 'to', code: 'in_future' }),
    ),
  );
  renderAt('/fi/between?of=%2Fgoals&from=2026-11-01&to=2999-01-01');
  expect(await screen.findByLabelText('Myöhempi päivä')).toHaveValue('1.1.2999');
  expect((await screen.findAllByText(/Päivä on tulevaisuudessa/)).length).toBeGreaterThan(0);
  const told = await screen.findByText('Näitä päiviä ei verrata');
  expect(told.closest('[role="alert"]')).not.toBeNull();
  expect(screen.queryByRole('button', { name: 'Yritä uudelleen' })).not.toBeInTheDocument();
});

it('brings whoever typed the days to the one that is refused, and nobody who followed a link', async () => {
  server.use(
    http.get('*/api/v1/between', ({ request }) => {
      const { searchParams } = new URL(request.url);
      return refusal(422, 'validation_failed', {
        pointer: 'from',
        code: searchParams.get('to') === '2026-10-01' ? 'before_from' : 'day_invalid',
      });
    }),
  );
  renderAt('/fi/between?of=%2Fgoals&from=2026-11-31&to=2026-11-20');
  const user = userEvent.setup();
  const first = await screen.findByLabelText('Aikaisempi päivä');
  await waitFor(() => expect(first).toHaveAttribute('aria-invalid', 'true'));
  expect(first).not.toHaveFocus();
  const second = screen.getByLabelText('Myöhempi päivä');
  await user.clear(second);
  await user.type(second, '1.10.2026{Enter}');
  await waitFor(() => expect(first).toHaveFocus());
  expect(second).toHaveValue('1.10.2026');
});

it.each([
  ['of', 'not_comparable', 'Tätä ei voi verrata kahden päivän välillä.'],
  ['of', 'too_many_compared', 'Verrattavia rivejä on yli 5 000.'],
  ['status', 'not_allowed', 'Tätä ei voi verrata kahden päivän välillä.'],
])('says why something cannot be compared: %s %s', async (pointer, code, text) => {
  server.use(
    http.get('*/api/v1/between', () => refusal(422, 'validation_failed', { pointer, code })),
  );
  renderAt('/fi/between?of=%2Fnothing&from=2026-11-01&to=2026-11-20');
  const told = await screen.findByText((words) => words.startsWith(text));
  expect(told.closest('[role="alert"]')).not.toBeNull();
  expect(screen.queryByText('Tarkista merkityt kohdat.')).not.toBeInTheDocument();
});

it('says in each part how many of its rows are in the file only', async () => {
  answers({ came: 1, changed: 4, went: 1, left: 4, items: between.items.slice(0, 2) });
  renderAt(address);
  expect(await screen.findByRole('region', { name: 'Muuttui' })).toHaveTextContent(
    'Lisäksi 3 riviä, joita tässä ei luetella.',
  );
  expect(screen.getByRole('region', { name: 'Lähti luettelosta' })).toHaveTextContent(
    'Lisäksi 1 rivi, jota tässä ei luetella.',
  );
  expect(screen.getByRole('region', { name: 'Tuli luetteloon' })).not.toHaveTextContent('Lisäksi');
});

it('asks for a list first', async () => {
  renderAt('/sv/between');
  expect(await screen.findByText('Välj först vad som jämförs')).toBeVisible();
});

it('stands beside the files of a list that knows the past, with its filters, and of no other', async () => {
  renderLinked(
    <>
      <FileLinks
        path="/actions"
        query={{ asOf: '2026-11-20', status: ['done'], sort: '-dueOn', q: undefined }}
      />
      <FileLinks path="/mails" query={{}} />
    </>,
  );
  const links = await screen.findAllByRole('link', { name: 'Mitä muuttui kahden päivän välillä' });
  expect(links).toHaveLength(1);
  const { searchParams } = new URL((links[0] as HTMLAnchorElement).href);
  expect(searchParams.get('of')).toBe('/actions?status=done&sort=-dueOn');
  expect(searchParams.get('to')).toBe('2026-11-20');
  // Where the reader is now, to come back to.
  expect(searchParams.get('back')).toBe('/');
});

it('names the filters that hold, and leads back to the list with them', async () => {
  answers();
  const back = '/actions?partyId=%5B%22p1%22%2C%22p2%22%5D&mine=true&sort=-dueOn';
  renderAt(`${address}&back=${encodeURIComponent(back)}`);
  const filters = await screen.findByRole('list', { name: 'Luettelon rajaukset' });
  expect(
    within(filters)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['Osapuoli: Espoo, LUVN', 'Omat']);
  const way = within(screen.getByRole('navigation', { name: 'Murupolku' })).getByRole('link', {
    name: 'Toimenpiteet',
  });
  const { pathname, searchParams } = new URL((way as HTMLAnchorElement).href);
  expect(pathname).toBe('/fi/actions');
  expect(searchParams.get('partyId')).toBe('["p1","p2"]');
  expect(searchParams.get('mine')).toBe('true');
  expect(searchParams.get('sort')).toBe('-dueOn');
});

it('names one thing also where nothing changed, and leads to it', async () => {
  answers({
    of: '/actions/3',
    list: false,
    name: { fi: 'Toimenpide', sv: 'Åtgärd', en: 'Action' },
    filters: [],
    about: { title: '3 Ryhmä', path: '/actions/3', on: '2026-11-23' },
    items: [],
    came: 0,
    changed: 0,
    went: 0,
  });
  const { container } = renderAt('/fi/between?of=%2Factions%2F3&from=2026-11-01');
  expect(await screen.findByText('Mikään ei muuttunut päivien välillä')).toBeVisible();
  const links = screen.getAllByRole('link', { name: '3 Ryhmä' });
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    '/fi/actions/3',
    '/fi/actions/3',
  ]);
  await expectNoViolations(container);
});

it('leads back to the place on the page', async () => {
  answers();
  renderAt(`${address}&back=${encodeURIComponent('/organisation?show=any#post-1')}`);
  const way = within(await screen.findByRole('navigation', { name: 'Murupolku' })).getByRole(
    'link',
  );
  const { pathname, searchParams, hash } = new URL((way as HTMLAnchorElement).href);
  expect(pathname).toBe('/fi/organisation');
  expect(searchParams.get('show')).toBe('any');
  expect(hash).toBe('#post-1');
});

it.each(['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example'])(
  'leads nowhere else: %s',
  async (back) => {
    answers();
    renderAt(`${address}&back=${encodeURIComponent(back)}`);
    await screen.findByRole('region', { name: 'Muuttui' });
    expect(screen.queryByRole('navigation', { name: 'Murupolku' })).not.toBeInTheDocument();
  },
);
