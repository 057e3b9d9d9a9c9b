import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './HandoversPage'; // a chunk of its own: no test waits for it
import { readHandoverListSearch } from './search';

const text = (fi: string) => ({ fi, sv: '', en: '' });
const item = (id: string, chain: string, what: string) => ({
  id,
  chain: { id: chain, key: chain, title: text(`Ketju ${chain}`) },
  from: { id: 's1', partyId: 'p-luvn', position: 1, title: text('Neuvola') },
  to: { id: 's2', partyId: 'p-espoo', position: 2, title: text('Päiväkoti') },
  what: text(what),
  channel: text('Saattaen'),
  gap: 'none',
  gapReason: text(''),
  standing: 'in_force',
  targetDays: 14,
});

let asked: URLSearchParams[];

beforeEach(() => {
  asked = [];
  server.use(
    http.get('*/api/v1/chains', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/handovers', ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      const items = [item('h1', 'a', 'Tieto'), item('h2', 'b', 'Lähete')];
      return HttpResponse.json({ items, total: 2 });
    }),
  );
});

describe('the list of hand-overs', () => {
  it('asks for what the address says, and stands under its chains', async () => {
    renderAt('/fi/handovers?gap=none&chainId=a&acceptance=waiting');
    expect(await screen.findByRole('link', { name: 'Tieto' })).toHaveAttribute(
      'href',
      '/fi/chains/a?handover=h1#handover',
    );
    expect(screen.getByText('Ketju b')).toBeVisible();
    expect(screen.getByText('2 siirtymää')).toBeVisible();
    expect(asked[0]?.getAll('gap')).toEqual(['none']);
    expect(asked[0]?.getAll('chainId')).toEqual(['a']);
    expect(asked[0]?.getAll('standing')).toEqual([
      'proposed',
      'declined',
      'reopened',
      'change_declined',
    ]);
  });

  it('narrows in the address', async () => {
    const { router } = renderAt('/fi/handovers');
    await screen.findByRole('link', { name: 'Tieto' });
    await userEvent.selectOptions(screen.getByLabelText('Aukko'), 'Suuri aukko');
    await waitFor(() => expect(router.state.location.search).toEqual({ gap: 'major' }));
    await waitFor(() => expect(asked.at(-1)?.getAll('gap')).toEqual(['major']));
  });

  it('takes from the address only what is a filter', () => {
    expect(
      readHandoverListSearch({ gap: 'huge', acceptance: 'x', chainId: 3, partyId: '' }),
    ).toEqual({});
  });
});
