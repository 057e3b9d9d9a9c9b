import type { Lang } from './lang';

/** A calendar date in Helsinki, `YYYY-MM-DD`. It is never shifted to another time zone. */
export type ISODate = string;

/** How exactly a date is known. */
export type DatePrecision = 'day' | 'month' | 'quarter' | 'year';

const zone = 'Europe/Helsinki';
const dayMs = 86_400_000;
const weekdays: Record<Lang, readonly string[]> = {
  fi: ['su', 'ma', 'ti', 'ke', 'to', 'pe', 'la'],
  sv: ['sö', 'må', 'ti', 'on', 'to', 'fr', 'lö'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};

interface Parts {
  year: number;
  month: number;
  day: number;
}

/** Reads `YYYY-MM-DD`; anything else, or a day that does not exist, is undefined. */
function readISO(iso: string): Parts | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!match) return undefined;
  return existing({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) });
}

function existing(parts: Parts): Parts | undefined {
  const { year, month, day } = parts;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return parts;
}

function utc({ year, month, day }: Parts): Date {
  return new Date(Date.UTC(year, month - 1, day));
}

/** Number of days in a month, which is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Whether the value is an existing calendar date in the form `YYYY-MM-DD`. */
export function isISODate(value: unknown): value is ISODate {
  return typeof value === 'string' && readISO(value) !== undefined;
}

export interface DateFormat {
  /** Puts the short weekday in front. */
  weekday?: boolean;
  /** Leaves the year out, for lists where it is plain. */
  short?: boolean;
}

/** `23.11.2026` in Finnish and Swedish, `23 November 2026` in English. */
export function formatDate(iso: ISODate, lang: Lang, format: DateFormat = {}): string {
  const parts = readISO(iso);
  if (!parts) return iso;
  const { year, month, day } = parts;
  const weekday = format.weekday ? `${weekdays[lang][utc(parts).getUTCDay()] ?? ''} ` : '';
  if (lang === 'en') {
    return `${weekday}${day} ${monthName(parts)}${format.short ? '' : ` ${year}`}`;
  }
  return `${weekday}${day}.${month}.${format.short ? '' : year}`;
}

/** A date as exactly as it is known: the day, the month, the quarter or only the year. */
export function formatPrecise(iso: ISODate, precision: DatePrecision, lang: Lang): string {
  const parts = readISO(iso);
  if (!parts) return iso;
  const { year, month } = parts;
  const quarter = Math.ceil(month / 3);
  switch (precision) {
    case 'day':
      return formatDate(iso, lang);
    case 'month':
      return lang === 'en' ? `${monthName(parts)} ${year}` : `${month}/${year}`;
    case 'quarter':
      if (lang === 'fi') return `${quarter}. neljännes ${year}`;
      return lang === 'sv' ? `kvartal ${quarter}/${year}` : `Q${quarter} ${year}`;
    case 'year':
      return String(year);
  }
}

/** A stretch of days, both ends included. */
export interface Period {
  first: ISODate;
  last: ISODate;
}

/** The days that a date may be of, as exactly as it is known. */
export function periodOf(iso: ISODate, precision: DatePrecision): Period {
  const parts = readISO(iso);
  if (!parts || precision === 'day') return { first: iso, last: iso };
  const { year } = parts;
  const size = { month: 1, quarter: 3, year: 12 }[precision];
  const from = Math.floor((parts.month - 1) / size) * size + 1;
  const to = from + size - 1;
  return {
    first: `${year}-${pad(from)}-01`,
    last: `${year}-${pad(to)}-${pad(daysInMonth(year, to))}`,
  };
}

function monthName(parts: Parts): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(utc(parts));
}

/** The clock in Helsinki: `8.05` in Finnish and Swedish, `08:05` in English. */
export function formatTime(instant: string | Date, lang: Lang): string {
  const { hour, minute } = helsinki(instant);
  return lang === 'en' ? `${pad(hour)}:${pad(minute)}` : `${hour}.${pad(minute)}`;
}

/** Day and clock of an instant, as told in Helsinki. */
export function formatDateTime(
  instant: string | Date,
  lang: Lang,
  format: DateFormat = {},
): string {
  const words: Record<Lang, string> = { fi: 'klo', sv: 'kl.', en: 'at' };
  const day = formatDate(dateOf(instant), lang, format);
  return `${day} ${words[lang]} ${formatTime(instant, lang)}`;
}

/** The calendar date that an instant falls on in Helsinki. */
export function dateOf(instant: string | Date): ISODate {
  const { year, month, day } = helsinki(instant);
  return `${year}-${pad(month)}-${pad(day)}`;
}

/**
 * Reads a date as people write it: `d.m.yyyy`, also with zeros in front, or `YYYY-MM-DD`.
 * Undefined when it is not a date or the day does not exist.
 */
export function parseDate(input: string): ISODate | undefined {
  const text = input.trim();
  const match = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(text);
  if (!match) return isISODate(text) ? text : undefined;
  const parts = existing({
    year: Number(match[3]),
    month: Number(match[2]),
    day: Number(match[1]),
  });
  return parts && `${match[3] ?? ''}-${pad(parts.month)}-${pad(parts.day)}`;
}

/** Whole calendar days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: ISODate, to: ISODate): number {
  const start = readISO(from);
  const end = readISO(to);
  if (!start || !end) return Number.NaN;
  return Math.round((utc(end).getTime() - utc(start).getTime()) / dayMs);
}

/** A date so many days later, or earlier when the number is negative. */
export function addDays(iso: ISODate, days: number): ISODate {
  const parts = readISO(iso);
  if (!parts) return iso;
  return new Date(utc(parts).getTime() + days * dayMs).toISOString().slice(0, 10);
}

function helsinki(instant: string | Date) {
  const formatter = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const parts = new Map(
    formatter.formatToParts(new Date(instant)).map((part) => [part.type, Number(part.value)]),
  );
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: get('year'),
    month: get('month'),
    day: get('day'),
    hour: get('hour'),
    minute: get('minute'),
  };
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/**
 * The instant of a clock time in Helsinki on a date, as the server reads it. The time is written
 * as `13.00` or `13:00`; undefined when the date or the time does not exist.
 */
export function instantOf(date: ISODate, time: string): string | undefined {
  const parts = readISO(date);
  const match = /^(\d{1,2})[.:](\d{2})$/.exec(time.trim());
  const hour = Number(match?.[1]);
  const minute = Number(match?.[2]);
  if (!parts || !match || hour > 23 || minute > 59) return undefined;
  const asUtc = utc(parts).getTime() + (hour * 60 + minute) * 60_000;
  // Helsinki is two or three hours ahead: one of the two shows the clock that was asked for.
  for (const ahead of [3, 2]) {
    const instant = new Date(asUtc - ahead * 3_600_000);
    const shown = helsinki(instant);
    if (shown.day === parts.day && shown.hour === hour && shown.minute === minute) {
      return instant.toISOString().replace('.000Z', 'Z');
    }
  }
  return undefined;
}
