import {
  test as base,
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import axe, { type AxeResults } from 'axe-core';
import { type Made, makeData, type Product, startProduct } from './product';

export { expect };

export type Lang = 'fi' | 'sv' | 'en';
export const langs: readonly Lang[] = ['fi', 'sv', 'en'];

/** Accounts of the demo that the tests use, by who they are. */
export const people = {
  luvnSecretary: { party: 'luvn', subject: 'luvn-forum-secretary' },
  espooSecretary: { party: 'espoo', subject: 'esp-forum-secretary' },
  /** With Espoo's coordinator secretary of the steering group. */
  luvnParticipation: { party: 'luvn', subject: 'luvn-participation-spec' },
  mhsaChair: { party: 'luvn', subject: 'luvn-mhsa-head' },
  espooCoordinator: { party: 'espoo', subject: 'esp-wellbeing-coord' },
  luvnCoordinator: { party: 'luvn', subject: 'luvn-hyte-coord' },
  espooYouthHead: { party: 'espoo', subject: 'esp-youth-head' },
  espooAuditor: { party: 'espoo', subject: 'esp-auditor' },
  luvnAuditor: { party: 'luvn', subject: 'luvn-auditor' },
  espooAdministrator: { party: 'espoo', subject: 'esp-administrator' },
  luvnFamilyHead: { party: 'luvn', subject: 'luvn-family-head' },
  withoutRole: { party: 'espoo', subject: 'esp-former-sports-head' },
} as const;
export type Person = { party: string; subject: string };

/** The demo's accounts by the Finnish title of their post. */
const accounts: Record<string, Person | undefined> = {
  'Mielenterveys- ja päihdepalvelujen palvelupäällikkö': people.mhsaChair,
  Hyvinvointikoordinaattori: people.espooCoordinator,
  Nuorisopalvelupäällikkö: people.espooYouthHead,
  'Työllisyyspalvelujen päällikkö': { party: 'espoo', subject: 'esp-employment-head' },
  Kulttuuripäällikkö: { party: 'espoo', subject: 'esp-culture-head' },
  'Asiakasohjauksen päällikkö': { party: 'luvn', subject: 'luvn-guidance-head' },
  'Ehkäisevän päihdetyön koordinaattori': { party: 'luvn', subject: 'luvn-prevention-coord' },
  Osallisuusasiantuntija: people.luvnParticipation,
  Liikuntapalvelupäällikkö: { party: 'espoo', subject: 'esp-sports-head' },
  Hallintosihteeri: people.luvnSecretary,
};

/** Who holds the post of that Finnish title in the demo. */
export function personOf(title: string): Person {
  const person = accounts[title];
  if (!person) throw new Error(`no account for ${title}`);
  return person;
}

/** A browser session of one person, or of the public, on one product. */
export async function open(
  browser: Browser,
  url: string,
  person: Person | null,
  lang: Lang,
  size: { width: number; height: number } = { width: 1440, height: 900 },
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: size });
  const page = await context.newPage();
  if (person) await signIn(page, person, lang);
  return page;
}

/** Signs in through the party's identity provider as a person would. */
export async function signIn(page: Page, person: Person, lang: Lang): Promise<void> {
  await page.goto(`/auth/${person.party}/login?returnTo=/${lang}`);
  await page.locator(`button[name="account"][value="${person.subject}"]`).click();
  await page.waitForURL(new RegExp(`/${lang}([?/]|$)`));
}

/** Moves on with the Tab key until something has the focus; fails where it never gets it. */
export async function tabTo(page: Page, target: Locator, back = false): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 400; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`the Tab key never reached ${String(target)}`);
}

/** Presses something from the keyboard alone: the Tab key comes to it, Enter presses it. */
export async function press(page: Page, target: Locator, back = false): Promise<void> {
  await tabTo(page, target, back);
  await page.keyboard.press('Enter');
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Fails the test with what axe finds on the page; without looking at colours if they were looked
 * at in another language, since no colour follows from a text. The site has no frames, so axe runs once in the
 * page itself and tells only what is wrong: a fifth of the time that its wrapper takes.
 */
export async function expectAccessible(page: Page, colours = true): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  expect(await page.locator('iframe, frame').count(), 'frames are not looked into').toBe(0);
  const violations = await page.evaluate(
    async ([values, enabled]) => {
      const here = (window as unknown as { axe: typeof axe }).axe;
      const found: AxeResults = await here.run({
        runOnly: { type: 'tag', values },
        rules: enabled ? {} : { 'color-contrast': { enabled: false } },
        resultTypes: ['violations'],
      });
      return found.violations;
    },
    [rules, colours] as const,
  );
  const lines = violations.map(
    (v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.target.join(' ')).join('\n  ')}`,
  );
  expect(lines, `axe on ${page.url()}`).toEqual([]);
}

/** Fails the test if the page scrolls sideways, once it has taken the width of its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      { message: `sideways scroll on ${page.url()}` },
    )
    .toBeLessThanOrEqual(0);
}

interface Fixtures {
  /** A product of this test's own, for tests that change data. */
  own: Product;
}
interface WorkerFixtures {
  /** The product that the tests of one worker share and only read. */
  shared: Product;
  /** The demo data from which products of a test's own are made. */
  made: Made;
  /**
   * Opens a page of the shared product as somebody who stays signed in, so that only the first
   * page of each person waits for the sign-in and the site's files.
   */
  visit: (person: Person | null) => Promise<Page>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  shared: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const product = await startProduct();
      await use(product);
      await product.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  visit: [
    async ({ browser, shared }, use) => {
      const contexts = new Map<string, BrowserContext>();
      await use(async (person) => {
        const key = person?.subject ?? '';
        const known = contexts.get(key);
        if (known) return known.newPage();
        const page = await open(browser, shared.url, person, 'fi');
        contexts.set(key, page.context());
        return page;
      });
      for (const context of contexts.values()) await context.close();
    },
    { scope: 'worker' },
  ],
  made: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const made = await makeData();
      await use(made);
      await made.remove();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  own: async ({ made }, use) => {
    const product = await made.start();
    await use(product);
    await product.stop();
  },
});
