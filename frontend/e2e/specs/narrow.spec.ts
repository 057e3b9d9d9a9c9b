import { fi } from '../../src/i18n/fi';
import { expect, expectNoSidewaysScroll, people, test } from '../fixtures';

test('on a phone a post is found and chosen while the page scrolls, and what is typed stays', async ({
  visit,
}) => {
  const page = await visit(people.espooCoordinator);
  await page.setViewportSize({ width: 390, height: 600 });
  await page.goto('/fi/actions/new');
  await page.getByRole('button', { name: fi.actions.form.addPost }).click();
  const box = page.getByRole('combobox', { name: fi.actions.form.post });
  await box.pressSequentially('nuorisop', { delay: 20 });
  const found = page.getByRole('option', { name: /Nuorisopalvelupäällikkö/ });
  await expect(found).toBeVisible();

  // As when the keyboard of the phone comes up: the page moves, and the list with its field.
  const distance = async () => {
    const [above, below] = [await box.boundingBox(), await found.boundingBox()];
    return (below?.y ?? 0) - (above?.y ?? 0);
  };
  const before = await distance();
  const scrolled = () => page.evaluate(() => window.scrollY);
  const top = await scrolled();
  await page.evaluate(() => window.scrollBy(0, 150));
  await expect.poll(scrolled).toBeGreaterThan(top);
  await expect(found).toBeVisible();
  expect(Math.abs((await distance()) - before)).toBeLessThan(2);
  await expect(box).toHaveValue('nuorisop');
  await found.click();
  await expect(box).toHaveValue('Nuorisopalvelupäällikkö');
  await expect(found).toBeHidden();

  // Emptied it means nobody; left without a choice it keeps what was typed and says what to do.
  await box.fill('');
  await box.pressSequentially('nuorisop');
  await page.keyboard.press('Tab');
  await expect(box).toHaveValue('nuorisop');
  await expect(box).toHaveAccessibleDescription(new RegExp(fi.ui.chooseOffered));
  await expectNoSidewaysScroll(page);
  await page.close();
});
