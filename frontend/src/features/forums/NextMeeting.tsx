import { useQuery } from '@tanstack/react-query';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate, formatTime } from '../../lib/dates';
import { Section } from '../../ui/layout';
import { nextAgendaQuery, type Forum } from './queries';

/** When the forum meets next, and with which agenda as far as the reader may see it. */
export function NextMeeting({ meeting }: { meeting: Forum['nextMeeting'] }) {
  const t = useTexts().forums;
  if (!meeting) {
    return (
      <Section title={t.next}>
        <p className="meta">{t.noNextMeeting}</p>
      </Section>
    );
  }
  return <Known meeting={meeting} />;
}

function Known({ meeting }: { meeting: NonNullable<Forum['nextMeeting']> }) {
  const texts = useTexts();
  const t = texts.forums;
  const lang = useLang();
  const agenda = useQuery(nextAgendaQuery(meeting.id, useAsOf())).data;
  return (
    <Section title={t.next}>
      <div className="nx">
        <p>
          <b>
            <PathLink className="q" path={`/meetings/${meeting.id}`}>
              {meeting.number}/{meeting.year}
            </PathLink>
            , {formatDate(dateOf(meeting.startsAt), lang, { weekday: true })}
          </b>
          <br />
          {texts.meetings.time(
            formatTime(meeting.startsAt, lang),
            formatTime(meeting.endsAt, lang),
          )}
          , {t.statuses[meeting.status]}
        </p>
        {agenda && agenda.length > 0 && (
          <ol>
            {agenda.map((item) => (
              <li key={item.id}>
                <span className="meta">{item.agendaNo}</span>
                <span>{item.hidden ? texts.meetings.agenda.hidden : <T text={item.title} />}</span>
              </li>
            ))}
          </ol>
        )}
        {agenda?.length === 0 && <p className="meta">{t.agendaLater}</p>}
      </div>
    </Section>
  );
}
