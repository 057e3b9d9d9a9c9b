import type { ReactNode } from 'react';
import { usePartyLooks } from '../api/parties';
import type { Agreement, HandoverItem, ResponsibilityItem } from '../api/responsibilities';
import { useMe } from '../api/me';
import { T, useLang, useTexts } from '../i18n';
import { dateOf, formatDate } from '../lib/dates';
import { markWords } from '../ui/markWords';
import { localised } from '../lib/text';
import { answeredBefore, describeTerms, latestTerms, termsOf } from './agreements';
import { inEachLanguage } from './describe';
import './responsibilities.css';

interface Line {
  key: string;
  label: string;
  text: string;
}

interface SideBySideProps {
  /** What is in force, line by line, and what is proposed instead. */
  now: readonly Line[];
  next: readonly Line[];
  waiting?: Agreement;
  /** What the first side is, where it is not what is in force. */
  before?: { label: string; title: ReactNode; same: string };
}

/** What is in force and what is proposed side by side, the words that differ marked. */
export function SideBySide({ now, next, waiting, before }: SideBySideProps) {
  const texts = useTexts();
  const t = texts.responsibilities;
  const look = usePartyLooks(useLang());
  const shown = now
    .map((line) => ({ ...line, to: next.find(({ key }) => key === line.key)?.text ?? '' }))
    .filter(({ text, to }) => text !== to);
  if (shown.length === 0 && before) return <p>{before.same}</p>;
  if (shown.length === 0) {
    const asked = (waiting?.acceptances ?? []).filter(({ answer }) => answer === 'open');
    return <p>{t.widened(asked.map(({ partyId }) => look(partyId).name).join(', '))}</p>;
  }
  const version = (label: string, from: string, to: string) => (
    <>
      <p className="cfl">{label}</p>
      <p className="cft">{to === '' ? <i>{texts.ui.conflict.noValue}</i> : markWords(from, to)}</p>
    </>
  );
  return (
    <div className="cf2 rsp-chg" role="group" aria-label={before?.label ?? t.changeWaits}>
      <div>
        <p className="rsp-side">{before?.title ?? t.inForceNow}</p>
        {shown.map(({ key, label, text, to }) => (
          <div key={key}>{version(label, to, text)}</div>
        ))}
      </div>
      <div>
        <p className="rsp-side">
          {t.proposal}
          {waiting && <ProposedBy agreement={waiting} />}
        </p>
        {shown.map(({ key, label, text, to }) => (
          <div key={key}>{version(label, text, to)}</div>
        ))}
      </div>
    </div>
  );
}

function ProposedBy({ agreement }: { agreement: Agreement }) {
  const t = useTexts().responsibilities;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const day = formatDate(dateOf(agreement.proposedAt), lang);
  return (
    <span className="meta">
      {' '}
      {agreement.proposedPartyId ? `${look(agreement.proposedPartyId).name} ${day}` : day}
      <span className="vh">{t.revision(agreement.revision)}</span>
    </span>
  );
}

/** The change of a responsibility that waits. */
export function TermsChange({ item }: { item: ResponsibilityItem }) {
  const texts = useTexts();
  const lang = useLang();
  return (
    <SideBySide
      now={describeTerms(termsOf(item), texts, lang)}
      next={describeTerms(latestTerms(item), texts, lang)}
      waiting={item.waiting}
    />
  );
}

/** The change of a hand-over that waits. */
export function HandoverChange({ item }: { item: HandoverItem }) {
  const lines = useHandoverLines();
  return item.change ? (
    <SideBySide
      now={lines(item, item.from, item.to)}
      next={lines(item.change, item.changeFrom, item.changeTo)}
      waiting={item.waiting}
    />
  ) : null;
}

/** The terms of a hand-over as lines, with the stages between which it leads. */
export function useHandoverLines() {
  const texts = useTexts();
  const lang = useLang();
  const look = usePartyLooks(lang);
  const t = texts.responsibilities;
  const stage = (end: Stage | undefined) =>
    end ? `${end.position} ${localised(end.title, lang).value} (${look(end.partyId).name})` : '–';
  return (
    { what, channel, targetDays }: HandoverItem['change'] & object,
    from: Stage | undefined,
    to: Stage | undefined,
  ): Line[] => [
    { key: 'from', label: t.from, text: stage(from) },
    { key: 'to', label: t.to, text: stage(to) },
    ...inEachLanguage(texts, 'what', t.what, what),
    ...inEachLanguage(texts, 'channel', t.channel, channel),
    { key: 'days', label: t.targetDays, text: targetDays === undefined ? '' : String(targetDays) },
  ];
}

type Stage = HandoverItem['from'];

interface SinceAnsweredProps<R extends Agreement> {
  item: { waiting?: Agreement; inForce?: Agreement };
  /** Every content that was proposed, the newest first. */
  revisions: readonly R[];
  /** A content that was proposed, and what waits, line by line. */
  lines: (revision: R) => readonly Line[];
  next: readonly Line[];
}

/**
 * What waits beside what the reader's party answered last, with the reason that it gave: after a
 * refusal nothing is in force to compare the new words with.
 */
export function SinceAnswered<R extends Agreement>({
  item,
  revisions,
  lines,
  next,
}: SinceAnsweredProps<R>) {
  const t = useTexts().responsibilities;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const me = useMe().data;
  const last = answeredBefore(revisions, item, me?.partyId);
  if (!last) return null;
  const { revision, answer } = last;
  const day = answer.decidedAt ? formatDate(dateOf(answer.decidedAt), lang) : '';
  const what = t.answeredLast(look(answer.partyId).name, t.answersLast[answer.answer], day);
  return (
    <>
      <p>
        {what} <T text={answer.reason} />
      </p>
      <SideBySide
        now={lines(revision)}
        next={next}
        waiting={item.waiting}
        before={{
          label: t.sinceAnswered,
          title: t.answeredVersion(revision.revision),
          same: t.sameAsAnswered,
        }}
      />
    </>
  );
}
