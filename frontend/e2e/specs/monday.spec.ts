import { fi } from '../../src/i18n/fi';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  open,
  people,
  press,
  tabTo,
  test,
} from '../fixtures';

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

/** What others owe, and what a round asks, as far as the walk needs it. */
interface Awaited {
  items: { reason: string }[];
  total: number;
}
interface Asked {
  waiting: { reason: string; round?: { key: string; asked: { level: string; no?: number } } }[];
}
interface Units {
  units: { unit?: { id: string }; late: number; stale: number; dueSoon: number }[];
  total: number;
}

// The rest of the Monday without the mouse: what a round asks is reported in its row and goes, what
// others owe leads to its place, the unit's figures lead to as many rows, and the cut is saved as a
// view that the API lists.
test('a manager works rounds, others and the unit by the keyboard alone', async ({
  browser,
  own,
}) => {
  test.setTimeout(240_000);
  const t = fi.myWork;
  const page = await open(browser, own.url, people.luvnFamilyHead, 'fi');
  const get = async <T>(path: string) =>
    (await (await page.request.get(`/api/v1${path}`)).json()) as T;

  // 1. What an open round asks of a goal, narrowed to and reported in the row.
  await page.goto('/fi/my-work');
  const choice = page.getByRole('combobox', { name: t.narrow });
  await tabTo(page, choice);
  await page.keyboard.type(t.reasonGroups.rounds);
  await expect(page).toHaveURL(/reason=/);
  const rounds = await get<Asked>('/me/work?reason=report&reason=report_late');
  const list = page.getByRole('region', { name: t.waiting });
  const rows = list.locator('ol.todo > li');
  await expect(rows).toHaveCount(rounds.waiting.length);
  await expectAccessible(page);
  const at = rounds.waiting.findIndex(({ round }) => round?.asked.level === 'goal');
  if (at < 0) throw new Error('no open round asks of a goal in the demo');
  await tabTo(page, rows.first().getByRole('button').first());
  await page.keyboard.press('k');
  await expect(rows.first()).toBeFocused();
  for (let row = 0; row < at; row++) await page.keyboard.press('j');
  await expect(rows.nth(at)).toBeFocused();
  await page.keyboard.press('p');
  const form = rows.nth(at).getByRole('form');
  await tabTo(page, form.getByRole('radio').first());
  await page.keyboard.press('Space');
  await tabTo(page, form.getByRole('textbox', { name: /^Suomeksi/ }));
  await page.keyboard.type('Etenee suunnitellusti.');
  await press(page, form.getByRole('button', { name: fi.rounds.report.save }));
  await expect(page.getByText(/^Raportti on annettu\./)).toBeVisible();
  await expect(rows).toHaveCount(rounds.waiting.length - 1);

  // 2. The cut is a view of one's own, which the API lists with the address of its rows.
  await press(page, page.getByRole('button', { name: fi.savedViews.save }), true);
  const saving = page.getByRole('form', { name: fi.savedViews.save });
  await tabTo(page, saving.getByRole('textbox').first());
  await page.keyboard.type('Raportoitavat');
  await press(page, saving.getByRole('button', { name: fi.ui.save, exact: true }));
  await expect(page.getByText(fi.savedViews.saved)).toBeVisible();
  const views = await get<{ items: { page: string; rows: string }[] }>('/saved-views?page=my_work');
  expect(views.items.map(({ rows: address }) => address)).toContain(
    '/api/v1/me/work?reason=report&reason=report_late',
  );

  // 3. What others owe, with the way to it.
  await page.goto('/fi/my-work');
  const others = page.getByRole('region', { name: t.awaited.title });
  const owed = await get<Awaited>('/me/awaited?limit=10');
  await expect(others.getByRole('listitem')).toHaveCount(owed.items.length);
  if (owed.items.length > 0) {
    await press(page, others.getByRole('listitem').first().getByRole('link').last());
    await expect(page).not.toHaveURL(/my-work/);
    await page.goBack();
  }

  // 4. The unit: its rows, and a figure that leads to as many.
  const units = await get<Units>('/me/units');
  await tabTo(page, page.getByRole('radio', { name: t.unit.scopes.own }));
  await page.keyboard.press('ArrowRight');
  const ofUnit = page.getByRole('region', { name: t.unit.title });
  await expect(ofUnit.locator('ol.todo > li')).toHaveCount(Math.min(units.total, 50));
  await expectAccessible(page);
  const one = units.units.find(({ late, stale, dueSoon }) => late + stale + dueSoon > 0);
  if (one) {
    const table = page.getByRole('table', { name: t.unit.byUnit });
    const figure = table.getByRole('link').first();
    const count = Number(await figure.textContent());
    await press(page, figure);
    await expect(page).toHaveURL(/\/fi\/actions\?.*unitId/);
    await expect(page.getByText(fi.actions.count(count)).first()).toBeVisible();
  }

  await page.goto('/fi/my-work?scope=unit');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.context().close();
});
