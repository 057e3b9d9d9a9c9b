import type { Page } from '@playwright/test';
import { fi } from '../../src/i18n/fi';
import {
  expect,
  expectAccessible,
  open,
  people,
  personOf,
  press,
  signIn,
  tabTo,
  test,
} from '../fixtures';
import { today } from '../product';

const m = fi.meetings;
/** Links to the two versions of a paper, of which only members see the first. */
const fiPaper = { internal: 'Jäsenten versio', public: 'Julkinen versio' };

/** A draft of the secretary's forum, made through the API; answers with its id. */
async function makeMeeting(page: Page, url: string, key = 'forum_mhsa'): Promise<string> {
  const ask = async (method: 'GET' | 'POST', path: string, data?: object) => {
    const answer = await page.request.fetch(`${url}/api/v1${path}`, {
      method,
      headers: { Origin: url },
      ...(data && { data }),
    });
    expect(answer.ok(), `${method} ${path}`).toBe(true);
    return (await answer.json()) as { id: string };
  };
  const forum = await ask('GET', `/forums/${key}`);
  const meeting = await ask('POST', `/forums/${forum.id}/meetings`, {
    startsAt: '2026-11-23T07:00:00Z',
    endsAt: '2026-11-23T09:00:00Z',
    visibility: 'public',
  });
  return meeting.id;
}

/** A running meeting of the secretary with these items, opened in the page; answers with its id. */
async function openRunning(page: Page, url: string, titles: readonly string[]): Promise<string> {
  const id = await makeMeeting(page, url);
  const post = (path: string, data?: object) =>
    page.request.post(`${url}/api/v1/meetings/${id}/${path}`, {
      headers: { Origin: url },
      ...(data && { data }),
    });
  for (const fi of titles) {
    await post('agenda-items', { title: { fi, sv: fi }, visibility: 'public' });
  }
  await post('call');
  await post('start');
  await page.goto(`/fi/meetings/${id}`);
  return id;
}

async function content(page: Page, url: string, id: string) {
  const answer = await page.request.get(`${url}/api/v1/meetings/${id}/agenda-items`);
  return (
    (await answer.json()) as { items: { decision: { fi: string }; proceedings: { fi: string } }[] }
  ).items;
}

test('nothing typed is lost: no connection, a reload while typing, a crash of page and server', async ({
  browser,
  own,
}) => {
  let product = own;
  const page = await open(browser, own.url, people.luvnSecretary, 'fi');
  const id = await openRunning(page, own.url, ['Asia']);
  const field = page.getByLabel(m.item.proceedings, { exact: true });
  await field.fill('Ennen katkosta.');

  // No connection: typing goes on, and the page says where the text is.
  await page.context().setOffline(true);
  await field.press('End');
  await field.pressSequentially(' Ilman yhteyttä.');
  await expect(page.locator('[data-saving="offline"]')).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.locator('[data-saving="saved"]')).toBeVisible({ timeout: 20_000 });

  // Reloaded in the middle of a word, at once.
  await field.press('End');
  await field.pressSequentially(' Kesken sanan');
  await page.reload();
  await expect(field).toHaveValue('Ennen katkosta. Ilman yhteyttä. Kesken sanan');

  // The page crashes: another one opens where it was.
  await field.press('End');
  await field.pressSequentially(' ja kaatui');
  await expect(page.locator('[data-saving="saved"]')).toBeVisible();
  const context = page.context();
  void page.goto('chrome://crash').catch(() => undefined);
  const next = await context.newPage();
  await next.goto(`${own.url}/fi/meetings/${id}`);
  const again = next.getByLabel(m.item.proceedings, { exact: true });
  await expect(again).toHaveValue('Ennen katkosta. Ilman yhteyttä. Kesken sanan ja kaatui');

  // The server is started anew while somebody types.
  await again.press('End');
  const restarted = own.later(today, '08:30');
  await again.pressSequentially(' Palvelin poissa.');
  product = await restarted;
  await expect(again).toHaveValue(/Palvelin poissa\.$/);
  // The session lives in the database: the same person goes on, and all of it becomes content.
  await next.keyboard.press('Alt+T');
  await expect
    .poll(async () => (await content(next, own.url, id))[0]?.proceedings.fi, { timeout: 30_000 })
    .toBe('Ennen katkosta. Ilman yhteyttä. Kesken sanan ja kaatui Palvelin poissa.');
  await product.stop();
});

test('a sign-in that ends while somebody types takes nothing: after a new one in place it goes on its way', async ({
  browser,
  own,
}) => {
  const page = await open(browser, own.url, people.luvnSecretary, 'fi');
  const id = await openRunning(page, own.url, ['Asia']);
  const field = page.getByLabel(m.item.proceedings, { exact: true });
  await field.fill('Ennen.');
  await expect(page.locator('[data-saving="saved"]')).toBeVisible();

  await page.context().clearCookies();
  await field.press('End');
  await field.pressSequentially(' Kirjautumatta kirjoitettu.');
  await expect(page.locator('[data-saving="signed_out"]')).toBeVisible();
  const again = page.getByRole('link', { name: fi.session.ended.signIn });
  await expect(again).toBeVisible();
  await field.press('End');
  await field.pressSequentially(' Ja vielä lisää.');
  await expect(field).toHaveValue('Ennen. Kirjautumatta kirjoitettu. Ja vielä lisää.');

  const tab = page.context().waitForEvent('page');
  await again.click();
  const signing = await tab;
  await signIn(signing, people.luvnSecretary, 'fi');
  await signing.close();
  await page.bringToFront();
  await expect(page.locator('[data-saving="saved"]')).toBeVisible({ timeout: 30_000 });
  await expect(field).toHaveValue('Ennen. Kirjautumatta kirjoitettu. Ja vielä lisää.');
  await page.keyboard.press('Alt+T');
  await expect
    .poll(async () => (await content(page, own.url, id))[0]?.proceedings.fi, { timeout: 30_000 })
    .toBe('Ennen. Kirjautumatta kirjoitettu. Ja vielä lisää.');
});

test('an item is dragged to another place while the meeting runs, and what is typed of it stays', async ({
  browser,
  own,
}) => {
  const page = await open(browser, own.url, people.luvnSecretary, 'fi');
  const id = await openRunning(page, own.url, ['Avaus', 'Talous', 'Nuoret']);
  const field = page.getByLabel(m.item.proceedings, { exact: true });
  await field.fill('Avattiin.');
  await page.getByRole('button', { name: m.agenda.order, exact: true }).click();
  const list = page.getByRole('grid', { name: m.agenda.order });
  const row = (title: string) => list.getByRole('row', { name: title });
  await expect(list.getByRole('row')).toHaveText([/1 Avaus/, /2 Talous/, /3 Nuoret/]);
  await row('Nuoret').dragTo(row('Avaus'), {
    sourcePosition: { x: 120, y: 12 },
    targetPosition: { x: 120, y: 2 },
  });
  await expect(list.getByRole('row')).toHaveText([/1 Nuoret/, /2 Avaus/, /3 Talous/]);
  await expect(field).toHaveValue('Avattiin.');
  await expect
    .poll(async () => (await content(page, own.url, id)).map(({ proceedings }) => proceedings.fi))
    .toEqual(['', 'Avattiin.', '']);
});

test('two secretaries: one writes, the other watches live, asks for the pen, is told to wait, and gets it', async ({
  browser,
  own,
}) => {
  test.setTimeout(240_000);
  // The steering group has a secretary of each party.
  const first = await open(browser, own.url, people.espooCoordinator, 'fi');
  const id = await makeMeeting(first, own.url, 'forum_steering');
  const post = (path: string, data?: object) =>
    first.request.post(`${own.url}/api/v1${path}`, {
      headers: { Origin: own.url },
      ...(data && { data }),
    });
  await post(`/meetings/${id}/agenda-items`, {
    title: { fi: 'Asia', sv: 'Ärende' },
    visibility: 'public',
  });
  await post(`/meetings/${id}/call`);
  await post(`/meetings/${id}/start`);
  const address = `/fi/meetings/${id}`;
  const text = (page: Page) => page.getByLabel(m.item.proceedings, { exact: true });
  await first.goto(address);
  await text(first).fill('Alku.');
  await expect(first.getByText(m.desk.mine)).toBeVisible();

  // The other one sees who writes, and the words as they are typed, but cannot write into them.
  const second = await open(browser, own.url, people.luvnParticipation, 'fi');
  await second.goto(address);
  await expect(second.getByText(m.desk.writes)).toBeVisible();
  await expect(text(second)).toHaveValue('Alku.');
  await expect(text(second)).toBeDisabled();
  await expect(first.locator('.desk-w')).toContainText('Osallisuusasiantuntija');

  // Asked for the pen, the writer goes on for now, and gives it when asked again.
  const ask = second.getByRole('button', { name: m.desk.ask, exact: true });
  const question = first
    .getByRole('alert')
    .filter({ hasText: m.desk.asks('Osallisuusasiantuntija') });
  await ask.click();
  await expect(second.getByText(m.desk.asked)).toBeVisible();
  await question.getByRole('button', { name: m.desk.keep, exact: true }).click();
  await expect(ask).toBeVisible();
  await expect(question).toHaveCount(0);
  await text(first).press('End');
  await text(first).pressSequentially(' Jatko.');
  await ask.click();
  await question.getByRole('button', { name: m.desk.give, exact: true }).click();
  await expect(first.getByText(m.desk.taken('Osallisuusasiantuntija'))).toBeVisible();
  await expect(second.getByText(m.desk.mine)).toBeVisible();

  // What the first had typed is there to go on from, and nothing of it is lost.
  await expect(text(second)).toHaveValue('Alku. Jatko.');
  await text(second).press('End');
  await text(second).pressSequentially(' Loppu.');
  await second.keyboard.press('Alt+T');
  await expect
    .poll(async () => (await content(second, own.url, id))[0]?.proceedings.fi)
    .toBe('Alku. Jatko. Loppu.');
  await expect(text(first)).toHaveValue('Alku. Jatko. Loppu.');
  await expect(text(first)).toBeDisabled();
});

test('a whole meeting by keyboard alone, approved by both parties', async ({ browser, own }) => {
  test.setTimeout(240_000);
  const page = await open(browser, own.url, people.luvnSecretary, 'fi');
  const id = await makeMeeting(page, own.url);
  const meetingPath = `/fi/meetings/${id}`;
  await page.goto(meetingPath);
  const keys = page.keyboard;
  const answered = (part: string, status = 300) =>
    page.waitForResponse(
      (r) => r.url().includes(part) && r.request().method() !== 'GET' && r.status() < status,
    );
  const focused = () => page.locator(':focus');
  /** Presses the button of that name: the Tab key comes to it, from above or from below. */
  const pressButton = async (name: string, on = page, back = true) => {
    const button = on.getByRole('button', { name, exact: true }).first();
    // A button that is still waiting for what it needs takes no key.
    await expect(button).toHaveAttribute('aria-disabled', 'false');
    await press(on, button, back);
  };

  // Ten items: Alt+U, a title, Enter.
  await expect(page.locator('form.ag-add')).toBeVisible();
  for (let no = 1; no <= 10; no++) {
    await keys.press('Alt+u');
    await expect(focused()).toHaveJSProperty('tagName', 'TEXTAREA');
    await keys.type(`Asia ${no}`);
    const added = answered('/agenda-items');
    await keys.press('Enter');
    await added;
    await expect(page.getByRole('heading', { level: 2, name: `Asia ${no}` })).toBeVisible();
  }
  for (const [name, path] of [
    [m.steps.call, '/call'],
    [m.steps.start, '/start'],
  ] as const) {
    const done = answered(path);
    await pressButton(name);
    await done;
  }

  // Attendance: Alt+N leads to "mark the rest as present", once the meeting goes on.
  await expect(page.getByRole('button', { name: m.attendance.mark })).toBeVisible();
  await keys.press('Alt+n');
  await expect(page.getByRole('button', { name: m.attendance.markAll })).toBeFocused();
  await keys.press('Enter');
  await expect(page.getByText(m.attendance.quorumText)).toBeVisible({ timeout: 20_000 });
  await keys.press('Alt+n');

  // Item by item: proceedings, an outcome of its type, an action where one follows.
  await keys.press('Alt+m');
  await keys.type('1');
  await keys.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Asia 1', exact: true })).toBeFocused();
  for (let no = 1; no <= 10; no++) {
    await keys.press('Alt+k');
    await expect(page.getByLabel(m.item.proceedings, { exact: true })).toBeFocused();
    await keys.type(`Keskusteltiin asiasta ${no}.`);
    await keys.press('Alt+l');
    const form = page.getByRole('form', { name: m.outcomes.new });
    await expect(form.getByLabel(m.outcomes.textFi)).toBeFocused();
    await keys.press(no <= 4 ? 'Alt+1' : 'Alt+4');
    await expect(form.getByLabel(m.outcomes.textFi)).toBeFocused();
    await keys.type(`Lopputulos ${no}.`);
    if (no === 4) {
      // The fourth decision needs no action, with a reason.
      await tabTo(page, form.getByLabel(m.outcomes.noAction));
      await keys.press('Space');
      await tabTo(
        page,
        form
          .getByRole('group', { name: new RegExp(`^${m.outcomes.noActionReason}`) })
          .getByRole('textbox')
          .first(),
      );
      await keys.type('Ei edellytä toimia.');
    }
    const recorded = answered('/outcomes');
    await keys.press('Control+Enter');
    await recorded;
    if (no <= 3) {
      await expect(page.locator('[data-key="action"]')).toBeVisible();
      await keys.press('Alt+j');
      const action = page.getByRole('form', { name: m.outcomes.makeActionOf(1) });
      await expect(action.getByLabel(m.action.titleFi, { exact: true })).toBeFocused();
      await keys.type(`Toimi ${no}`);
      const lead = action.getByRole('combobox', { name: m.action.lead });
      await tabTo(page, lead);
      await keys.type('nuorisop', { delay: 20 });
      await expect(page.getByRole('option', { name: /^Nuorisopalvelupäällikkö/ })).toBeVisible();
      await keys.press('ArrowDown');
      await keys.press('Enter');
      await expect(lead).toHaveValue(/Nuorisopalvelupäällikkö/);
      await tabTo(page, action.getByRole('textbox', { name: m.action.dueOn, exact: true }));
      await keys.type('31.3.2027');
      const made = answered('/actions');
      await keys.press('Control+Enter');
      await made;
    }
    if (no < 10) {
      await keys.press('Alt+ArrowDown');
      await expect(
        page.getByRole('heading', { level: 2, name: `Asia ${no + 1}`, exact: true }),
      ).toBeFocused();
    }
  }
  const closed = answered('/closure');
  await pressButton(m.steps.close);
  await closed;
  const items = await content(page, own.url, id);
  expect(items.map(({ proceedings }) => proceedings.fi)).toEqual(
    Array.from({ length: 10 }, (_, n) => `Keskusteltiin asiasta ${n + 1}.`),
  );

  // The chair and one inspector of each party approve, by keyboard too.
  const meeting = (await (await page.request.get(`${own.url}/api/v1/meetings/${id}`)).json()) as {
    approvers: { post: { title: { fi: string } } }[];
  };
  expect(meeting.approvers).toHaveLength(3);
  for (const { post } of meeting.approvers) {
    const approver = await open(browser, own.url, personOf(post.title.fi), 'fi');
    await approver.goto(meetingPath);
    const approved = approver.waitForResponse((r) => r.url().includes('/approvals'));
    await pressButton(m.steps.approve, approver, false);
    expect((await approved).status()).toBe(200);
    await approver.context().close();
  }
  await page.reload();
  const published = answered('/publication');
  await pressButton(m.steps.publish, page, false);
  await published;

  // What everybody reads: the page, a DOCX, and a PDF whose structure is tagged.
  const resident = await open(browser, own.url, null, 'fi');
  await resident.goto(`${meetingPath}/paper`);
  await expect(resident.getByRole('heading', { level: 1 })).toContainText('Muistio');
  await expect(resident.getByRole('heading', { name: /Asia 10/ })).toBeVisible();
  await expectAccessible(resident);
  await expect(resident.getByRole('link', { name: fiPaper.internal })).toHaveCount(0);
  await page.goto(`${meetingPath}/paper`);
  await expect(page.getByRole('link', { name: fiPaper.public })).toBeVisible();
  const file = async (ending: string) => {
    const answer = await resident.request.get(
      `${own.url}/api/v1/meetings/${id}/paper/${ending}?lang=fi`,
    );
    expect(answer.status(), ending).toBe(200);
    return (await answer.body()).toString('latin1');
  };
  expect((await file('docx')).startsWith('PK')).toBe(true);
  const pdf = await file('pdf');
  expect(pdf.startsWith('%PDF-')).toBe(true);
  expect(pdf).toMatch(/\/Marked true/);
  expect(pdf).toMatch(/\/Lang \(fi/);
});
