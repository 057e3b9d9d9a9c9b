import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './GuidePage'; // a chunk of its own: no test waits for it
import { childrenChain } from './testdata';
import type { Stage } from './types';

const text = (fi: string) => ({ fi, sv: '', en: '' });

const lead = (
  id: string,
  partyId: string,
  standing: Stage['responsibilities'][number]['standing'],
): Stage['responsibilities'][number] => ({
  post: { id, partyId, title: text(`Virka ${id}`) },
  part: 'lead',
  wording: text(''),
  standing,
});

/** The first stage of the guide, LUVN's, with these leads. */
async function firstStage(...leads: Stage['responsibilities']) {
  const chain = childrenChain();
  const [first] = chain.stages;
  if (!first) throw new Error('no stage');
  first.responsibilities = leads;
  server.use(
    http.get('*/api/v1/chains', () => HttpResponse.json({ items: [chain] })),
    http.get('*/api/v1/chains/chain-1', () => HttpResponse.json(chain)),
    http.get('*/api/v1/posts', () =>
      HttpResponse.json({
        items: ['a', 'b'].map((id) => ({
          id,
          title: text(`Virka ${id}`),
          serviceAddress: `${id}@example.org`,
          contacts: [],
        })),
      }),
    ),
  );
  renderAt('/fi/chains/chain-1/guide');
  await screen.findByRole('heading', { level: 3, name: 'clinic' });
  const step = document.getElementById('step-clinic');
  if (!step) throw new Error('no step');
  await within(step).findAllByText(/LUVN/);
  return step;
}

it('names the post that has been agreed to answer, with its address', async () => {
  const step = await firstStage(lead('a', 'p-luvn', 'in_force'));
  expect(await within(step).findByText(/Virka a/)).toBeVisible();
  expect(await within(step).findByText('a@example.org')).toBeVisible();
  expect(step).not.toHaveTextContent('ei ole vielä sovittu');
});

it.each(['proposed', 'declined'] as const)(
  'names of a lead that is only %s no more than the party, and says that it is not agreed',
  async (standing) => {
    const step = await firstStage(lead('a', 'p-luvn', 'in_force'), lead('b', 'p-espoo', standing));
    expect(await within(step).findByText('a@example.org')).toBeVisible();
    expect(step).toHaveTextContent(
      'Espoo: vastaavasta tehtävästä on ehdotus, mutta siitä ei ole vielä sovittu.',
    );
    expect(step).not.toHaveTextContent('Virka b');
    expect(step).not.toHaveTextContent('b@example.org');
    expect(step).not.toHaveTextContent('Mukana myös');
  },
);

it('goes on naming the post while a change of it waits', async () => {
  const step = await firstStage(lead('a', 'p-luvn', 'reopened'));
  expect(await within(step).findByText(/Virka a/)).toBeVisible();
  expect(step).not.toHaveTextContent('ei ole vielä sovittu');
});
