import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  forumReferralsQuery,
  landingMeetingsQuery,
  useAcceptReferral,
  useRefuseReferral,
  useSettleReferral,
  useWithdrawReferral,
  type ReferralEntry,
} from '../api/referrals';
import { T, useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { dateOf, formatDate } from '../lib/dates';
import { languages } from '../lib/lang';
import { localised, type LocalisedText } from '../lib/text';
import { whenSaved } from '../lib/whenSaved';
import { Button } from '../ui/Button';
import { Select } from '../ui/filters';
import { LocalisedField } from '../ui/forms/LocalisedField';
import { Icon } from '../ui/Icon';
import { Section } from '../ui/layout';
import { fieldError } from '../ui/problemTexts';
import { ErrorState } from '../ui/states';
import { PathLink } from './PathLink';
import './referrals.css';

/** What a forum has sent to others and what has come to it; nothing where there is none. */
export function ForumReferrals({ forumId }: { forumId: string }) {
  const t = useTexts().content.referrals;
  const asOf = useAsOf();
  const { data, error, refetch } = useQuery(forumReferralsQuery(forumId, asOf));
  // One withdrawn before it was sent, or because its outcome became another, is nothing to tell.
  const shown = (data ?? []).filter(
    ({ state, settled }) => state !== 'prepared' && (state !== 'withdrawn' || settled),
  );
  if (!data && error) return <NotFetched error={error} onRetry={() => void refetch()} />;
  if (shown.length === 0) return null;
  return (
    <Section title={t.title} aside={t.count(shown.length)}>
      <List referrals={shown} past={asOf !== undefined} />
    </Section>
  );
}

/** A failed request does not read as "there is none". */
function NotFetched({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTexts().content.referrals;
  return (
    <Section title={t.title}>
      <ErrorState error={error} onRetry={onRetry} />
    </Section>
  );
}

function List({ referrals, past }: { referrals: readonly ReferralEntry[]; past: boolean }) {
  return (
    <ul className="refs">
      {referrals.map((referral) => (
        <li key={referral.id}>
          <ReferralRow referral={referral} past={past} />
        </li>
      ))}
    </ul>
  );
}

type Mode = 'read' | 'accept' | 'refuse' | 'settle' | 'withdraw';

/** One referral with what the reader may do about it, in place. */
export function ReferralRow({ referral, past }: { referral: ReferralEntry; past: boolean }) {
  const texts = useTexts();
  const t = texts.content.referrals;
  const lang = useLang();
  const [mode, setMode] = useState<Mode>('read');
  const title = localised(referral.item.title, lang).value;
  const may = past ? [] : referral.permissions;
  const toggle = (to: Mode) => setMode(mode === to ? 'read' : to);
  const done = () => setMode('read');
  return (
    <>
      <p>
        <PathLink className="q" path={`/meetings/${referral.meeting.id}`}>
          <T text={referral.item.title} />
        </PathLink>
      </p>
      <p className="meta">
        <T text={referral.from.title} /> <Icon name="arrow" size={12} />{' '}
        {referral.to ? <T text={referral.to.title} /> : t.otherForum}
        {referral.sentAt && ` · ${t.sent(formatDate(dateOf(referral.sentAt), lang))}`}
      </p>
      <p className={referral.overdue || referral.senderOpen ? 'c c-late' : undefined}>
        {referral.overdue ? t.overdue(referral.daysOver) : t.states[referral.state]}
        {referral.state === 'open' &&
          !referral.overdue &&
          referral.dueOn &&
          `, ${t.due(formatDate(referral.dueOn, lang))}`}
        {referral.listed && `, ${t.listed}`}
        {referral.landed && (
          <>
            :{' '}
            <PathLink path={`/meetings/${referral.landed.id}`}>
              {texts.meetings.name(referral.landed.number, referral.landed.year)}
            </PathLink>
          </>
        )}
      </p>
      <p>
        <T text={referral.text} />
      </p>
      {referral.answer && (
        <p className="meta">
          {t.answer} <T text={referral.answer} />
        </p>
      )}
      {referral.settled && (
        <p className="meta">
          {t.settled} <T text={referral.settled} />
        </p>
      )}
      {may.length > 0 && (
        <p className="btns">
          {may.includes('referral.answer') && (
            <Button
              variant="secondary"
              small
              data-key="accept"
              aria-label={`${referral.listed ? t.place : t.accept}: ${title}`}
              aria-expanded={mode === 'accept'}
              onClick={() => toggle('accept')}
            >
              {referral.listed ? t.place : t.accept}
            </Button>
          )}
          {may.includes('referral.answer') && referral.state === 'open' && (
            <Button
              variant="quiet"
              small
              aria-label={`${t.refuse}: ${title}`}
              aria-expanded={mode === 'refuse'}
              onClick={() => toggle('refuse')}
            >
              {t.refuse}
            </Button>
          )}
          {may.includes('referral.settle') && (
            <Button
              variant="quiet"
              small
              aria-label={`${t.settle}: ${title}`}
              aria-expanded={mode === 'settle'}
              onClick={() => toggle('settle')}
            >
              {t.settle}
            </Button>
          )}
          {may.includes('referral.withdraw') && (
            <Button
              variant="quiet"
              small
              aria-label={`${t.withdraw}: ${title}`}
              aria-expanded={mode === 'withdraw'}
              onClick={() => toggle('withdraw')}
            >
              {t.withdraw}
            </Button>
          )}
        </p>
      )}
      {mode === 'accept' && <Accept referral={referral} onDone={done} />}
      {mode === 'refuse' && <Refuse referral={referral} onDone={done} />}
      {mode === 'settle' && <Settle referral={referral} onDone={done} />}
      {mode === 'withdraw' && <Withdraw referral={referral} onDone={done} />}
    </>
  );
}

interface FormProps {
  referral: ReferralEntry;
  onDone: () => void;
}

function Accept({ referral, onDone }: FormProps) {
  const texts = useTexts();
  const t = texts.content.referrals;
  const lang = useLang();
  const accept = useAcceptReferral(referral);
  const coming = useQuery(landingMeetingsQuery(referral.to?.id ?? ''));
  const [meeting, setMeeting] = useState('');
  const options = (coming.data ?? []).map(({ id, number, year, startsAt }) => ({
    value: id,
    label: `${texts.meetings.name(number, year)}, ${formatDate(dateOf(startsAt), lang)}`,
  }));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!accept.isPending) whenSaved(accept.mutateAsync(meeting), onDone);
      }}
    >
      <Select
        label={t.where}
        value={meeting}
        options={[{ value: '', label: t.toList }, ...options]}
        onChange={setMeeting}
        error={fieldError(accept.error, '/meetingId', texts)}
      />
      {accept.error !== null && (
        <ErrorState error={accept.error} title={texts.problems.saveTitle} />
      )}
      <Button type="submit" small aria-disabled={accept.isPending}>
        {referral.listed ? t.place : t.accept}
      </Button>
    </form>
  );
}

function Refuse({ referral, onDone }: FormProps) {
  const t = useTexts().content.referrals;
  const refuse = useRefuseReferral(referral.id);
  return (
    <ReasonForm
      label={t.refuseReason}
      button={t.refuse}
      pending={refuse.isPending}
      error={refuse.error}
      onSend={(reason) => whenSaved(refuse.mutateAsync(reason), onDone)}
    />
  );
}

function Settle({ referral, onDone }: FormProps) {
  const t = useTexts().content.referrals;
  const settle = useSettleReferral(referral.id);
  return (
    <ReasonForm
      label={t.settleReason}
      button={t.settle}
      pending={settle.isPending}
      error={settle.error}
      onSend={(reason) => whenSaved(settle.mutateAsync(reason), onDone)}
    />
  );
}

function Withdraw({ referral, onDone }: FormProps) {
  const t = useTexts().content.referrals;
  const withdraw = useWithdrawReferral(referral.id);
  return (
    <ReasonForm
      label={t.withdrawReason}
      button={t.withdraw}
      pending={withdraw.isPending}
      error={withdraw.error}
      onSend={(reason) => whenSaved(withdraw.mutateAsync(reason), onDone)}
    />
  );
}

interface ReasonFormProps {
  label: string;
  button: string;
  pending: boolean;
  error: unknown;
  onSend: (reason: { fi: string; sv: string; en: string }) => void;
}

function ReasonForm({ label, button, pending, error, onSend }: ReasonFormProps) {
  const texts = useTexts();
  const [reason, setReason] = useState<LocalisedText>({ fi: '', sv: '', en: '' });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) {
          onSend({ fi: reason.fi ?? '', sv: reason.sv ?? '', en: reason.en ?? '' });
        }
      }}
    >
      <LocalisedField
        label={label}
        value={reason}
        onChange={setReason}
        errors={Object.fromEntries(
          languages.map((lang) => [lang, fieldError(error, `/reason/${lang}`, texts)]),
        )}
      />
      {error !== null && <ErrorState error={error} title={texts.problems.saveTitle} />}
      <Button type="submit" small aria-disabled={pending}>
        {button}
      </Button>
    </form>
  );
}
