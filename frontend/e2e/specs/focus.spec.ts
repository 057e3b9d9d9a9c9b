import type { Locator, Page } from '@playwright/test';
import { fi } from '../../src/i18n/fi';
import { expect, open, people, press, tabTo, test } from '../fixtures';

// The focus stays where one works: what opens takes it, what is refused gets it, and what closes or
// goes gives it back. Everything here is done by the keyboard alone.

/** Types into a field that offers things, and takes the one that is found. */
async function choose(page: Page, box: Locator, text: string) {
  await expect(box).toBeFocused();
  await page.keyboard.type(text);
  const found = page.getByRole('listbox').getByRole('option');
  await expect(found).toHaveCount(1);
  await expect(found).toContainText(new RegExp(text, 'i'));
  await page.keyboard.press('ArrowDown');
  await expect(box).toHaveAttribute('aria-activedescendant', /./);
  await page.keyboard.press('Enter');
  await expect(found).toHaveCount(0);
}

const escapeReturnsTo = async (page: Page, opener: Locator) => {
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
};

test('a coordinator works on many actions without losing the focus', async ({ browser, own }) => {
  test.setTimeout(240_000);
  const page = await open(browser, own.url, people.espooCoordinator, 'fi');
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

  await test.step('the timeline: a bar, its milestones, its action', async () => {
    await page.goto('/fi/actions');
    await press(page, page.getByRole('link', { name: fi.timeline.display.timeline, exact: true }));
    const link = page.getByRole('link', { name: /^Suostumukseen perustuva/ });
    const row = page.getByRole('row').filter({ has: link });
    const milestones = row.locator('.gl-d');
    await press(page, milestones.locator('summary'));
    await expect(milestones.getByRole('listitem')).toBeVisible();
    await press(page, link, true);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Suostumukseen');
    await expect(page.getByRole('main')).toBeFocused();
  });

  await test.step('a dependency: a cycle is refused with its way around', async () => {
    const t = fi.dependencies;
    await page.goto('/fi/actions/34');
    const add = button(t.add);
    const form = page.getByRole('form', { name: t.add });
    const box = form.getByRole('combobox', { name: t.choose });
    await press(page, add);
    await expect(box).toBeFocused();
    await escapeReturnsTo(page, add);
    await page.keyboard.press('Enter');
    await expect(box).toBeFocused();
    await press(page, form.getByRole('button', { name: t.save }));
    await expect(box).toHaveAttribute('aria-invalid', 'true');
    await choose(page, box, 'palvelutietojen');
    await press(page, form.getByRole('button', { name: t.save }));
    const refused = form.getByRole('alert');
    await expect(refused).toBeFocused();
    await expect(refused).toContainText(/Kehä kulkee näin: 34 .* → 35 .* → 34 /);
    await tabTo(page, box, true);
    await page.keyboard.press('Control+A');
    await choose(page, box, 'soittori');
    await press(page, form.getByRole('button', { name: t.save }));
    await expect(add).toBeFocused();
    await press(page, button(t.removeOne(25)));
    await expect(page.getByRole('heading', { name: t.heading })).toBeFocused();
    await page.keyboard.press('Alt+z');
    await expect(button(t.removeOne(25))).toBeVisible();
  });

  await test.step('a filter is taken off, a view is saved, used and removed', async () => {
    const t = fi.savedViews;
    await page.goto('/fi/actions?mine=true&q=a');
    const tags = page.locator('.tag button');
    await expect(tags).toHaveCount(2);
    await press(page, tags.first());
    await expect(tags).toHaveCount(1);
    await expect(tags).toBeFocused();
    const save = button(t.save);
    await press(page, save, true);
    const name = page.getByLabel(t.name, { exact: true });
    await expect(name).toBeFocused();
    await escapeReturnsTo(page, save);
    await page.keyboard.press('Enter');
    await expect(name).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    await expect(name).toBeFocused();
    await page.keyboard.type('Omat kesken');
    // With something typed Escape takes nothing away.
    await page.keyboard.press('Escape');
    await expect(name).toHaveValue('Omat kesken');
    await page.keyboard.press('Enter');
    await expect(save).toBeFocused();
    await press(page, page.getByRole('link', { name: t.all }));
    await press(page, button(t.withdrawOne('Omat kesken')));
    await expect(page.getByText(t.none)).toBeVisible();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  });

  await test.step('several at once: the preview, what stands in the way, undone', async () => {
    const t = fi.bulk;
    await page.goto('/fi/actions');
    for (const no of [2, 3, 4]) {
      await tabTo(page, page.getByRole('checkbox', { name: new RegExp(` ${no}$`) }).first());
      await page.keyboard.press('Space');
    }
    const change = button(t.change);
    const form = page.getByRole('form', { name: t.change });
    await press(page, change, true);
    await expect(form.getByRole('radio', { name: t.kinds.status })).toBeFocused();
    await escapeReturnsTo(page, change);
    await page.keyboard.press('Enter');
    await tabTo(page, form.getByRole('radio', { name: fi.actions.statuses.in_progress }));
    await page.keyboard.press('ArrowRight');
    await press(page, form.getByRole('button', { name: t.check }));
    await expect(form.locator('p', { hasText: t.would(2, 1, 0) })).toBeFocused();
    await press(page, form.getByRole('button', { name: t.leaveOut(1) }));
    await expect(form.locator('p', { hasText: t.would(2, 0, 0) })).toBeFocused();
    await tabTo(page, form.getByLabel(fi.actions.update.reason, { exact: true }), true);
    await page.keyboard.type('Odotetaan talousarviota.');
    await press(page, form.getByRole('button', { name: t.make(2) }));
    await expect(page.getByRole('checkbox', { name: /^Valitse kaikki/ })).toBeFocused();
    await page.keyboard.press('Alt+z');
    await expect(page.locator('.toast')).toContainText(t.undone(2));
  });

  await test.step('a file with a fault is put right and imported', async () => {
    const t = fi.imports;
    await page.goto('/fi/actions/import');
    const chooser = page.waitForEvent('filechooser');
    await tabTo(page, page.getByLabel(t.choose));
    await page.keyboard.press('Enter');
    const buffer = Buffer.from(
      '\ufeffToimenpide;Tavoite;Vastuutaho;Aikataulu\r\nKokeilu;1;Nuorisopalvelun päälikkö;4/2028\r\n',
    );
    await (await chooser).setFiles({ name: 'tuonti.csv', mimeType: 'text/csv', buffer });
    await tabTo(page, page.getByLabel(`${t.nameKinds.post}: Nuorisopalvelun päälikkö`));
    await page.keyboard.type('Espoo: Nuorisop');
    await press(page, button(t.checkAgain));
    await expect(button(t.kinds.action.press)).toBeVisible();
    await expect(button(t.checkAgain)).toBeFocused();
    await press(page, button(t.kinds.action.press));
    await expect(
      page.getByRole('heading', { name: t.kinds.action.imported }).locator('span'),
    ).toBeFocused({ timeout: 20_000 });
  });

  await test.step('a public goal stays out of an internal plan, and is not dropped without a reason', async () => {
    const t = fi.plan.carryOver;
    const plans = (await (await page.request.get('/api/v1/plans')).json()) as {
      items: { id: string; key: string }[];
    };
    const answer = await page.request.post('/api/v1/plans', {
      headers: { Origin: own.url },
      data: {
        key: 'plan_next',
        title: { fi: 'Seuraava suunnitelma', sv: 'Följande plan' },
        councilTerm: '2029-2033',
        startsOn: '2029-06-01',
        endsOn: '2033-05-31',
        supersedesId: plans.items.find(({ key }) => key === 'plan_2025_2029')?.id,
        visibility: 'internal',
        visibilityGround: 'Julkisuuslaki 24 §',
      },
    });
    expect(answer.status(), await answer.text()).toBe(201);
    await page.goto('/fi/plan/plan_next/carry-over');
    // Public goals do not go into a plan that only insiders see; they can be dropped there.
    await expect(page.getByText(t.hidden).first()).toBeVisible();
    await tabTo(page, page.getByLabel(t.decision));
    await page.keyboard.press('ArrowDown');
    await tabTo(page, page.getByRole('main').getByRole('checkbox').first(), true);
    await page.keyboard.press('Space');
    await press(page, button(t.confirm.drop(1)));
    const reason = page
      .getByRole('group', { name: new RegExp(`^${t.reason.replace('?', '\\?')}`) })
      .getByRole('textbox', { name: /^Suomeksi/ });
    await expect(reason).toBeFocused();
    await expect(reason).toHaveAttribute('aria-invalid', 'true');
  });
});

test('a manager ends an action, and an administrator writes a mail, without losing the focus', async ({
  browser,
  own,
}) => {
  test.setTimeout(240_000);
  const page = await open(browser, own.url, people.espooYouthHead, 'fi');
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const { page: words, update, statuses } = fi.actions;

  await test.step('an action goes on in another, is cancelled, and that is undone', async () => {
    await page.goto('/fi/actions/3');
    const write = button(words.write);
    const form = page.getByRole('form', { name: fi.actions.list.updateOne(3) });
    const radio = (status: keyof typeof statuses) =>
      form.getByRole('radio', { name: statuses[status], exact: true });
    await press(page, write);
    await expect(radio('in_progress')).toBeFocused();
    await escapeReturnsTo(page, write);
    await page.keyboard.press('Enter');
    await expect(radio('in_progress')).toBeFocused();
    for (const status of ['paused', 'done', 'cancelled', 'merged'] as const) {
      await page.keyboard.press('ArrowRight');
      await expect(radio(status)).toBeChecked();
    }
    await press(page, form.getByRole('button', { name: fi.ui.save }));
    const box = form.getByRole('combobox', { name: update.forwardTo });
    await expect(box).toHaveAttribute('aria-invalid', 'true');
    await choose(page, box, 'keskustelutuki');
    const chosen = form.getByRole('button', { name: /^Poista valinta: 2 / });
    await expect(chosen).toBeVisible();
    await expect(box).toBeFocused();
    await press(page, chosen, true);
    await expect(box).toBeFocused();
    await press(page, form.getByRole('button', { name: fi.ui.cancel }));
    await expect(write).toBeFocused();

    await page.keyboard.press('Enter');
    for (const status of ['paused', 'done', 'cancelled'] as const) {
      await page.keyboard.press('ArrowRight');
      await expect(radio(status)).toBeChecked();
    }
    await tabTo(page, form.getByLabel(update.reason, { exact: true }));
    await page.keyboard.type('Rahoitusta ei saatu.');
    await page.keyboard.press('Enter');
    await expect(write).toBeFocused();
    await page.keyboard.press('Alt+z');
    await expect(page.locator('.toast')).toContainText(update.undone(3));
  });

  await test.step('an action that was an error is withdrawn and restored', async () => {
    await page.goto('/fi/actions/3');
    const withdraw = button(words.withdraw);
    const form = page.getByRole('form', { name: words.withdraw });
    const reason = form.getByLabel(words.withdrawReason);
    await press(page, withdraw);
    await expect(reason).toBeFocused();
    await escapeReturnsTo(page, withdraw);
    await page.keyboard.press('Enter');
    await press(page, form.getByRole('button', { name: words.withdraw }));
    await expect(reason).toHaveAttribute('aria-invalid', 'true');
    await expect(reason).toBeFocused();
    await page.keyboard.type('Kirjattu kahdesti.');
    await press(page, form.getByRole('button', { name: words.withdraw }));
    await expect(button(words.restore)).toBeFocused();
  });

  await test.step('a mail: what is wrong is said while typing, refused, put right', async () => {
    const t = fi.mailTexts;
    const admin = await open(browser, own.url, people.espooAdministrator, 'fi');
    await admin.goto('/fi/admin/mail-texts');
    const opener = admin.getByRole('button', { name: t.editOf(fi.mails.kinds.meeting_called) });
    await press(admin, opener);
    const subject = admin.getByRole('textbox', { name: t.parts.subject });
    await tabTo(admin, subject);
    await admin.keyboard.press('Control+A');
    await admin.keyboard.type('Kutsu kokoukseen');
    const preview = admin.getByRole('region', { name: t.preview.title });
    await expect(preview).toContainText('Kutsu kokoukseen');
    await expect(subject).toHaveAttribute('aria-invalid', 'true');
    await press(admin, admin.getByRole('button', { name: fi.ui.save, exact: true }));
    await expect(subject).toBeFocused();
    await admin.keyboard.press('End');
    await admin.keyboard.type(': {forum}');
    await expect(preview).toContainText('Kutsu kokoukseen: Esimerkkifoorumi');
    await press(admin, admin.getByRole('button', { name: fi.ui.save, exact: true }));
    await expect(opener).toBeFocused();
  });
});
