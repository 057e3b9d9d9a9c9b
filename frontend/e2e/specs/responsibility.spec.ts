import type { Page } from '@playwright/test';
import { fi } from '../../src/i18n/fi';
import { expect, expectAccessible, open, people, test } from '../fixtures';

const post = 'Opiskeluhuollon palvelupäällikkö';
const manager = { party: 'luvn', subject: 'luvn-studentcare-head' };
const luvnAdministrator = { party: 'luvn', subject: 'luvn-administrator' };
const first = 'Opiskeluhuolto ohjaa nuoren etsivään nuorisotyöhön.';
/** The fields of a text in several languages. */
const inFinnish = new RegExp(`^${fi.ui.languageNames.fi}`, 'i');
const inSwedish = new RegExp(`^${fi.ui.languageNames.sv}`, 'i');
const second = 'Opiskeluhuolto ohjaa nuoren etsivään nuorisotyöhön, kun nuori suostuu siihen.';

/** The items of a list of the API. */
async function listed<T>(page: Page, path: string): Promise<T[]> {
  const answer = await page.request.get(`/api/v1${path}`);
  expect(answer.status(), path).toBe(200);
  return ((await answer.json()) as { items: T[] }).items;
}

test('a shared responsibility is proposed, declined, changed and accepted; a month later its post is empty and the past still answers', async ({
  browser,
  own,
}) => {
  test.setTimeout(300_000);
  const t = fi.responsibilities;

  // 1. Espoo's coordinator proposes a shared responsibility for a hand-over.
  const coordinator = await open(browser, own.url, people.espooCoordinator, 'fi');
  const chains = await listed<{
    key: string;
    id: string;
    handovers: { id: string; what: { fi: string } }[];
  }>(coordinator, '/chains');
  const chain = chains.find(({ key }) => key === 'chain_children');
  const handover = chain?.handovers.find(({ what }) => what.fi.includes('etsivään nuorisotyöhön'));
  if (!chain || !handover) throw new Error('the demo has no such hand-over');
  const address = `/fi/chains/${chain.key}?handover=${handover.id}`;
  await coordinator.goto(address);
  const detail = coordinator.locator('#handover');
  await detail.getByRole('button', { name: t.proposeNew }).click();
  const proposal = detail.getByRole('form', { name: t.proposeNew });
  // By keyboard: the list closes when the page scrolls under it.
  const box = proposal.getByRole('combobox', { name: t.post });
  await box.pressSequentially('opiskeluhuollon', { delay: 20 });
  await expect(coordinator.getByRole('option').first()).toContainText(post);
  await box.press('ArrowDown');
  await box.press('Enter');
  await expect(box).toHaveValue(new RegExp(post));
  await proposal.getByLabel(t.part, { exact: true }).selectOption('shared');
  await proposal.getByRole('textbox', { name: inFinnish }).fill(first);
  await proposal
    .getByRole('textbox', { name: inSwedish })
    .fill('Elevvården hänvisar den unga till uppsökande ungdomsarbete.');
  await proposal.getByRole('button', { name: fi.ui.save, exact: true }).click();
  const row = (page: Page) => page.locator('#handover .rsp').filter({ hasText: post });
  await expect(row(coordinator)).toContainText(t.notYet);
  await expectAccessible(coordinator);

  // 2. LUVN's manager finds it among what waits, and declines with a reason.
  const receiver = await open(browser, own.url, manager, 'fi');
  const { name } = (await (await receiver.request.get('/api/v1/me')).json()) as { name: string };
  await receiver.goto('/fi/my-work');
  await expect(receiver.locator('main')).toContainText(first);
  await receiver.goto(address);
  await row(receiver).getByRole('button', { name: t.decline }).click();
  await row(receiver).getByRole('textbox', { name: inFinnish }).fill('Nuoren suostumus puuttuu.');
  await row(receiver).getByRole('button', { name: t.decline, exact: true }).click();
  await expect(row(receiver)).toContainText('Nuoren suostumus puuttuu.');

  // 3. The wording is changed, and LUVN accepts.
  await coordinator.reload();
  await expect(row(coordinator)).toContainText('Nuoren suostumus puuttuu.');
  await row(coordinator).getByRole('button', { name: t.change }).click();
  await row(coordinator).getByRole('textbox', { name: inFinnish }).fill(second);
  await row(coordinator).getByRole('button', { name: fi.ui.save, exact: true }).click();
  await expect(row(coordinator).getByRole('textbox')).toHaveCount(0); // it is saved, not only typed
  await expect(row(coordinator)).toContainText(second);
  await receiver.reload();
  await row(receiver).getByRole('button', { name: t.accept }).click();
  await expect(receiver.getByText(t.acceptedInForce)).toBeVisible();

  // 4. The public page shows it in force.
  const reader = await open(browser, own.url, null, 'fi', { width: 390, height: 844 });
  await reader.goto(address);
  await expect(row(reader)).toContainText(second);
  await expect(row(reader)).not.toContainText(t.notYet);
  await expect(row(reader)).toContainText(t.standings.in_force);
  await expectAccessible(reader);

  // 5. A month later the holder has left, and the radar shows it.
  const later = await own.later('2026-12-23');
  try {
    const administrator = await open(browser, later.url, luvnAdministrator, 'fi');
    await administrator.goto('/fi/organisation');
    await administrator.getByRole('button', { name: fi.organisation.edit }).click();
    await administrator
      .getByRole('button', { name: fi.organisation.holdersOf(post), exact: true })
      .click();
    await administrator
      .getByRole('button', { name: fi.organisation.form.endHoldingOf(name) })
      .click();
    const ending = administrator.getByRole('form', {
      name: fi.organisation.form.endHoldingOf(name),
    });
    await expect(ending.getByRole('region', { name: fi.organisation.ending.owns })).toContainText(
      /siirtymä/i,
    );
    await ending
      .getByRole('textbox', { name: fi.organisation.form.lastDay, exact: true })
      .fill('20.12.2026');
    await ending.getByRole('button', { name: fi.ui.save }).click();
    await expect(administrator.getByText(fi.organisation.saved.ended)).toBeVisible();

    const resident = await open(browser, later.url, null, 'fi');
    await resident.goto('/fi/radar?reason=left');
    await expect(
      resident.locator('#list tr').filter({ hasText: post }).getByRole('link', { name: post }),
    ).toBeVisible();

    // 6. The auditor asks who was responsible on four dates.
    const auditor = await open(
      browser,
      later.url,
      { party: 'espoo', subject: 'esp-auditor' },
      'fi',
    );
    const ask = async (day: string) => {
      await auditor.goto(`/fi/responsibilities/on?kind=handover&id=${handover.id}&date=${day}`);
      await expect(auditor.locator('.on-a')).toBeVisible();
      return auditor.locator('main');
    };
    await expect(await ask('2026-11-22')).not.toContainText(post);
    const held = await ask('2026-12-01');
    await expect(held.locator('.on-t')).toContainText(second);
    await expect(held.locator('.on-t')).toContainText(name);
    // Who had left by then, as was written down only the day after.
    const corrected = await ask('2026-12-22');
    await expect(corrected.locator('.on-t')).toContainText(t.on.recorded.no_longer('23.12.2026'));
    const empty = await ask('2026-12-23');
    await expect(empty.locator('.on-t')).toContainText(second);
    await expect(empty.locator('.on-t')).toContainText(t.on.noHolder);
    await expect(empty.locator('.on-t')).not.toContainText(name);
    await expectAccessible(auditor);
  } finally {
    await later.stop();
  }
});
