import { fi } from '../../src/i18n/fi';
import { expect, test } from '../fixtures';

test('the front page loads little, and the rest when it is used', async ({ visit }) => {
  const page = await visit(null);
  await page.goto('/fi', { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const scripts = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.endsWith('.js'))
      .map(({ name, encodedBodySize, decodedBodySize }) => ({
        name: name.split('/').at(-1) ?? '',
        size: encodedBodySize,
        packed: encodedBodySize < decodedBodySize,
      })),
  );
  const size = scripts.reduce((sum, script) => sum + script.size, 0);
  expect(scripts.filter(({ name }) => /^fi-/.test(name))).toEqual([]);
  expect(scripts.filter(({ packed, size }) => !packed && size > 1000)).toEqual([]);
  expect(size).toBeGreaterThan(50_000);
  expect(size).toBeLessThan(180_000);

  await page.getByRole('link', { name: fi.pages.chains, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: fi.chains.title })).toBeVisible();
});
