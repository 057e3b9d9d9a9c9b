import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import './MailTextsPage'; // loaded from the start: the first test does not wait for it
import { anonymous, parties } from '../../test/builders';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import type { MailFlaw, MailTemplate, MailTexts } from './queries';

const three = (text: string) => ({ fi: text, sv: `sv ${text}`, en: `en ${text}` });
const original: MailTexts = {
  subject: three('Kutsu: {forum}'),
  intro: three('Sinut on kutsuttu.'),
  closing: three('{link} {because}'),
};

function template(part: Partial<MailTemplate> = {}): MailTemplate {
  return {
    partyId: 'p-espoo',
    kind: 'meeting_called',
    texts: original,
    original,
    slots: [
      { part: 'subject', may: ['forum', 'time'], must: ['forum'] },
      { part: 'intro', may: ['forum', 'time', 'link', 'because'], must: [] },
      { part: 'closing', may: ['forum', 'time', 'link', 'because'], must: ['link', 'because'] },
    ],
    changed: false,
    version: 1,
    permissions: ['mail_template.edit'],
    ...part,
  };
}

/** To an administrator of Espoo; returns what was written. The preview knows one flaw. */
function serve(one = template(), permissions = ['mail_template.read', 'mail_template.edit']) {
  const written: unknown[] = [];
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(anonymous({ signedIn: true, permissions }))),
    http.get('*/api/v1/parties', () =>
      HttpResponse.json({
        items: parties().map((party) =>
          party.key === 'espoo' ? { ...party, permissions: ['mail_template.read'] } : party,
        ),
      }),
    ),
    http.get('*/api/v1/parties/p-espoo/mail-templates', () => HttpResponse.json({ items: [one] })),
    http.post('*/mail-templates/meeting_called/preview', async ({ request }) => {
      const texts = (await request.json()) as MailTexts;
      const lang = new URL(request.url).searchParams.get('lang') as 'fi';
      const flaws: MailFlaw[] = texts.intro.fi.includes('{frum}')
        ? [{ part: 'intro', language: 'fi', code: 'unknown_placeholder', placeholder: 'frum' }]
        : [];
      return HttpResponse.json({
        subject: `Esikatseltu ${lang}`,
        text: `Teksti: ${texts.intro[lang]}`,
        html: `<html><body><p>HTML: <b onclick="x()">${texts.intro[lang]}</b></p><script>x()</script><p><a href="https://x.example/">linkki</a></p></body></html>`,
        flaws,
      });
    }),
    http.put('*/mail-templates/meeting_called', async ({ request }) => {
      written.push([request.headers.get('If-Match'), await request.json()]);
      return HttpResponse.json(template({ changed: true, version: 2 }));
    }),
    http.post('*/mail-templates/meeting_called/restoration', ({ request }) => {
      written.push([request.headers.get('If-Match'), 'restored']);
      return HttpResponse.json(template({ version: 3 }));
    }),
  );
  return written;
}

async function opened() {
  const user = userEvent.setup();
  const view = renderAt('/fi/admin/mail-texts');
  await user.click(await screen.findByRole('button', { name: 'Muokkaa tekstejä: Kokouskutsu' }));
  const form = within(await screen.findByRole('form', { name: 'Muokkaa tekstejä: Kokouskutsu' }));
  await form.findByText('Esikatseltu fi');
  return { user, form, view };
}

it('shows the message as it is typed, as HTML and as plain text, marked as an example', async () => {
  serve();
  const { user, form, view } = await opened();
  expect(form.getByText(/Esimerkki: foorumi, kokous/)).toBeVisible();
  await user.type(form.getByLabelText(/^Alku/), ' Tervetuloa.');
  expect(await form.findByText(/HTML:/)).toHaveTextContent('HTML: Sinut on kutsuttu.');
  await waitFor(() => {
    expect(form.getByText(/HTML:/)).toHaveTextContent('HTML: Sinut on kutsuttu. Tervetuloa.');
  });
  // Nothing of the message runs or leads anywhere on this page.
  expect(view.container.querySelector('script, [onclick], .mt-html a')).toBeNull();
  await user.click(form.getByRole('radio', { name: 'Pelkkä teksti' }));
  expect(form.getByText(/^Teksti: Sinut on kutsuttu. Tervetuloa./)).toBeVisible();
  await user.click(form.getByRole('radio', { name: 'Ruotsi' }));
  expect(await form.findByText('Esikatseltu sv')).toBeVisible();
  expect(form.getByLabelText(/^Alku/)).toHaveValue('sv Sinut on kutsuttu.');
  const { violations } = await axe.run(view.container);
  expect(violations.map(({ id }) => id)).toEqual([]);
});

it('names a placeholder that does not exist, beside its field and in the list', async () => {
  serve();
  const { user, form } = await opened();
  await user.type(form.getByLabelText(/^Alku/), ' {{frum}');
  expect(
    (await form.findAllByText(/Automaattista kohtaa \{frum\} ei ole tässä/)).length,
  ).toBeGreaterThan(1);
  expect(form.getByRole('radio', { name: 'Suomi (1)' })).toBeChecked();
  expect(form.getByText('{because}', { selector: 'code' })).toBeVisible();
});

it('saves all languages from the version that was read', async () => {
  const written = serve();
  const { user, form } = await opened();
  const subject = form.getByLabelText(/^Otsikko/);
  await user.clear(subject);
  await user.type(subject, 'Tule: {{forum}');
  await user.click(form.getByRole('button', { name: 'Tallenna' }));
  expect(await screen.findByText(/Tekstit tallennettiin/)).toBeVisible();
  await waitFor(() => {
    expect(screen.getByRole('button', { name: 'Muokkaa tekstejä: Kokouskutsu' })).toHaveFocus();
  });
  expect(written).toEqual([
    ['"1"', { ...original, subject: { ...original.subject, fi: 'Tule: {forum}' } }],
  ]);
});

it('keeps what was typed when the server refuses it', async () => {
  serve();
  server.use(
    http.put('*/mail-templates/meeting_called', () =>
      HttpResponse.json(
        {
          status: 422,
          code: 'validation_failed',
          errors: [{ pointer: '/closing/fi', code: 'missing_placeholder' }],
        },
        { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
  const { user, form } = await opened();
  const closing = form.getByLabelText(/^Loppu/);
  await user.clear(closing);
  await user.type(closing, 'Hei hei');
  await user.click(form.getByRole('button', { name: 'Tallenna' }));
  expect(await form.findByText('Tekstistä puuttuu pakollinen automaattinen kohta.')).toBeVisible();
  expect(form.getByLabelText(/^Loppu/)).toHaveValue('Hei hei');
});

it('restores the original texts, after asking once more', async () => {
  const written = serve(template({ changed: true, version: 2, updatedAt: '2026-11-23T06:00:00Z' }));
  const { user, form } = await opened();
  await user.click(form.getByRole('button', { name: 'Palauta alkuperäiset tekstit' }));
  expect(form.getByText(/Nykyiset tekstit jäävät lokiin/)).toBeVisible();
  expect(form.getByRole('button', { name: 'Palauta' })).toHaveFocus();
  const question = within(form.getByRole('group', { name: 'Palauta alkuperäiset tekstit' }));
  await user.click(question.getByRole('button', { name: 'Peruuta' }));
  expect(form.getByRole('button', { name: 'Palauta alkuperäiset tekstit' })).toHaveFocus();
  expect(written).toEqual([]);
  await user.keyboard('{Enter}');
  await user.keyboard('{Enter}');
  expect(await screen.findByText('Alkuperäiset tekstit palautettiin.')).toBeVisible();
  expect(written).toEqual([['"2"', 'restored']]);
  await waitFor(() => {
    expect(screen.getByRole('button', { name: 'Muokkaa tekstejä: Kokouskutsu' })).toHaveFocus();
  });
});

it('shows an auditor the message and no form, and others nothing', async () => {
  serve(template({ permissions: [] }), ['mail_template.read']);
  const user = userEvent.setup();
  const { unmount } = renderAt('/fi/admin/mail-texts');
  await user.click(await screen.findByRole('button', { name: 'Näytä tekstit: Kokouskutsu' }));
  expect(await screen.findByText('Esikatseltu fi')).toBeVisible();
  expect(screen.queryByRole('form')).not.toBeInTheDocument();
  unmount();
  serve(template(), []);
  renderAt('/fi/admin/mail-texts');
  expect(await screen.findByText('Sivu on pääkäyttäjille ja auditoijille')).toBeVisible();
});
