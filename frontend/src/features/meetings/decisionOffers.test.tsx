import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { agendaItem, meeting } from './testdata';

const item = (no: number, title: string, more: object) =>
  agendaItem({
    id: `i${no}`,
    agendaNo: no,
    title: { fi: title, sv: '', en: '' },
    permissions: ['meeting.edit'],
    ...more,
  });

function offered(permissions: ('meeting.edit' | 'meeting.record')[]) {
  const done: unknown[] = [];
  let offers = [
    {
      id: 'o1',
      partyId: 'p-espoo',
      language: 'fi',
      title: 'Hyvinvointikertomus',
      link: 'https://dynasty.example/1',
      publishedAt: '2026-11-20T06:00:00Z',
      foundAt: '2026-11-20T07:00:00Z',
      registryNos: ['4802/00.01.02/2025'],
      words: ['hyvinvointi'],
    },
  ];
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status: 'draft', permissions })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({
        items: [
          item(1, 'Avaus', {}),
          item(2, 'Kertomus', {
            cases: [{ partyId: 'p-espoo', registryNo: '4802/00.01.02/2025', urlFi: '', urlSv: '' }],
          }),
        ],
        moved: [],
      }),
    ),
    http.get('*/api/v1/posts', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/forums/:id/decision-offers', () =>
      HttpResponse.json({ items: offers, total: offers.length }),
    ),
    http.post('*/api/v1/forums/:id/decision-offers/o1/:what', async ({ params, request }) => {
      done.push([params.what, params.what === 'agenda-link' ? await request.json() : undefined]);
      offers = [];
      return HttpResponse.json({ state: 'taken', title: '', link: '', settledAt: '' });
    }),
  );
  return done;
}

it('offers a decision to the item of its case', async () => {
  const done = offered(['meeting.edit']);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1?item=i1');
  const section = await screen.findByRole('region', { name: 'Päätöspalveluista' });
  const link = await within(section).findByRole('link', { name: /Hyvinvointikertomus/ });
  expect(link).toHaveAttribute('href', 'https://dynasty.example/1');
  expect(section).toHaveTextContent('diaarinumero 4802/00.01.02/2025, sana ”hyvinvointi”');
  await user.click(
    within(section).getByRole('button', { name: 'Lisää linkki: Hyvinvointikertomus' }),
  );
  expect(await screen.findByText('Linkki lisättiin asiaan.')).toBeInTheDocument();
  expect(done).toEqual([['agenda-link', { agendaItemId: 'i2' }]]);
  expect(await within(section).findByText('Uutta ei ole.')).toBeInTheDocument();
});

it('puts a decision aside', async () => {
  const done = offered(['meeting.edit']);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1?item=i1');
  await user.click(await screen.findByRole('button', { name: 'Ohita: Hyvinvointikertomus' }));
  expect(await screen.findByText('Ehdotus ohitettiin.')).toBeInTheDocument();
  expect(done).toEqual([['dismissal', undefined]]);
});
