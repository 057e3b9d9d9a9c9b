import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './TokensPage'; // loaded from the start: the first test does not wait for it
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Token } from './queries';

const token = (over: Partial<Token> = {}): Token => ({
  id: 't-1',
  name: 'Viikkoraportti',
  purpose: 'Lukee toimenpiteet maanantaisin',
  scopes: ['read'],
  owner: { id: 'p-1', name: 'Aino Esimerkki' },
  partyId: 'espoo',
  post: { id: 'post-1', title: { fi: 'Koordinaattori', sv: '', en: '' }, partyId: 'espoo' },
  state: 'active',
  expiresOn: '2027-02-21',
  createdAt: '2026-11-23T06:05:00Z',
  mine: true,
  version: 1,
  permissions: ['api_token.revoke'],
  ...over,
});

const secret = `yhp_${'A'.repeat(49)}`;

/** Own tokens; returns what was sent. */
function serve(...tokens: Token[]) {
  const sent: { path: string; body: unknown }[] = [];
  const list = [...tokens];
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true, hasRole: true }))),
    http.get('*/api/v1/api-tokens', () => HttpResponse.json({ items: list })),
    http.post('*/api/v1/api-tokens', async ({ request }) => {
      sent.push({ path: 'made', body: await request.json() });
      list.unshift(token({ id: 't-2', name: 'Uusi' }));
      return HttpResponse.json({ ...list[0], secret }, { status: 201 });
    }),
    http.post('*/api/v1/api-tokens/:id/revocation', async ({ params, request }) => {
      sent.push({ path: String(params.id), body: await request.json() });
      const at = list.findIndex(({ id }) => id === params.id);
      list[at] = token({ id: String(params.id), state: 'revoked', permissions: [] });
      return HttpResponse.json(list[at]);
    }),
  );
  return sent;
}

it('makes a token and shows its secret until the reader has it', async () => {
  const sent = serve();
  const user = userEvent.setup();
  const { container } = renderAt('/fi/api-tokens');
  await user.click(await screen.findByRole('button', { name: 'Luo tunnus' }));
  const form = within(await screen.findByRole('form', { name: 'Luo tunnus' }));
  await user.type(form.getByLabelText(/^Nimi/), 'Uusi');
  await user.type(form.getByLabelText(/^Käyttötarkoitus/), 'Siirtää tilanteet');
  await user.click(form.getByLabelText('muuttaa toimenpiteitä, kirjata tilanteita ja raportoida'));
  await user.click(form.getByRole('button', { name: 'Luo tunnus' }));
  expect(await screen.findByLabelText('Tunnus ohjelmalle Uusi')).toHaveValue(secret);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.body).toMatchObject({
    name: 'Uusi',
    purpose: 'Siirtää tilanteet',
    scopes: ['read', 'write:actions'],
  });
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Tunnus on tallessa' }));
  expect(screen.queryByLabelText('Tunnus ohjelmalle Uusi')).not.toBeInTheDocument();
});

it('revokes a token, and tells why one does not work', async () => {
  const sent = serve(token(), token({ id: 't-9', name: 'Vanha', state: 'suspended' }));
  const user = userEvent.setup();
  renderAt('/fi/api-tokens');
  expect(
    await screen.findByText('Ei toimi: omistajalla ei ole enää tehtävää tai roolia'),
  ).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Poista tunnus käytöstä: Viikkoraportti' }));
  const form = within(
    await screen.findByRole('form', { name: 'Poista tunnus käytöstä: Viikkoraportti' }),
  );
  await user.type(form.getByLabelText(/^Syy/), 'Ohjelma poistui');
  await user.click(form.getByRole('button', { name: 'Poista käytöstä' }));
  expect(await screen.findByText('Poistettu käytöstä')).toBeVisible();
  expect(sent).toEqual([{ path: 't-1', body: { reason: 'Ohjelma poistui' } }]);
});

it('keeps what was typed when too much was asked, and says for how long to wait', async () => {
  serve();
  server.use(
    http.post('*/api/v1/api-tokens', () =>
      HttpResponse.json(
        { status: 429, code: 'rate_limited', title: 'Too Many Requests' },
        { status: 429, headers: { 'Retry-After': '7' } },
      ),
    ),
  );
  const user = userEvent.setup();
  renderAt('/fi/api-tokens');
  await user.click(await screen.findByRole('button', { name: 'Luo tunnus' }));
  const form = within(await screen.findByRole('form', { name: 'Luo tunnus' }));
  await user.type(form.getByLabelText(/^Nimi/), 'Uusi');
  await user.click(form.getByRole('button', { name: 'Luo tunnus' }));
  expect(await form.findByRole('alert')).toHaveTextContent('Odota 7 sekuntia');
  expect(form.getByLabelText(/^Nimi/)).toHaveValue('Uusi');
});

it('shows an administrator the tokens of others with their owners', async () => {
  serve(token({ mine: false }));
  renderAt('/fi/api-tokens');
  const others = within(await screen.findByRole('table', { name: 'Muiden rajapintatunnukset' }));
  expect(others.getByText('Aino Esimerkki')).toBeVisible();
  expect(screen.getByRole('link', { name: /CSV/ })).toHaveAttribute(
    'href',
    '/api/v1/api-tokens.csv?lang=fi',
  );
  expect(screen.getByText('Sinulla ei ole rajapintatunnuksia')).toBeVisible();
});

it('shows nothing to who is not signed in', async () => {
  renderAt('/fi/api-tokens');
  expect(await screen.findByText('Kirjaudu, niin näet rajapintatunnuksesi')).toBeVisible();
});
