import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './MeetingPage'; // loaded from the start: the first test does not wait for it
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Paper } from './papers';
import { agendaItem, meeting } from './testdata';

/** A meeting that goes on, and how often its paper was asked for. */
function running(permissions: ('meeting.record' | 'meeting.edit')[]) {
  let asked = 0;
  let missing: Paper['missing'] = {
    fi: [],
    sv: [{ agendaItemId: 'i1', agendaNo: 1, part: 'decision' }],
  };
  server.use(
    http.get('*/api/v1/meetings/m1', () =>
      HttpResponse.json(meeting({ status: 'in_progress', papers: true, permissions })),
    ),
    http.get('*/api/v1/meetings/m1/agenda-items', () =>
      HttpResponse.json({ items: [agendaItem({})], moved: [] }),
    ),
    http.get('*/api/v1/meetings/m1/changes-since-call', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/legal-bases', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/meetings/m1/paper', () => {
      asked += 1;
      return HttpResponse.json({ missing } as Paper);
    }),
  );
  return {
    asked: () => asked,
    translated: () => {
      missing = { fi: [], sv: [] };
    },
  };
}

it('asks for the paper of a meeting that goes on only when somebody wants what is missing', async () => {
  const server = running(['meeting.record', 'meeting.edit']);
  const user = userEvent.setup();
  renderAt('/fi/meetings/m1');
  expect(await screen.findByRole('link', { name: 'Avaa asiakirja' })).toHaveAttribute(
    'href',
    '/fi/meetings/m1/paper',
  );
  expect(screen.getByRole('link', { name: 'Lataa DOCX' })).toHaveAttribute(
    'href',
    '/api/v1/meetings/m1/paper/docx?lang=fi&version=internal',
  );
  expect(server.asked()).toBe(0);
  const more = screen.getByText('Puuttuvat käännökset');
  await user.click(more);
  expect(await screen.findByText('1 kohdasta puuttuu ruotsinkielinen teksti.')).toBeVisible();
  expect(screen.getByText('Asia 1, Päätös')).toBeVisible();
  expect(server.asked()).toBe(1);

  // What is asked again tells what is so now.
  server.translated();
  await user.click(more);
  await user.click(more);
  expect(await screen.findByText('Käännöksiä ei puutu.')).toBeVisible();
});

it('offers members the paper of a meeting that goes on, but not the secretary’s list', async () => {
  const server = running([]);
  renderAt('/fi/meetings/m1');
  expect(await screen.findByRole('link', { name: 'Avaa asiakirja' })).toBeVisible();
  expect(screen.queryByText('Puuttuvat käännökset')).not.toBeInTheDocument();
  expect(server.asked()).toBe(0);
});
