import type { Locator, Page } from '@playwright/test';
import { fi } from '../../src/i18n/fi';
import { expect, open, people, press, tabTo, test } from '../fixtures';

test('a goal is changed, agreed to and published by the keyboard alone', async ({
  browser,
  own,
}) => {
  test.setTimeout(240_000);
  const t = fi.drafts;
  const espoo = await open(browser, own.url, people.espooCoordinator, 'fi');
  await espoo.goto('/fi/goals/3');
  await press(espoo, espoo.getByRole('button', { name: fi.goals.edit }));
  const form = espoo.getByRole('form');
  const title = form
    .getByRole('group', { name: new RegExp(`^${fi.goals.titleField}`) })
    .getByRole('textbox', { name: /^Suomeksi/ });
  await tabTo(espoo, title);
  await espoo.keyboard.press('Control+A');
  await espoo.keyboard.type('Perheet saavat apua ajoissa');
  await press(espoo, form.getByRole('button', { name: t.save }));
  await espoo.waitForURL(/\/drafts\//);

  const luvn = await open(browser, own.url, people.luvnCoordinator, 'fi');
  await luvn.goto(new URL(espoo.url()).pathname);
  await press(luvn, luvn.getByRole('button', { name: t.agree, exact: true }));
  await expect(luvn.getByText(`${t.standings.agreed}.`)).toBeVisible();

  await espoo.reload();
  await press(espoo, espoo.getByRole('button', { name: t.publish, exact: true }));
  const question = espoo.getByRole('dialog');
  await press(espoo, question.getByRole('button', { name: t.publish, exact: true }));
  await expect(espoo.getByText(t.publishedOn('23.11.2026'))).toBeVisible();
});

test('a chain is edited by the keyboard alone', async ({ browser, own }) => {
  test.setTimeout(240_000);
  const t = fi.chains;
  const words = fi.handovers.form;
  const chains = (await (await fetch(`${own.url}/api/v1/chains`)).json()) as {
    items: { key: string; stages: { title: { fi: string } }[] }[];
  };
  const [chain] = chains.items;
  const [first, second] = chain?.stages.map(({ title }) => title.fi) ?? [];
  if (!chain || !first || !second) throw new Error('no chain');
  const page = await open(browser, own.url, people.espooCoordinator, 'fi');
  await page.goto(`/fi/chains/${chain.key}`);
  await press(page, page.getByRole('button', { name: t.edit, exact: true }));
  const form = page.getByRole('form', { name: t.edit });
  const said = form.getByRole('status');
  const button = (name: string) => form.getByRole('button', { name, exact: true });

  // The second stage moves before the first, by the button and back by the key.
  await press(page, button(t.earlier(second)));
  await expect(said.getByText(words.moved(second, 1))).toBeVisible();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(said.getByText(words.moved(second, 2))).toBeVisible();

  // It is split, which is undone.
  const stages = form.getByRole('group', { name: t.stages, exact: true });
  const count = chain.stages.length;
  const names = stages.getByRole('group', { name: new RegExp(`^${t.stageTitle}`) });
  await press(page, button(words.splitOf(second)));
  await expect(names).toHaveCount(count + 1);
  await press(page, button(words.undo), true);
  await expect(said.getByText(words.undone)).toBeVisible();
  await expect(names).toHaveCount(count);

  // A stage is added: its name is where one types next.
  await press(page, button(t.addStage));
  await expect(names).toHaveCount(count + 1);
  await page.keyboard.type('Kotiutuminen');
  await expect(names.last().getByRole('textbox', { name: /^Suomeksi/ })).toHaveValue(
    'Kotiutuminen',
  );

  // The last hand-over leads to it.
  const handovers = form.getByRole('group', { name: words.handovers, exact: true });
  const last = handovers.getByRole('listitem').last();
  await press(page, last.locator('summary').first());
  const to = last.getByRole('combobox', { name: fi.handovers.to });
  await tabTo(page, to);
  await page.keyboard.press('End');
  await expect(to.locator('option:checked')).toHaveText(`${count + 1} Kotiutuminen`);

  await press(page, form.getByRole('button', { name: fi.drafts.save }));
  await page.waitForURL(/\/drafts\//);
  await expect(page.getByRole('region', { name: fi.drafts.differences })).toContainText(
    'Kotiutuminen',
  );
});

/** Walks the matrix by its arrow keys to a cell, from where the tab stop is. */
async function walkTo(page: Page, cell: Locator): Promise<void> {
  const at = (target: Locator) =>
    target.evaluate((element) => ({
      row: Number(element.closest<HTMLElement>('[data-r]')?.dataset.r),
      column: Number((element as HTMLElement).dataset.c),
    }));
  const goal = await at(cell);
  await tabTo(page, page.locator('[role=grid] [data-c][tabindex="0"]'));
  // Along the row first would stop at a group's head, which has one cell.
  for (let presses = 0; presses < 200; presses++) {
    const here = await at(page.locator(':focus'));
    if (here.row === goal.row) break;
    await page.keyboard.press(here.row < goal.row ? 'ArrowDown' : 'ArrowUp');
  }
  for (let presses = 0; presses < 200; presses++) {
    const here = await at(page.locator(':focus'));
    if (here.column === goal.column) break;
    await page.keyboard.press(here.column < goal.column ? 'ArrowRight' : 'ArrowLeft');
  }
  await expect(cell).toBeFocused();
}

test('in the matrix what waits is declined with a reason, changed and accepted by the keyboard alone', async ({
  browser,
  own,
}) => {
  test.setTimeout(240_000);
  const t = fi.responsibilities;
  const waiting = '[role=grid] td[data-c]:has(.part.wait)';
  const matrix = async (person: (typeof people)[keyof typeof people]) => {
    const page = await open(browser, own.url, person, 'fi');
    await page.goto('/fi/responsibilities');
    await expect(page.locator(waiting).first()).toBeVisible();
    return { page, panel: page.locator('.insp') };
  };
  /** Goes to a cell and opens what is told of it. */
  const opened = async ({ page, panel }: Awaited<ReturnType<typeof matrix>>, cell: Locator) => {
    await walkTo(page, cell);
    await page.keyboard.press('Enter');
    await expect(panel).toBeFocused();
    await expect(panel.locator('.insp-1').first()).toBeVisible();
  };
  const luvn = await matrix(people.luvnCoordinator);
  const { page, panel } = luvn;
  const decline = panel.getByRole('button', { name: new RegExp(`^${t.decline}:`) });

  // From cell to cell that waits, until one waits for this reader.
  let place = '';
  for (const cell of await page.locator(waiting).all()) {
    await opened(luvn, cell);
    // What may be done about it is loaded apart: the page is asked, not the clock.
    await page.waitForLoadState('networkidle');
    if ((await decline.count()) > 0) {
      place = await cell.evaluate(
        (element) =>
          `[role=grid] [data-r="${element.closest<HTMLElement>('[data-r]')?.dataset.r ?? ''}"] > [data-c="${(element as HTMLElement).dataset.c ?? ''}"]`,
      );
      break;
    }
    await page.keyboard.press('Escape');
  }
  expect(place, 'something waits for LUVN').not.toBe('');

  // Declined: a reason is asked for.
  await press(page, decline);
  const refusal = panel.getByRole('form');
  await press(page, refusal.getByRole('button', { name: t.decline, exact: true }));
  await expect(refusal.getByText(fi.problems.fields.required)).toBeVisible();
  await tabTo(page, refusal.getByRole('textbox').first(), true);
  await page.keyboard.type('Työnjako puuttuu.');
  await press(page, refusal.getByRole('button', { name: t.decline, exact: true }));
  await expect(page.locator(place)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel.getByText('Työnjako puuttuu.')).toBeVisible();

  // The proposer reads why in the same cell, and changes the words.
  const espoo = await matrix(people.espooCoordinator);
  await opened(espoo, espoo.page.locator(place));
  await expect(espoo.panel.getByText('Työnjako puuttuu.')).toBeVisible();
  await press(
    espoo.page,
    espoo.panel.getByRole('button', { name: new RegExp(`^${t.change}:`) }).first(),
  );
  const terms = espoo.panel.getByRole('form');
  await tabTo(espoo.page, terms.getByRole('textbox', { name: /^Suomeksi/ }).first());
  await espoo.page.keyboard.press('Control+A');
  await espoo.page.keyboard.type('Työnjako on sovittu.');
  await press(espoo.page, terms.getByRole('button', { name: fi.ui.save, exact: true }));
  await expect(espoo.page.locator(place)).toBeFocused();

  // LUVN accepts exactly these words, and they are in force.
  await page.reload();
  await expect(page.locator(waiting).first()).toBeVisible();
  await opened(luvn, page.locator(place));
  await expect(panel.getByText('Työnjako on sovittu.')).toBeVisible();
  await press(page, panel.getByRole('button', { name: new RegExp(`^${t.accept}:`) }));
  await expect(page.locator(place).locator('.part')).toHaveCount(1);
  await expect(page.locator(place).locator('.part.wait')).toHaveCount(0);
});

test('one tag is merged into another by the keyboard alone', async ({ browser, own }) => {
  test.setTimeout(240_000);
  const t = fi.plan;
  const page = await open(browser, own.url, people.espooCoordinator, 'fi');
  const tags = async () =>
    (
      (await (await page.request.get(`${own.url}/api/v1/tags`)).json()) as {
        items: { id: string; title: { fi: string }; uses?: object }[];
      }
    ).items;
  const [from, into] = await tags();
  if (!from || !into) throw new Error('no tags');
  await page.goto('/fi/plan');
  await press(page, page.getByRole('button', { name: t.mergeTerm(from.title.fi), exact: true }));
  const form = page.getByRole('form', { name: t.mergeTerm(from.title.fi) });
  const choice = form.getByRole('combobox', { name: t.mergeInto });
  await tabTo(page, choice);
  await page.keyboard.type(into.title.fi);
  await expect(choice.locator('option:checked')).toHaveText(into.title.fi);
  await tabTo(page, form.getByRole('textbox'));
  await page.keyboard.type('Sama asia kahdella nimellä.');
  await press(page, form.getByRole('button', { name: t.merge, exact: true }));
  await expect(page.getByText(t.termMerged)).toBeVisible();

  // What had it has the other one; an old address still leads there.
  await page.goto(`/fi/actions?tagId=${encodeURIComponent(JSON.stringify([from.id]))}`);
  const old = await page.request.get(`${own.url}/api/v1/actions?tagId=${from.id}&limit=200`);
  const now = await page.request.get(`${own.url}/api/v1/actions?tagId=${into.id}&limit=200`);
  const ids = async (answer: typeof old) =>
    ((await answer.json()) as { items: { id: string }[] }).items.map(({ id }) => id);
  expect(await ids(old)).toEqual(await ids(now));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
