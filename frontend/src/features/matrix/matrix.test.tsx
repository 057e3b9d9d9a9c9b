import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { viewport } from '../../test/viewport';
import type { Figures } from './balance';
import './CellAnswer'; // the page loads it late; here it is there from the start
import { moved } from './model';
import type { Balance, Matrix, MatrixCell, MatrixRow } from './queries';

const parties = [
  { id: 'p-e', key: 'espoo', principal: true, letter: 'E', shortName: { fi: 'Espoo' } },
  { id: 'p-l', key: 'luvn', principal: true, letter: 'L', shortName: { fi: 'LUVN' } },
  { id: 'p-h', key: 'hus', principal: false, letter: 'H', shortName: { fi: 'HUS' } },
];

const row = (part: Partial<MatrixRow>): MatrixRow => ({
  groupId: 't1',
  kind: 'goal',
  id: 'g1',
  no: 1,
  title: { fi: 'Perheet saavat tukea' },
  visibility: 'public',
  actions: 0,
  moreThan: false,
  acceptance: [],
  ...part,
});

const cell = (part: Partial<MatrixCell>): MatrixCell => ({
  responsibilityId: 'r1',
  subjectId: 'g1',
  postId: 'e1',
  part: 'lead',
  standing: 'in_force',
  ...part,
});

const column = (id: string, partyId: string, title: string, lead = 0) => ({
  post: { id, partyId, title: { fi: title } },
  unitId: `u-${id}`,
  unit: { fi: `Yksikkö ${id}` },
  lead,
  shared: 0,
});

const matrix: Matrix = {
  day: '2026-11-23',
  groups: [
    { id: 't1', title: { fi: 'Lapset' } },
    { id: 't2', title: { fi: 'Ikääntyneet' } },
  ],
  rows: [
    row({
      actions: 1,
      acceptance: [
        { partyId: 'p-e', answer: 'accepted' },
        { partyId: 'p-l', answer: 'open' },
      ],
    }),
    row({
      kind: 'action',
      id: 'a9',
      no: 9,
      goalId: 'g1',
      title: { fi: 'Tiedonsiirto' },
      condition: 'late',
    }),
    row({
      groupId: 't2',
      id: 'g2',
      no: 6,
      title: { fi: 'Toimintakyky' },
      actions: 100,
      moreThan: true,
    }),
  ],
  more: false,
  columns: [
    column('e1', 'p-e', 'Koordinaattori', 1),
    column('l1', 'p-l', 'Perhejohtaja'),
    column('h1', 'p-h', 'HUS-yhdyshenkilö'),
  ],
  cells: [
    cell({}),
    cell({ responsibilityId: 'r2', postId: 'l1', part: 'shared', standing: 'proposed' }),
    cell({ responsibilityId: 'r3', subjectId: 'a9', postId: 'h1', part: 'informed' }),
    cell({ responsibilityId: 'r4', subjectId: 'g2', postId: 'e1', part: 'support' }),
  ],
};

const r2 = {
  id: 'r2',
  subject: { kind: 'goal', id: 'g1', no: 1, title: { fi: 'Perheet saavat tukea' } },
  post: { id: 'l1', partyId: 'p-l', title: { fi: 'Perhejohtaja' } },
  part: 'shared',
  wording: { fi: 'LUVN tuo tiedot luvalla.' },
  validFrom: '2026-11-01',
  standing: 'proposed',
  waiting: {
    revision: 1,
    state: 'open',
    proposedAt: '2026-11-04T08:00:00Z',
    acceptances: [
      { partyId: 'p-e', answer: 'accepted', decidedAt: '2026-11-04T08:00:00Z' },
      { partyId: 'p-l', answer: 'open' },
    ],
  },
  version: 1,
  updatedAt: '2026-11-04T08:00:00Z',
  permissions: [],
};

let asked: URLSearchParams[];

// jsdom lays nothing out, and so has nothing to scroll.
Element.prototype.scrollIntoView = () => undefined;

beforeEach(() => {
  asked = [];
  const list = (items: unknown[]) => () => HttpResponse.json({ items });
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous())),
    http.get('*/api/v1/parties', list(parties)),
    http.get('*/api/v1/themes', list([{ id: 't1', title: { fi: 'Lapset' } }])),
    http.get('*/api/v1/chains', list([])),
    http.get('*/api/v1/responsibilities/counts', () =>
      HttpResponse.json({ all: 49, inForce: 44, waiting: 1 }),
    ),
    http.get('*/api/v1/responsibilities', list([r2])),
    http.get('*/api/v1/handovers', list([])),
    http.get('*/api/v1/target-groups', list([])),
    http.get('*/api/v1/districts', list([{ id: 'd1', title: { fi: 'Leppävaara' } }])),
    http.get('*/api/v1/tags', list([])),
    http.get('*/api/v1/responsibilities/r2', () => HttpResponse.json(r2)),
    http.get('*/api/v1/balance', () => HttpResponse.json({ days: [], rows: [] })),
    http.get('*/api/v1/matrix', ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json(matrix);
    }),
  );
});

describe('the grid', () => {
  it('has one tab stop and moves cell by cell', async () => {
    renderAt('/fi/responsibilities');
    const grid = await screen.findByRole('grid', { name: 'Vastuumatriisi' });
    const stops = () => grid.querySelectorAll('[tabindex="0"]');
    expect(stops()).toHaveLength(1);
    const [stop] = stops();
    (stop as HTMLElement).focus();
    expect(document.activeElement).toHaveTextContent('Lapset');
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toHaveTextContent('Perheet saavat tukea');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(document.activeElement).toHaveTextContent('Espoo: Päävastuu');
    await userEvent.keyboard('{End}');
    expect(document.activeElement).toHaveAttribute('data-c', '4');
    await userEvent.keyboard('{ArrowLeft}');
    expect(document.activeElement).toHaveTextContent('LUVN: Yhteisvastuu, odottaa hyväksyntää');
    expect(stops()).toHaveLength(1);
    // Over the head of a group the column is kept.
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement).toHaveAttribute('data-c', '3');
    await userEvent.keyboard('{Control>}{Home}{/Control}');
    expect(document.activeElement).toHaveTextContent('Lapset');
  });

  it('shows actions, folds groups and follows names from the keyboard', async () => {
    const { router } = renderAt('/fi/responsibilities');
    const grid = await screen.findByRole('grid');
    grid.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    expect(screen.queryByText('Tiedonsiirto')).not.toBeInTheDocument();
    await userEvent.keyboard('{ArrowDown} ');
    expect(screen.getByText('Tiedonsiirto')).toBeVisible();
    expect(screen.getByText('Myöhässä', { selector: '.vh' })).toBeInTheDocument();
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(screen.queryByText('Perheet saavat tukea')).not.toBeInTheDocument();
    await userEvent.keyboard('{Enter}{ArrowDown}{Enter}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/fi/goals/1'));
  });

  it('opens the wording with Enter, and Esc returns to the cell', async () => {
    renderAt('/fi/responsibilities');
    const grid = await screen.findByRole('grid');
    grid.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}{ArrowRight}{Enter}');
    const panel = screen.getByRole('region', { name: 'Valittu ruutu' });
    await waitFor(() => expect(panel).toHaveFocus());
    expect(within(panel).getByText(/Tavoite 1,/)).toHaveTextContent('Tavoite 1, Perhejohtaja');
    expect(await within(panel).findByText(/LUVN tuo tiedot luvalla/)).toBeVisible();
    expect(within(panel).getByText(/LUVN avoin 19/)).toBeVisible();
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toHaveTextContent('LUVN: Yhteisvastuu, odottaa hyväksyntää');
    expect(within(panel).getByText(/Valitse ruutu/)).toBeVisible();
  });

  it('accepts in place, and the focus returns to the cell', async () => {
    let accepted: unknown;
    server.use(
      http.get('*/api/v1/responsibilities/r2', () =>
        HttpResponse.json({ ...r2, permissions: ['agreement.accept'] }),
      ),
      http.post('*/api/v1/responsibilities/r2/acceptances', async ({ request }) => {
        accepted = await request.json();
        return HttpResponse.json({ ...r2, standing: 'in_force', waiting: undefined });
      }),
    );
    renderAt('/fi/responsibilities');
    const grid = await screen.findByRole('grid');
    grid.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}{ArrowRight}{Enter}');
    const panel = screen.getByRole('region', { name: 'Valittu ruutu' });
    await userEvent.click(await within(panel).findByRole('button', { name: /^Hyväksy/ }));
    await waitFor(() => expect(accepted).toEqual({ answer: 'accepted' }));
    await waitFor(() =>
      expect(document.activeElement).toHaveTextContent('LUVN: Yhteisvastuu, odottaa hyväksyntää'),
    );
    expect(panel).toHaveTextContent('Tavoite 1, Perhejohtaja');
  });

  it('keeps what is typed in the panel: Escape and other cells leave an open form alone', async () => {
    server.use(
      http.get('*/api/v1/responsibilities/r2', () =>
        HttpResponse.json({ ...r2, permissions: ['agreement.accept'] }),
      ),
    );
    renderAt('/fi/responsibilities');
    const grid = await screen.findByRole('grid');
    grid.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}{ArrowRight}{Enter}');
    const panel = screen.getByRole('region', { name: 'Valittu ruutu' });
    await userEvent.click(await within(panel).findByRole('button', { name: /^Palauta/ }));
    const [reason] = await within(panel).findAllByRole('textbox');
    await userEvent.type(reason as HTMLElement, 'Ei näin');
    await userEvent.keyboard('{Escape}');
    expect(reason).toHaveFocus();
    expect(reason).toHaveValue('Ei näin');
    await userEvent.click(grid.querySelector('tbody td.m') as HTMLElement);
    expect(reason).toHaveValue('Ei näin');
    expect(panel).toHaveTextContent('Tavoite 1, Perhejohtaja');
  });

  it('tells above the buttons who asks for changes, and keeps a comment that is typed', async () => {
    server.use(
      http.get('*/api/v1/responsibilities/r2', () =>
        HttpResponse.json({
          ...r2,
          permissions: ['agreement.accept', 'agreement.comment'],
          discussion: {
            comments: 1,
            lastAt: '2026-11-20T08:00:00Z',
            requests: [{ partyId: 'p-l', at: '2026-11-20T08:00:00Z' }],
          },
        }),
      ),
      http.get('*/api/v1/responsibilities/r2/comments', () =>
        HttpResponse.json({
          items: [
            {
              id: 'c1',
              kind: 'changes_requested',
              revision: 1,
              waiting: true,
              post: r2.post,
              text: { fi: 'Millä luvalla?' },
              at: '2026-11-20T08:00:00Z',
            },
          ],
        }),
      ),
    );
    renderAt('/fi/responsibilities');
    const grid = await screen.findByRole('grid');
    grid.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}{ArrowRight}{Enter}');
    const panel = screen.getByRole('region', { name: 'Valittu ruutu' });
    const accept = await within(panel).findByRole('button', { name: /^Hyväksy/ });
    const asks = within(panel).getByText('LUVN pyytää muutoksia ennen vastaamista.');
    expect(asks.compareDocumentPosition(accept)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await userEvent.click(within(panel).getByText('1 kommentti'));
    expect(await within(panel).findByText('Millä luvalla?')).toBeVisible();
    await userEvent.type(within(panel).getByLabelText(/^Suomeksi/), 'Hetki.');
    await userEvent.click(grid.querySelector('tbody td.m') as HTMLElement);
    expect(within(panel).getByLabelText(/^Suomeksi/)).toHaveValue('Hetki.');
    expect(panel).toHaveTextContent('Tavoite 1, Perhejohtaja');
  });

  it('is narrowed by terms of the address, the balance and the files too', async () => {
    const balances: string[] = [];
    server.use(
      http.get('*/api/v1/balance', ({ request }) => {
        balances.push(new URL(request.url).search);
        return HttpResponse.json({ days: [], rows: [] });
      }),
    );
    renderAt('/fi/responsibilities?districtId=d1&tagId=none');
    await screen.findByRole('grid');
    expect(asked[0]?.getAll('districtId')).toEqual(['d1']);
    expect(asked[0]?.getAll('tagId')).toEqual(['none']);
    await waitFor(() => expect(balances[0]).toContain('districtId=d1'));
    const file = screen.getByRole('link', { name: /CSV/ });
    expect(file.getAttribute('href')).toContain('districtId=d1&tagId=none');
    expect(await screen.findByText('Suuralue: Leppävaara')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Poista rajaus Suuralue: Leppävaara' }),
    );
    await waitFor(() => expect(asked.at(-1)?.has('districtId')).toBe(false));
    expect(asked.at(-1)?.get('tagId')).toBe('none');
  });

  it('marks part and acceptance, and counts the parts', async () => {
    renderAt('/fi/responsibilities');
    const grid = await screen.findByRole('grid');
    await waitFor(() => {
      const marks = [...grid.querySelectorAll('.part')].map((mark) => mark.className);
      expect(marks).toEqual(['part part-p pe', 'part part-y pl wait', 'part part-t pe']);
    });
    expect(within(grid).getByText('Espoo hyväksynyt')).toBeInTheDocument();
    expect(within(grid).getByRole('row', { name: /Päävastuita/ })).toHaveTextContent('1––');
  });
});

it('fetches the actions of a goal that came without them, and says what is left out', async () => {
  server.use(
    http.get('*/api/v1/matrix', ({ request }) => {
      const search = new URL(request.url).searchParams;
      asked.push(search);
      if (!search.has('goalId')) return HttpResponse.json(matrix);
      const action = row({
        groupId: 't2',
        kind: 'action',
        id: 'a1',
        no: 31,
        goalId: 'g2',
        title: { fi: 'Kotikäynnit' },
      });
      const found: Matrix = {
        ...matrix,
        groups: matrix.groups.slice(1),
        rows: [...matrix.rows.slice(2), action],
        columns: [column('e0', 'p-e', 'Aluejohtaja')],
        cells: [cell({ responsibilityId: 'r9', subjectId: 'a1', postId: 'e0' })],
      };
      return HttpResponse.json(found);
    }),
  );
  renderAt('/fi/responsibilities');
  await userEvent.click(
    await screen.findByRole('button', { name: 'Näytä toimenpiteet: Toimintakyky' }),
  );
  expect(await screen.findByText('Kotikäynnit')).toBeVisible();
  expect(asked.find((search) => search.has('goalId'))?.getAll('goalId')).toEqual(['g2']);
  expect(screen.getByText(/Näkyvissä on 1\s+toimenpide yli 100:sta/)).toBeVisible();
  const heads = [...document.querySelectorAll('th.v')].map((head) => head.textContent);
  expect(heads.map((head) => head.replaceAll('\u00ad', ''))).toEqual([
    'Aluejohtaja',
    'Koordinaattori',
    'Perhejohtaja',
    'HUS-yhdyshenkilö',
  ]);
});

it('keeps the filters in the address and asks the server for them', async () => {
  const { router } = renderAt('/fi/responsibilities?asOf=2026-10-31');
  await screen.findByRole('grid');
  await userEvent.selectOptions(screen.getByLabelText('Hyväksyntä'), 'Odottaa hyväksyntää');
  await waitFor(() =>
    expect(router.state.location.search).toEqual({ asOf: '2026-10-31', acceptance: 'waiting' }),
  );
  await waitFor(() =>
    expect(asked.at(-1)?.getAll('standing')).toEqual([
      'proposed',
      'declined',
      'reopened',
      'change_declined',
    ]),
  );
  expect(asked.at(-1)?.get('asOf')).toBe('2026-10-31');
  expect(await screen.findByRole('link', { name: 'Lataa (CSV)' })).toHaveAttribute(
    'href',
    '/api/v1/matrix.csv?lang=fi&standing=proposed&standing=declined&standing=reopened&standing=change_declined&asOf=2026-10-31',
  );
});

it('is told in a sentence and in cards with their age', async () => {
  renderAt('/fi/responsibilities');
  expect(await screen.findByRole('link', { name: /44\s+vastuuta 49:stä/ })).toBeVisible();
  const section = screen.getByRole('region', { name: 'Odottaa hyväksyntää: 1' });
  const card = await within(section).findByRole('listitem');
  expect(card).toHaveTextContent('Tavoite 1 LUVN tuo tiedot luvalla.');
  expect(card).toHaveTextContent('Odottanut 19 pv');
});

it('shows a hand-over among what waits, and leads to exactly those that do', async () => {
  const handover = {
    id: 'h1',
    chain: { id: 'c1', key: 'lapset', title: { fi: 'Lapset' } },
    from: { id: 's1', partyId: 'p-l', position: 1, title: { fi: 'Neuvola' } },
    to: { id: 's2', partyId: 'p-e', position: 2, title: { fi: 'Varhaiskasvatus' } },
    what: { fi: 'Tuen tarpeen tieto' },
    standing: 'proposed',
    waiting: {
      revision: 1,
      state: 'open',
      proposedAt: '2026-09-24T08:00:00Z',
      acceptances: [
        { partyId: 'p-l', answer: 'accepted', decidedAt: '2026-09-24T08:00:00Z' },
        { partyId: 'p-e', answer: 'open' },
      ],
    },
  };
  server.use(
    http.get('*/api/v1/handovers', () => HttpResponse.json({ items: [handover], total: 1 })),
  );
  renderAt('/fi/responsibilities');
  const section = await screen.findByRole('region', { name: 'Odottaa hyväksyntää: 2' });
  // It has waited longer than the responsibility.
  const [card] = await within(section).findAllByRole('listitem');
  expect(card).toHaveTextContent('Tuen tarpeen tieto');
  expect(card).toHaveTextContent('LUVN hyväksynyt');
  expect(card).toHaveTextContent('Odottanut 60 pv');
  const name = within(card as HTMLElement).getByRole('link');
  expect(name.getAttribute('href')).toBe('/fi/chains/c1?handover=h1#handover');
  expect(within(section).getByRole('link', { name: '1 siirtymä' })).toHaveAttribute(
    'href',
    '/fi/handovers?acceptance=waiting',
  );
  expect(within(section).getByRole('link', { name: 'Näytä odottavat vastuut' })).toHaveAttribute(
    'href',
    '/fi/responsibilities/list?acceptance=waiting',
  );
});

it('is a list where there is no room', async () => {
  viewport.narrow = true;
  renderAt('/fi/responsibilities');
  const [first] = await screen.findAllByRole('article');
  expect(first).toHaveTextContent(/Perhe.?johtaja yhteisvastuu, odottaa hyväksyntää/);
  expect(screen.queryByRole('grid')).not.toBeInTheDocument();
});

it('knows where each key leads', () => {
  const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey });
  const at = { row: 5, column: 3 };
  expect(moved(at, key('PageDown'), 40, 6)).toEqual({ row: 15, column: 3 });
  expect(moved(at, key('PageUp'), 40, 6)).toEqual({ row: 0, column: 3 });
  expect(moved(at, key('End', true), 40, 6)).toEqual({ row: 39, column: 5 });
  expect(moved({ row: 0, column: 0 }, key('ArrowUp'), 40, 6)).toEqual({ row: 0, column: 0 });
  expect(moved(at, key('a'), 40, 6)).toBeUndefined();
});

const figures = (leads: number, part: Partial<Figures> = {}): Figures => ({
  leads,
  shared: 1,
  unaccepted: 0,
  overdue: 0,
  stale: 0,
  ...part,
});

describe('the balance', () => {
  const day = (month: number) => `2026-${String(month).padStart(2, '0')}-28`;
  const balance: Balance = {
    days: [day(9), day(10), '2026-11-23'],
    rows: [
      { partyId: 'p-e', figures: [figures(18), figures(19), figures(20, { overdue: 3 })] },
      {
        partyId: 'p-l',
        figures: [figures(14), figures(15), figures(16, { unaccepted: 2, stale: 4 })],
      },
    ],
  };
  const theme = { id: 't1', title: { fi: 'Lapset', sv: '', en: '' } };

  beforeEach(() => {
    server.use(
      http.get('*/api/v1/balance', ({ request }) => {
        const search = new URL(request.url).searchParams;
        asked.push(search);
        return HttpResponse.json(
          search.get('by') !== 'party'
            ? { ...balance, rows: balance.rows.map((row) => ({ ...row, group: theme })) }
            : balance,
        );
      }),
    );
  });

  it('tells each party in numbers that lead to what they count, and what they were', async () => {
    renderAt('/fi/responsibilities');
    const section = await screen.findByRole('region', { name: 'Vastuiden tasapaino' });
    expect(await within(section).findByText(/lopussa suhde oli 19 ja 15/)).toBeVisible();
    const table = within(section).getByRole('table', { name: /Osapuolittain/ });
    const late = within(table).getByRole('link', { name: '3 Toimenpiteitä myöhässä, Espoo' });
    expect(late.getAttribute('href')).toBe(
      '/fi/actions?condition=%5B%22late%22%5D&partyId=%5B%22p-e%22%5D',
    );
    const silent = within(table).getByRole('link', { name: '4 Oma tieto vanhentunut, LUVN' });
    expect(silent.getAttribute('href')).toBe('/fi/actions?silentPartyId=%5B%22p-l%22%5D');
    const waiting = within(table).getByRole('link', { name: '2 Odottaa hyväksyntää, LUVN' });
    expect(waiting.getAttribute('href')).toBe(
      '/fi/responsibilities/list?kind=work&partyId=p-l&begun=true&acceptance=waiting',
    );
  });

  it('shows its trend as a table too, of the figure that the address names', async () => {
    const { router } = renderAt('/fi/responsibilities');
    const section = await screen.findByRole('region', { name: 'Muutos vuodessa' });
    await userEvent.click(within(section).getByText('Sama taulukkona'));
    expect(within(section).getAllByRole('row').at(-1)).toHaveTextContent('23.11.20262117');
    await userEvent.selectOptions(within(section).getByLabelText('Luku'), 'Toimenpiteitä myöhässä');
    await waitFor(() => expect(router.state.location.search).toEqual({ measure: 'overdue' }));
    expect(within(section).getAllByRole('row').at(-1)).toHaveTextContent('23.11.202630');
  });

  it('is broken down by theme', async () => {
    renderAt('/fi/responsibilities?balance=theme');
    const table = await screen.findByRole('table', { name: /Teemoittain/ });
    expect(asked.some((search) => search.get('by') === 'theme')).toBe(true);
    const leads = within(table).getByRole('link', { name: '20 Päävastuita, Espoo' });
    expect(leads.getAttribute('href')).toBe(
      '/fi/responsibilities/list?kind=work&partyId=p-e&begun=true&part=lead&themeId=t1',
    );
  });

  it('is no link where no list has just what a figure counts', async () => {
    renderAt('/fi/responsibilities?balance=theme&themeId=t2');
    const table = await screen.findByRole('table', { name: /Teemoittain/ });
    expect(within(table).getByRole('cell', { name: '20' })).toBeVisible();
    expect(within(table).queryByRole('link')).not.toBeInTheDocument();
  });

  it('leads to the parts in a chain', async () => {
    renderAt('/fi/responsibilities?balance=chain&tagId=g1');
    const table = await screen.findByRole('table', { name: /Palveluketjuittain/ });
    expect(
      within(table).getByRole('link', { name: '1 Yhteisvastuita, LUVN' }).getAttribute('href'),
    ).toBe(
      '/fi/responsibilities/list?tagId=g1&kind=work&partyId=p-l&begun=true&part=shared&chainId=t1',
    );
  });
});
