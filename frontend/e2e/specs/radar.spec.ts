import { en } from '../../src/i18n/en';
import { fi } from '../../src/i18n/fi';
import { sv } from '../../src/i18n/sv';
import { type Product } from '../product';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  langs,
  open,
  people,
  test,
} from '../fixtures';

const texts = { fi, sv, en };
const post = {
  fi: 'Nuorisopalvelupäällikkö',
  sv: 'Chef för ungdomstjänster',
  en: 'Head of youth services',
};

test('a holder shows the own name, leaves, and a month later the radar shows the post', async ({
  browser,
  own,
}) => {
  test.setTimeout(300_000);
  const t = fi;

  // 1. The holder lets everybody know who they are, and the public sees it beside the post.
  const holder = await open(browser, own.url, people.espooYouthHead, 'fi');
  await holder.goto('/fi/my-details');
  const name = (await holder.request.get('/api/v1/me').then((r) => r.json())) as { name: string };
  await holder.getByRole('button', { name: t.profile.showIn(post.fi) }).click();
  await expect(holder.getByText(t.profile.isShown)).toBeVisible();
  const row = (page: typeof holder) =>
    page.locator('.org-posts > li').filter({ hasText: post.fi }).first();
  const reader = await open(browser, own.url, null, 'fi');
  await reader.goto('/fi/organisation');
  await expect(row(reader)).toContainText(name.name);
  await holder.getByRole('button', { name: t.profile.hideIn(post.fi) }).click();
  await expect(holder.getByText(t.profile.isHidden).first()).toBeVisible();
  await reader.reload();
  await expect(row(reader)).toBeVisible();
  await expect(row(reader)).not.toContainText(name.name);
  await reader.goto('/fi/radar?reason=left');
  await expect(reader.getByRole('heading', { level: 1, name: t.radar.title })).toBeVisible();
  await expect(reader.getByRole('link', { name: post.fi })).toHaveCount(0);

  // 2. The administrator ends the holding: everything that the post owns is shown first.
  const administrator = await open(browser, own.url, people.espooAdministrator, 'fi');
  await administrator.goto('/fi/organisation');
  await administrator.getByRole('button', { name: t.organisation.edit }).click();
  await administrator
    .getByRole('button', { name: t.organisation.holdersOf(post.fi), exact: true })
    .click();
  await administrator
    .getByRole('button', { name: t.organisation.form.endHoldingOf(name.name) })
    .click();
  const form = administrator.getByRole('form', {
    name: t.organisation.form.endHoldingOf(name.name),
  });
  const duties = form.getByRole('region', { name: t.organisation.ending.owns });
  await expect(duties.locator('summary').first()).toBeVisible();
  await expect(duties).toContainText(/\d+ toimenpide/);
  await form
    .getByRole('textbox', { name: t.organisation.form.lastDay, exact: true })
    .fill('30.11.2026');
  await expect(form.getByText(t.organisation.ending.followerText.nobody)).toBeVisible();
  await expectAccessible(administrator);
  await administrator.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(administrator);
  await expectAccessible(administrator);
  await form.getByRole('button', { name: t.ui.save }).click();
  await expect(administrator.getByText(t.organisation.saved.ended)).toBeVisible();

  // 3. A month later nobody has followed.
  const later: Product = await own.later('2026-12-23');
  try {
    for (const lang of langs) {
      const page = await open(browser, later.url, null, lang);
      await page.goto(`/${lang}/radar?reason=left`);
      const item = page.locator('#list tr').filter({ hasText: post[lang] });
      await expect(item.getByRole('link', { name: post[lang] })).toBeVisible();
      await expect(item).toContainText(texts[lang].radar.dayCount(22));
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
      await page.context().close();
    }
    // On the last day it was still held.
    const then = await open(browser, later.url, null, 'fi');
    await then.goto('/fi/radar?reason=left&asOf=2026-11-30');
    await expect(then.getByText(t.radar.none)).toBeVisible();
  } finally {
    await later.stop();
  }
});
