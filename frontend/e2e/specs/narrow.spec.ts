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

test('a chain is drawn on one sheet of A4 on paper, and as one path downwards on a phone', async ({
  shared,
  visit,
}) => {
  const chains = (await (await fetch(`${shared.url}/api/v1/chains`)).json()) as {
    items: { key: string; stages: unknown[] }[];
  };
  expect(chains.items).toHaveLength(3);
  const page = await visit(null);
  for (const { key, stages } of chains.items) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`/fi/chains/${key}`);
    const cards = page.locator('.pg-chain > .ch .ch-stage');
    await expect(cards).toHaveCount(stages.length);
    // What is pinned to its places is read in words, not letter by letter.
    const widths = await page
      .locator('.ch-pins li > span')
      .evaluateAll((pins) => pins.map((pin) => pin.getBoundingClientRect().width));
    expect(
      widths.filter((width) => width < 100),
      key,
    ).toEqual([]);
    // The same in words goes on other sheets: without the drawing and its title there is one less.
    const sheets = async () => {
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
      return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    };
    const all = await sheets();
    await page.locator('.pg-chain > .phead, .pg-chain > .ch').evaluateAll((parts) => {
      parts.forEach((part) => (part as HTMLElement).style.setProperty('display', 'none'));
    });
    expect(all - (await sheets()), key).toBe(1);
    await page.reload();

    await page.setViewportSize({ width: 390, height: 844 });
    // One below the other in their order, set in by no more than their party's side tells.
    const faults = () =>
      cards.evaluateAll((all) => {
        const boxes = all.map((card) => card.getBoundingClientRect());
        const leftmost = Math.min(...boxes.map(({ left }) => left));
        return boxes.flatMap(({ left, right, top }, index) => [
          ...(left - leftmost > 41 ? [`stage ${index + 1} stands beside the path`] : []),
          ...(left < 0 || right > window.innerWidth ? [`stage ${index + 1} does not fit`] : []),
          ...(top < (boxes[index - 1]?.bottom ?? 0) ? [`stage ${index + 1} is not below`] : []),
        ]);
      });
    await expect.poll(faults, key).toEqual([]);
  }
  await page.close();
});
