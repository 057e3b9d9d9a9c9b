import type { Page, Route } from '@playwright/test';
import { expect, people, test } from '../fixtures';

// What people typed, and what stands in every text field of every answer, is shown as text: it runs
// nothing and makes no element. The answers are changed on their way, so that no field is forgotten.

const payload =
  '"><img src=x onerror="window.ran=1"><script>window.ran=1</script><a href="javascript:window.ran=1">x</a>{{7*7}}';

/** Keys whose values are words of people and not of a closed list. */
const typed =
  /^(fi|sv|en|name|title|text|label|reason|summary|detail|purpose|body|place|location|why|note|caption|quote|words?)$/;

/** What such a key holds of a closed list all the same: why something is one's work. */
const listed = /^[a-z]+(_[a-z]+)*$/;

function spoil(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => spoil(one, key));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoil(one, name)]));
  }
  const closed = key === 'reason' && listed.test(String(value));
  return typeof value === 'string' && value !== '' && typed.test(key) && !closed
    ? `${value} ${payload}`
    : value;
}

async function change(route: Route): Promise<void> {
  if (route.request().resourceType() === 'eventsource') return route.continue();
  const answer = await route.fetch();
  if (!answer.headers()['content-type']?.includes('json'))
    return route.fulfill({ response: answer });
  await route.fulfill({ response: answer, json: spoil(await answer.json()) });
}

/** What the payload would have made if it had been taken for more than text. */
const made = (page: Page) =>
  page.evaluate(() => ({
    ran: 'ran' in window,
    images: document.querySelectorAll('img[src="x"]').length,
    handlers: document.querySelectorAll('[onerror], [onload], [onclick]').length,
    links: document.querySelectorAll('a[href^="javascript:" i]').length,
    scripts: [...document.scripts].filter(({ text }) => text.includes('window.ran')).length,
    shown: document.body.innerText.includes('onerror="window.ran=1"'),
  }));

const nothing = { ran: false, images: 0, handlers: 0, links: 0, scripts: 0, shown: true };

test('what people typed is shown and never run', async ({ visit }) => {
  const page = await visit(people.espooCoordinator);
  await page.route('**/api/v1/**', change);
  for (const path of [
    '',
    '/goals/3',
    '/actions/9',
    '/chains',
    '/organisation',
    '/my-work',
    '/search?q=perhe',
  ]) {
    await page.goto(`/fi${path}`);
    await expect(page.locator('main')).toContainText('onerror="window.ran=1"');
    expect(await made(page), path).toEqual(nothing);
  }
  await page.unrouteAll({ behavior: 'wait' }); // answers that are on their way are passed on first

  // As it is typed: in the search box and in its list, and in an address.
  await page.goto('/fi');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const box = page.locator('[data-search]').first();
  await box.fill(payload);
  await box.press('Enter');
  await page.waitForURL(/\/search/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect({ ...(await made(page)), shown: true }).toEqual(nothing);
  for (const path of [
    `/actions?q=${encodeURIComponent(payload)}`,
    `/${encodeURIComponent(payload)}`,
    `/sign-in?error=${encodeURIComponent(payload)}&returnTo=javascript:window.ran=1`,
  ]) {
    await page.goto(`/fi${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect({ ...(await made(page)), shown: true }, path).toEqual(nothing);
  }
});
