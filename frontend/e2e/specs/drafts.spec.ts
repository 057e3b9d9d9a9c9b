import { fi } from '../../src/i18n/fi';
import { sv } from '../../src/i18n/sv';
import { expect, expectAccessible, expectNoSidewaysScroll, open, people, test } from '../fixtures';

const t = fi.drafts;

test('a change of a public goal is drafted, sent back, agreed to and published', async ({
  browser,
  own,
}) => {
  test.setTimeout(240_000);

  // 1. Espoo's coordinator opens the form: what it saves is a draft.
  const espoo = await open(browser, own.url, people.espooCoordinator, 'fi');
  await espoo.goto('/fi/goals/3');
  const edit = espoo.getByRole('button', { name: fi.goals.edit });
  await expect(edit).toBeVisible(); // until then the heading is only its number
  const published = (await espoo.getByRole('heading', { level: 1 }).textContent()) ?? '';
  await edit.click();
  const form = espoo.getByRole('form');
  const title = form
    .getByRole('group', { name: new RegExp(`^${fi.goals.titleField}`) })
    .getByRole('textbox', { name: /^Suomeksi/ });
  await title.fill('Perheet saavat apua ajoissa');
  await form
    .getByRole('group', { name: new RegExp(`^${t.note}`) })
    .getByRole('textbox', { name: /^Suomeksi/ })
    .fill('Otsikko on nyt selkeämpi.');
  await expect(form.getByRole('button', { name: fi.ui.save, exact: true })).toHaveCount(0);
  await form.getByRole('button', { name: t.save }).click();
  await espoo.waitForURL(/\/drafts\//);
  const draft = new URL(espoo.url()).pathname;
  await expect(espoo.getByRole('heading', { level: 1 })).toContainText(published);
  const differences = espoo.getByRole('region', { name: t.differences });
  await expect(differences).toContainText('Perheet saavat apua ajoissa');
  await expect(differences).toContainText(published);
  await expect(espoo.getByRole('button', { name: t.agree })).toHaveCount(0);

  // The public sees nothing of it.
  const reader = await open(browser, own.url, null, 'fi');
  await reader.goto('/fi/goals/3');
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText(published);
  await expect(reader.getByText(t.open)).toHaveCount(0);
  await reader.goto(draft);
  await expect(reader.getByText(fi.problems.codes.draft_not_found)).toBeVisible();

  // 2. LUVN's coordinator finds it under own work and asks for changes, by keyboard.
  const luvn = await open(browser, own.url, people.luvnCoordinator, 'fi');
  await luvn.goto('/fi/my-work');
  const waiting = luvn.getByRole('region', { name: fi.myWork.waiting });
  const read = waiting.getByRole('link', { name: new RegExp(`^${fi.myWork.readDraft}:`) });
  await read.press('Enter');
  await luvn.waitForURL(new RegExp(draft));
  await expect(luvn.getByText('Otsikko on nyt selkeämpi.')).toBeVisible();
  for (const width of [1440, 390]) {
    await luvn.setViewportSize({ width, height: 900 });
    await expectAccessible(luvn);
    await expectNoSidewaysScroll(luvn);
  }
  await luvn.setViewportSize({ width: 1440, height: 900 });
  const say = luvn.getByRole('form', { name: t.comment });
  await say.getByRole('button', { name: t.requestChanges }).click();
  await expect(say.getByText(fi.problems.fields.required)).toBeVisible();
  await say.getByText(fi.ui.otherLanguages).click();
  await say.getByRole('textbox', { name: /^Ruotsiksi/ }).fill('Nämn också barnen.');
  await say.getByRole('button', { name: t.requestChanges }).press('Enter');
  await expect(luvn.getByText('Nämn också barnen.')).toBeVisible();
  await expect(luvn.getByText(`${t.standings.changes_requested}.`)).toBeVisible();
  await expect(luvn.getByRole('button', { name: t.publish, exact: true })).toHaveCount(0);
  await luvn.goto('/fi/my-work');
  await expect(luvn.getByRole('heading', { level: 1 })).toBeVisible();
  await luvn.waitForLoadState('networkidle');
  await expect(read).toHaveCount(0);

  // 3. Espoo's page says so; the draft is written on, which lifts it.
  await espoo.goto('/fi/goals/3');
  await expect(espoo.getByText(t.standings.changes_requested)).toBeVisible();
  for (const width of [1440, 390]) {
    await espoo.setViewportSize({ width, height: 900 });
    await expectAccessible(espoo);
    await expectNoSidewaysScroll(espoo);
  }
  await espoo.setViewportSize({ width: 1440, height: 900 });
  await espoo.getByRole('link', { name: t.open }).click();
  await espoo.getByRole('link', { name: t.edit }).click();
  await expect(title).toHaveValue('Perheet saavat apua ajoissa');
  await title.fill('Lapset ja perheet saavat apua ajoissa');
  await form.getByRole('button', { name: t.save }).click();
  await espoo.waitForURL(new RegExp(draft));
  await expect(espoo.getByText(`${t.standings.waiting}.`)).toBeVisible();

  // 4. LUVN agrees, in Swedish; Espoo publishes.
  await luvn.goto(draft.replace('/fi/', '/sv/'));
  await luvn.getByRole('button', { name: sv.drafts.agree, exact: true }).click();
  await expect(luvn.getByText(`${sv.drafts.standings.agreed}.`)).toBeVisible();
  await espoo.reload();
  await espoo.getByRole('button', { name: t.publish, exact: true }).click();
  await espoo.getByRole('dialog').getByRole('button', { name: t.publish, exact: true }).click();
  await expect(espoo.getByText(t.publishedOn('23.11.2026'))).toBeVisible();
  await expectAccessible(espoo);

  await reader.goto('/fi/goals/3');
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText(
    'Lapset ja perheet saavat apua ajoissa',
  );
});

test('a change of a public chain is drafted and discarded for a reason', async ({
  browser,
  own,
}) => {
  test.setTimeout(120_000);
  const page = await open(browser, own.url, people.luvnCoordinator, 'fi');
  const chains = (await (await fetch(`${own.url}/api/v1/chains`)).json()) as {
    items: { key: string }[];
  };
  await page.goto(`/fi/chains/${chains.items[0]?.key ?? ''}`);
  await page.getByRole('button', { name: fi.chains.edit, exact: true }).click();
  const form = page.getByRole('form', { name: fi.chains.edit });
  await form
    .getByRole('group', { name: new RegExp(`^${fi.chains.titleField}`) })
    .first()
    .getByRole('textbox', { name: /^Suomeksi/ })
    .fill('Uusi nimi');
  await form.getByRole('button', { name: t.save }).click();
  await page.waitForURL(/\/drafts\//);
  const differences = page.getByRole('region', { name: t.differences });
  await expect(differences).toContainText('Uusi nimi');
  await expect(differences).toContainText(t.differencesMeta(1));
  await page.getByRole('button', { name: t.discard }).click();
  const question = page.getByRole('dialog');
  await question.getByRole('textbox').fill('Nimi on jo hyvä');
  await question.getByRole('button', { name: t.discard }).click();
  await expect(page.getByText(t.reason('Nimi on jo hyvä'))).toBeVisible();
});
