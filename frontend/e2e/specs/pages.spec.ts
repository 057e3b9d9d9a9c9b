import { expect, expectAccessible, expectNoSidewaysScroll, langs, people, test } from '../fixtures';
import { idsOf, pages, routesOfSite } from '../visits';

test('every route of the site is looked at here', () => {
  const routes = routesOfSite().map(({ route }) => route);
  expect([...new Set(routes)].sort()).toEqual(Object.keys(pages).sort());
});

for (const [route, visits] of Object.entries(pages)) {
  for (const [n, { who, at }] of visits.entries()) {
    test(`${route}, visit ${n + 1} for ${who ?? 'the public'}, is accessible in every language, and narrow`, async ({
      shared,
      visit,
    }) => {
      const ids = await idsOf(shared.url);
      const page = await visit(who ? people[who] : null);
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      const path = await at(ids, page);
      for (const lang of langs) {
        await page.setViewportSize({ width: 1440, height: 900 });
        // The page is opened once and its language switched there, as readers do; the view for
        // the room has no links and is opened anew.
        const other = page.locator(`.langs:not(.full) a[hreflang="${lang}"]`);
        if (lang !== langs[0] && (await other.count()) > 0) await other.click();
        else await page.goto(`/${lang}${path}`);
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await page.waitForLoadState('networkidle');
        await expectAccessible(page, lang === langs[0]);
        await expectNoSidewaysScroll(page);
        await page.setViewportSize({ width: 390, height: 844 });
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        // What a narrow window changes is the same in all languages, but for how wide words are.
        if (lang === langs[0]) await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      }
      expect(errors).toEqual([]);
      await page.close();
    });
  }
}
