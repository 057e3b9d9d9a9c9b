import { useQuery } from '@tanstack/react-query';
import type { components } from '../api/schema';
import { useLang, useTexts, type Texts } from '../i18n';
import { formatDate } from '../lib/dates';
import type { Lang } from '../lib/lang';
import { localised } from '../lib/text';
import { thingsQuery, type Thing } from './things';

type Pins = components['schemas']['Pins'];
type Words = Texts['content']['pins'];

/** What the places are called where nothing else says of which chain they are, by their ids. */
export function pinNames(pins: Pins, t: Words, lang: Lang): Record<string, string> {
  const word = (text: Parameters<typeof localised>[0]) => localised(text, lang).value;
  const until = (day: string | undefined) => (day ? ` (${t.ended(formatDate(day, lang))})` : '');
  return Object.fromEntries([
    ...pins.stages.map(({ id, chain, title, validTo }) => [
      id,
      `${word(chain.title)}: ${word(title)}${until(validTo)}`,
    ]),
    ...pins.handovers.map(({ id, chain, what, validTo }) => [
      id,
      `${word(chain.title)}: ${word(what)}${until(validTo)}`,
    ]),
  ]) as Record<string, string>;
}

/** Says places by their names in one line, for comparing two versions of a thing. */
export function usePlacesLine(before: Pins | undefined): (ids: readonly string[]) => string {
  const t = useTexts().content.pins;
  const lang = useLang();
  const stages = useQuery(thingsQuery('stage', '')).data ?? [];
  const handovers = useQuery(thingsQuery('handover', '')).data ?? [];
  const names = before ? pinNames(before, t, lang) : {};
  return (ids) =>
    ids
      .map((id) => {
        const thing = [...stages, ...handovers].find((each) => each.id === id);
        return thing ? placeName(thing, lang) : (names[id] ?? t.another);
      })
      .sort((a, b) => a.localeCompare(b, lang))
      .join('; ');
}

/** A stage or hand-over by its chain and name. */
export function placeName({ of, title }: Thing, lang: Lang): string {
  return `${localised(of, lang).value}: ${localised(title, lang).value}`;
}
