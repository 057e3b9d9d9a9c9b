import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './JobsPage'; // loaded from the start: the first test does not wait for it
import { anonymous } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { Job } from './queries';

function job(kind: Job['kind'], part: Partial<Job> = {}): Job {
  return {
    kind,
    health: 'well',
    everySeconds: 10,
    running: 0,
    last: {
      no: 1,
      attempt: 1,
      beganAt: '2026-11-23T06:05:00Z',
      endedAt: '2026-11-23T06:05:00Z',
      outcome: 'done',
    },
    doneAt: '2026-11-23T06:05:00Z',
    nextAt: '2026-11-23T06:05:10Z',
    failures: [],
    waiting: 0,
    troubled: 0,
    permissions: ['job.run'],
    ...part,
  };
}

const failure = {
  no: 4711,
  attempt: 2,
  beganAt: '2026-11-23T06:04:00Z',
  endedAt: '2026-11-23T06:04:00Z',
  outcome: 'failed',
  cause: 'database',
  detail: '53300',
} as const;

/** To somebody with the permissions; returns which work was asked to run. */
function serve(items: Job[], permissions = ['job.read', 'job.run']) {
  const asked: string[] = [];
  const jobs = { at: '2026-11-23T06:05:05Z', items };
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true, permissions }))),
    http.get('*/api/v1/jobs', () => HttpResponse.json(jobs)),
    http.post('*/api/v1/jobs/:kind/runs', ({ params }) => {
      asked.push(String(params.kind));
      return HttpResponse.json(jobs);
    }),
  );
  return asked;
}

const row = (name: RegExp) => screen.findByRole('row', { name });

it('tells of each work how it went and when it runs next', async () => {
  serve([
    job('outbox_drain'),
    job('mail_deliver', {
      everySeconds: undefined,
      by: 'outbox_drain',
      nextAt: undefined,
      health: 'troubled',
      waiting: 3,
      waitingSince: '2026-11-23T05:00:00Z',
      troubled: 2,
    }),
    job('mail_sweep', { everySeconds: 3600, health: 'unseen', last: undefined, doneAt: undefined }),
  ]);
  const { container } = renderAt('/fi/admin/jobs');
  const drain = await row(/Viestien poiminta/);
  expect(drain).toHaveTextContent('10 sekunnin välein');
  expect(drain).toHaveTextContent('Kunnossa');
  expect(drain).toHaveTextContent('Onnistui 23.11.2026');
  expect(drain).toHaveTextContent('Noin 23.11.2026');
  const deliver = await row(/Viestien lähettäminen/);
  expect(deliver).toHaveTextContent('3 viestiä odottaa');
  expect(within(deliver).getByRole('link')).toHaveAttribute('href', '/fi/admin/mails?state=failed');
  expect(await row(/Vanhojen tekstien/)).toHaveTextContent('Ei ole vielä ajettu');
  expect(screen.getByText('Vaatii huomiota: Viestien lähettäminen.')).toBeVisible();
  const { violations } = await axe.run(container);
  expect(violations.map(({ id }) => id)).toEqual([]);
});

it('makes a failing work stand out, with its cause in words and the number in the log', async () => {
  serve([job('digests_look', { health: 'failing', last: failure, failures: [failure] })]);
  const user = userEvent.setup();
  const { container } = renderAt('/fi/admin/jobs');
  const line = await row(/Koosteiden ajankohdat/);
  expect(line).toHaveTextContent('Tietokanta ei vastannut tai esti ajon (tietokannan koodi 53300)');
  expect(line).toHaveTextContent('Onnistui viimeksi');
  await user.click(screen.getByRole('button', { name: /^Näytä 1 virhe/ }));
  expect(screen.getByText('Lokin työ 4711, yritys 2')).toBeVisible();
  const { violations } = await axe.run(container);
  expect(violations.map(({ id }) => id)).toEqual([]);
});

it('lets an administrator run a work now, and says that it was put into the queue', async () => {
  const asked = serve([job('outbox_drain'), job('digest_make', { permissions: [] })]);
  const user = userEvent.setup();
  renderAt('/fi/admin/jobs');
  await user.click(await screen.findByRole('button', { name: 'Suorita nyt: Viestien poiminta' }));
  expect(await screen.findByText(/Työ pantiin jonoon: Viestien poiminta/)).toBeVisible();
  expect(asked).toEqual(['outbox_drain']);
  expect(screen.queryByRole('button', { name: /Koosteiden kokoaminen/ })).not.toBeInTheDocument();
});

it('says why a work could not be put into the queue', async () => {
  serve([job('outbox_drain')]);
  server.use(
    http.post('*/api/v1/jobs/:kind/runs', () =>
      HttpResponse.json(
        { status: 503, code: 'unavailable' },
        { status: 503, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  const user = userEvent.setup();
  renderAt('/fi/admin/jobs');
  await user.click(await screen.findByRole('button', { name: 'Suorita nyt: Viestien poiminta' }));
  expect(await screen.findByText('Työtä ei voitu panna jonoon')).toBeVisible();
});

it('shows an auditor everything and no button, and others nothing', async () => {
  serve([job('outbox_drain', { permissions: [] })], ['job.read']);
  const { unmount } = renderAt('/fi/admin/jobs');
  expect(await row(/Viestien poiminta/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /Suorita/ })).not.toBeInTheDocument();
  expect(screen.getByText('Kaikki työt kulkevat.')).toBeVisible();
  unmount();
  serve([], []);
  renderAt('/fi/admin/jobs');
  expect(await screen.findByText('Sivu on pääkäyttäjille ja auditoijille')).toBeVisible();
});
