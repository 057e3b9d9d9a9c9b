import type { Lang } from '../../lib/lang';
import { useLang, useTexts, type Texts } from '../../i18n';
import { dateOf, formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { postAnchor } from '../../content/PostLink';
import type { SearchHit, SearchText } from './queries';

/** Where a hit is shown. */
export function placeOf(hit: SearchHit): {
  path: string;
  search?: Record<string, string>;
  hash?: string;
} {
  switch (hit.kind) {
    case 'goal':
      return { path: `/goals/${hit.no ?? hit.id}` };
    case 'action':
      return { path: `/actions/${hit.no ?? hit.id}` };
    case 'forum':
      return { path: `/forums/${hit.key ?? hit.id}` };
    case 'agenda_item':
    case 'outcome':
      return {
        path: `/meetings/${hit.meeting?.id ?? ''}`,
        search: { item: hit.item?.id ?? hit.id },
      };
    case 'post':
      return { path: '/organisation', hash: postAnchor(hit.id) };
  }
}

/** What a hit is and what it belongs to, in words. */
export function whereOf(hit: SearchHit, texts: Texts, lang: Lang): string {
  const t = texts.search;
  const word = (text: Parameters<typeof localised>[0]) => localised(text, lang).value;
  const meeting =
    hit.forum &&
    hit.meeting &&
    `${word(hit.forum.title)} ${hit.meeting.number}/${hit.meeting.year}, ${formatDate(dateOf(hit.meeting.startsAt), lang)}`;
  const item =
    hit.item &&
    (hit.item.section
      ? `${hit.item.section}\u00a0§`
      : hit.item.agendaNo
        ? t.item([hit.item.agendaNo, hit.item.subNo].filter(Boolean).join('.'))
        : undefined);
  const parts = {
    goal: [`${t.kind.goal} ${hit.no ?? ''}`, word(hit.theme)],
    action: [
      `${t.kind.action} ${hit.no ?? ''}`,
      hit.goal && `${t.kind.goal} ${hit.goal.no}: ${word(hit.goal.title)}`,
      hit.forum && word(hit.forum.title),
    ],
    forum: [t.kind.forum],
    agenda_item: [t.kind.agenda_item, meeting, item],
    outcome: [t.kind.outcome, meeting, [item, word(hit.item?.title)].filter(Boolean).join(' ')],
    post: [t.kind.post, word(hit.unit)],
  }[hit.kind];
  return parts.filter(Boolean).join(' · ');
}

/** A text with the words marked that were found, in the language that it is really in. */
export function MarkedText({ text }: { text: SearchText }) {
  const lang = useLang();
  return (
    <span lang={text.lang === lang ? undefined : text.lang}>
      {text.segments.map(({ text: piece, hit }, index) =>
        hit ? <mark key={index}>{piece}</mark> : piece,
      )}
    </span>
  );
}

/** The place in a hit's texts where the words stand, with which text it is. */
export function SnippetText({ hit }: { hit: SearchHit }) {
  const t = useTexts().search;
  if (!hit.snippet) return null;
  return (
    <>
      <span className="srch-part">{t.parts[hit.snippet.part]}:</span>{' '}
      <MarkedText text={hit.snippet} />
    </>
  );
}
