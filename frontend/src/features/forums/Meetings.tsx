import { useState, type CSSProperties } from 'react';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate, type ISODate } from '../../lib/dates';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { FileLinks } from '../../ui/FileLinks';
import { DateText, Section } from '../../ui/layout';
import { LoadMore } from '../../ui/states';
import { hasBeenHeld, meetingNo } from './meetings';
import type { Forum, MeetingSummary } from './queries';

interface MeetingsProps {
  forum: Forum;
  /** The latest first. */
  meetings: readonly MeetingSummary[];
  day: ISODate;
  /** The server has older ones. */
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** More in one row would leave no room for their words. */
const inRow = 6;

/**
 * The meetings of the year shown and later against the agreed rhythm: one bar each, filled when
 * held, hatched when cancelled, empty when to come. Earlier years on demand.
 */
export function Meetings({ forum, meetings, day, hasMore, loading, onMore }: MeetingsProps) {
  const t = useTexts().forums;
  const asOf = useAsOf();
  const [all, setAll] = useState(false);
  const year = Number(day.slice(0, 4));
  const now = meetings.filter((meeting) => meeting.year >= year).reverse();
  const earlier = meetings.filter((meeting) => meeting.year < year);
  const held = now.filter((meeting) => meeting.year === year && hasBeenHeld(meeting)).length;
  // A bar has the share of the year that its meeting has of the rhythm.
  const columns = `repeat(${Math.min(Math.max(now.length, forum.meetingsPerYear), inRow)}, minmax(0, 1fr))`;
  return (
    <Section
      id="meetings"
      title={t.meetings(year, held, forum.meetingsPerYear)}
      aside={
        earlier.length > 0 && (
          <Button variant="quiet" small aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t.hideEarlier : t.earlier(hasMore ? undefined : earlier.length)}
          </Button>
        )
      }
    >
      {now.length === 0 ? (
        <p className="meta">{t.noMeetings(year)}</p>
      ) : (
        <div className="phase frm-year" style={{ '--cols': columns } as CSSProperties}>
          <ol>
            {now.map((meeting) => (
              <li key={meeting.id} className={barOf(meeting)}>
                <b>
                  <PathLink className="q" path={`/meetings/${meeting.id}`}>
                    {meetingNo(meeting)}
                  </PathLink>
                </b>
                <small>
                  <State meeting={meeting} />
                </small>
              </li>
            ))}
          </ol>
        </div>
      )}
      {all && (
        <div className="frm-earlier">
          <FileLinks path={`/forums/${forum.id}/meetings`} query={{ asOf }} />
          <DataTable
            caption={t.earlierCaption}
            columns={[
              {
                key: 'meeting',
                header: t.meeting,
                kind: 'name',
                render: (meeting) => (
                  <PathLink className="q" path={`/meetings/${meeting.id}`}>
                    {meetingNo(meeting)}
                  </PathLink>
                ),
              },
              {
                key: 'day',
                header: t.day,
                render: ({ startsAt }) => <DateText date={dateOf(startsAt)} />,
              },
              {
                key: 'state',
                header: t.state,
                render: (meeting) => <StateWords meeting={meeting} />,
              },
            ]}
            groups={[{ key: 'all', rows: earlier }]}
            rowKey={({ id }) => id}
          />
          <LoadMore shown={earlier.length} hasMore={hasMore} loading={loading} onMore={onMore} />
        </div>
      )}
    </Section>
  );
}

function barOf(meeting: MeetingSummary): string | undefined {
  if (hasBeenHeld(meeting)) return 'd';
  if (meeting.status === 'in_progress') return 'n';
  return meeting.status === 'cancelled' ? 'x' : undefined;
}

function State({ meeting }: { meeting: MeetingSummary }) {
  const lang = useLang();
  const date = formatDate(dateOf(meeting.startsAt), lang, { short: true });
  return (
    <>
      {date} <StateWords meeting={meeting} />
    </>
  );
}

function StateWords({ meeting }: { meeting: MeetingSummary }) {
  const t = useTexts().forums;
  if (meeting.status !== 'cancelled') return t.states[meeting.status](meeting.paper);
  if (!meeting.cancelReason) return t.states.cancelled();
  return (
    <>
      {t.states.cancelled()}: <T text={meeting.cancelReason} />
    </>
  );
}
