import { useEffect, useRef, useState } from 'react';
import { useLang, useTexts } from '../../i18n';
import { whenSaved } from '../../lib/whenSaved';
import { languages, type Lang } from '../../lib/lang';
import { Button } from '../../ui/Button';
import { EditForm } from '../../ui/forms/EditForm';
import { TextArea, TextField } from '../../ui/forms/fields';
import { Segments } from '../../ui/Segments';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { MailPreviewPane, usePreview } from './MailPreviewPane';
import {
  parts,
  useSaveMailTexts,
  type MailFlaw,
  type MailTemplate,
  type MailTexts,
  type Part,
} from './queries';

interface MailTextsFormProps {
  template: MailTemplate;
  onClose: () => void;
  /** The texts are those of the product again; the form stays open on them. */
  onRestored: () => void;
}

/** The texts of one kind of message beside how it looks; who may not edit reads them. */
export function MailTextsForm({ template, onClose, onRestored }: MailTextsFormProps) {
  const texts = useTexts();
  const t = texts.mailTexts;
  const name = texts.mails.kinds[template.kind];
  const toast = useToast();
  const save = useSaveMailTexts(template);
  const [shown, setShown] = useState<Lang>(useLang());
  if (!template.permissions.includes('mail_template.edit')) {
    return (
      <MailPreviewPane template={template} texts={template.texts} lang={shown} onLang={setShown} />
    );
  }
  return (
    <EditForm<MailTexts, MailTemplate>
      label={t.editOf(name)}
      initial={template.texts}
      version={template.version}
      save={(body, version) => save.mutateAsync({ version, body })}
      onSaved={() => {
        toast(t.saved);
        onClose();
      }}
      onCancel={onClose}
      current={(resource) => {
        const saved = resource as MailTemplate;
        return { body: saved.texts, version: saved.version };
      }}
      describe={(body) =>
        parts.flatMap((part) =>
          languages.map((lang) => ({
            key: `${part}/${lang}`,
            label: `${t.parts[part]}, ${t.languages[lang]}`,
            text: body[part][lang] ?? '',
          })),
        )
      }
      below={template.changed && <Restore template={template} onRestored={onRestored} />}
    >
      {({ body, set, error }) => (
        <Fields
          template={template}
          body={body}
          lang={shown}
          onLang={setShown}
          onPart={(part, text) => set({ [part]: { ...body[part], [shown]: text } })}
          refused={(part) => error(`/${part}/${shown}`)}
        />
      )}
    </EditForm>
  );
}

/** What is wrong with a text, in words that name the placeholder. */
function useFlawText(): (flaw: MailFlaw) => string {
  const t = useTexts().mailTexts.flaws;
  return ({ code, placeholder = '' }) =>
    code === 'unknown_placeholder' || code === 'missing_placeholder'
      ? t[code](placeholder)
      : t[code];
}

interface FieldsProps {
  template: MailTemplate;
  body: MailTexts;
  lang: Lang;
  onLang: (lang: Lang) => void;
  onPart: (part: Part, text: string) => void;
  refused: (part: Part) => string | undefined;
}

function Fields({ template, body, lang, onLang, onPart, refused }: FieldsProps) {
  const t = useTexts().mailTexts;
  const flawText = useFlawText();
  const flaws = usePreview(template, lang, body).data?.flaws ?? [];
  const named = (list: readonly string[]) => list.map((name) => `{${name}}`).join(', ');
  const placeholders = [...new Set(template.slots.flatMap(({ may }) => may))];
  return (
    <div className="mt-edit">
      <div>
        <Segments
          label={t.language}
          value={lang}
          options={languages.map((value) => {
            const n = flaws.filter(({ language }) => language === value).length;
            const label = t.languages[value];
            return { value, label: n > 0 ? t.flawed(label, n) : label };
          })}
          onChange={onLang}
        />
        {parts.map((part) => {
          const slot = template.slots.find((one) => one.part === part);
          const flaw = flaws.filter((one) => one.part === part && one.language === lang);
          const Field = part === 'subject' ? TextField : TextArea;
          return (
            <Field
              key={part}
              lang={lang}
              label={t.parts[part]}
              hint={[
                t.hints[part],
                slot && t.may(named(slot.may)),
                slot && slot.must.length > 0 && t.must(named(slot.must)),
              ]
                .filter(Boolean)
                .join(' ')}
              value={body[part][lang] ?? ''}
              onChange={(text) => onPart(part, text)}
              error={flaw.map(flawText).join(' ') || refused(part)}
            />
          );
        })}
        <h2>{t.placeholders.title}</h2>
        <p className="meta">{t.placeholders.lead}</p>
        <dl className="mt-names">
          {placeholders.map((name) => (
            <div key={name}>
              <dt>
                <code>{`{${name}}`}</code>
              </dt>
              <dd>{t.placeholders[name]}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div>
        <MailPreviewPane template={template} texts={body} lang={lang} />
        {flaws.length > 0 && (
          <>
            <h2>{t.flawList}</h2>
            <ul className="hl">
              {flaws.map((flaw) => (
                <li key={`${flaw.part} ${flaw.language} ${flaw.code} ${flaw.placeholder ?? ''}`}>
                  {t.languages[flaw.language]}, {t.parts[flaw.part]}: {flawText(flaw)}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

/** Back to what the product comes with, asked once more. */
function Restore({ template, onRestored }: Pick<MailTextsFormProps, 'template' | 'onRestored'>) {
  const t = useTexts().mailTexts;
  const toast = useToast();
  const restore = useSaveMailTexts(template);
  const [asked, setAsked] = useState(false);
  const ask = useRef<HTMLButtonElement>(null);
  const yes = useRef<HTMLButtonElement>(null);
  const answered = useRef(false);
  useEffect(() => {
    if (asked) yes.current?.focus();
    else if (answered.current) ask.current?.focus();
    answered.current = asked;
  }, [asked]);
  if (!asked) {
    return (
      <p>
        <button type="button" ref={ask} className="linkish" onClick={() => setAsked(true)}>
          {t.restore}
        </button>
      </p>
    );
  }
  return (
    <div className="mt-restore" role="group" aria-label={t.restore}>
      <p>{t.restoreAsk}</p>
      <div className="btns">
        <Button
          small
          ref={yes}
          aria-disabled={restore.isPending}
          onClick={() => {
            if (restore.isPending) return;
            whenSaved(restore.mutateAsync({ version: template.version }), () => {
              toast(t.restored);
              onRestored();
            });
          }}
        >
          {t.restoreYes}
        </Button>
        <Button small variant="secondary" onClick={() => setAsked(false)}>
          {t.restoreNo}
        </Button>
      </div>
      {restore.error && <ErrorState error={restore.error} title={t.restoreFailed} />}
    </div>
  );
}
