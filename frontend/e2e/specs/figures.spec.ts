import type { Page } from '@playwright/test';
import { fi } from '../../src/i18n/fi';
import { sv } from '../../src/i18n/sv';
import { expect, expectAccessible, open, people, test } from '../fixtures';

/** The lists to which figures lead; each says above its rows how many there are. */
const lists = 'goals|actions|gaps|handovers|changes|open-loops|responsibilities/list';

interface Figure {
  href: string;
  text: string;
  count: number;
}

/** The links of the page with a number in them that lead to a list. */
async function figuresOf(page: Page): Promise<Figure[]> {
  const links = await page
    .locator('main a:not([download])')
    .evaluateAll((all) =>
      all.map((link) => ({ href: link.getAttribute('href') ?? '', text: link.textContent })),
    );
  const figures = links.flatMap(({ href, text }): Figure[] => {
    const number = /\d[\d\u00a0]*/.exec(text)?.[0].replaceAll('\u00a0', '');
    return number && new RegExp(`^/fi/(${lists})(\\?|$)`).test(href)
      ? [{ href, text, count: Number(number) }]
      : [];
  });
  return figures.filter(({ href }, index) => figures.findIndex((f) => f.href === href) === index);
}

/** Follows each figure, and counts what it finds there. */
async function followAll(page: Page, figures: readonly Figure[], from: string) {
  const wrong: string[] = [];
  for (const { href, text, count } of figures) {
    await page.locator(`main a[href="${href}"]`).first().click();
    await page.waitForURL((url) => url.pathname + url.search === href);
    const told = page.locator('.filters b[role="status"]');
    await expect(told).toHaveText(/\d/);
    await page.waitForLoadState('networkidle');
    const found = Number((await told.textContent())?.replace(/\D/g, ''));
    if (found !== count) wrong.push(`${text} (${href}): ${found}`);
    await page.goBack();
    await page.waitForURL((url) => url.pathname + url.search === from);
    await expect(page.locator('.ov-fresh')).toBeVisible();
  }
  expect(wrong).toEqual([]);
}

for (const [from, who, least] of [
  ['/fi', null, 25],
  ['/fi', 'luvnCoordinator', 25],
  ['/fi?by=chain', null, 40],
  ['/fi?by=party', null, 40],
] as const) {
  test(`every figure of ${from} for ${who ?? 'the public'} is the number of rows that it leads to`, async ({
    visit,
  }) => {
    test.slow();
    const page = await visit(who ? people[who] : null);
    await page.goto(from);
    await expect(page.locator('.ov-fresh')).toBeVisible();
    if (from.includes('by=')) await expect(page.locator('.ov-groups')).toBeVisible();
    await page.waitForLoadState('networkidle');
    const figures = await figuresOf(page);
    expect(figures.length).toBeGreaterThanOrEqual(least);
    await followAll(page, figures, from);
    await page.close();
  });
}

test('the answer stands on one screen, and the page on two sheets of A4', async ({ visit }) => {
  const page = await visit(null);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/fi');
  await expect(page.locator('.gt-t tbody').first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  for (const part of ['.lead', '.kk-leg', '.gt-t thead', '.gt-t tbody tr']) {
    const box = await page.locator(part).first().boundingBox();
    expect(box && box.y + box.height, part).toBeLessThanOrEqual(900);
  }
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(2);
  await page.close();
});

interface Told {
  goals: { no: number; title: { fi: string }; actions: { no: number }[] }[];
  lastDecisions: { text: { fi: string }; meeting: { id: string }; actions: { no: number }[] }[];
}

for (const [lang, t, size] of [
  ['fi', fi, { width: 1440, height: 900 }],
  ['sv', sv, { width: 390, height: 844 }],
] as const) {
  test(`the public walks from the overview to the decision behind an action of a goal, in ${lang}`, async ({
    browser,
    shared,
  }) => {
    const told = (await (await fetch(`${shared.url}/api/v1/overview`)).json()) as Told;
    const behind = told.lastDecisions.flatMap(({ text, meeting, actions }) =>
      actions.flatMap(({ no }) => {
        const goal = told.goals.find((one) => one.actions.some((action) => action.no === no));
        return goal ? [{ text: text.fi, meeting: meeting.id, action: no, goal }] : [];
      }),
    )[0];
    if (!behind) throw new Error('no last decision has an action of a goal of the plan');
    const { goal, action, meeting, text } = behind;

    const page = await open(browser, shared.url, null, lang, size);
    await page.goto(`/${lang}`);
    await expect(page.getByRole('heading', { level: 1, name: t.overview.title })).toBeVisible();
    await page.locator(`main a[href="/${lang}/goals/${goal.no}"]`).first().click();
    await page.waitForURL(`**/${lang}/goals/${goal.no}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await page.locator(`main a[href="/${lang}/actions/${action}"]`).first().click();
    await page.waitForURL(`**/${lang}/actions/${action}`);
    await expectAccessible(page);
    await page.locator(`main a[href*="/meetings/${meeting}"]`).first().click();
    await page.waitForURL(`**/meetings/${meeting}*`);
    // The words of the decision are Finnish in either language where no others were recorded.
    const decision = page.locator('main').getByText(text).first();
    if (lang === 'fi') await expect(decision).toBeVisible();
    await expect(
      page.getByRole('link', { name: new RegExp(t.meetings.outcomes.action(action)) }).first(),
    ).toBeVisible();
    await expectAccessible(page);
    await page.context().close();
  });
}
