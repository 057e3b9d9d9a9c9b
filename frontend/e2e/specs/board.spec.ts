import { fi } from '../../src/i18n/fi';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  open,
  people,
  press,
  test,
} from '../fixtures';

test('a card is moved on the board by the keyboard alone, and the move is undone', async ({
  browser,
  own,
}) => {
  test.setTimeout(240_000);
  const t = fi.board;
  const { statuses } = fi.actions;
  const page = await open(browser, own.url, people.espooYouthHead, 'fi');
  await page.goto('/fi/actions?mine=true');
  await press(page, page.getByRole('link', { name: fi.timeline.display.board }));
  const column = (status: keyof typeof statuses) =>
    page.getByRole('region', { name: new RegExp(`^${statuses[status]}`) });
  const running = column('in_progress');
  const card = running
    .getByRole('listitem')
    .filter({ has: page.getByText(t.move) })
    .first();
  const title = (await card.getByRole('link').first().textContent()) ?? '';
  await expectAccessible(page);

  // The menu says what the column asks for; the form opens in the card with the status chosen.
  await press(page, card.getByRole('button', { name: new RegExp(`^${t.move} `) }));
  await expect(card.getByText(/on sarakkeessa Käynnissä/)).toBeVisible();
  await press(page, card.getByRole('button', { name: new RegExp(`^${statuses.paused}`) }));
  const form = running.getByRole('form');
  await expect(form.getByRole('radio', { name: statuses.paused })).toBeChecked();
  await expectAccessible(page);
  const reason = form.getByLabel(fi.actions.update.reason);
  await press(page, form.getByRole('button', { name: fi.ui.save }));
  await expect(reason).toHaveAttribute('aria-invalid', 'true');
  await reason.focus();
  await page.keyboard.type('Odotetaan talousarviota.');
  await page.keyboard.press('Enter');

  // It says that it was moved, and the focus is on the card where it is now.
  const paused = column('paused');
  await expect(paused.getByRole('link', { name: title, exact: true })).toBeVisible();
  await expect(page.locator('.toast')).toContainText('siirrettiin: Käynnissä → Tauolla');
  await expect(page.locator(':focus')).toHaveText(t.move);

  await page.keyboard.press('Alt+z');
  await expect(running.getByRole('link', { name: title, exact: true })).toBeVisible();
  await expect(paused.getByRole('link', { name: title, exact: true })).toHaveCount(0);

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});
