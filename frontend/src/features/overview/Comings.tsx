import { Link } from '@tanstack/react-router';
import { T, useLang, useTexts } from '../../i18n';
import { formatTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { DateText, Section } from '../../ui/layout';
import type { OverviewLinks } from './links';
import type { Overview, OverviewEvent } from './queries';

interface ComingsProps {
  overview: Overview;
  links: OverviewLinks;
}

/** The nearest due dates and meetings. */
export function Comings({ overview: { next, day }, links }: ComingsProps) {
  const t = useTexts().overview.next;
  return (
    <Section
      title={t.title}
      aside={next.actions > 0 && <Link {...links.due}>{t.allDue(next.actions)}</Link>}
    >
      {next.events.length === 0 ? (
        <p className="meta">{t.none}</p>
      ) : (
        <ul className="hl ov-hl">
          {next.events.map((event) => (
            <Coming
              key={event.meeting?.id ?? event.action?.no}
              event={event}
              day={day}
              links={links}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Coming({
  event,
  day,
  links,
}: {
  event: OverviewEvent;
  day: string;
  links: OverviewLinks;
}) {
  const t = useTexts().overview.next;
  const lang = useLang();
  const { date, action, meeting } = event;
  const short = date.slice(0, 4) === day.slice(0, 4);
  return (
    <li>
      <b>
        <DateText date={date} short={short} />
      </b>{' '}
      {action && (
        <>
          <Link className="q" {...links.action(action.no)}>
            <T text={action.title} />
          </Link>
          <span className="meta">{t.due(action.no)}</span>
        </>
      )}
      {meeting && (
        <>
          <Link className="q" {...links.meeting(meeting.id)}>
            <T text={meeting.forum.title} />{' '}
            <span className="nb">
              {meeting.number}/{meeting.year}
            </span>
          </Link>
          <span className="meta">
            {[t.meeting(formatTime(meeting.startsAt, lang)), localised(meeting.title, lang).value]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </>
      )}
    </li>
  );
}
