import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { anonymous, parties } from '../test/builders';
import { renderAt } from '../test/render';
import { server } from '../test/server';

const permissions = [
  'grant.read',
  'mail.read',
  'mail_template.read',
  'decision_feed.read',
  'job.read',
  'audit.read',
];

/** The server knows who asks, and fails at everything else. */
function failing() {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json(anonymous({ signedIn: true, hasRole: true, permissions })),
    ),
    http.get('*/api/v1/parties', () =>
      HttpResponse.json({
        items: parties().map((party) => ({ ...party, permissions: ['mail_template.read'] })),
      }),
    ),
    http.all('*/api/v1/*', () =>
      HttpResponse.json(
        { status: 500, code: 'internal', title: 'Internal Server Error' },
        { status: 500, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
}

it.each([
  ['', 'Kokonaiskuva'],
  ['/goals', 'Tavoitteet'],
  ['/goals/3', 'Tavoite 3'],
  ['/chains', 'Palveluketjut'],
  ['/chains/c1', 'Palveluketju'],
  ['/chains/c1/guide', 'Palveluketju'],
  ['/handovers', 'Siirtymät'],
  ['/gaps', 'Missä ketju katkeaa?'],
  ['/drafts/d1', 'Luonnos'],
  ['/forums', 'Foorumit'],
  ['/forums/f1', 'Foorumit'],
  ['/forums/f1/import', 'Tuo pidetty kokous'],
  ['/forums/f1/year', 'Vuoden kokoukset'],
  ['/cases/espoo/1/2026', 'Asian käsittelyt: 1/2026'],
  ['/open-loops', 'Foorumien avoimet asiat'],
  ['/meetings/m1', 'Kokous'],
  ['/meetings/m1/show', 'Näkymä kokoukselle'],
  ['/between?of=%2Fgoals', 'Mitä muuttui kahden päivän välillä'],
  ['/transparency/log', 'Loki'],
  ['/plan', 'Suunnitelma'],
  ['/organisation', 'Organisaatio'],
  ['/radar', 'Vastuuaukot'],
  ['/freshness', 'Tuoreus'],
  ['/my-details', 'Omat tietoni'],
  ['/api-tokens', 'Rajapintatunnukset'],
  ['/admin/access', 'Käyttöoikeudet'],
  ['/admin/mails', 'Lähetetyt viestit'],
  ['/admin/decision-feeds', 'Päätöspalvelut'],
  ['/admin/jobs', 'Ajastetut työt'],
  ['/admin/mail-texts', 'Viestien tekstit'],
  ['/actions', 'Toimenpiteet'],
  ['/actions/7', 'Toimenpide 7'],
  ['/actions/7/edit', 'Muokkaa toimenpidettä 7'],
  ['/responsibilities', 'Vastuut'],
])('keeps the heading of %s when the server fails', async (path, name) => {
  failing();
  renderAt(`/fi${path}`);
  expect((await screen.findAllByText('Tietoja ei saatu'))[0]).toBeVisible();
  expect(screen.getAllByRole('heading', { level: 1 }).map((h) => h.textContent)).toEqual([name]);
});

it.each(['/admin/access', '/admin/mails', '/admin/decision-feeds', '/admin/jobs'])(
  'keeps the heading of %s when it is not known who asks',
  async (path) => {
    failing();
    server.use(http.get('*/api/v1/me', () => HttpResponse.error()));
    renderAt(`/fi${path}`);
    expect((await screen.findAllByText('Tietoja ei saatu'))[0]).toBeVisible();
    expect(screen.getByRole('heading', { level: 1 })).toBeVisible();
  },
);
