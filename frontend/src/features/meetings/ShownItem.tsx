import { useEffect, useId, useState } from 'react';
import { useGroundIn } from '../../api/grounds';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { StandingMark } from '../../content/AgreementMark';
import { T, useLang, useTexts } from '../../i18n';
import { formatDate, formatPrecise, formatTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Icon } from '../../ui/Icon';
import { PartyMark, Who } from '../../ui/PartyMark';
import { Prose } from '../../ui/Prose';
import type { AgendaItem, Meeting, Outcome } from './queries';
import { isConfidential, itemNo } from './words';

/** What an item is called on a screen that others look at. */
export function ShownTitle({ item }: { item: AgendaItem }) {
  const t = useTexts().meetings.agenda;
  return isConfidential(item) ? t.hidden : <T text={item.title} />;
}

interface ShownItemProps {
  meeting: Meeting;
  item: AgendaItem;
  /** The heading of the agenda above it. */
  under?: AgendaItem;
  next?: AgendaItem;
  /** The clock counts. */
  live: boolean;
}

/** One item in large type; of a confidential one only its number, its trace and the ground. */
export function ShownItem({ meeting, item, under, next, live }: ShownItemProps) {
  const texts = useTexts();
  const t = texts.papers.presentation;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const groundIn = useGroundIn();
  const heading = useId();
  const secret = isConfidential(item);
  const decided = localised(item.decision, lang).value !== '';
  const text = localised(decided ? item.decision : item.proposal, lang);
  return (
    <article className="sh-item" aria-labelledby={heading}>
      <p className="sh-no">
        {[
          texts.papers.item(itemNo(item)),
          item.section ? texts.meetings.agenda.section(item.section) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
        {under && !isConfidential(under) && (
          <>
            {' · '}
            <T text={under.title} />
          </>
        )}
      </p>
      <h1 id={heading}>
        <ShownTitle item={item} />
      </h1>
      {secret ? (
        item.visibilityGround && (
          <p className="sh-by">
            {texts.meetings.reader.ground(groundIn(item.visibilityGround) ?? '')}
          </p>
        )
      ) : (
        <>
          {item.presenter && (
            <p className="sh-by">
              {texts.meetings.item.presenterLabel}:{' '}
              <Who party={look(item.presenter.partyId)}>
                <T text={item.presenter.title} />
              </Who>
            </p>
          )}
          {text.value && (
            <section>
              <h2>{decided ? texts.meetings.item.decision : texts.meetings.item.proposal}</h2>
              <Prose text={text.value} lang={text.lang === lang ? undefined : text.lang} />
            </section>
          )}
          {item.notHandled && (
            <p className="sh-by">
              {texts.agenda.notHandled} <T text={item.notHandled} />
            </p>
          )}
          {item.outcomes.length > 0 && (
            <section>
              <h2>{texts.meetings.outcomes.title}</h2>
              <ol className="sh-outs">
                {item.outcomes.map((outcome) => (
                  <li key={outcome.id}>
                    <ShownOutcome outcome={outcome} />
                  </li>
                ))}
              </ol>
            </section>
          )}
        </>
      )}
      <div className="sh-plan">
        {live && <Clock meeting={meeting} item={item} />}
        <p>
          {next ? (
            <>
              {t.next} {itemNo(next)} <ShownTitle item={next} />
            </>
          ) : (
            t.last
          )}
        </p>
      </div>
    </article>
  );
}

/** What came of the item: to whom, by when, what follows, and who dissented. */
function ShownOutcome({ outcome }: { outcome: Outcome }) {
  const texts = useTexts();
  const t = texts.agenda;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const due = outcome.dueOn && formatDate(outcome.dueOn, lang);
  const forum = outcome.referrals.at(-1)?.to;
  return (
    <>
      <p className="sh-type">{texts.meetings.outcomes.types[outcome.type]}</p>
      <p className="sh-text">
        <T text={outcome.text} />
      </p>
      {outcome.toPost && (
        <p>
          {t.told.to}{' '}
          <Who party={look(outcome.toPost.partyId)}>
            <T text={outcome.toPost.title} />
          </Who>
        </p>
      )}
      {outcome.toWhom && (
        <p>
          {t.told.to} <T text={outcome.toWhom} />
        </p>
      )}
      {forum && (
        <p>
          {t.told.to} <T text={forum.title} />
        </p>
      )}
      {due && <p>{outcome.type === 'deferred' ? t.told.until(due) : t.told.due(due)}</p>}
      {outcome.toMeeting && (
        <p>
          {t.told.untilMeeting}{' '}
          {texts.meetings.name(outcome.toMeeting.number, outcome.toMeeting.year)}
        </p>
      )}
      {/* Without its title: until the paper is published, actions are internal. */}
      {outcome.actions.map((action) => (
        <p key={action.id}>
          <Icon name="arrow" /> {texts.meetings.outcomes.action(action.no)}
          {action.lead && (
            <Who party={look(action.lead.partyId)}>
              <T text={action.lead.title} /> <StandingMark standing={action.leadStanding} />
            </Who>
          )}
          {action.dueOn &&
            texts.meetings.outcomes.due(formatPrecise(action.dueOn, action.duePrecision, lang))}
        </p>
      ))}
      {outcome.dissents
        .filter(({ withdrawnAt }) => !withdrawnAt)
        .map((dissent) => (
          <p key={dissent.id}>
            <PartyMark party={look(dissent.partyId)} /> {t.dissent.kinds[dissent.kind]}:{' '}
            <T text={dissent.text} />
          </p>
        ))}
    </>
  );
}

const tick = 5_000;
const minute = 60_000;

/** The service's clock, a few seconds old at most. */
function useNow(): number {
  const { data: me, dataUpdatedAt } = useMe();
  const [here, setHere] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setHere(Date.now()), tick);
    return () => clearInterval(timer);
  }, []);
  return here + (me ? Date.parse(me.now) - dataUpdatedAt : 0);
}

/** What time it is, and how the item keeps to its planned time while the meeting goes on. */
function Clock({ meeting, item }: { meeting: Meeting; item: AgendaItem }) {
  const t = useTexts().papers.presentation;
  const lang = useLang();
  const now = useNow();
  const from = item.plannedAt ? Date.parse(item.plannedAt) : undefined;
  const to = from && item.minutesReserved ? from + item.minutesReserved * minute : undefined;
  const time = (instant: number) => formatTime(new Date(instant), lang);
  const going = meeting.status === 'in_progress' && item.outcomes.length === 0 && !item.notHandled;
  const left = going && to && from && now >= from ? Math.ceil((to - now) / minute) : undefined;
  return (
    <p>
      <Icon name="clock" /> <span className="vh">{t.clock} </span>
      <b className="sh-clock">{time(now)}</b>{' '}
      {from && (to ? t.planned(time(from), time(to)) : t.plannedFrom(time(from)))}
      {left !== undefined && left >= 0 && `, ${t.left(left)}`}
      {left !== undefined && left < 0 && (
        <>
          {' '}
          <span className="c c-late">
            <Icon name="error" />
            {t.over(-left)}
          </span>
        </>
      )}
      {' · '}
      {t.ends(formatTime(meeting.endsAt, lang))}
    </p>
  );
}
