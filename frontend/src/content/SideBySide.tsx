import { usePartyLooks } from '../api/parties';
import type { Agreement, HandoverItem, ResponsibilityItem } from '../api/responsibilities';
import { useLang, useTexts } from '../i18n';
import { dateOf, formatDate } from '../lib/dates';
import { markWords } from '../ui/markWords';
import { describeTerms, latestTerms, termsOf } from './agreements';
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
}

/** What is in force and what is proposed side by side, the words that differ marked. */
export function SideBySide({ now, next, waiting }: SideBySideProps) {
  const texts = useTexts();
  const t = texts.responsibilities;
  const look = usePartyLooks(useLang());
  const shown = now
    .map((line) => ({ ...line, to: next.find(({ key }) => key === line.key)?.text ?? '' }))
    .filter(({ text, to }) => text !== to);
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
    <div className="cf2 rsp-chg" role="group" aria-label={t.changeWaits}>
      <div>
        <p className="rsp-side">{t.inForceNow}</p>
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
  const texts = useTexts();
  const t = texts.responsibilities;
  const lines = ({
    what,
    channel,
    targetDays,
  }: HandoverItem | (HandoverItem['change'] & object)) => [
    ...inEachLanguage(texts, 'what', t.what, what),
    ...inEachLanguage(texts, 'channel', t.channel, channel),
    { key: 'days', label: t.targetDays, text: targetDays === undefined ? '' : String(targetDays) },
  ];
  return item.change ? (
    <>
      {(item.change.fromStageId !== item.fromStageId ||
        item.change.toStageId !== item.toStageId) && <p>{t.otherStages}</p>}
      <SideBySide now={lines(item)} next={lines(item.change)} waiting={item.waiting} />
    </>
  ) : null;
}
