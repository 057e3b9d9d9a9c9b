import { usePartyLooks } from '../../api/parties';
import { PathLink } from '../../content/PathLink';
import { PostLink } from '../../content/PostLink';
import { T, useLang, useTexts } from '../../i18n';
import { formatDate } from '../../lib/dates';
import { PartyMark, Who } from '../../ui/PartyMark';
import type { Outcome } from './queries';

/** What an outcome says beside its text: to whom, until when, to which forum, and who dissented. */
export function OutcomeDetails({ outcome }: { outcome: Outcome }) {
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
        </p>
      )}
      {outcome.dissents.map((dissent) => (
        <div key={dissent.id} className="fu">
          <PartyMark party={look(dissent.partyId)} />
          <div>
            <p>
              <b>{t.dissent.kinds[dissent.kind]}</b>
              {dissent.post && (
                <>
                  {' '}
                  <T text={dissent.post.title} />
                </>
              )}
            </p>
            <p>
              <T text={dissent.text} />
            </p>
            {dissent.withdrawnAt && (
              <p className="meta">{t.dissent.withdrawn(dissent.withdrawnReason ?? '')}</p>
            )}
          </div>
        </div>
      ))}
    </>
  );
}
