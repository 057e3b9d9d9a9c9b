import { createHash } from 'node:crypto';
import { fi } from '../../src/i18n/fi';
import { expect, expectAccessible, open, people, test } from '../fixtures';

const t = fi.rounds;
const key = 'vuosi_2026';
const address = `/fi/rounds/${key}`;

type Round = { id: string; state: string; snapshot?: { sha256: string } };

// A coordinator's whole round: another one is cancelled, this one is opened with its last days
// shown, reported late, completed by each party for itself, and frozen; then it stands beside the
// first one.
test('a round goes from opening to the frozen snapshot', async ({ browser, own }) => {
  test.setTimeout(480_000);

  // 1. The open round makes room, with a reason.
  let coordinator = await open(browser, own.url, people.espooCoordinator, 'fi');
  await coordinator.goto('/fi/rounds/interim_2026');
  await coordinator.getByRole('button', { name: t.cancel }).click();
  const cancelling = coordinator.getByRole('form', { name: t.cancel });
  await cancelling
    .getByRole('textbox', { name: /^Suomeksi/ })
    .fill('Väliarviointi tehdään osana vuosiraporttia.');
  await cancelling.getByRole('button', { name: t.cancel }).click();
  await expect(coordinator.getByText(t.cancelled)).toBeVisible();

  // 2. A new one is opened; the last days are seen before.
  await coordinator.goto('/fi/rounds');
  await coordinator.getByRole('button', { name: t.open }).click();
  const form = coordinator.getByRole('form', { name: t.open });
  await form.getByRole('textbox', { name: /^Suomeksi/ }).fill('Toinen vuosiraportti');
  await form.getByRole('textbox', { name: /^Ruotsiksi/ }).fill('Den andra årsrapporten');
  await form.getByRole('textbox', { name: t.form.key }).fill(key);
  await form.getByRole('textbox', { name: t.form.periodFrom }).fill('1.1.2026');
  await form.getByRole('textbox', { name: t.form.periodTo }).fill('31.12.2026');
  await form.getByRole('textbox', { name: t.form.dueOn }).fill('15.1.2027');
  await form.getByRole('textbox', { name: t.form.goalDays }).fill('5');
  await form.getByRole('textbox', { name: t.form.actionDays }).fill('10');
  await expect(form.getByText('21.12.2026')).toBeVisible();
  await expect(form.getByText(/jouluaatto 24\.12\.2026/)).toBeVisible();
  await expectAccessible(coordinator);
  await form.getByRole('button', { name: t.open }).click();
  await expect(coordinator.getByText(t.opened)).toBeVisible();
  await coordinator.getByRole('link', { name: 'Toinen vuosiraportti' }).first().click();
  await expect(coordinator.getByText(/ehtii vielä/)).toBeVisible();

  // 3. The day after the actions' last day, what is missing is worked through.
  const missing = await own.later('2026-12-22');
  const manager = await open(browser, missing.url, people.luvnFamilyHead, 'fi');
  await manager.goto(`${address}?state=missing`);
  const updates = manager.getByRole('link', { name: /^Päivitä toimenpiteen/ });
  await expect(updates.first()).toBeVisible();
  const before = await updates.count();
  expect(before).toBeGreaterThan(0);
  await updates.first().click();
  await manager.getByRole('button', { name: fi.ui.freshness.stillTrue }).first().click();
  await expect(manager.getByText(/^Toimenpide \d+ vahvistettiin\.$/)).toBeVisible();
  await manager.goto(`${address}?state=late&level=action`);
  const late = manager.getByRole('region', { name: t.rows });
  await expect(late.getByText(t.standings.late, { exact: true }).last()).toBeVisible();
  await manager.goto(`${address}?state=missing`);
  await expect(updates).toHaveCount(before - 1);

  // 4. After the last day each party completes its own side.
  const over = await missing.later('2027-01-18');
  const complete = async (who: (typeof people)['espooCoordinator' | 'luvnCoordinator']) => {
    const page = await open(browser, over.url, who, 'fi');
    await page.goto(address);
    const sides = page.getByRole('region', { name: t.side.title });
    await sides.getByRole('button', { name: /^Päätä raportointi: / }).click();
    await sides
      .getByRole('textbox', { name: /^Suomeksi/ })
      .fill('Loput raportoidaan seuraavalla kierroksella.');
    await sides.getByRole('button', { name: t.side.confirm }).click();
    return page;
  };
  coordinator = await complete(people.espooCoordinator);
  await expect(coordinator.getByText(t.side.completed)).toBeVisible();
  await expect(coordinator.getByRole('region', { name: t.snapshot.title })).toHaveCount(0);
  const second = await complete(people.luvnCoordinator);
  await expect(second.getByText(t.side.frozen)).toBeVisible();

  // 5. Everybody gets the bytes, and their hash is the one on the page.
  const anybody = await open(browser, over.url, null, 'fi');
  await anybody.goto(address);
  const snapshot = anybody.getByRole('region', { name: t.snapshot.title });
  const round = (await (
    await anybody.request.get(`/api/v1/reporting-rounds/${key}`)
  ).json()) as Round;
  const bytes = await (
    await anybody.request.get(`/api/v1/reporting-rounds/${round.id}/snapshot.json?audience=public`)
  ).body();
  const hash = createHash('sha256').update(bytes).digest('hex');
  expect(round.snapshot?.sha256).toBe(hash);
  await expect(snapshot.getByText(hash)).toBeVisible();
  await snapshot.getByRole('button', { name: t.snapshot.verify }).click();
  await expect(snapshot.getByText(t.snapshot.matches)).toBeVisible();
  await expectAccessible(anybody);

  // 6. It stands beside the first one.
  await anybody.goto(`/fi/rounds/compare?round=annual_2025&round=${key}`);
  await expect(
    anybody.getByRole('columnheader', { name: /Toinen vuosiraportti, jäädytetty/ }).first(),
  ).toBeVisible();
  await expect(
    anybody.getByRole('columnheader', { name: /Ensimmäinen vuosiraportti, jäädytetty/ }).first(),
  ).toBeVisible();
  await expectAccessible(anybody);
  for (const page of [coordinator, second, anybody]) await page.context().close();
  await over.stop();
});
