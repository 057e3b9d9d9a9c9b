import type { Term } from '../api/terms';
import { useLang, useTexts } from '../i18n';
import { formatDate } from '../lib/dates';
import { localised } from '../lib/text';

/** What names a term, and says whether it is given to anything new. */
export type NamedTerm = Pick<Term, 'id' | 'title' | 'retired' | 'retiredOn' | 'mergedIntoId'>;

/** What a form offers: the terms in use, and of the retired ones those that the thing has. */
export function offered<T extends NamedTerm>(terms: readonly T[], chosen: readonly string[]): T[] {
  return terms.filter(({ id, retired }) => !retired || chosen.includes(id));
}

/**
 * What a filter offers: the terms in use, then those that are retired, since things may have them
 * still. Nothing has what was merged into another: it is named only where the address asks for it.
 */
export function filterable<T extends NamedTerm>(
  terms: readonly T[],
  chosen: readonly string[] = [],
): T[] {
  const shown = terms.filter(({ id, mergedIntoId }) => !mergedIntoId || chosen.includes(id));
  return [...shown.filter(({ retired }) => !retired), ...shown.filter(({ retired }) => retired)];
}

/** Names a term in the reader's language, with a mark if it is retired. */
export function useTermName(): (term: NamedTerm) => string {
  const t = useTexts().content;
  const lang = useLang();
  return ({ title, retired, retiredOn }) => {
    const name = localised(title, lang).value;
    return retired && retiredOn ? t.retiredTerm(name, formatDate(retiredOn, lang)) : name;
  };
}
