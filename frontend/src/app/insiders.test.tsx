import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { anonymous, parties } from '../test/builders';
import { renderAt, renderLinked } from '../test/render';
import { server } from '../test/server';
import '../features/mails/MailsPage'; // a chunk of its own: no test waits for it
import { DraftBar } from '../content/drafting';
import { Discussion } from '../content/Discussion';

const text = (fi: string) => ({ fi, sv: '', en: '' });

/** What carries the mark, by its name. */
function marked(name: string) {
  return screen.findAllByText(
    (_, element) =>
      element?.className === 'vis' && element.textContent.startsWith(`Sisäinen: ${name}`),
  );
}

function rest() {
  server.use(
    http.get('*/api/v1/parties', () => HttpResponse.json({ items: parties() })),
    http.get('*/api/v1/*', () => HttpResponse.json({ items: [], total: 0, permissions: [] })),
  );
}

it('names what insiders alone see of a page: the draft that waits', async () => {
  rest();
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, partyId: 'p-espoo' })),
    ),
  );
  renderLinked(
    <DraftBar
      draft={
        {
          id: 'd-1',
          post: { id: 'post-1', title: text('Koordinaattori'), partyId: 'p-espoo' },
          savedAt: '2026-11-20T06:00:00Z',
          standing: 'saved',
        } as never
      }
    />,
  );
  const [mark] = await marked('luonnos ja sen käsittely');
  expect(mark).toHaveTextContent('vain osapuolten henkilöstölle');
  expect(mark?.closest('.internal')).not.toBeNull();
});

it('names the discussion of a proposal, and shades all of it', async () => {
  rest();
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, partyId: 'p-espoo' })),
    ),
  );
  renderLinked(
    <Discussion
      name="Tavoite 3"
      item={
        {
          id: 'r-1',
          permissions: [],
          discussion: { comments: 2, requests: [], lastAt: '2026-11-20T06:00:00Z' },
        } as never
      }
    />,
  );
  const [mark] = await marked('ehdotuksen keskustelu');
  const block = mark?.closest<HTMLElement>('.internal');
  expect(block && within(block).getByText(/Tavoite 3/)).toBeInTheDocument();
});

it('names a page of administration, and shows a guest nothing of it', async () => {
  rest();
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, permissions: ['mail.read'] })),
    ),
  );
  renderAt('/fi/admin/mails');
  const [mark] = await marked('ylläpidon tiedot');
  expect(mark).toHaveTextContent('vain niille, joilla on ylläpidon oikeus');
});

it('has none of these marks for a guest', async () => {
  rest();
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(anonymous())));
  renderAt('/fi/admin/mails');
  await screen.findAllByRole('heading', { level: 1 });
  renderLinked(<DraftBar draft={undefined} />);
  expect(document.querySelectorAll('.vis, .internal')).toHaveLength(0);
});
