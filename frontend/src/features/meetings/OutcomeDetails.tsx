import { usePartyLooks } from '../../api/parties';
import { PathLink } from '../../content/PathLink';
import { PostLink } from '../../content/PostLink';
import { T, useLang, useTexts } from '../../i18n';
import { dateOf, formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { PartyMark, Who } from '../../ui/PartyMark';
import type { Dissent } from './agendaQueries';
import { CorrectDissent, WithdrawDissent } from './DissentForm';
import type { Outcome } from './queries';

/** What is open at an outcome: nothing but its text, or the form of the button named. */
export type OutcomeMode =
  'read' | 'correct' | 'action' | 'dissent' | `change:${string}` | `withdraw:${string}`;

/** How dissents are corrected and withdrawn where they stand: one form at a time in an outcome. */
export interface DissentWork {
  mode: OutcomeMode;
  open: (mode: OutcomeMode) => void;
  /** The focus goes back to the button that opened the form, or to what is named. */
  close: () => void;
  closeAt: (named: string) => void;
}

interface OutcomeDetailsProps {
  outcome: Outcome;
  /** Left out where nothing can be changed. */
  work?: DissentWork;
}

/** What an outcome says beside its text: to whom, until when, to which forum, and who dissented. */
export function OutcomeDetails({ outcome, work }: OutcomeDetailsProps) {
  const texts = useTexts();
  const t = texts.agenda;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const referral = outcome.referrals.at(-1);
  const due = outcome.dueOn && formatDate(outcome.dueOn, lang);
  return (
    <>
      {outcome.toPost && (
        <p className="meta">
          {t.told.to}{' '}
          <Who party={look(outcome.toPost.partyId)}>
            <PostLink post={outcome.toPost} />
          </Who>
        </p>
      )}
      {outcome.toWhom && (
        <p className="meta">
          {t.told.to} <T text={outcome.toWhom} />
        </p>
      )}
      {due && (
        <p className="meta">{outcome.type === 'deferred' ? t.told.until(due) : t.told.due(due)}</p>
      )}
      {outcome.toMeeting && (
        <p className="meta">
          {t.told.untilMeeting}{' '}
          <PathLink path={`/meetings/${outcome.toMeeting.id}`}>
            {texts.meetings.name(outcome.toMeeting.number, outcome.toMeeting.year)}
          </PathLink>
        </p>
      )}
      {referral && (
        <p className="meta">
          {referral.to ? <T text={referral.to.title} /> : texts.content.referrals.otherForum}:{' '}
          {texts.content.referrals.states[referral.state]}
          {referral.answer && (
            <>
              , <T text={referral.answer} />
            </>
          )}
          {referral.settled && (
            <>
              . {texts.content.referrals.settled} <T text={referral.settled} />
              {referral.settledAt && ` (${formatDate(dateOf(referral.settledAt), lang)})`}
            </>
          )}
        </p>
      )}
      {outcome.dissents.map((dissent) => (
        <DissentNote key={dissent.id} dissent={dissent} work={work} />
      ))}
    </>
  );
}

interface DissentNoteProps {
  dissent: Dissent;
  work?: DissentWork;
}

function DissentNote({ dissent, work }: DissentNoteProps) {
  const t = useTexts().agenda.dissent;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const { id, kind, post } = dissent;
  const party = look(dissent.partyId);
  const who = post ? localised(post.title, lang).value : party.name;
  const [change, withdraw] = [`change:${id}`, `withdraw:${id}`] as const;
  // When its buttons are gone, the focus goes to the text itself.
  const told = dissent.withdrawnAt ? `told:${id} ${change} ${withdraw}` : `told:${id}`;
  const names = { change: `${t.change[kind]}, ${who}`, withdraw: `${t.withdraw[kind]}, ${who}` };
  if (work?.mode === change) {
    return <CorrectDissent dissent={dissent} label={names.change} onDone={work.close} />;
  }
  return (
    <div className="fu">
      <PartyMark party={party} />
      <div tabIndex={work && -1} data-opens={work && told}>
        <p>
          <b>{t.kinds[kind]}</b>
          {post && (
            <>
              {' '}
              <T text={post.title} />
            </>
          )}
        </p>
        <p>
          <T text={dissent.text} />
        </p>
        {dissent.withdrawnAt && (
          <p className="meta">
            {t.withdrawn} <T text={dissent.withdrawnReason} />
          </p>
        )}
        {work?.mode === 'read' && dissent.permissions.includes('meeting.record') && (
          <p className="btns">
            <Button
              variant="quiet"
              small
              aria-label={names.change}
              data-opens={change}
              onClick={() => work.open(change)}
            >
              {t.change[kind]}
            </Button>
            <Button
              variant="quiet"
              small
              aria-label={names.withdraw}
              data-opens={withdraw}
              onClick={() => work.open(withdraw)}
            >
              {t.withdraw[kind]}
            </Button>
          </p>
        )}
        {work?.mode === withdraw && (
          <WithdrawDissent
            dissent={dissent}
            label={names.withdraw}
            onDone={work.close}
            onWithdrawn={() => work.closeAt(`told:${id}`)}
          />
        )}
      </div>
    </div>
  );
}
