import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page, Request } from '@playwright/test';
import { fi } from '../../src/i18n/fi';
import { formatDate } from '../../src/lib/dates';
import { expect, people, test } from '../fixtures';
import { idsOf, pages, routesOfSite, type Visit, type Who } from '../visits';

const day = '2026-11-16';
const date = formatDate(day, 'fi');

/** The reads of the contract that can show a past day. */
function readsOfDays(): RegExp[] {
  const contract = readFileSync(
    path.resolve(import.meta.dirname, '../../../api/openapi.yaml'),
    'utf8',
  );
  const paths = contract.slice(contract.indexOf('\npaths:')).split(/\n {2}(?=\/)/);
  return paths
    .filter((text) => /\n {4}get:/.test(text) && /name: asOf/.test(text))
    .map((text) => text.slice(0, text.indexOf(':')))
    .map((name) => new RegExp(`^/api/v1${name.replace(/\{\w+\}/g, '[^/]+')}$`));
}

/** A stream ends when its page goes, and tells nobody. */
const streams = (request: Request) => request.resourceType() === 'eventsource';

/** A window in which one goes from page to page as by links, with what it asks the server. */
async function follow(page: Page) {
  const asked: URL[] = [];
  const open = new Set<Request>(); // those that began before this window was followed are not in it
  let last = Date.now();
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!streams(request)) open.add(request);
    last = Date.now();
    if (url.pathname.startsWith('/api/')) asked.push(url);
    expect(request.method(), `${request.method()} ${url.pathname}`).toBe('GET');
  });
  const answered = (request: Request) => {
    open.delete(request);
    last = Date.now();
  };
  page.on('requestfinished', answered);
  page.on('requestfailed', answered);
  await page.goto(`/fi/components?asOf=${day}`);
  await page.waitForLoadState('networkidle'); // what the frame asks at first is of that page
  return async (to: string) => {
    asked.length = 0;
    last = Date.now(); // the page is about to ask
    await page.evaluate((address) => history.pushState(null, '', address), to);
    for (let before = 0; before !== last;) {
      await expect
        .poll(() => open.size === 0 && Date.now() - last > 250, {
          intervals: [50],
          timeout: 30_000,
        })
        .toBe(true);
      before = last;
      // On a busy machine what has come may not be drawn yet, and ask for more when it is.
      await page.evaluate(
        () =>
          new Promise<void>((done) => requestIdleCallback(() => requestIdleCallback(() => done()))),
      );
    }
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    return [...asked];
  };
}

/** The visit of a route that finds on a past day what it looks for. */
function visitOf(route: string): Visit {
  const visits = pages[route] ?? [];
  const found = visits.filter(({ at }) => at.length < 2).at(-1) ?? visits.at(-1);
  if (!found) throw new Error(`no visit of ${route}`);
  return found;
}

test('every page shows the day of the address, or says that it does not', async ({
  shared,
  visit,
}) => {
  const reads = readsOfDays();
  expect(reads.length).toBeGreaterThan(50);
  const ids = await idsOf(shared.url);
  const windows = new Map<Who, { page: Page; go: Awaited<ReturnType<typeof follow>> }>();

  for (const { route, past } of routesOfSite()) {
    if (route === 'views/$id') continue; // leads on to a list at once
    const { who, at } = visitOf(route);
    let window = windows.get(who);
    if (!window) {
      const page = await visit(who ? people[who] : null);
      window = { page, go: await follow(page) };
      windows.set(who, window);
    }
    const { page, go } = window;
    const to = new URL(`/fi${await at(ids, page)}`, shared.url);
    to.searchParams.set('asOf', day);
    const asked = await go(to.pathname + to.search);

    // Who is signed in, with the party, is of now.
    const ofDays = asked
      .filter(({ pathname }) => reads.some((read) => read.test(pathname)))
      .filter(({ pathname, search }) => !(who && pathname === '/api/v1/parties' && search === ''));
    const wrong = ofDays.filter(
      ({ searchParams }) => searchParams.get('asOf') !== (past === 'shown' ? day : null),
    );
    expect(wrong.map(String), `${route} asks for another day`).toEqual([]);

    const notice = page.locator('.past p');
    const words = {
      shown: fi.app.pastDay(date),
      now: fi.app.past.now(date),
      own: fi.app.past.own(date),
      none: fi.app.past.none(date),
    }[past];
    if (route === 'meetings/$id/show') await expect(page.getByText(words ?? '')).toBeVisible();
    else if (words) await expect(notice, route).toHaveText(words);
    else await expect(page.getByText(fi.app.past.noChangeWhy(date)), route).toBeVisible();

    // The day goes along to wherever a link of the site leads; signing in leads back to an address.
    if (route === 'sign-in') continue;
    const lost = await page
      .locator('a[href^="/fi"]')
      .evaluateAll((links) =>
        links
          .map((link) => link.getAttribute('href') ?? '')
          .filter((href) => !href.includes('asOf=')),
      );
    const back = to.pathname.replace(/\/$/, '');
    expect(
      lost.filter((href) => href.replace(/[?#].*/, '') !== back),
      `${route} loses the day`,
    ).toEqual([]);
  }
  for (const { page } of windows.values()) await page.close();
});
