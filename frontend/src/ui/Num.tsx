import { useLang } from '../i18n';
import { formatNumber } from '../lib/numbers';

/** A count in the manner of the language: with spaces, or a comma, between thousands. */
export function Num({ value }: { value: number }) {
  return formatNumber(value, useLang());
}
