import type { Lang } from './lang';

/** The languages of the site as browsers name them, as they are written in Finland. */
export const locales: Record<Lang, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

/** A number in the manner of the language: decimal comma, spaces between thousands. */
export function formatNumber(
  value: number,
  lang: Lang,
  options?: Intl.NumberFormatOptions,
): string {
  return new Intl.NumberFormat(locales[lang], options).format(value);
}
