import { fi } from '../../src/i18n/fi';
import { expect, expectAccessible, expectNoSidewaysScroll, open, people, test } from '../fixtures';

/** What of my work the walk needs. */
interface Work {
  waiting: {
    reason: string;
    action?: { id: string; no: number; permissions: string[] };
    responsibility?: { id: string };
  }[];
  waitingTotal: number;
}

// A manager's Monday: what is late gets its update, what is old is said to be still true and that
// is taken back, all without the mouse.
test('a manager walks the Monday by the keyboard alone', async ({ browser, own }) => {
  test.setTimeout(240_000);
  const t = fi.myWork;
  const page = await open(browser, own.url, people.luvnFamilyHead, 'fi');
  const work = async () => (await (await page.request.get('/api/v1/me/work')).json()) as Work;
  await page.goto('/fi/my-work');
  const list = page.getByRole('region', { name: t.waiting });
  const rows = list.locator('ol.todo > li');
  const before = await work();
  await expect(rows).toHaveCount(before.waiting.length);
  await expectAccessible(page);

  // J comes to the first row, the arrows go on from there.
  await page.keyboard.press('j');
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(Math.min(1, before.waiting.length - 1))).toBeFocused();
  await page.keyboard.press('k');
  await expect(rows.first()).toBeFocused();

  // To the first action that one reports on; P opens its form, V says that it is still true.
  const at = before.waiting.findIndex(({ action }) =>
    action?.permissions.includes('action.report'),
  );
  const no = before.waiting[at]?.action?.no;
  if (no === undefined) throw new Error('no action of one’s own waits in the demo');
  for (let row = 0; row < at; row++) await page.keyboard.press('j');
  await expect(rows.nth(at)).toBeFocused();
  await page.keyboard.press('p');
  const form = page.getByRole('form', { name: fi.actions.list.updateOne(no) });
  await expect(form).toBeVisible();
  await form.getByLabel(fi.actions.update.text).focus();
  await page.keyboard.type('Ohje on lausunnolla.');
  await form.getByRole('button', { name: fi.ui.save, exact: true }).press('Enter');
  await expect(page.getByText(fi.actions.update.saved(no))).toBeVisible();

  // Z takes it back: the report stays on the page of the action, struck through.
  await page.keyboard.press('z');
  await expect(page.getByText(fi.actions.update.undone(no))).toBeVisible();
  await page.goto(`/fi/actions/${String(no)}`);
  await expect(page.locator('del').filter({ hasText: 'Ohje on lausunnolla.' })).toBeVisible();
  await expectAccessible(page);

  // Still true, and taken back: the same waits as before.
  await page.goto('/fi/my-work');
  await expect(rows).toHaveCount(before.waiting.length);
  for (let row = 0; row <= at; row++) await page.keyboard.press('j');
  await expect(rows.nth(at)).toBeFocused();
  await page.keyboard.press('v');
  await expect(page.getByText(fi.actions.update.confirmed(no))).toBeVisible();
  await page.keyboard.press('Alt+z');
  await expect(page.getByText(fi.actions.update.undone(no))).toBeVisible();
  expect((await work()).waiting.map(({ reason, action }) => [reason, action?.no])).toEqual(
    before.waiting.map(({ reason, action }) => [reason, action?.no]),
  );

  // All keys in a window, which turns them off.
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: t.keys.title });
  await expect(help.getByText(t.keys.undo)).toBeVisible();
  await expectAccessible(page);
  await help.getByRole('checkbox', { name: t.keys.on }).press('Space');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('j');
  await expect(rows.first()).not.toBeFocused();
  await page.keyboard.press('?');
  await expect(help).toBeHidden();

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.context().close();
});
