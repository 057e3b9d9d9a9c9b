import type { CSSProperties } from 'react';
import { PathLink } from '../../content/PathLink';
import { useLang, useTexts } from '../../i18n';
import { dateOf, formatDate } from '../../lib/dates';
import { Section } from '../../ui/layout';
import type { Forum, MeetingSummary } from './queries';

interface RhythmProps {
  forum: Forum;
  meetings: readonly MeetingSummary[];
  year: number;
}

const held = ['closed', 'approved', 'published'];

/** The year's meetings against the agreed rhythm. A cancelled one stays in sight with its reason. */
export function Rhythm({ forum, meetings, year }: RhythmProps) {
  const t = useTexts().forums;
  const lang = useLang();
  const own = meetings.filter((meeting) => meeting.year === year).reverse();
  const earlier = meetings.filter((meeting) => meeting.year < year);
  const planned = own.filter(({ status }) => status !== 'cancelled').length;
  const missing = Math.max(0, forum.meetingsPerYear - planned);
  const columns = Math.max(1, Math.min(6, own.length + missing));
  return (
    <Section title={t.meetings(forum.heldThisYear, forum.meetingsPerYear)} id="rhythm">
      {own.length + missing === 0 ? (
        <p className="meta">{t.noMeetings}</p>
      ) : (
        <div
          className="phase rhythm"
          style={{ '--cols': `repeat(${columns}, minmax(0, 1fr))` } as CSSProperties}
        >
          <ol>
            {own.map((meeting) => (
              <li key={meeting.id} className={stateClass(meeting.status)}>
                <b>
                  <PathLink className="q" path={`/meetings/${meeting.id}`}>
                    {meeting.number}/{meeting.year}
                  </PathLink>
                </b>
                <small>
                  {formatDate(dateOf(meeting.startsAt), lang, { short: true })}{' '}
                  {meeting.status === 'cancelled'
                    ? t.cancelledBecause(meeting.cancelReason ?? '')
                    : t.statuses[meeting.status]}
                </small>
              </li>
            ))}
            {Array.from({ length: missing }, (_, index) => (
              <li key={index} className="none">
                <b>–</b>
                <small>{t.toBeAgreed}</small>
              </li>
            ))}
          </ol>
        </div>
      )}
      {earlier.length > 0 && (
        <details className="more below">
          <summary>{t.earlier(earlier.length)}</summary>
          <ul className="hl row-text">
            {earlier.map((meeting) => (
              <li key={meeting.id}>
                <PathLink className="q" path={`/meetings/${meeting.id}`}>
                  {meeting.number}/{meeting.year}
                </PathLink>{' '}
                <span className="meta">
                  {formatDate(dateOf(meeting.startsAt), lang)} {t.statuses[meeting.status]}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function stateClass(status: MeetingSummary['status']): string | undefined {
  if (status === 'cancelled') return 'off';
  if (status === 'in_progress') return 'n';
  return held.includes(status) ? 'd' : undefined;
}
