import type { Page } from '@playwright/test';
import { en } from '../../src/i18n/en';
import { fi } from '../../src/i18n/fi';
import { sv } from '../../src/i18n/sv';
import { expect, expectAccessible, langs, open, people, personOf, test } from '../fixtures';

const texts = { fi, sv, en };

/** What a secretary really has in hand: two public agenda items of the two parties. */
const espooItem = {
  title:
    'Hyvinvointikertomus ja -suunnitelma 2022-2025 ja ikäkausittaiset hyvinvointisuunnitelmat (Kh/Kv)',
  registryNo: '11937/00.01.02/2021',
  section: '17',
  proposal: [
    '1. Merkitään hyvinvointikertomus ja -suunnitelma 2022–2025 tiedoksi.',
    '2. Hyväksytään lasten ja nuorten suunnitelma siten, että lausunnot otetaan huomioon.',
    '3. Hyväksytään työikäisten suunnitelma siten, että lausunnot otetaan huomioon.',
    '4. Hyväksytään ikääntyneiden suunnitelma siten, että lausunnot otetaan huomioon.',
    '5. Esitetään ne kaupunginhallitukselle ja edelleen valtuustolle.',
  ].join('\n'),
  proceedings:
    'Esittelijä muutti ehdotustaan kokouksessa. Kannatettu lisäys: selvitetään nuorten mielipiteitä hyvinvoinnista ja osallisuudesta.',
  heard:
    'nuorisovaltuusto, vammaisneuvosto, vanhusneuvosto, tasa-arvo- ja yhdenvertaisuustoimikunta',
  goesOnTo: 'kaupunginhallitus, kaupunginvaltuusto',
  urlFi: 'https://espoo.oncloudos.com/cgi/DREQUEST.PHP?page=meetingitem&id=2022568-3',
};
const luvnItem = {
  fi: 'Alueellisen hyvinvointisuunnitelman valmistelun tilannekatsauksen merkitseminen tiedoksi',
  sv: 'Antecknande av lägesrapporten om beredningen av den regionala välfärdsplanen för kännedom',
  en: 'Alueellisen hyvinvointisuunnitelman valmistelun tilannekatsauksen merkitseminen tiedoksi',
  registryNo: '4802/00.01.02/2025',
  proposal:
    '1. Merkitään tiedoksi tilannekatsaus alueellisen hyvinvointisuunnitelman valmistelusta.',
  urlFi: 'https://luhva-d10julk.oncloudos.com/cgi/DREQUEST.PHP?id=2025608-3&page=meetingitem',
  urlSv: 'https://luhva-d10julk.oncloudos.com/cgi/DREQUEST.PHP?id=2025609-3&page=meetingitem',
};
const action = {
  fi: 'Nuorten mielipiteet hyvinvoinnista kootaan yhdessä',
  sv: 'Ungas åsikter om välbefinnande samlas tillsammans',
};
/** The lead post's title, and the part of it that the secretary types. */
const lead = {
  fi: { title: 'Nuorisopalvelupäällikkö', typed: 'nuorisop' },
  sv: { title: 'Chef för ungdomstjänster', typed: 'ungdomstj' },
  en: { title: 'Head of youth services', typed: 'youth ser' },
};
const dueOn = { fi: '31.3.2027', sv: '31.3.2027', en: '31.3.2027' };

async function written<T>(page: Page, path: string, act: () => Promise<T>): Promise<void> {
  const answer = page.waitForResponse(
    (r) => r.url().includes(path) && r.request().method() !== 'GET',
  );
  await act();
  expect((await answer).status(), `${path} was written`).toBeLessThan(300);
}

/** Fails the test if the log names a field for which the site has no word. */
async function expectWords(auditor: Page, url: string): Promise<void> {
  const seen = new Set<string>();
  let cursor: string | undefined = '';
  do {
    const answer = await auditor.request.get(
      `${url}/api/v1/audit/entries?limit=200${cursor && `&cursor=${cursor}`}`,
    );
    const page = (await answer.json()) as {
      items: { changes: { field: string }[] }[];
      nextCursor?: string;
    };
    for (const { changes } of page.items) for (const { field } of changes) seen.add(field);
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toContain('participants');
  expect([...seen].filter((field) => !(field in fi.content.fields))).toEqual([]);
}

/** A forum that LUVN leads and one that Espoo does, each with its own secretary and chair. */
const luvnLed = { secretary: people.luvnSecretary, forum: 'forum_mhsa' };
const espooLed = { secretary: people.espooSecretary, forum: 'forum_work_ability' };

for (const lang of langs) {
  const led = lang === 'sv' ? espooLed : luvnLed;
  test(`a meeting outcome travels from the secretary to the public page (${lang})`, async ({
    browser,
    own,
  }) => {
    test.setTimeout(300_000);
    const t = texts[lang];
    const m = t.meetings;

    // 1. The forum's secretary prepares, runs and closes a meeting.
    const secretary = await open(browser, own.url, led.secretary, lang);
    await secretary.goto(`/${lang}/forums/${led.forum}`);
    await secretary.getByRole('button', { name: t.forums.newMeeting }).first().click();
    await secretary
      .getByRole('textbox', { name: t.forums.meetingDay, exact: true })
      .fill('23.11.2026');
    await secretary.getByRole('textbox', { name: t.forums.startsAt, exact: true }).fill('9.00');
    await secretary.getByRole('textbox', { name: t.forums.endsAt, exact: true }).fill('11.00');
    await secretary.locator('.frm-new').getByRole('button', { name: t.ui.save }).click();
    await secretary.waitForURL(/\/meetings\/[0-9a-f-]{36}/);
    const meetingUrl = new URL(secretary.url()).pathname;
    const meetingId = meetingUrl.split('/').pop() ?? '';

    const addItem = async (title: string) => {
      const form = secretary.locator('form.ag-add');
      const opener = secretary.locator('[data-key="item"]');
      await expect(opener).toBeVisible();
      if ((await opener.getAttribute('aria-expanded')) !== 'true') await opener.click();
      await form.getByLabel(m.agenda.addTitle).fill(title);
      await written(secretary, '/agenda-items', () =>
        form.getByRole('button', { name: m.agenda.add }).click(),
      );
      await expect(secretary.getByRole('heading', { level: 2, name: title })).toBeVisible();
    };
    const writeIn = async (language: 'fi' | 'sv') => {
      const choice = secretary.getByRole('radio', {
        name: new RegExp(`^${t.ui.languageNames[language]}`),
      });
      // The page is drawn anew as what was saved comes back: one may press in between.
      await expect(() => choice.check({ force: true, timeout: 2_000 })).toPass();
    };
    const more = async () => {
      const closed = secretary.locator('.it details:not([open]) > summary');
      while ((await closed.count()) > 0) await closed.first().click();
    };
    const save = () =>
      written(secretary, '/agenda-items/', () =>
        secretary.getByRole('button', { name: m.item.save, exact: true }).click(),
      );

    await addItem(espooItem.title);
    await writeIn('fi');
    await secretary.getByLabel(m.item.proposal, { exact: true }).fill(espooItem.proposal);
    await more();
    await secretary.getByLabel(m.item.heard, { exact: true }).fill(espooItem.heard);
    await secretary.getByLabel(m.item.goesOnTo, { exact: true }).fill(espooItem.goesOnTo);
    await secretary.getByRole('button', { name: t.content.addCase }).click();
    await secretary.getByLabel(t.content.registryNo).fill(espooItem.registryNo);
    await secretary.getByLabel(t.content.urlFi).fill(espooItem.urlFi);
    await save();

    await addItem(luvnItem.fi);
    await writeIn('sv');
    await secretary.getByLabel(m.item.title, { exact: true }).fill(luvnItem.sv);
    await writeIn('fi');
    await secretary.getByLabel(m.item.proposal, { exact: true }).fill(luvnItem.proposal);
    await more();
    await secretary.getByRole('button', { name: t.content.addCase }).click();
    await secretary.getByLabel(t.content.registryNo).fill(luvnItem.registryNo);
    await secretary.getByLabel(t.content.urlFi).fill(luvnItem.urlFi);
    await secretary.getByLabel(t.content.urlSv).fill(luvnItem.urlSv);
    await save();

    const step = async (name: string, path: string, page = secretary) => {
      const button = page.getByRole('button', { name, exact: true });
      // An approval waits for the paper that it approves.
      await expect(button).toHaveAttribute('aria-disabled', 'false');
      await written(page, `/meetings/${meetingId}/${path}`, () => button.click());
    };
    await step(m.steps.call, 'call');
    await step(m.steps.start, 'start');
    await secretary.getByRole('button', { name: m.attendance.mark }).click();
    await secretary.getByRole('button', { name: m.attendance.markAll }).click();
    await expect(secretary.getByText(m.attendance.quorumText)).toBeVisible();
    await secretary.getByRole('button', { name: m.attendance.markDone, exact: true }).click();

    // The decision with its follow-up action, on the first item.
    await secretary
      .getByRole('navigation', { name: m.agenda.title })
      .getByText(espooItem.title)
      .click();
    await secretary.getByLabel(m.item.proceedings, { exact: true }).fill(espooItem.proceedings);
    await save();
    const outcome = secretary.getByRole('form', { name: m.outcomes.new });
    if (!(await outcome.isVisible())) {
      await secretary.getByRole('button', { name: m.outcomes.add }).click();
    }
    await outcome.getByText(m.outcomes.types.decision, { exact: true }).click();
    await outcome.getByLabel(m.outcomes.textFi).fill('Kootaan nuorten mielipiteet yhdessä.');
    await outcome.getByLabel(m.outcomes.textSv).fill('Ungas åsikter samlas tillsammans.');
    await written(secretary, '/outcomes', () =>
      outcome.getByRole('button', { name: m.outcomes.record }).click(),
    );

    // 5, first half: the same item is open in the secretary's other tab, stale from here on.
    const other = await secretary.context().newPage();
    await other.goto(secretary.url());
    await expect(other.getByLabel(m.item.decision, { exact: true })).toBeVisible();

    // It cannot be closed while the decision has no ending.
    await secretary.getByRole('button', { name: m.steps.close, exact: true }).click();
    await expect(secretary.getByText(t.problems.codes.decisions_without_ending)).toBeVisible();

    await secretary.getByRole('button', { name: m.outcomes.makeAction }).click();
    const follow = secretary.getByRole('form', { name: m.outcomes.makeActionOf(1) });
    await follow.getByLabel(m.action.titleFi, { exact: true }).fill(action.fi);
    await follow.getByLabel(m.action.titleSv, { exact: true }).fill(action.sv);
    const box = follow.getByRole('combobox', { name: m.action.lead });
    await box.pressSequentially(lead[lang].typed, { delay: 20 });
    await secretary
      .getByRole('option', { name: new RegExp(lead[lang].title) })
      .first()
      .click();
    await follow.getByRole('textbox', { name: m.action.dueOn, exact: true }).fill(dueOn[lang]);
    await follow.getByLabel(m.action.goal).selectOption({ index: 1 });
    await written(secretary, '/actions', () =>
      follow.getByRole('button', { name: m.action.create }).click(),
    );
    await expect(
      secretary.getByRole('link', { name: new RegExp(m.outcomes.action(44)) }).first(),
    ).toBeVisible();

    // 5: both tabs write the same paragraph; the later one is shown both, nothing lost.
    await other.getByLabel(m.item.decision, { exact: true }).fill('Päätettiin toisin sanoin.');
    await secretary
      .getByLabel(m.item.decision, { exact: true })
      .fill('Päätettiin ehdotuksen mukaan.');
    await save();
    await other.getByRole('button', { name: m.item.save, exact: true }).click();
    const clash = other.getByRole('alertdialog');
    await expect(clash).toContainText('toisin sanoin');
    await expect(clash).toContainText('ehdotuksen mukaan');
    await expectAccessible(other);
    await clash.getByText(m.clash.mine, { exact: true }).click();
    await clash.getByRole('button', { name: m.clash.settle }).click();
    await expect(clash).toHaveCount(0);
    await expect(other.getByLabel(m.item.decision, { exact: true })).toHaveValue(
      'Päätettiin toisin sanoin.',
    );
    await other.close();

    // Nor while an item has no outcome; the complaint goes as it is mended.
    await secretary.reload();
    await secretary.getByRole('button', { name: m.steps.close, exact: true }).click();
    const complaint = secretary.getByText(t.problems.codes.items_without_outcome);
    await expect(complaint).toBeVisible();
    await written(secretary, '/outcomes', () =>
      secretary
        .getByRole('button', { name: `${t.agenda.unhandled.note}: ${luvnItem[lang]}` })
        .click(),
    );
    await expect(complaint).toHaveCount(0);
    await step(m.steps.close, 'closure');

    // The chair and one inspector of each party approve with one press.
    const meeting = (await (
      await secretary.request.get(`${own.url}/api/v1/meetings/${meetingId}`)
    ).json()) as { approvers: { post: { title: { fi: string } } }[] };
    const approvers = meeting.approvers.map(({ post }) => post.title.fi);
    expect(approvers).toHaveLength(3);
    for (const title of approvers) {
      const approver = await open(browser, own.url, personOf(title), lang);
      await approver.goto(meetingUrl);
      await step(m.steps.approve, 'approvals', approver);
      await approver.context().close();
    }
    await secretary.reload();
    await step(m.steps.publish, 'publication');

    // 2. The manager of Espoo finds the action under own work and updates it in two interactions.
    const manager = await open(browser, own.url, people.espooYouthHead, lang);
    await manager.goto(`/${lang}/actions?mine=true`);
    await expect(manager.getByText(lang === 'sv' ? action.sv : action.fi).first()).toBeVisible();
    await manager.goto(`/${lang}/my-work`);
    const row = manager
      .locator('li, tr, article')
      .filter({ hasText: lang === 'sv' ? action.sv : action.fi })
      .first();
    await expect(row).toBeVisible();
    await row
      .getByRole('link', { name: lang === 'sv' ? action.sv : action.fi })
      .first()
      .click();
    // My work, which stays until the action has come, has a button of the same name.
    await expect(
      manager.getByRole('heading', { level: 1, name: lang === 'sv' ? action.sv : action.fi }),
    ).toBeVisible();
    await manager.getByRole('button', { name: t.actions.page.write }).click();
    await manager.getByText(t.actions.statuses.in_progress, { exact: true }).last().click();
    await manager.getByLabel(t.actions.update.text).fill('Kysely on lähetetty kouluihin.');
    await written(manager, '/status-reports', () =>
      manager.getByRole('button', { name: t.ui.save, exact: true }).click(),
    );
    await expect(manager.getByText('Kysely on lähetetty kouluihin.').first()).toBeVisible();

    // 3. The auditor sees both changes in the log, reads the past, and can change nothing.
    const auditor = await open(browser, own.url, people.luvnAuditor, lang);
    await auditor.goto(`/${lang}/transparency/log`);
    await expect(auditor.getByText(lead[lang].title).first()).toBeVisible();
    await expect(auditor.locator('main')).toContainText(lang === 'sv' ? action.sv : action.fi);
    await expectWords(auditor, own.url);
    await auditor.goto(`/${lang}/actions/9?asOf=2026-11-10`);
    await expect(auditor.getByText('30', { exact: false }).first()).toBeVisible();
    await expect(auditor.getByRole('button', { name: t.actions.page.write })).toHaveCount(0);
    const goal = await auditor.request.get(`${own.url}/api/v1/actions/44`);
    const seen = (await goal.json()) as { id: string; version: number };
    const refused = await auditor.request.post(
      `${own.url}/api/v1/actions/${seen.id}/status-reports`,
      {
        headers: { 'If-Match': `"${String(seen.version)}"`, Origin: own.url },
        data: { status: 'paused', reason: 'ei', public: true },
      },
    );
    expect(refused.status()).toBe(403);

    // 4. A resident finds it all on a phone, without an account.
    const resident = await open(browser, own.url, null, lang, { width: 390, height: 844 });
    await resident.goto(`/${lang}/actions/44`);
    await expect(resident.getByRole('heading', { level: 1 })).toContainText(
      lang === 'sv' ? action.sv : action.fi,
    );
    await expect(resident.getByText(lead[lang].title).first()).toBeVisible();
    await expectAccessible(resident);
    await resident.locator(`a[href*="/meetings/${meetingId}"]`).first().click();
    await resident.waitForURL(`**/meetings/${meetingId}*`);
    await expect(resident.getByText(espooItem.registryNo)).toBeVisible();
    await expect(resident.getByText(luvnItem.registryNo)).toBeVisible();
    await expect(
      resident.locator('main ol li', { hasText: 'Merkitään hyvinvointikertomus' }),
    ).toBeVisible();
    await expect(resident.locator(`a[href="${luvnItem.urlSv}"]`)).toBeVisible();
    await expect(
      resident.getByRole('link', { name: new RegExp(m.outcomes.action(44)) }).first(),
    ).toBeVisible();
    await expectAccessible(resident);
  });
}
