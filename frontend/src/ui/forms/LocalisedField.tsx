import { useState } from 'react';
import { useLang, useTexts } from '../../i18n';
import { languages, type Lang } from '../../lib/lang';
import { missingLanguages, type LocalisedText } from '../../lib/text';
import { TextArea, TextField } from './fields';

interface LocalisedFieldProps {
  label: string;
  value: LocalisedText;
  onChange: (value: LocalisedText) => void;
  hint?: string;
  errors?: Partial<Record<Lang, string>>;
  multiline?: boolean;
  maxLength?: number;
  /** The reader's language is enough; the others open below it. Nothing is called missing. */
  oneIsEnough?: boolean;
}

/**
 * A text in the three languages side by side; says which of them are still to be written. Where one
 * is enough, that of the reader stands alone until the others are asked for, have text or are wrong.
 */
export function LocalisedField(props: LocalisedFieldProps) {
  const { label, value, onChange, hint, errors, multiline, maxLength, oneIsEnough } = props;
  const t = useTexts().ui;
  const own = useLang();
  const [opened, setOpened] = useState(false);
  // Nothing is missing of a text that nobody has begun: many of these fields may stay empty.
  const absent = missingLanguages(value);
  const missing = !oneIsEnough && absent.length < languages.length ? absent : [];
  const Field = multiline ? TextArea : TextField;
  const others = languages.filter((lang) => lang !== own);
  const field = (lang: Lang) => (
    <Field
      key={lang}
      lang={lang}
      label={
        missing.includes(lang)
          ? `${capital(t.languageNames[lang])} (${t.missing.mark})`
          : capital(t.languageNames[lang])
      }
      value={value[lang] ?? ''}
      onChange={(text) => onChange({ ...value, [lang]: text })}
      error={errors?.[lang]}
      maxLength={maxLength}
    />
  );
  return (
    <fieldset className="loc">
      <legend>
        {label}
        {missing.length > 0 && <span className="meta">{t.missing.label(missing.length)}</span>}
      </legend>
      {hint && <p className="hint meta">{hint}</p>}
      {oneIsEnough ? (
        <>
          {field(own)}
          <details
            className="loc-more"
            open={opened || others.some((lang) => (value[lang] ?? '') !== '' || errors?.[lang])}
            onToggle={({ currentTarget }) => setOpened(currentTarget.open)}
          >
            <summary>{t.otherLanguages}</summary>
            <div className="loc-in">{others.map(field)}</div>
          </details>
        </>
      ) : (
        <div className="loc-in">{languages.map(field)}</div>
      )}
    </fieldset>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
