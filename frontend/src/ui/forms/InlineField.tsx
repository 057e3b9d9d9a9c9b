import { useId } from 'react';
import { FieldError } from '../filters';

interface InlineFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  error?: string;
  /** Several lines; else one. */
  multiline?: boolean;
  inputMode?: 'text' | 'numeric';
  /** Language of what is written, when it is not the page's. */
  lang?: string;
  className?: string;
}

/** A small field for updates in place. It is plain HTML: rows open without loading anything. */
export function InlineField(props: InlineFieldProps) {
  const { label, value, onChange, hint, error, multiline, inputMode, lang, className } = props;
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const common = {
    id,
    lang,
    value,
    className: error ? 'in sm is-err' : 'in sm',
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described || undefined,
  };
  return (
    <div className={className ? `f ${className}` : 'f'}>
      <label htmlFor={id}>{label}</label>
      {multiline ? (
        <textarea {...common} rows={2} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...common}
          inputMode={inputMode}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}
