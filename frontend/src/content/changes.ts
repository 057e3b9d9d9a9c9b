import type { AuditChange, AuditEntry } from '../api/audit';
import type { Texts } from '../i18n';
import { formatDate, formatDateTime, isISODate } from '../lib/dates';
import { languages, type Lang } from '../lib/lang';
import { localised, type LocalisedText } from '../lib/text';

/** One field's change in words. */
export interface ChangeLine {
  key: string;
  field: string;
  /** Undefined where there was nothing. */
  old: string | undefined;
  new: string | undefined;
  secret: boolean;
}

type Words = Texts['content'];

/** The changes of an entry in words, a text in several languages as one line for each. */
export function changeLines(
  entry: Pick<AuditEntry, 'changes' | 'labels'>,
  texts: Texts,
  lang: Lang,
): ChangeLine[] {
  return entry.changes.flatMap((change) => linesOf(change, entry.labels, texts, lang));
}

function linesOf(
  change: AuditChange,
  labels: AuditEntry['labels'],
  texts: Texts,
  lang: Lang,
): ChangeLine[] {
  const t = texts.content;
  const field = word(t.fields, change.field) ?? change.field;
  const secret = change.secret === true;
  if (isText(change.old) || isText(change.new)) {
    const old = isText(change.old) ? change.old : {};
    const now = isText(change.new) ? change.new : {};
    return languages
      .filter((l) => (old[l] ?? '') !== (now[l] ?? ''))
      .map((l) => ({
        key: `${change.field} ${l}`,
        field: l === lang ? field : t.inLanguage(field, texts.ui.languageNames[l]),
        old: old[l] || undefined,
        new: now[l] || undefined,
        secret,
      }));
  }
  const write = (value: unknown) =>
    change.field === 'progress' && typeof value === 'number'
      ? `${value}\u00a0%`
      : valueText(value, labels, t, lang);
  return [{ key: change.field, field, old: write(change.old), new: write(change.new), secret }];
}

/** A value of the log in words; undefined where it is empty. */
function valueText(
  value: unknown,
  labels: AuditEntry['labels'],
  t: Words,
  lang: Lang,
): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return stringText(value, labels, t, lang);
  const inner = (part: unknown) => valueText(part, labels, t, lang);
  if (Array.isArray(value)) {
    return value.map(inner).filter(Boolean).join('; ') || undefined;
  }
  if (isText(value)) return localised(value, lang).value || undefined;
  // Of a mark within a value only that it is there says something: a tick for an inspector.
  const parts = Object.entries(value).map(([key, part]) =>
    typeof part === 'boolean' ? part && (word(t.fields, key) ?? key) : inner(part),
  );
  return parts.filter(Boolean).join(', ') || undefined;
}

function stringText(value: string, labels: AuditEntry['labels'], t: Words, lang: Lang): string {
  const label = labels[value];
  if (label) {
    const title = localised(label.title, lang).value;
    return label.no ? `${label.no} ${title}` : title;
  }
  if (isISODate(value)) return formatDate(value, lang);
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return formatDateTime(value, lang);
  return word(t.values, value) ?? value;
}

function isText(value: unknown): value is LocalisedText {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    'fi' in value &&
    Object.keys(value).every((key) => languages.some((lang) => lang === key))
  );
}

/** The word for a code, or undefined where the texts have none. */
export function word(words: Record<string, string>, code: string): string | undefined {
  return Object.hasOwn(words, code) ? words[code] : undefined;
}
