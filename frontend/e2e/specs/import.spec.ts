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

const t = fi.imports;
const own = t.kinds.action;

/** What is wrong with a row, by its number: 20 of 500. */
const faults: Record<number, Partial<Row>> = {};
interface Row {
  title: string;
  goal: string;
  lead: string;
  due: string;
}
for (let n = 0; n < 5; n++) {
  faults[20 + 100 * n] = { lead: 'Nuorisopalvelun päälikkö' };
  faults[40 + 100 * n] = { due: 'syksyllä' };
  faults[60 + 100 * n] = { title: '' };
  faults[80 + 100 * n] = { goal: '99' };
}

function table(wrong: (n: number) => Partial<Row> | undefined): Buffer {
  const lines = ['Toimenpide;Tavoite;Vastuutaho;Aikataulu'];
  for (let n = 1; n <= 500; n++) {
    const row = {
      title: `Ksylofonihanke ${String(n).padStart(3, '0')}`,
      goal: '1',
      lead: 'Nuorisopalvelupäällikkö',
      due: `${1 + (n % 12)}/2028`,
      ...wrong(n),
    };
    lines.push([row.title, row.goal, row.lead, row.due].join(';'));
  }
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

// 500 rows of which 20 are faulty: each fault stands where it is, a near name is chosen once for
// its five rows, nothing is saved before the file is right and confirmed. The export of what was
// imported comes back with one title changed, and the old and the new one are seen first.
test('500 rows with 20 faulty ones are put right and imported', async ({
  browser,
  own: product,
}) => {
  test.setTimeout(300_000);
  const page = await open(browser, product.url, people.espooCoordinator, 'fi');
  await page.goto('/fi/actions');
  await press(page, page.getByRole('link', { name: t.link }));
  await expect(page.getByRole('heading', { level: 1, name: own.title })).toBeVisible();
  const choose = (buffer: Buffer) =>
    page
      .getByLabel(t.choose)
      .setInputFiles({ name: 'toimenpiteet.csv', mimeType: 'text/csv', buffer });
  const told = page
    .getByRole('main')
    .getByRole('status')
    .filter({ hasText: `${t.counts.new}:` });
  const counts = (made: number, changed: number, same: number, wrong: number) =>
    `${t.counts.new}: ${made}, ${t.counts.changed}: ${changed}, ${t.counts.same}: ${same}, ${t.counts.wrong}: ${wrong}`;
  const confirm = page.getByRole('button', { name: own.press });
  const imported = page.getByRole('heading', { name: own.imported }).locator('span');
  const saved = async () => {
    const answer = await page.request.get('/api/v1/actions?q=Ksylofonihanke&count=exact&limit=1');
    return ((await answer.json()) as { total: number }).total;
  };

  // 1. The faults by row and column; nothing can be imported.
  await choose(table((n) => faults[n]));
  await expect(told).toHaveText(counts(480, 0, 0, 20));
  const errors = page.getByRole('table', { name: t.wrongRows(20) });
  await expect(errors.getByRole('row')).toHaveCount(21);
  const row = (line: number) => errors.getByRole('row').filter({ hasText: t.line(line) });
  await expect(row(21)).toContainText('Vastuutaho');
  await expect(row(21)).toContainText(fi.problems.fields.unknown_name);
  await expect(row(41)).toContainText('syksyllä');
  await expect(row(61)).toContainText(fi.problems.fields.required);
  await expect(row(81)).toContainText('99');
  await expect(confirm).toHaveCount(0);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }

  // 2. The near name is chosen once.
  const near = page.getByLabel(`${t.nameKinds.post}: Nuorisopalvelun päälikkö`);
  await near.selectOption({ label: 'Espoo: Nuorisopalvelupäällikkö' });
  await press(page, page.getByRole('button', { name: t.checkAgain }));
  await expect(told).toHaveText(counts(485, 0, 0, 15));
  await expect(page.getByRole('table', { name: t.wrongRows(15) }).getByRole('row')).toHaveCount(16);
  expect(await saved()).toBe(0);

  // 3. The file put right is imported when it is confirmed.
  await choose(table(() => undefined));
  await expect(told).toHaveText(counts(500, 0, 0, 0));
  expect(await saved()).toBe(0);
  await press(page, confirm);
  await expect(imported).toBeFocused({ timeout: 30_000 });
  expect(await saved()).toBe(500);

  // 4. The export comes back: as it is it says nothing, changed it shows what was.
  const answer = await page.request.get('/api/v1/actions.csv?q=Ksylofonihanke&sort=no');
  const exported = (await answer.body()).toString();
  await page.reload();
  await choose(Buffer.from(exported));
  await expect(told).toHaveText(counts(0, 0, 500, 0));
  await choose(Buffer.from(exported.replace('Ksylofonihanke 007', 'Ksylofonihanke tarkennettuna')));
  await expect(told).toHaveText(counts(0, 1, 499, 0));
  const changes = page.getByRole('table', { name: own.changes });
  await expect(changes.locator('del')).toHaveText('Ksylofonihanke 007');
  await expect(changes.locator('ins')).toHaveText('Ksylofonihanke tarkennettuna');
  await press(page, confirm);
  await expect(imported).toBeFocused();
  await changes.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'Ksylofonihanke tarkennettuna',
  );
});
