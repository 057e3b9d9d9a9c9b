import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import { forgetTyped, typedStore } from '../../lib/typed';
import type { MeetingStatus } from './queries';
import { agendaItem, meeting } from './testdata';

beforeEach(() => forgetTyped());

/** Whether the second item's text is kept in the browser. */
const kept = async () => (await typedStore('nobody', 'm1').read()).has('item.i2');

const item = (no: number, title: string) =>
  agendaItem({
    id: `i${no}`,
    agendaNo: no,
    title: { fi: title, sv: '', en: '' },
    version: 3,
    permissions: ['meeting.edit'],
  });

function agenda(status: MeetingStatus) {
  const versions: (string | null)[] = [];
  let items = [item(1, 'Avaus'), item(2, 'Turha asia')];
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status, permissions: ['meeting.edit'] })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () => HttpResponse.json({ items, moved: [] })),
    http.get('*/api/v1/posts', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    http.put('*/api/v1/agenda-items/i2', () => HttpResponse.error()),
    http.post('*/api/v1/agenda-items/i2/removal', ({ request }) => {
      versions.push(request.headers.get('If-Match'));
      items = items.slice(0, 1);
      return HttpResponse.json({ items, moved: [] });
    }),
  );
  return versions;
}

it('takes an item off the agenda after a question that names it', async () => {
  const versions = agenda('draft');
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1?item=i2');
  await user.click(await screen.findByRole('button', { name: 'Poista asia' }));
  const question = await screen.findByRole('dialog');
  expect(question).toHaveTextContent('Asia 2: Turha asia');
  await user.click(within(question).getByRole('button', { name: 'Peruuta' }));
  expect(versions).toEqual([]);

  await user.type(screen.getByLabelText('Otsikko'), '!');
  await waitFor(async () => expect(await kept()).toBe(true));
  await user.click(screen.getByRole('button', { name: 'Poista asia' }));
  await user.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: 'Poista asia' }),
  );
  expect(
    await screen.findByText('Poistettu esityslistalta. Asia 2: Turha asia.'),
  ).toBeInTheDocument();
  expect(versions).toEqual(['"3"']);
  await waitFor(() => expect(screen.queryByText('Turha asia')).not.toBeInTheDocument());
  await waitFor(async () => expect(await kept()).toBe(false));
});

it('offers no removal once the meeting has begun', async () => {
  agenda('in_progress');
  renderAt('/fi/meetings/m1?item=i2');
  expect(await screen.findByLabelText('Käsittely')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Poista asia' })).not.toBeInTheDocument();
});
