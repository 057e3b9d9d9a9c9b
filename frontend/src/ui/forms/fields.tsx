import { useState } from 'react';
import { DateInput, Textarea, TextInput } from 'suomifi-ui-components';
import { useLang, useTexts } from '../../i18n';
import { daysInMonth, formatDate, isISODate, parseDate, type ISODate } from '../../lib/dates';
import { Themed } from './Themed';

export interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  /** What is wrong, beside the field. */
  error?: string;
  /** Says that the field may stay empty. */
  optional?: boolean;
  /** Longest text; what is left of it is counted. */
  maxLength?: number;
  id?: string;
  /** Language of what is written, when it is not the page's. */
  lang?: string;
  /** The label is only spoken. */
  hiddenLabel?: boolean;
}

function useCommon({ label, hint, error, optional, hiddenLabel, id, lang }: FieldProps) {
  const t = useTexts().ui;
  return {
    id,
    lang,
    labelText: label,
    labelMode: hiddenLabel ? ('hidden' as const) : ('visible' as const),
    hintText: hint,
    optionalText: optional ? t.optional : undefined,
    status: error ? ('error' as const) : ('default' as const),
    statusText: error,
    fullWidth: true,
    className: 'fld',
  };
}

function useCounter(maxLength: number | undefined) {
  const t = useTexts().ui;
  return maxLength === undefined
    ? {}
    : {
        characterLimit: maxLength,
        ariaCharactersRemainingText: t.charactersLeft,
        ariaCharactersExceededText: t.charactersOver,
      };
}

/** One line of text. */
export function TextField(props: FieldProps) {
  return (
    <Themed>
      <TextInput
        {...useCommon(props)}
        {...useCounter(props.maxLength)}
        value={props.value}
        onChange={(value) => props.onChange(String(value ?? ''))}
      />
    </Themed>
  );
}

interface TextAreaProps extends FieldProps {
  rows?: number;
  /** A long name: shown on as many lines as it needs, but without line breaks of its own. */
  oneLine?: boolean;
}

/** Several lines of text. Where it is one line, Enter sends the form as it does in a text field. */
export function TextArea({ rows = 4, oneLine, ...props }: TextAreaProps) {
  return (
    <Themed>
      <Textarea
        {...useCommon(props)}
        {...useCounter(props.maxLength)}
        rows={rows}
        resize="vertical"
        value={props.value}
        onChange={({ target }) =>
          props.onChange(oneLine ? target.value.replace(/\s*\n\s*/g, ' ') : target.value)
        }
        onKeyDown={
          oneLine
            ? (event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }
            : undefined
        }
      />
    </Themed>
  );
}

/**
 * A calendar date, typed as d.m.yyyy or chosen. The value is `YYYY-MM-DD`; what cannot be read
 * as a date is given on as typed, so that nothing is lost and the server can refuse it. What is
 * wrong shows on leaving the field, in room that is kept for it: nothing moves under the pointer
 * that goes to the next button.
 */
export function DateField({ value, onChange, error, ...props }: FieldProps) {
  const t = useTexts().ui;
  const lang = useLang();
  const [text, setText] = useState(() => asTyped(value));
  const [left, setLeft] = useState(false);
  // The value changed from elsewhere; otherwise the text stays as it was typed.
  if ((parseDate(text) ?? text) !== value) setText(asTyped(value));

  const own = left && text !== '' && !parseDate(text) ? dateError(text, t) : undefined;
  const common = useCommon({ ...props, value, onChange, error: error ?? own });
  const shown = parseDate(text);
  return (
    <Themed>
      <DateInput
        {...common}
        className="fld fld-date"
        hintText={props.hint ?? t.dateHint}
        value={text}
        language={lang}
        datePickerEnabled
        initialDate={shown ? new Date(`${shown}T12:00:00`) : undefined}
        autoComplete="off"
        onChange={({ value: typed }) => {
          setText(typed);
          onChange(parseDate(typed) ?? typed);
        }}
        onBlur={() => setLeft(true)}
      />
    </Themed>
  );
}

function asTyped(value: ISODate): string {
  return isISODate(value) ? formatDate(value, 'fi') : value;
}

/** Says why a typed date does not exist, where that can be said. */
function dateError(text: string, t: ReturnType<typeof useTexts>['ui']): string {
  const match = /^\d{1,2}\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(text.trim());
  const month = Number(match?.[1]);
  const year = Number(match?.[2]);
  const name = t.monthsIn[month - 1];
  return name ? t.dateOverflow(`${name} ${year}`, daysInMonth(year, month)) : t.dateError;
}
