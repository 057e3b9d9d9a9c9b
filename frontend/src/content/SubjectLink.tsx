import type { SubjectRef } from '../api/responsibilities';
import { T, useTexts, type Texts } from '../i18n';
import type { Lang } from '../lib/lang';
import { localised } from '../lib/text';
import { PathLink } from '../ui/PathLink';

/** A thing that posts are responsible for, or that has drafts. */
export type NamedSubject = Omit<SubjectRef, 'kind'> & { kind: SubjectRef['kind'] | 'plan' };

/** Where a thing that posts are responsible for is shown. */
export function subjectPath({ kind, id, no, key }: NamedSubject): string {
  switch (kind) {
    case 'goal':
      return `/goals/${no ?? id}`;
    case 'action':
      return `/actions/${no ?? id}`;
    case 'forum':
      return `/forums/${key ?? id}`;
    case 'plan':
      return `/plan/${key ?? id}`;
    case 'stage':
    case 'handover':
    case 'chain':
      return `/chains/${key ?? id}`;
  }
}

/** What kind of thing it is, with its number where it has one. */
export function subjectKind({ kind, no }: NamedSubject, texts: Texts): string {
  const word = texts.content.kinds[kind];
  return no ? `${word} ${no}` : word;
}

/** The thing in words, such as "Tavoite 3: Perheet saavat tukea". */
export function subjectText(subject: NamedSubject, texts: Texts, lang: Lang): string {
  const { kind, title, from, to } = subject;
  const name = localised(title, lang).value;
  const ends = kind === 'handover' && from && to;
  return `${subjectKind(subject, texts)}: ${
    ends ? `${localised(from, lang).value} → ${localised(to, lang).value}, ${name}` : name
  }`;
}

/** The same as a link to where it is shown. */
export function SubjectLink({ subject }: { subject: NamedSubject }) {
  const texts = useTexts();
  const { kind, title, from, to } = subject;
  return (
    <PathLink
      quiet
      path={subjectPath(subject)}
      {...(kind === 'handover' && { search: { handover: subject.id }, hash: 'handover' })}
    >
      {subjectKind(subject, texts)}:{' '}
      {kind === 'handover' && from && to && (
        <>
          <T text={from} /> → <T text={to} />,{' '}
        </>
      )}
      <T text={title} />
    </PathLink>
  );
}
