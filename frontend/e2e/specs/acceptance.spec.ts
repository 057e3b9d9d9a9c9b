import { en } from '../../src/i18n/en';
import { fi } from '../../src/i18n/fi';
import { sv } from '../../src/i18n/sv';
import { expect, expectAccessible, open, people, test, type Lang } from '../fixtures';

const texts = { fi, sv, en };

const first = {
  fi: 'Vastaanottaja ottaa yhteyttä perheeseen viikon kuluessa.',
  sv: 'Mottagaren kontaktar familjen inom en vecka.',
  en: 'The receiver contacts the family within a week.',
};
const reason = {
  fi: 'Viikko ei riitä loma-aikoina.',
  sv: 'En vecka räcker inte under semestertider.',
  en: 'A week is not enough in holiday seasons.',
};
const second = {
  fi: 'Vastaanottaja ottaa yhteyttä perheeseen kahden viikon kuluessa.',
  sv: 'Mottagaren kontaktar familjen inom två veckor.',
  en: 'The receiver contacts the family within two weeks.',
};

type Titled = { id: string; title: Record<Lang, string>; partyId: string };
type Edge = {
  id: string;
  chain: { key: string };
  from: { partyId: string };
  to: { partyId: string };
};

// In Finnish responsibility.spec.ts walks the same way, and further.
for (const lang of ['sv', 'en'] as const) {
  test(`a shared responsibility for a hand-over counts when both parties have accepted it (${lang})`, async ({
    browser,
    own,
  }) => {
    test.setTimeout(240_000);
    const t = texts[lang];
    const r = t.responsibilities;

    const coordinator = await open(browser, own.url, people.espooCoordinator, lang);
    const items = async <T>(path: string) =>
      ((await (await coordinator.request.get(`/api/v1/${path}`)).json()) as { items: T[] }).items;
    const post = (await items<Titled>('posts?q=palvelualuejohtaja')).find(({ title }) =>
      title.fi.startsWith('Lasten, nuorten'),
    );
    const edge = (await items<Edge>('handovers?limit=200')).find(
      ({ from, to }) => from.partyId !== to.partyId,
    );
    if (!post || !edge) throw new Error('the demo has no such post or hand-over');
    const path = `/${lang}/chains/${edge.chain.key}?handover=${edge.id}#handover`;
    const named = (part: 'shared') => `${post.title[lang]}, ${t.ui.parts[part].name.toLowerCase()}`;
    const say = (text: Record<Lang, string>) => text[lang];
    const inLanguage = t.ui.languageNames[lang];
    const language = new RegExp(`^${inLanguage.charAt(0).toUpperCase()}${inLanguage.slice(1)}`);

    // 1. Espoo's coordinator proposes that a post of LUVN shares the hand-over.
    await coordinator.goto(path);
    await coordinator.getByRole('button', { name: r.proposeNew }).click();
    const proposal = coordinator.getByRole('form', { name: r.proposeNew });
    const box = proposal.getByRole('combobox', { name: r.post });
    // The whole title, so that the post is the first of what is found and nothing needs to scroll.
    await box.fill(post.title[lang]);
    const found = coordinator.getByRole('option').first();
    await expect(found).toContainText(post.title[lang]);
    await found.click();
    await proposal.getByRole('textbox', { name: language }).fill(say(first));
    await proposal.getByRole('button', { name: t.ui.save }).click();
    await expect(coordinator.getByText(r.proposed('LUVN'))).toBeVisible();
    const row = coordinator.getByRole('listitem', { name: named('shared') });
    await expect(row.getByText(r.notYet)).toBeVisible();
    await expectAccessible(coordinator);

    // 2. LUVN's manager finds it under own work and returns it with a reason.
    const manager = await open(browser, own.url, people.luvnFamilyHead, lang);
    await manager.goto(`/${lang}/my-work`);
    const waiting = manager.getByRole('region', { name: t.myWork.waiting });
    await expect(waiting.getByText(say(first))).toBeVisible();
    await waiting.getByRole('button', { name: new RegExp(`^${r.decline}:`) }).click();
    const refusal = waiting.getByRole('form');
    await refusal.getByRole('button', { name: r.decline, exact: true }).click();
    await expect(refusal.getByText(t.problems.fields.required)).toBeVisible();
    // A reason is written in Finnish or Swedish; in English besides.
    const written = lang === 'sv' ? 'sv' : 'fi';
    const label = t.ui.languageNames[written];
    await refusal
      .getByRole('textbox', {
        name: new RegExp(`^${label.charAt(0).toUpperCase()}${label.slice(1)}`),
      })
      .fill(reason[written]);
    await refusal.getByRole('textbox', { name: language }).fill(say(reason));
    await expectAccessible(manager);
    await refusal.getByRole('button', { name: r.decline, exact: true }).click();
    await expect(manager.getByText(r.declined)).toBeVisible();
    await expect(waiting.getByText(say(first))).toBeHidden();

    // 3. The coordinator reads why and changes the words.
    await coordinator.reload();
    await expect(row.getByText(say(reason))).toBeVisible();
    await row.getByRole('button', { name: r.changeOf(named('shared')) }).click();
    const change = row.getByRole('form', { name: r.changeOf(named('shared')) });
    await change.getByRole('textbox', { name: language }).fill(say(second));
    await change.getByRole('button', { name: t.ui.save }).click();
    await expect(coordinator.getByText(r.proposed('LUVN'))).toBeVisible();

    // Nobody outside takes it for agreed meanwhile.
    const anybody = await open(browser, own.url, null, lang);
    const publicRow = anybody.getByRole('listitem', { name: named('shared') });
    await anybody.goto(path);
    await expect(publicRow.getByText(r.notYet)).toBeVisible();

    // 4. LUVN accepts in one press.
    await manager.reload();
    // What it returned stands beside what is proposed now.
    await expect(waiting.getByText(say(first)).first()).toBeVisible();
    await expect(waiting.getByText(say(second)).first()).toBeVisible();
    await waiting.getByRole('button', { name: new RegExp(`^${r.accept}:`) }).click();
    await expect(manager.getByText(r.acceptedInForce)).toBeVisible();

    // 5. The public page shows it in force, in the words that both accepted, and how it came to that.
    await anybody.reload();
    await expect(publicRow.getByText(say(second))).toBeVisible();
    await expect(publicRow.getByText(t.ui.acceptance.inForce, { exact: true })).toBeVisible();
    await expect(publicRow.getByText(r.notYet)).toBeHidden();
    await publicRow.getByText(r.past).click();
    await expect(publicRow.getByText(say(reason))).toBeVisible();
    await expectAccessible(anybody);

    // 6. The auditor asks who was responsible that day.
    const auditor = await open(browser, own.url, people.espooAuditor, lang);
    await auditor.goto(`/${lang}/responsibilities/on?kind=handover&id=${edge.id}&date=2026-11-23`);
    await expect(auditor.getByRole('cell', { name: say(second) })).toBeVisible();
    await expectAccessible(auditor);
    for (const page of [coordinator, manager, anybody, auditor]) await page.context().close();
  });
}
