import type { LinkProps } from '@tanstack/react-router';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { Lang } from '../../lib/lang';
import type { Sentence } from '../../i18n/fi/overview';
import { PathLink } from '../../content/PathLink';
import { T, useTexts } from '../../i18n';
import { InternalMark } from '../../ui/Visibility';
import type { Expectation } from './queries';
import type { RoundSearch, Standing } from './search';

/** What the sentence of a round counts, as filters of its list. */
const states: Record<string, Standing[]> = {
  given: ['reported', 'late'],
  reported: ['reported'],
  late: ['late'],
  missing: ['missing'],
  waiting: ['waiting'],
};

interface RoundSentenceProps {
  parts: Sentence<string>;
  round: string;
  lang: Lang;
}

/** How a round stands, in one sentence whose figures lead to their rows. */
export function RoundSentence({ parts, round, lang }: RoundSentenceProps) {
  return parts.map((part, index) => {
    if (typeof part === 'string') return <Fragment key={index}>{part}</Fragment>;
    const [target, words] = part;
    return (
      <Link key={index} {...listOf(round, lang, { state: states[target] })}>
        {words}
      </Link>
    );
  });
}

/** The rows of a round that filters let through. */
export function listOf(round: string, lang: Lang, search: RoundSearch): LinkProps {
  return {
    to: '/$lang/rounds/$key',
    params: { lang, key: round },
    search: (old: { asOf?: string }) => ({ asOf: old.asOf, ...search }),
    hash: 'list',
  } as LinkProps;
}

/** The action, goal or plan that a report is about. */
export function Thing({
  of,
}: {
  of: Pick<Expectation, 'level' | 'id' | 'no' | 'title' | 'visibility'>;
}) {
  const t = useTexts().rounds.levels;
  const path =
    of.level === 'plan'
      ? `/plan/${of.id}`
      : `/${of.level === 'goal' ? 'goals' : 'actions'}/${of.no ?? ''}`;
  return (
    <>
      <PathLink className="q" path={path}>
        <T text={of.title} />
      </PathLink>
      <span className="meta df">
        {t[of.level].one}
        {of.no ? ` ${of.no}` : ''}
      </span>
      {of.visibility === 'internal' && <InternalMark />}
    </>
  );
}
