import type { Page } from '@playwright/test';
import { fi } from '../../src/i18n/fi';
import { expect, expectAccessible, open, people, type Person, signIn, test } from '../fixtures';
import { today } from '../product';

const t = fi.session.ended;

// One form is half typed in while its session expires, is revoked, and becomes another person's.
// Nothing is lost, nothing is saved in another's name, and signing in again leads back to it.

/** Signs in again from the notice: a tab opens, and closes by itself. */
async function signInAgain(page: Page, person: Person) {
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: t.signIn }).click();
  const tab = await opened;
  const closed = tab.waitForEvent('close');
  await tab.locator(`a[href^="/auth/${person.party}/login"]`).click();
  await tab.locator(`button[name="account"][value="${person.subject}"]`).click();
  await closed;
}

test('a session that ends while somebody types takes nothing away', async ({ browser, own }) => {
  const page = await open(browser, own.url, people.espooCoordinator, 'fi');
  await page.goto('/fi/goals/3');
  await page.getByRole('button', { name: fi.goals.edit }).click();
  const form = page.getByRole('form');
  const text = (group: string) =>
    form
      .getByRole('group', { name: new RegExp(`^${group}`) })
      .getByRole('textbox', { name: /^Suomeksi/ });
  await text(fi.goals.titleField).fill('Perheet saavat apua ajoissa');
  await text(fi.drafts.note).fill('Otsikko on nyt selkeämpi.');
  const save = form.getByRole('button', { name: fi.drafts.save });
  const notice = page.locator('.session-ended');
  const nothingLost = async () => {
    await expect(text(fi.goals.titleField)).toHaveValue('Perheet saavat apua ajoissa');
    await expect(text(fi.drafts.note)).toHaveValue('Otsikko on nyt selkeämpi.');
    expect(page.url()).toContain('/goals/3');
  };
  const backAtTheForm = async () => {
    await expect(notice).toHaveCount(0);
    await expect(form.getByRole('alert')).toBeFocused(); // where a refused save leads
    await nothingLost();
  };

  // 1. It expires: 45 minutes without a request.
  const product = await own.later(today, '08:50');
  try {
    await save.click();
    await expect(notice).toContainText(t.title);
    await nothingLost();
    await expectAccessible(page);
    await signInAgain(page, people.espooCoordinator);
    await backAtTheForm();

    // 2. It is ended on the server; the browser still has its cookie.
    const cookies = await page.context().cookies();
    await page.request.post('/auth/logout');
    await page.context().addCookies(cookies);
    await save.click();
    await expect(notice).toContainText(t.title);
    await nothingLost();
    await signInAgain(page, people.espooCoordinator);
    await backAtTheForm();

    // 3. Another signs in in another tab: nothing is saved in their name.
    const tab = await page.context().newPage();
    await signIn(tab, people.espooYouthHead, 'fi');
    await save.click();
    await expect(notice).toContainText(/Selaimessa on nyt kirjautuneena/);
    await nothingLost();
    const drafts = await page.request.get('/api/v1/drafts?subjectKind=goal');
    expect(await drafts.text()).not.toContain('Perheet saavat apua');
    await expectAccessible(page);
    await signInAgain(page, people.espooCoordinator);
    await backAtTheForm();

    await save.click();
    await page.waitForURL(/\/drafts\//);
    await expect(page.getByRole('region', { name: fi.drafts.differences })).toContainText(
      'Perheet saavat apua ajoissa',
    );
  } finally {
    await product.stop();
  }
});
