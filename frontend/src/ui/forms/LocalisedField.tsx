import { useTexts } from '../../i18n';
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
}

/** A text in the three languages side by side; says which of them are still to be written. */
export function LocalisedField(props: LocalisedFieldProps) {
  const { label, value, onChange, hint, errors, multiline, maxLength } = props;
  const t = useTexts().ui;
  // Nothing is missing of a text that nobody has begun: many of these fields may stay empty.
  const absent = missingLanguages(value);
  const missing = absent.length < languages.length ? absent : [];
  const Field = multiline ? TextArea : TextField;
  return (
    <fieldset className="loc">
      <legend>
        {label}
        {missing.length > 0 && <span className="meta">{t.missing.label(missing.length)}</span>}
      </legend>
      {hint && <p className="hint meta">{hint}</p>}
      <div className="loc-in">
        {languages.map((lang) => (
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
        ))}
      </div>
    </fieldset>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
