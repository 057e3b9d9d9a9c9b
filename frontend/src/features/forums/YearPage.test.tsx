import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './YearPage'; // loaded from the start: the first test does not wait for it
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { forum, text } from './testdata';
import type { MeetingTemplate, SeriesDay } from './yearQueries';

const template: MeetingTemplate = {
  id: 't1',
  forumId: 'f1',
  title: text(''),
  place: text('Perhekeskus'),
  frequency: 'monthly',
  weekday: 2,
  week: 2,
  every: 4,
  months: [1, 2, 3],
  startsAt: '13:00',
  durationMinutes: 60,
  items: [{ kind: 'item', title: text('Tilannekatsaus'), minutesReserved: 75 }],
  visibility: 'public',
  version: 5,
  updatedAt: '2026-11-01T06:00:00Z',
  permissions: [],
};

const held = (id: string, number: number, startsAt: string) => ({
  id,
  number,
  year: 2027,
  startsAt,
  endsAt: startsAt,
  status: 'draft' as const,
});

const days: SeriesDay[] = [
  {
    on: '2027-01-05',
    date: '2027-01-07',
    state: 'missing',
    number: 2,
    year: 2027,
    skipped: [{ on: '2027-01-06', holiday: text('loppiainen') }],
  },
  { on: '2027-02-09', date: '2027-02-09', state: 'missing', number: 3, year: 2027, skipped: [] },
  {
    on: '2027-03-09',
    date: '2027-03-09',
    state: 'near',
    number: 4,
    year: 2027,
    skipped: [],
    meeting: held('m-near', 9, '2027-03-11T11:00:00Z'),
  },
  {
    on: '2027-04-13',
    date: '2027-04-13',
    state: 'made',
    skipped: [],
    meeting: held('m-made', 1, '2027-04-13T10:00:00Z'),
  },
];

interface Sent {
  ifMatch: string | null;
  body: unknown;
}

const problem = (status: number, body: object) =>
  HttpResponse.json(
    { status, ...body },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );

/** The page of the forum's secretary; the template is missing where none is given. */
function serve(existing: MeetingTemplate | undefined, permissions = ['meeting.create']) {
  const sent: Sent[] = [];
  server.use(
    http.get('*/api/v1/forums/f1', () => HttpResponse.json(forum({ permissions }))),
    http.get('*/api/v1/forums/f1/meeting-template', () =>
      existing ? HttpResponse.json(existing) : problem(404, { code: 'meeting_template_not_found' }),
    ),
    http.get('*/api/v1/forums/f1/series', () =>
      HttpResponse.json({ year: 2027, templateVersion: 5, days }),
    ),
    http.post('*/api/v1/forums/f1/series', async ({ request }) => {
      sent.push({ ifMatch: request.headers.get('If-Match'), body: await request.json() });
      return HttpResponse.json({ meetings: [held('m-new', 2, '2027-01-07T11:00:00Z')] });
    }),
  );
  return sent;
}

const row = async (name: RegExp) => screen.findByRole('row', { name });

it('tells what each day of the year becomes, before anything is made', async () => {
  serve(template);
  renderAt('/fi/forums/f1/year');
  expect(await row(/7\.1\.2027/)).toHaveTextContent(/2\/2027.*loppiainen/);
  expect(await row(/9\.2\.2027/)).toHaveTextContent('3/2027');
  expect(await row(/9\.3\.2027/)).toHaveTextContent(/Lähellä on jo kokous 9\/2027, 11\.3\.$/);
  expect(await row(/13\.4\.2027/)).toHaveTextContent('Kokous on jo tehty.');
  expect(screen.queryByRole('checkbox', { name: /13\.4\.2027/ })).not.toBeInTheDocument();
  expect(screen.getByText('Tilannekatsaus').closest('dd')).toHaveTextContent(
    '75 min, 15 min enemmän kuin kokous kestää',
  );
});

it('makes the days that are chosen, of the template that was shown', async () => {
  const sent = serve(template);
  const user = userEvent.setup();
  renderAt('/fi/forums/f1/year');
  await user.click(await screen.findByRole('checkbox', { name: /9\.2\.2027/ }));
  await user.click(screen.getByRole('checkbox', { name: /9\.3\.2027/ }));
  expect(await row(/9\.2\.2027/)).toHaveTextContent('–');
  await user.click(screen.getByRole('button', { name: 'Tee 2 luonnosta' }));
  expect(await screen.findByText('Yksi kokous tehtiin luonnoksena.')).toBeInTheDocument();
  expect(sent).toEqual([
    { ifMatch: '"5"', body: { year: 2027, days: ['2027-01-05', '2027-03-09'] } },
  ]);
});

it('keeps the choice when the server makes nothing', async () => {
  serve(template);
  server.use(http.post('*/api/v1/forums/f1/series', () => problem(412, { code: 'stale_version' })));
  const user = userEvent.setup();
  renderAt('/fi/forums/f1/year');
  await user.click(await screen.findByRole('checkbox', { name: /9\.2\.2027/ }));
  await user.click(screen.getByRole('button', { name: 'Tee 1 luonnos' }));
  expect(await screen.findByText('Kokouksia ei tehty')).toBeVisible();
  expect(screen.getByRole('checkbox', { name: /9\.2\.2027/ })).not.toBeChecked();
  expect(screen.getByRole('checkbox', { name: /7\.1\.2027/ })).toBeChecked();
});

it('asks for the first template, and keeps what was typed when it is refused', async () => {
  serve(undefined);
  const written: unknown[] = [];
  server.use(
    http.post('*/api/v1/forums/f1/meeting-template', async ({ request }) => {
      written.push(await request.json());
      return problem(422, {
        code: 'validation_failed',
        errors: [{ pointer: '/months', code: 'required' }],
      });
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/forums/f1/year');
  const form = await screen.findByRole('form', { name: 'Kokouspohja' });
  const place = within(form).getByRole('group', { name: 'Paikka' });
  await user.type(within(place).getByLabelText('Suomeksi'), 'Virastotalo');
  await user.click(within(form).getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText('Tallennus ei onnistunut')).toBeVisible();
  expect(
    within(form).getByRole('group', { name: 'Kuukaudet, joina kokoonnutaan' }),
  ).toHaveTextContent('Tieto puuttuu.');
  expect(screen.getByDisplayValue('Virastotalo')).toBeVisible();
  expect(written).toMatchObject([{ place: text('Virastotalo'), months: [], startsAt: '13:00' }]);
});

it('shows headings over the items that they group, and only items have numbers', async () => {
  serve({
    ...template,
    items: [
      { kind: 'heading', title: text('Alkutoimet') },
      { kind: 'item', title: text('Avaus'), minutesReserved: 5 },
      { kind: 'heading', title: text('Asiat') },
      { kind: 'item', title: text('Tilannekatsaus'), minutesReserved: 20 },
    ],
  });
  renderAt('/fi/forums/f1/year');
  const list = (await screen.findByText('Alkutoimet')).closest('ol') as HTMLElement;
  const rows = within(list).getAllByRole('listitem');
  expect(rows.map((each) => [each.textContent, each.getAttribute('value')])).toEqual([
    ['Alkutoimet', null],
    ['Avaus5 min', '1'],
    ['Asiat', null],
    ['Tilannekatsaus20 min', '2'],
  ]);
});

it('puts a heading among the items, with a title only', async () => {
  const other = { kind: 'item' as const, title: text('Muut asiat') };
  serve({ ...template, items: [...template.items, other] });
  const written: unknown[] = [];
  server.use(
    http.put('*/api/v1/forums/f1/meeting-template', async ({ request }) => {
      written.push(request.headers.get('If-Match'), await request.json());
      return HttpResponse.json({ ...template, version: 6 });
    }),
  );
  const user = userEvent.setup();
  renderAt('/fi/forums/f1/year');
  await user.click(await screen.findByRole('button', { name: 'Muokkaa kokouspohjaa' }));
  const form = within(await screen.findByRole('form', { name: 'Kokouspohja' }));
  await user.click(form.getByRole('button', { name: 'Lisää väliotsikko' }));
  const heading = form.getByRole('group', { name: 'Väliotsikko 1' });
  await user.type(within(heading).getByLabelText('Suomeksi'), 'Lopuksi');
  expect(form.getAllByLabelText(/Varattu aika/)).toHaveLength(2);
  await user.click(form.getByRole('button', { name: 'Siirrä väliotsikko 1 ylemmäs' }));
  expect(form.getAllByRole('group', { name: /^(Vakioasia|Väliotsikko) \d/ })).toEqual([
    form.getByRole('group', { name: /^Vakioasia 1/ }),
    form.getByRole('group', { name: /^Väliotsikko 1/ }),
    form.getByRole('group', { name: /^Vakioasia 2/ }),
  ]);
  await user.click(form.getByRole('button', { name: 'Tallenna' }));
  expect(
    await screen.findByText('Kokouspohja tallennettiin. Jo tehdyt kokoukset eivät muuttuneet.'),
  ).toBeInTheDocument();
  expect(written).toMatchObject([
    '"5"',
    {
      items: [
        { kind: 'item', title: text('Tilannekatsaus'), minutesReserved: 75 },
        { kind: 'heading', title: text('Lopuksi') },
        { kind: 'item', title: text('Muut asiat') },
      ],
    },
  ]);
});

it('is for the secretary', async () => {
  serve(template, []);
  renderAt('/fi/forums/f1/year');
  expect(await screen.findByText('Vuoden kokoukset suunnittelee foorumin sihteeri.')).toBeVisible();
});
