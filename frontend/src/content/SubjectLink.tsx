import type { SubjectRef } from '../api/responsibilities';
import { T, useTexts, type Texts } from '../i18n';
import type { Lang } from '../lib/lang';
import { localised } from '../lib/text';
import { PathLink } from '../ui/PathLink';

/** Where a thing that posts are responsible for is shown. */
export function subjectPath({ kind, id, no, key }: SubjectRef): string {
  switch (kind) {
    case 'goal':
      return `/goals/${no ?? id}`;
    case 'action':
      return `/actions/${no ?? id}`;
    case 'forum':
      return `/forums/${key ?? id}`;
    case 'stage':
    case 'handover':
    case 'chain':
      return `/chains/${key ?? id}`;
  }
}

/** What kind of thing it is, with its number where it has one. */
export function subjectKind({ kind, no }: SubjectRef, texts: Texts): string {
  const word = texts.content.kinds[kind];
  return no ? `${word} ${no}` : word;
}

/** The thing in words, such as "Tavoite 3: Perheet saavat tukea". */
export function subjectText(subject: SubjectRef, texts: Texts, lang: Lang): string {
  const { kind, title, from, to } = subject;
  const name = localised(title, lang).value;
  const ends = kind === 'handover' && from && to;
  return `${subjectKind(subject, texts)}: ${
    ends ? `${localised(from, lang).value} → ${localised(to, lang).value}, ${name}` : name
  }`;
}

/** The same as a link to where it is shown. */
export function SubjectLink({ subject }: { subject: SubjectRef }) {
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
