import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useMay } from '../../api/me';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { ofNow, useAsOf } from '../../lib/asOf';
import { formatDate, dateOf } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { Section } from '../../ui/layout';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { whenSaved } from '../../lib/whenSaved';
import { meetingNo } from './meetings';
import type { Forum, MeetingSummary } from './queries';
import { cycleQuery, useAssignEvent, usePlaceEvent, type CycleEvent } from './yearQueries';

interface CycleProps {
  forum: Forum;
  meetings: readonly MeetingSummary[];
  year: number;
}

/** What the plan's annual cycle asks of the forum, and in which meeting it is handled. */
export function Cycle({ forum, meetings, year }: CycleProps) {
  const t = useTexts().forumYear;
  const asOf = useAsOf();
  const [editing, setEditing] = useState(false);
  const mayAssign = useMay('plan_event.assign') && !asOf;
  const thisYear = useQuery(cycleQuery(forum.id, year, asOf)).data ?? [];
  const nextYear = useQuery(cycleQuery(forum.id, year + 1, asOf)).data ?? [];
  const mayPlace =
    !asOf && thisYear.some(({ permissions }) => permissions.includes('plan_event.place'));
  if (thisYear.length === 0 && nextYear.length === 0 && !mayAssign) return null;
  return (
    <Section
      title={t.cycle}
      aside={
        (mayAssign || mayPlace) && (
          <Button
            variant="quiet"
            small
            aria-expanded={editing}
            onClick={() => setEditing(!editing)}
          >
            {editing ? t.editDone : t.editCycle}
          </Button>
        )
      }
    >
      {[
        { year, events: thisYear },
        { year: year + 1, events: nextYear },
      ].map(
        (part) =>
          part.events.length > 0 && (
            <div key={part.year} className="frm-cyc">
              <h3>{part.year}</h3>
              <ul>
                {part.events.map((event) => (
                  <li key={event.id}>
                    <span className="meta">{t.monthNames[event.month - 1]}</span>
                    <span>
                      <T text={event.title} />
                      <Placed event={event} />
                      {editing && event.permissions.includes('plan_event.place') && (
                        <Place event={event} meetings={meetings} />
                      )}
                      {editing && event.permissions.includes('plan_event.assign') && (
                        <Release event={event} />
                      )}
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
      {thisYear.length === 0 && nextYear.length === 0 && <p className="meta">{t.noEvents}</p>}
      {editing && mayAssign && <Assign forum={forum} year={year} />}
    </Section>
  );
}

function Placed({ event }: { event: CycleEvent }) {
  const t = useTexts().forumYear;
  const lang = useLang();
  if (!event.meeting) return <span className="meta">{t.unplaced}</span>;
  return (
    <span className="meta">
      {event.meeting.status === 'cancelled' && `${t.meetingCancelled} `}
      <PathLink className="q" path={`/meetings/${event.meeting.id}`}>
        {meetingNo(event.meeting)}
      </PathLink>{' '}
      {formatDate(event.meeting.startsOn, lang)}
    </span>
  );
}

/** Chooses the meeting of the event's year that handles it. */
function Place({ event, meetings }: { event: CycleEvent; meetings: readonly MeetingSummary[] }) {
  const t = useTexts().forumYear;
  const lang = useLang();
  const toast = useToast();
  const place = usePlaceEvent();
  const options = meetings
    .filter(({ year, status }) => year === event.year && status !== 'cancelled')
    .map((meeting) => ({
      value: meeting.id,
      label: `${meetingNo(meeting)}, ${formatDate(dateOf(meeting.startsAt), lang)}`,
    }))
    .reverse();
  return (
    <>
      <Select
        small
        label={t.placeIn}
        value={event.meeting?.id ?? ''}
        options={[{ value: '', label: t.unplacedChoice }, ...options]}
        onChange={(meetingId) =>
          whenSaved(
            place.mutateAsync({
              id: event.id,
              year: event.year,
              meetingId: meetingId || undefined,
            }),
            () => toast(t.placed),
          )
        }
      />
      {place.error && <ErrorState error={place.error} title={t.notSaved} />}
    </>
  );
}

/** Takes the event off the forum. */
function Release({ event }: { event: CycleEvent }) {
  const t = useTexts().forumYear;
  const lang = useLang();
  const toast = useToast();
  const assign = useAssignEvent();
  return (
    <>
      <Button
        variant="quiet"
        small
        aria-label={t.releaseOf(localised(event.title, lang).value)}
        aria-disabled={assign.isPending}
        onClick={() => {
          if (!assign.isPending) {
            whenSaved(assign.mutateAsync({ id: event.id }), () => toast(t.released));
          }
        }}
      >
        {t.release}
      </Button>
      {assign.error && <ErrorState error={assign.error} title={t.notSaved} />}
    </>
  );
}

/** Gives the forum an event that no forum handles yet. */
function Assign({ forum, year }: { forum: Forum; year: number }) {
  const t = useTexts().forumYear;
  const lang = useLang();
  const toast = useToast();
  const assign = useAssignEvent();
  const id = useId();
  const free = useQuery(cycleQuery('none', year, ofNow)).data ?? [];
  if (free.length === 0) return <p className="meta frm-add">{t.noFreeEvents}</p>;
  return (
    <div className="frm-add" id={id}>
      <Select
        label={t.assign}
        value=""
        options={[
          { value: '', label: t.chooseEvent },
          ...free.map((event) => ({
            value: event.id,
            label: `${t.monthNames[event.month - 1] ?? ''}: ${localised(event.title, lang).value}`,
          })),
        ]}
        onChange={(event) => {
          if (event) {
            whenSaved(assign.mutateAsync({ id: event, forumId: forum.id }), () =>
              toast(t.assigned),
            );
          }
        }}
      />
      {assign.error && <ErrorState error={assign.error} title={t.notSaved} />}
    </div>
  );
}
