import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './ListPage'; // a chunk of its own: no test waits for it
import { readListSearch } from './search';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const item = (id: string, subject: object, standing: string) => ({
  id,
  subject,
  post: { id: `post-${id}`, partyId: 'p-luvn', title: text(`Päällikkö ${id}`) },
  part: 'shared',
  wording: text(`Sanamuoto ${id}`),
  validFrom: '2026-01-01',
  standing,
  permissions: [],
});
const forum = item(
  'r1',
  { kind: 'forum', id: 'f1', key: 'ryhma', title: text('Ryhmä') },
  'proposed',
);
const goal = item('r2', { kind: 'goal', id: 'g1', no: 3, title: text('Tuki') }, 'in_force');

let asked: URLSearchParams[];

beforeEach(() => {
  asked = [];
  server.use(
    ...['chains', 'themes', 'target-groups', 'districts', 'tags'].map((it) =>
      http.get(`*/api/v1/${it}`, () => HttpResponse.json({ items: [] })),
    ),
    http.get('*/api/v1/responsibilities', ({ request }) => {
      const search = new URL(request.url).searchParams;
      asked.push(search);
      return search.get('cursor')
        ? HttpResponse.json({ items: [goal], total: 2 })
        : HttpResponse.json({ items: [forum], total: 2, nextCursor: 'next' });
    }),
  );
});

describe('the list of responsibilities', () => {
  it('asks for what the address says, has as many rows as it counts, and marks what waits', async () => {
    renderAt('/fi/responsibilities/list?acceptance=waiting&kind=forum');
    const first = (await screen.findByRole('link', { name: /Ryhmä/ })).closest('tr');
    expect(first).toHaveTextContent('Odottaa hyväksyntää');
    expect(first).toHaveTextContent('Sanamuoto r1');
    expect(screen.getByRole('link', { name: /Ryhmä/ })).toHaveAttribute('href', '/fi/forums/ryhma');
    expect(screen.getByText('2 vastuuta')).toBeVisible();
    expect(asked[0]?.getAll('subjectKind')).toEqual(['forum']);
    expect(asked[0]?.get('sort')).toBe('waitingSince');
    expect(asked[0]?.getAll('standing')).toEqual([
      'proposed',
      'declined',
      'reopened',
      'change_declined',
    ]);
    const file = screen.getByRole('link', { name: 'Lataa (CSV)' }).getAttribute('href');
    expect(file).toBe(
      '/api/v1/responsibilities.csv?lang=fi&subjectKind=forum&standing=proposed&standing=declined&standing=reopened&standing=change_declined&sort=waitingSince',
    );
    await userEvent.click(screen.getByRole('button', { name: /lisää/ }));
    const second = (await screen.findByRole('link', { name: /Tavoite 3/ })).closest('tr');
    expect(within(second as HTMLElement).queryByText('Odottaa hyväksyntää')).toBeNull();
    expect(asked.at(-1)?.get('cursor')).toBe('next');
  });

  it('lists what a figure of the balance counts', async () => {
    server.use(
      http.get('*/api/v1/chains', () =>
        HttpResponse.json({ items: [{ id: 'c1', title: text('Perheen polku') }] }),
      ),
    );
    renderAt(
      '/fi/responsibilities/list?kind=work&partyId=p-luvn&begun=true&chainId=c1&themeId=none',
    );
    await screen.findByRole('link', { name: /Ryhmä/ });
    expect(asked[0]?.getAll('subjectKind')).toEqual(['goal', 'action', 'stage', 'handover']);
    expect(asked[0]?.get('current')).toBe('true');
    expect(asked[0]?.getAll('chainId')).toEqual(['c1']);
    expect(asked[0]?.getAll('themeId')).toEqual(['none']);
    expect(screen.getByText('Alkaminen: Vain jo alkaneet')).toBeVisible();
    expect(await screen.findByText('Palveluketju: Perheen polku')).toBeVisible();
    await userEvent.selectOptions(screen.getByLabelText('Alkaminen'), 'Kaikki');
    await waitFor(() => expect(asked.at(-1)?.has('current')).toBe(false));
  });

  it('narrows in the address', async () => {
    const { router } = renderAt('/fi/responsibilities/list');
    await screen.findByRole('link', { name: /Ryhmä/ });
    await userEvent.selectOptions(screen.getByLabelText('Hyväksyntä'), 'Voimassa');
    await waitFor(() => expect(router.state.location.search).toEqual({ acceptance: 'in_force' }));
    await waitFor(() =>
      expect(asked.at(-1)?.getAll('standing')).toEqual(['in_force', 'reopened', 'change_declined']),
    );
  });

  it('says that there is nothing', async () => {
    server.use(
      http.get('*/api/v1/responsibilities', () => HttpResponse.json({ items: [], total: 0 })),
    );
    renderAt('/fi/responsibilities/list?part=lead');
    expect(await screen.findByText('0 vastuuta')).toBeVisible();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('takes from the address only what is a filter', () => {
    expect(readListSearch({ kind: 'party', acceptance: 'x', part: 'chair', partyId: 3 })).toEqual(
      {},
    );
  });
});
