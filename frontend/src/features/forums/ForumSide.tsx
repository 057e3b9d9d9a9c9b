import { useQuery } from '@tanstack/react-query';
import { legalBasesQuery } from '../../api/terms';
import { PinList } from '../../content/PinList';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate, formatTime } from '../../lib/dates';
import { BetweenLink } from '../../ui/BetweenLink';
import { DateText, KeyValues, Section } from '../../ui/layout';
import { meetingNo } from './meetings';
import { agendaQuery, type Forum, type MeetingSummary } from './queries';

/** When the forum meets next, where, and on what. */
export function NextMeeting({
  forum,
  meetings,
}: {
  forum: Forum;
  meetings: readonly MeetingSummary[];
}) {
  const t = useTexts().forums;
  const lang = useLang();
  const asOf = useAsOf();
  const next = forum.nextMeeting;
  const summary = meetings.find(({ id }) => id === next?.id);
  const agenda = useQuery({
    ...agendaQuery(next?.id ?? '', asOf),
    enabled: summary?.papers === true,
  }).data;
  return (
    <Section title={t.next}>
      {!next ? (
        <p className="frm-side">{t.noNext}</p>
      ) : (
        <div className="frm-nx">
          <p>
            <PathLink className="q" path={`/meetings/${next.id}`}>
              <b>
                {meetingNo(next)}, {formatDate(dateOf(next.startsAt), lang, { weekday: true })}
              </b>
            </PathLink>
            <br />
            {t.clock(formatTime(next.startsAt, lang), formatTime(next.endsAt, lang))}
            {next.status !== 'called' && `, ${t.states[next.status](forum.paper)}`}
            {summary?.place.fi && (
              <>
                <br />
                <T text={summary.place} />
              </>
            )}
          </p>
          {agenda && agenda.length > 0 && (
            <ol>
              {agenda.map((item) => (
                <li key={item.id}>
                  <span className="meta">{item.agendaNo}</span>
                  <span>{item.hidden ? t.hiddenItem : <T text={item.title} />}</span>
                </li>
              ))}
            </ol>
          )}
          {summary && !summary.papers && <p className="meta">{t.agendaLater}</p>}
        </div>
      )}
    </Section>
  );
}

/** What is agreed of the forum. */
export function Facts({ forum }: { forum: Forum }) {
  const { forums: t, content } = useTexts();
  const lang = useLang();
  const asOf = useAsOf();
  const bases = (useQuery(legalBasesQuery(asOf)).data ?? []).filter(({ id }) =>
    forum.legalBasisIds.includes(id),
  );
  const items = [
    { name: t.level, value: `${t.levels[forum.level]}, ${t.reaches[forum.reach].toLowerCase()}` },
    bases.length > 0 && {
      name: t.basis,
      value: (
        <ul className="frm-refs">
          {bases.map(({ id, title }) => (
            <li key={id}>
              <T text={title} />
            </li>
          ))}
        </ul>
      ),
    },
    forum.parent && {
      name: t.reportsTo,
      value: (
        <PathLink className="q" path={`/forums/${forum.parent.id}`}>
          <T text={forum.parent.title} />
        </PathLink>
      ),
    },
    { name: t.rhythm, value: t.rhythmOf(forum.meetingsPerYear) },
    { name: t.paper, value: t.papers[forum.paper] },
    forum.chain && {
      name: t.chain,
      value: (
        <PathLink className="q" path={`/chains/${forum.chain.id}`}>
          <T text={forum.chain.title} />
        </PathLink>
      ),
    },
    forum.stageIds.length + forum.handoverIds.length > 0 && {
      name: content.pins.title,
      value: <PinList pins={forum.pins} />,
    },
    forum.goals.length > 0 && {
      name: t.goals,
      value: (
        <ul className="frm-refs">
          {forum.goals.map(({ id, no, title, endedOn }) => (
            <li key={id}>
              <PathLink className="q" path={`/goals/${no}`}>
                {no} <T text={title} />
              </PathLink>
              {endedOn && <span className="meta"> {t.goalEnded(formatDate(endedOn, lang))}</span>}
            </li>
          ))}
        </ul>
      ),
    },
    { name: t.since, value: <DateText date={forum.validFrom} /> },
  ];
  return (
    <Section title={t.facts} aside={<BetweenLink path={`/forums/${forum.id}`} query={{ asOf }} />}>
      <KeyValues items={items.filter((item) => item !== false && item !== undefined)} />
    </Section>
  );
}

/** So many papers in the side column; all of them stand with the meetings. */
const papersAtMost = 4;

/** The latest published papers. */
export function Documents({ meetings }: { meetings: readonly MeetingSummary[] }) {
  const t = useTexts().forums;
  const lang = useLang();
  const papers = meetings.filter(({ status }) => status === 'published').slice(0, papersAtMost);
  if (papers.length === 0) return null;
  return (
    <Section title={t.documents}>
      <ul className="hl frm-side">
        {papers.map((meeting) => (
          <li key={meeting.id}>
            <PathLink className="q" path={`/meetings/${meeting.id}`}>
              {t.documentOf(meeting.paper, meetingNo(meeting))}
            </PathLink>
            <br />
            <span className="meta">
              {meeting.cases.map(({ registryNo }) => registryNo).find(Boolean) ??
                (meeting.publishedAt &&
                  t.publishedOn(formatDate(dateOf(meeting.publishedAt), lang)))}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
