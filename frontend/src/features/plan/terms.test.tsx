import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';

const list = (items: unknown[]) => () => HttpResponse.json({ items });

function term(id: string, fi: string, part: object = {}) {
  return {
    id,
    key: id,
    position: 1,
    title: { fi, sv: fi, en: fi },
    retired: false,
    version: 3,
    permissions: ['tag.edit'],
    ...part,
  };
}

const tags = [
  term('aa', 'lähiluonto'),
  term('bb', 'luonto', { version: 7 }),
  term('cc', 'vanha', { retired: true, retiredOn: '2026-03-01', retiredReason: 'turha' }),
];

beforeEach(() => {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, permissions: ['tag.edit', 'term_use.read'] })),
    ),
    ...['plans', 'themes', 'target-groups', 'districts', 'legal-bases'].map((path) =>
      http.get(`*/api/v1/${path}`, list([])),
    ),
    http.get('*/api/v1/tags', list(tags)),
    http.get(
      '*/api/v1/term-uses',
      list([{ vocabulary: 'tag', id: 'bb', goals: 1, actions: 3, chains: 0, forums: 0 }]),
    ),
  );
});

it('tells how much has a term, and marks what is retired', async () => {
  renderAt('/fi/plan');
  expect(await screen.findByText('1 tavoite, 3 toimenpidettä')).toBeVisible();
  expect(screen.getByText('ei käytössä missään')).toBeVisible();
  expect(
    screen.getByText('poistettu käytöstä 1.3.2026 · turha · ei käytössä missään'),
  ).toBeVisible();
  expect(screen.getByRole('button', { name: 'Palauta käyttöön: vanha' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Poista käytöstä: vanha' })).not.toBeInTheDocument();
});

it('tells what a merge moves before it is sent, and shows what the server refuses', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/v1/tags/bb/merger', async ({ request }) => {
      const body = (await request.json()) as { reason: string };
      sent.push([request.headers.get('If-Match'), body]);
      return body.reason
        ? HttpResponse.json(term('bb', 'luonto', { mergedIntoId: 'aa' }))
        : HttpResponse.json(
            {
              status: 422,
              code: 'validation_failed',
              title: '',
              errors: [{ pointer: '/reason', code: 'required' }],
            },
            { status: 422 },
          );
    }),
  );
  renderAt('/fi/plan');
  await userEvent.click(await screen.findByRole('button', { name: 'Yhdistä toiseen: luonto' }));
  const form = screen.getByRole('form', { name: 'Yhdistä toiseen: luonto' });
  expect(form).toHaveTextContent('Siirtyy: 1 tavoite, 3 toimenpidettä.');
  const into = within(form).getByLabelText('Yhdistetään kohteeseen');
  expect(
    within(into)
      .getAllByRole('option')
      .map(({ textContent }) => textContent),
  ).toEqual(['Valitse', 'lähiluonto']);
  await userEvent.selectOptions(into, 'lähiluonto');
  expect(form).toHaveTextContent('näyttävät kohteen lähiluonto asiat');
  await userEvent.click(within(form).getByRole('button', { name: 'Yhdistä' }));
  expect(await within(form).findByText('Tieto puuttuu.')).toBeVisible();
  await userEvent.type(within(form).getByLabelText(/Perustelu/), 'Sama asia');
  await userEvent.click(within(form).getByRole('button', { name: 'Yhdistä' }));
  await waitFor(() => expect(form).not.toBeInTheDocument());
  expect(sent).toEqual([
    ['"7"', { intoId: 'aa', reason: '' }],
    ['"7"', { intoId: 'aa', reason: 'Sama asia' }],
  ]);
});
