import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import type { components } from '../../api/schema';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { agendaItem, meeting } from './testdata';

type Offer = components['schemas']['Offer'];

const offer = (kind: Offer['kind'], title: string, more: Partial<Offer> = {}): Offer => ({
  kind,
  id: title,
  title: { fi: title, sv: '', en: '' },
  text: { fi: '', sv: '', en: '' },
  since: '2026-11-09',
  visibility: 'public',
  ...more,
});
const forum = { id: 'f2', key: 'ohry', title: { fi: 'Ohjausryhmä', sv: '', en: '' } };

function offered() {
  const taken: unknown[] = [];
  let items = [
    offer('deferred', 'Siirretty asia'),
    offer('referral', 'Tullut asia', { forum, dueOn: '2026-12-01' }),
    offer('sent', 'Lähtenyt asia', { forum, dueOn: '2026-12-02' }),
  ];
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status: 'draft', permissions: ['meeting.edit'] })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [agendaItem({ permissions: ['meeting.edit'] })], moved: [] }),
    ),
    http.get('*/api/v1/posts', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/meetings/m1/offers', () => HttpResponse.json({ items })),
    http.post('*/api/v1/meetings/m1/draws', async ({ request }) => {
      taken.push(await request.json());
      items = [];
      return HttpResponse.json({ items: [], moved: [] });
    }),
  );
  return taken;
}

it('says what taking up a referral and a deferred item does, and names each by its own id', async () => {
  const taken = offered();
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1?item=i1');
  const section = await screen.findByRole('region', { name: 'Tarjolla esityslistalle' });
  const sent = await within(section).findByRole('group', { name: 'Foorumille lähetetyt asiat' });
  expect(sent).toHaveTextContent('foorumi vastaa lähettäjälle ottavansa sen käsittelyyn');
  expect(sent).toHaveTextContent('lähettäjä Ohjausryhmä, vastattava viimeistään 1.12.2026');
  const deferred = within(section).getByRole('group', { name: 'Siirretyt asiat' });
  expect(deferred).toHaveTextContent('jatkaa aiempaa käsittelyä');
  const waiting = within(section).getByRole('group', { name: /odotetaan vastausta$/ });
  expect(waiting).toHaveTextContent('Vastausta odotetaan edelleen.');
  await user.click(within(sent).getByRole('checkbox', { name: /Tullut asia/ }));
  await user.click(within(deferred).getByRole('checkbox', { name: /Siirretty asia/ }));
  await user.click(within(section).getByRole('button', { name: 'Ota 2 asiaa esityslistalle' }));
  expect(await screen.findByText('2 asiaa otettiin esityslistalle.')).toBeInTheDocument();
  expect(taken).toEqual([
    {
      picks: [
        { kind: 'deferred', id: 'Siirretty asia' },
        { kind: 'referral', id: 'Tullut asia' },
      ],
    },
  ]);
  expect(await within(section).findByText('Mitään ei odota käsittelyä.')).toBeInTheDocument();
});
