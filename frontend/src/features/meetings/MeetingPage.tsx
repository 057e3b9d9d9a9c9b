import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { GroundMark } from '../../content/GroundMark';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDateTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { PageHead, useTitle } from '../../ui/Page';
import { BetweenLink } from '../../ui/BetweenLink';
import { LinkButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Loaded } from '../../ui/states';
import type { Transfer } from './agendaQueries';
import { LifeLine } from './LifeLine';
import { useLive } from './live';
import { PaperInTheMaking, PaperPanel } from './PaperPanel';
import { MeetingEdit } from './MeetingForm';
import { paperQuery } from './papers';
import { useMeetingWithAgenda, type AgendaItem, type Meeting } from './queries';
import { Reader } from './Reader';
import { SinceCall } from './SinceCall';
import { Steps } from './Steps';
import { meetingTime } from './words';
import { Workspace } from './Workspace';
import './meetings.css';

/**
 * One meeting at one address: its secretary's workspace, and for everybody else the paper as far
 * as they may read it.
 */
export function MeetingPage() {
  const t = useTexts();
  const { id } = useParams({ strict: false });
  const asOf = useAsOf();
  const both = useMeetingWithAgenda(id ?? '', asOf);
  useLive(both.data?.meeting, asOf === undefined);
  return (
    <div className="pg-meeting">
      {!both.data && <PageHead title={t.content.kinds.meeting} />}
      <Loaded query={both} loading={t.meetings.loading}>
        {(data) => <Page {...data} past={asOf !== undefined} />}
      </Loaded>
    </div>
  );
}

interface PageProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  moved: readonly Transfer[];
  past: boolean;
}

function Page({ meeting, items, moved, past }: PageProps) {
  const t = useTexts();
  const lang = useLang();
  const { item } = useSearch({ strict: false });
  const [editing, setEditing] = useState(false);
  const asOf = useAsOf();
  const goesOn = meeting.status === 'in_progress';
  const paper = useQuery({ ...paperQuery(meeting.id, asOf), enabled: meeting.papers && !goesOn });
  const may = past ? [] : meeting.permissions;
  const secretary = may.includes('meeting.edit') || may.includes('meeting.record');
  const name = t.meetings.name(meeting.number, meeting.year);
  const own = localised(meeting.title, lang);
  useTitle(`${name}, ${localised(meeting.forum.title, lang).value}`);
  return (
    <>
      <header className="mh">
        <div>
          <p className="crumb meta">
            <PathLink path="/forums">{t.meetings.forums}</PathLink> /{' '}
            <PathLink path={`/forums/${meeting.forum.key}`}>
              <T text={meeting.forum.title} />
            </PathLink>
          </p>
          <h1>
            {name}{' '}
            <span className="meta">
              {meetingTime(meeting, t, lang)} · {t.meetings.papers[meeting.paper]}
            </span>
          </h1>
          {own.value && (
            <p className="mh-t">
              <T text={meeting.title} />
            </p>
          )}
          {meeting.visibility === 'internal' && <GroundMark ground={meeting.visibilityGround} />}
          <div className="mh-l">
            <LifeLine meeting={meeting} />
            {meeting.papers && !past && (
              <LinkButton
                to="/$lang/meetings/$id/show"
                params={{ lang, id: meeting.id }}
                search={item === undefined ? {} : { item }}
                variant="quiet"
                small
              >
                {t.papers.presentation.title}
              </LinkButton>
            )}
          </div>
        </div>
        {!past && (
          <Steps
            meeting={meeting}
            items={items}
            paper={paper.data?.hash}
            onEdit={secretary ? () => setEditing(true) : undefined}
          />
        )}
      </header>
      {meeting.status === 'cancelled' && (
        <p className="note late">
          {t.meetings.cancelledBecause} <T text={meeting.cancelReason} />
        </p>
      )}
      <SinceCall meeting={meeting} />
      {meeting.reopened && meeting.papers && (
        <p className="note soon">
          {t.agenda.reopen.told(formatDateTime(meeting.reopened.at, lang))}{' '}
          <T text={meeting.reopened.reason} />{' '}
          {meeting.reopened.approvals > 0 && t.agenda.reopen.approvals(meeting.reopened.approvals)}
        </p>
      )}
      {meeting.papers && meeting.status !== 'published' && (
        <p className="vis below-h">
          <Icon name="lock" size={14} />
          {t.meetings.internalUntil[meeting.paper]}
        </p>
      )}
      {meeting.papers && goesOn && <PaperInTheMaking meeting={meeting} past={past} />}
      {!goesOn && paper.data && (
        <PaperPanel meeting={meeting} items={items} paper={paper.data} past={past} />
      )}
      {editing && <MeetingEdit meeting={meeting} onDone={() => setEditing(false)} />}
      {secretary ? (
        <Workspace meeting={meeting} items={items} moved={moved} selected={item} />
      ) : (
        <Reader meeting={meeting} items={items} moved={moved} />
      )}
      {!goesOn && (
        <p className="meta below-h">
          <BetweenLink path={`/meetings/${meeting.id}/agenda-items`} query={{ asOf }} />
        </p>
      )}
    </>
  );
}
