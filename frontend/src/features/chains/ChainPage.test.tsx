import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
// The page is a chunk of its own: fetched here, so that no test waits for it.
import './ChainPage';
import { agreement, childrenChain } from './testdata';
import type { Chain, ChainInput } from './types';

const none = () => HttpResponse.json({ items: [] });

/** The server with one chain, as somebody sees it who may edit it. */
function serve(chain: Chain) {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ hasRole: true, permissions: ['chain.edit'] })),
    ),
    http.get('*/api/v1/chains', () => HttpResponse.json({ items: [chain] })),
    http.get('*/api/v1/chains/chain-1', () => HttpResponse.json(chain)),
    http.get('*/api/v1/drafts', none),
    http.get('*/api/v1/forums', none),
    http.get('*/api/v1/themes', none),
    http.get('*/api/v1/tags', none),
    http.get('*/api/v1/legal-bases', none),
    http.get('*/api/v1/posts', none),
    http.get('*/api/v1/responsibilities/of/:kind/:id', () =>
      HttpResponse.json({ items: [], permissions: [] }),
    ),
  );
}

let chain: Chain;
beforeEach(() => {
  // jsdom has no layout to scroll in.
  Element.prototype.scrollIntoView = () => undefined;
  chain = childrenChain();
  chain.permissions = ['chain.edit'];
  serve(chain);
});

const drawing = async () => within(await screen.findByRole('region', { name: 'Ketju kuvana' }));

describe('the page of a chain', () => {
  it('names the goals and forums of each stage and hand-over', async () => {
    serve({
      ...chain,
      goals: [
        { id: 'g3', no: 3, title: { fi: 'Tuki ajoissa' }, stageIds: ['ecec'], handoverIds: [] },
        {
          id: 'g5',
          no: 5,
          title: { fi: 'Siirto sujuu' },
          stageIds: [],
          handoverIds: ['clinic-ecec'],
        },
      ],
      forums: [
        {
          id: 'f1',
          key: 'lape',
          title: { fi: 'LAPE' },
          stageIds: ['ecec'],
          handoverIds: ['clinic-ecec'],
        },
      ],
    });
    renderAt('/fi/chains/chain-1?handover=clinic-ecec');
    const stages = within(await screen.findByRole('table', { name: 'Vaiheet ja toimenpiteet' }));
    const row = stages.getByText('ecec').closest('tr');
    expect(row).toHaveTextContent('Tavoite 3 Tuki ajoissa');
    expect(row).toHaveTextContent('Foorumi LAPE');
    expect(row).not.toHaveTextContent('Siirto sujuu');
    expect(stages.getAllByRole('link', { name: /Tuki ajoissa|LAPE/ })).toHaveLength(2);
    const detail = within(screen.getByRole('region', { name: /^Siirtymä: Tieto clinic-ecec/ }));
    expect(detail.getByRole('link', { name: '5 Siirto sujuu' })).toHaveAttribute(
      'href',
      '/fi/goals/5',
    );
    expect(detail.getByRole('link', { name: 'LAPE' })).toHaveAttribute('href', '/fi/forums/f1');
    // In the drawing as a count that leads there, and in the names of what is drawn.
    const drawn = await drawing();
    const count = drawn.getByRole('link', { name: /^1 tavoite, 1 foorumi\. Tavoite 3 Tuki/ });
    expect(count).toHaveTextContent('1 tavoite, 1 foorumi');
    expect(count.getAttribute('href')).toMatch(/#stage-ecec$/);
    expect(
      drawn.getByRole('link', { name: /^3 ecec\..*Tavoite 3 Tuki ajoissa\. Foorumi LAPE\.$/ }),
    ).toBeVisible();
    expect(
      drawn.getByRole('link', { name: /clinic.*ecec.*Tavoite 5 Siirto sujuu\. Foorumi LAPE\.$/ }),
    ).toHaveTextContent('1 tavoite, 1 foorumi');
    // And in the table of hand-overs.
    expect(screen.getAllByRole('link', { name: '5 Siirto sujuu' })).toHaveLength(2);
  });

  it('draws in reading order: each stage, then the hand-overs that leave it', async () => {
    renderAt('/fi/chains/chain-1');
    const drawn = await drawing();
    await drawn.findByRole('link', { name: /^1 clinic\. LUVN/ }); // the parties have come
    const links = drawn.getAllByRole('link');
    expect(links.map((link) => link.getAttribute('aria-label')?.slice(0, 22))).toEqual([
      '1 clinic. LUVN. Kaikil',
      '30 pv suuri aukko. Sii',
      '14 pv pieni aukko. Sii',
      '2 open. Espoo. Kaikill',
      '3 ecec. Espoo. Kaikill',
      '60 pv ei aukkoa. Siirt',
      '4 school. Espoo. Kaiki',
      '7 pv pieni aukko. Siir',
      '1 pv pieni aukko. Siir',
      '5 welfare. LUVN. Kaiki',
      '14 pv suuri aukko. Sii',
      '7 pv pieni aukko. Siir',
      '6 youth. Espoo. Kaikil',
      '7 family. LUVN. Kaikil',
      '8 protection. LUVN. Ka',
    ]);
  }, 20_000);

  it('does not say that no forum follows the chain when it could not ask', async () => {
    server.use(
      http.get('*/api/v1/forums', () =>
        HttpResponse.json({ title: 'Unavailable', status: 503 }, { status: 503 }),
      ),
    );
    renderAt('/fi/chains/chain-1');
    await drawing();
    expect(await within(screen.getByRole('main')).findByRole('alert')).toBeVisible();
    expect(screen.queryByText(/Mikään foorumi ei ole/)).not.toBeInTheDocument();
  });

  it('marks in the drawing a lead that is only proposed', async () => {
    const [first] = chain.stages;
    if (!first) throw new Error('no stage');
    first.responsibilities = [
      {
        post: { id: 'a', partyId: 'p-luvn', title: { fi: 'Päällikkö', sv: '', en: '' } },
        part: 'lead',
        wording: { fi: '', sv: '', en: '' },
        standing: 'proposed',
      },
    ];
    renderAt('/fi/chains/chain-1');
    expect((await drawing()).getByText('Odottaa hyväksyntää')).toBeInTheDocument();
  });

  it('opens a hand-over in place, at an address of its own, and takes the focus there', async () => {
    const [first] = chain.handovers;
    if (!first) throw new Error('no hand-over');
    first.standing = 'proposed';
    first.waiting = agreement({ 'p-luvn': 'accepted', 'p-espoo': 'open' });
    first.permissions = ['agreement.accept'];
    const { router } = renderAt('/fi/chains/chain-1');
    await userEvent.click((await drawing()).getByRole('link', { name: /^30 pv suuri aukko/ }));
    const heading = await screen.findByRole('heading', { name: 'Siirtymä: Tieto clinic-ecec' });
    expect(heading).toHaveFocus();
    expect(router.state.location.search).toMatchObject({ handover: 'clinic-ecec' });
    expect(screen.getByRole('button', { name: /^Hyväksy/ })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^Palauta/ })).toBeInTheDocument();
  }, 20_000);

  it('says so where the hand-over is not of that day', async () => {
    renderAt('/fi/chains/chain-1?handover=gone');
    expect(await screen.findByText(/ei ole tässä ketjussa tuona päivänä/)).toBeInTheDocument();
  }, 20_000);
});

describe('editing a chain in place', () => {
  beforeEach(() => {
    // What is public is changed through a draft; this is about the form.
    chain.visibility = 'internal';
    chain.visibilityGround = 'Kesken';
  });

  it('splits and undoes, and sends everything in one request with the version', async () => {
    const sent: { body: ChainInput; match: string | null }[] = [];
    server.use(
      http.put('*/api/v1/chains/chain-1', async ({ request }) => {
        sent.push({
          body: (await request.json()) as ChainInput,
          match: request.headers.get('If-Match'),
        });
        return HttpResponse.json({ ...chain, version: 2 });
      }),
    );
    renderAt('/fi/chains/chain-1');
    fireEvent.click(await screen.findByText('Muokkaa ketjua'));
    fireEvent.click(await screen.findByLabelText('Jaa kahdeksi: school'));
    expect(screen.getByText('Vaihe 9')).toBeInTheDocument();
    fireEvent.click(screen.getByText('Kumoa'));
    expect(screen.queryByText('Vaihe 9')).not.toBeInTheDocument();
    fireEvent.click(screen.getByLabelText('Siirrä aiemmaksi: open'));
    fireEvent.click(screen.getByText('Tallenna'));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.match).toBe('"1"');
    expect(sent[0]?.body.stages?.map(({ id }) => id).slice(0, 2)).toEqual(['open', 'clinic']);
    expect(sent[0]?.body.handovers?.[0]).toMatchObject({ id: 'clinic-ecec', from: 2, to: 3 });
  }, 20_000);

  it('asks what becomes of the hand-overs of a stage that ends', async () => {
    renderAt('/fi/chains/chain-1');
    fireEvent.click(await screen.findByText('Muokkaa ketjua'));
    fireEvent.click(await screen.findByLabelText('Päätä vaihe: youth'));
    const asked = within(screen.getByLabelText('Päätetään vaihe: youth'));
    fireEvent.change(asked.getByLabelText(/Tieto welfare-youth/), { target: { value: 'school' } });
    fireEvent.click(asked.getByText('Päätä vaihe'));
    expect(screen.queryByText('Vaihe 8')).not.toBeInTheDocument();
    expect(screen.getByText(/5–4 Tieto welfare-youth/)).toBeInTheDocument();
  }, 20_000);

  it('keeps what was typed when it is refused, with the fault at its field', async () => {
    server.use(
      http.put('*/api/v1/chains/chain-1', () =>
        HttpResponse.json(
          {
            status: 422,
            code: 'validation_failed',
            title: 'Invalid',
            errors: [{ pointer: '/handovers/1/gapReason/fi', code: 'required' }],
          },
          { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
        ),
      ),
    );
    renderAt('/fi/chains/chain-1');
    fireEvent.click(await screen.findByText('Muokkaa ketjua'));
    fireEvent.click(await screen.findByText(/1–2 Tieto clinic-open/));
    const name = await screen.findByDisplayValue('Tieto clinic-open');
    fireEvent.change(name, { target: { value: 'Tieto clinic-open uusi' } });
    fireEvent.click(screen.getByText('Tallenna'));
    await waitFor(() => expect(document.querySelector('[aria-invalid="true"]')).toHaveFocus());
    expect(screen.getByDisplayValue('Tieto clinic-open uusi')).toBeInTheDocument();
    expect(document.activeElement?.closest('details')).toHaveProperty('open', true);
  }, 20_000);
});
