import type { Texts } from '../../i18n';
import type { Lang } from '../../lib/lang';
import { localised } from '../../lib/text';
import type { PaperPart, PaperPlace } from './papers';
import type { AgendaItem } from './queries';

type Localised = AgendaItem['title'];

/** A text of the paper that one can speak of, with its name. */
export interface Place {
  key: string;
  at: PaperPlace;
  label: string;
  text: Localised;
}

const fields = [
  ['title', 'title'],
  ['explanation', 'explanation'],
  ['heard', 'heard'],
  ['proposal', 'proposal'],
  ['proceedings', 'proceedings'],
  ['decision', 'decision'],
  ['goes_on_to', 'goesOnTo'],
] as const satisfies readonly (readonly [PaperPart, keyof AgendaItem])[];

/** The texts of an agenda that say something, in their order on paper. */
export function placesOf(items: readonly AgendaItem[], t: Texts, lang: Lang): Place[] {
  return items
    .filter(({ hidden }) => !hidden)
    .flatMap((item) => {
      const name = `${t.papers.item(String(item.agendaNo))}, `;
      const parts = fields
        .filter(([, field]) => localised(item[field], lang).value !== '')
        .map(([part, field]) => ({
          key: `${item.id} ${part}`,
          at: { agendaItemId: item.id, part },
          label: name + t.papers.parts[part].toLowerCase(),
          text: item[field],
        }));
      const outcomes = item.outcomes.map((outcome) => ({
        key: `${item.id} ${outcome.id}`,
        at: { agendaItemId: item.id, part: 'outcome' as const, outcomeId: outcome.id },
        label: `${name}${t.papers.parts.outcome.toLowerCase()} ${outcome.no}`,
        text: outcome.text,
      }));
      return [...parts, ...outcomes];
    });
}

/** The text that a place shows on a page of this language, with the language that it is in. */
export function shownAt(place: Place, lang: Lang): { value: string; lang: Lang } {
  const found = localised(place.text, lang);
  return { value: found.value, lang: found.lang };
}
