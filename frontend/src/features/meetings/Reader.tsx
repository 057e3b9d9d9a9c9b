import { Fragment, useId } from 'react';
import { useGroundIn } from '../../api/grounds';
import { usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { GroundMark } from '../../content/GroundMark';
import { LegalBases } from '../../content/References';
import { PostLink } from '../../content/PostLink';
import { Icon } from '../../ui/Icon';
import { KeyValues, Section } from '../../ui/layout';
import { PartyMark, Who } from '../../ui/PartyMark';
import { EmptyState } from '../../ui/states';
import type { Transfer } from './agendaQueries';
import { byParty } from './AttendanceList';
import { Documents } from './Attachments';
import { CaseLinks } from './CaseLinks';
import { Handlings } from './Handlings';
import { Approvers } from './Inspection';
import { Part } from './ItemEditor';
import { OutcomeCard } from './Outcomes';
import { MovedAway } from './MovedAway';
import { QuorumMark } from './QuorumMark';
import type { AgendaItem, Meeting } from './queries';
import { traceKey, withTraces } from './traces';
import { decisionsOf, itemNo } from './words';

interface ReaderProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  moved: readonly Transfer[];
}

/** The paper of a meeting as people read it: each item with what was decided and what followed. */
export function Reader({ meeting, items, moved }: ReaderProps) {
  const t = useTexts().meetings;
  const lang = useLang();
  if (!meeting.papers) {
    return (
      <div className="reader">
        <EmptyState title={t.reader.notYet} />
        <Facts meeting={meeting} />
      </div>
    );
  }
  const decisions = decisionsOf(items);
  const actions = items.flatMap(({ outcomes }) => outcomes.flatMap((outcome) => outcome.actions));
  const begun = meeting.status !== 'draft' && meeting.status !== 'called';
  const asked = meeting.permissions.includes('meeting.approve');
  return (
    <div className="reader">
      {asked && (
        <p className="note soon">
          <b>{t.inspection.waitsForYou}</b> {t.inspection.approveText}
        </p>
      )}
      {begun && <p className="lead">{t.reader.lead(decisions.length, actions.length)}</p>}
      <div className="two">
        <div className="paper">
          {items.length + moved.length === 0 && <EmptyState title={t.reader.noItems} />}
          {withTraces(items, moved).map(({ item, trace }) =>
            item ? (
              <Item key={item.id} item={item} meeting={meeting} />
            ) : (
              <div key={traceKey(trace)} className="pi gone">
                <MovedAway trace={trace} />
              </div>
            ),
          )}
        </div>
        <aside className="stack">
          {items.length > 3 && (
            <nav aria-label={t.reader.contents}>
              <div className="sec-h">
                <h2>{t.reader.contents}</h2>
              </div>
              <ol className="toc">
                {items.map((item) => (
                  <li key={item.id}>
                    <span className="an">{itemNo(item)}</span>
                    <a href={`#item-${itemNo(item)}`}>
                      {item.hidden ? t.agenda.hidden : <T text={item.title} />}
                    </a>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <Facts meeting={meeting} />
          {meeting.participants.length > 0 && <Participants meeting={meeting} />}
          {meeting.approvers.length > 0 && begun && (
            <Section title={t.reader.approved}>
              <Approvers meeting={meeting} />
              {meeting.publishedAt && (
                <p className="meta below-s">
                  {t.reader.published(formatDateTime(meeting.publishedAt, lang))}
                </p>
              )}
            </Section>
          )}
          <LegalBases ids={meeting.legalBasisIds} />
        </aside>
      </div>
    </div>
  );
}

function Item({ item, meeting }: { item: AgendaItem; meeting: Meeting }) {
  const texts = useTexts();
  const t = texts.meetings;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const groundIn = useGroundIn();
  const heading = useId();
  const numbers = [
    item.section ? t.agenda.section(item.section) : '',
    t.item.no(item.agendaNo),
  ].filter(Boolean);
  if (item.hidden) {
    return (
      <article className="pi" id={`item-${itemNo(item)}`} aria-labelledby={heading}>
        <p className="meta">{numbers.join(' · ')}</p>
        <h2 id={heading}>{t.reader.hiddenItem}</h2>
        <p className="vis">
          <Icon name="lock" size={14} />
          {t.reader.ground(groundIn(item.visibilityGround) ?? '')}
        </p>
      </article>
    );
  }
  const parts = (
    <>
      <p className="meta">
        {numbers.join(' · ')}
        {item.presenter && (
          <>
            {' '}
            · {t.item.presenter} <T text={item.presenter.title} />{' '}
            <PartyMark party={look(item.presenter.partyId)} />
          </>
        )}
        {localised(item.preparer, lang).value && (
          <>
            {' '}
            · {t.item.preparer} <T text={item.preparer} />
          </>
        )}
      </p>
      <h2 id={heading}>
        <T text={item.title} />
      </h2>
      <QuorumMark item={item} />
      <OtherTitle item={item} />
      {item.visibility === 'internal' && <GroundMark ground={item.visibilityGround} />}
      <CaseLinks cases={item.cases} />
      <Handlings item={item} />
      <Documents item={item} />
      <Part item={item} name="proposal" />
      <Part item={item} name="proceedings" />
      <Part item={item} name="decision" />
      <Part item={item} name="explanation" />
      {(localised(item.heard, lang).value || localised(item.goesOnTo, lang).value) && (
        <KeyValues
          items={(['heard', 'goesOnTo'] as const)
            .filter((name) => localised(item[name], lang).value)
            .map((name) => ({ name: t.item[name], value: <T text={item[name]} /> }))}
        />
      )}
      {item.outcomes.length > 0 && (
        <div className="ipart">
          <h3>{t.outcomes.title}</h3>
          {item.outcomes.map((outcome) => (
            <OutcomeCard key={outcome.id} outcome={outcome} readOnly />
          ))}
        </div>
      )}
    </>
  );
  const secret = item.visibility === 'internal' && meeting.visibility === 'public';
  return (
    <article
      className={secret ? 'pi internal' : 'pi'}
      id={`item-${itemNo(item)}`}
      aria-labelledby={heading}
    >
      {parts}
    </article>
  );
}

/** The title in the other official language: both stand in the record. */
function OtherTitle({ item }: { item: AgendaItem }) {
  const lang = useLang();
  const others = (['fi', 'sv'] as const).filter(
    (other) => other !== lang && item.title[other] && localised(item.title, lang).lang !== other,
  );
  return (
    <p className="other-title">
      {others.map((other) => (
        <Fragment key={other}>
          <span lang={other}>{item.title[other]}</span>{' '}
        </Fragment>
      ))}
    </p>
  );
}

function Facts({ meeting }: { meeting: Meeting }) {
  const t = useTexts();
  const lang = useLang();
  const facts = [];
  if (localised(meeting.place, lang).value) {
    facts.push({ name: t.meetings.reader.place, value: <T text={meeting.place} /> });
  }
  facts.push({ name: t.meetings.reader.paper, value: t.meetings.papersCapital[meeting.paper] });
  return (
    <Section title={t.meetings.reader.facts}>
      <KeyValues items={facts} />
      <CaseLinks cases={meeting.cases} />
    </Section>
  );
}

function Participants({ meeting }: { meeting: Meeting }) {
  const t = useTexts().meetings;
  const look = usePartyLooks(useLang());
  return (
    <Section title={t.reader.participants}>
      {byParty(meeting.participants).map((group) => (
        <ul className="att" key={group[0]?.partyId}>
          {group.map((participant) => {
            const notes = [
              participant.role === 'member' ? '' : t.attendance.roleNames[participant.role],
              participant.inspector ? t.inspection.inspector : '',
              participant.attendance === 'absent' || participant.attendance === 'remote'
                ? t.attendance.values[participant.attendance]
                : '',
            ].filter(Boolean);
            const absent = participant.attendance === 'absent';
            return (
              <li key={participant.id} className={absent ? 'abs' : undefined}>
                <Who party={look(participant.partyId)}>
                  {participant.post ? <PostLink post={participant.post} /> : participant.guest}
                </Who>
                <span className="meta">{notes.join(', ')}</span>
              </li>
            );
          })}
        </ul>
      ))}
    </Section>
  );
}
