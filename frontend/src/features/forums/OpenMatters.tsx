import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, daysBetween, formatDate, formatPrecise, type ISODate } from '../../lib/dates';
import { Button } from '../../ui/Button';
import { Condition } from '../../ui/Condition';
import { Section } from '../../ui/layout';
import { Loaded, LoadMore } from '../../ui/states';
import { Awaited } from './Awaited';
import { openLoopsQuery } from './loopQueries';
import { hasBeenHeld, meetingNo } from './meetings';
import type { Forum, MeetingSummary, OutcomeEntry } from './queries';

interface OpenMattersProps {
  forum: Forum;
  meetings: readonly MeetingSummary[];
  outcomes: readonly OutcomeEntry[];
  day: ISODate;
}

interface Matter {
  key: string;
  sign: ReactNode;
  what: ReactNode;
  detail: ReactNode;
  /** Since when it has been open. */
  since: ISODate;
}

/** So many at first. */
const shownAtFirst = 8;

/** What the forum has yet to settle: its open loops, and what else waits, the longest first. */
export function OpenMatters(props: OpenMattersProps) {
  return (
    <>
      <OpenLoops forum={props.forum} day={props.day} />
      <Pending {...props} />
    </>
  );
}

/** Meetings, papers and actions that wait; nothing where none does. */
function Pending({ forum, meetings, outcomes, day }: OpenMattersProps) {
  const t = useTexts().forums;
  const lang = useLang();
  const [all, setAll] = useState(false);
  const year = Number(day.slice(0, 4));
  const meetingLink = ({ id }: { id: string }, text: ReactNode) => (
    <PathLink className="q" path={`/meetings/${id}`}>
      {text}
    </PathLink>
  );

  const unplanned =
    forum.meetingsPerYear -
    meetings.filter((meeting) => meeting.year === year && meeting.status !== 'cancelled').length;
  const cancelled = meetings
    .filter((meeting) => meeting.year === year && meeting.status === 'cancelled')
    .slice(0, Math.max(unplanned, 0))
    .map((meeting): Matter => {
      const date = dateOf(meeting.startsAt);
      return {
        key: `cancelled ${meeting.id}`,
        sign: <span className="frm-ei">{t.openKinds.unplanned}</span>,
        what: meetingLink(meeting, t.replacement(formatDate(date, lang))),
        detail: meeting.cancelReason && <T text={meeting.cancelReason} />,
        since: date,
      };
    });
  const papers = meetings.flatMap((meeting): Matter[] => {
    if (!hasBeenHeld(meeting) || meeting.status === 'published') return [];
    const closed = meeting.status === 'closed';
    const since = dateOf((closed ? meeting.closedAt : meeting.approvedAt) ?? meeting.endsAt);
    const wait = closed ? t.waitsApproval : t.waitsPublication;
    const told = closed ? t.closedOn : t.approvedOn;
    return [
      {
        key: `paper ${meeting.id}`,
        sign: <span className="frm-ei">{t.openKinds.paper}</span>,
        what: meetingLink(meeting, wait(meeting.paper, meetingNo(meeting))),
        detail: told(formatDate(since, lang)),
        since,
      },
    ];
  });
  const late = new Map(
    outcomes
      .flatMap(({ actions }) => actions)
      .flatMap((action): [string, Matter][] =>
        action.condition === 'late' && action.dueOn
          ? [
              [
                action.id,
                {
                  key: `action ${action.id}`,
                  sign: <Condition value="late" />,
                  what: (
                    <PathLink className="q" path={`/actions/${action.no}`}>
                      {t.lateAction(action.no)}
                      <T text={action.title} />
                    </PathLink>
                  ),
                  detail: t.dueWas(formatPrecise(action.dueOn, action.duePrecision, lang)),
                  since: action.dueOn,
                },
              ],
            ]
          : [],
      ),
  );
  const matters = [...cancelled, ...papers, ...late.values()].sort((a, b) =>
    a.since.localeCompare(b.since),
  );
  if (matters.length === 0) return null;
  const shown = all ? matters : matters.slice(0, shownAtFirst);
  return (
    <Section title={t.pending} aside={t.openNote(matters.length)}>
      <Matters matters={shown} day={day} />
      {shown.length < matters.length && (
        <p className="btns more">
          <Button variant="secondary" small onClick={() => setAll(true)}>
            {t.showAllOpen(matters.length)}
          </Button>
        </p>
      )}
    </Section>
  );
}

/** What the forum decided or put off without an ending: all of it, as its list counts it. */
function OpenLoops({ forum, day }: Pick<OpenMattersProps, 'forum' | 'day'>) {
  const texts = useTexts();
  const t = texts.forumLoops;
  const lang = useLang();
  const list = useInfiniteQuery(
    openLoopsQuery({ forumId: [forum.id], limit: 20, asOf: useAsOf() }),
  );
  return (
    <Section
      id="open"
      title={texts.forums.open}
      aside={
        <Link to="/$lang/open-loops" params={{ lang }} search={{ forumId: forum.id }}>
          {t.count(forum.openLoops)}
        </Link>
      }
    >
      <Loaded query={list} loading={t.loading}>
        {({ pages }) => {
          const loops = pages.flatMap(({ items }) => items);
          if (loops.length === 0) return <p className="meta">{t.none}</p>;
          return (
            <>
              <Matters
                day={day}
                matters={loops.map((loop) => ({
                  key: loop.id,
                  sign: <span className="frm-ei">{t.kinds[loop.kind]}</span>,
                  what: (
                    <Link
                      className="q"
                      to="/$lang/meetings/$id"
                      params={{ lang, id: loop.meeting.id }}
                      search={{ item: loop.item.id }}
                    >
                      <T text={loop.text} />
                    </Link>
                  ),
                  detail: (
                    <>
                      {`${texts.forums.outcomes[loop.type]} ${meetingNo(loop.meeting)}`}
                      {loop.awaited && <Awaited awaited={loop.awaited} />}
                    </>
                  ),
                  since: loop.since,
                }))}
              />
              {list.hasNextPage && (
                <LoadMore
                  shown={loops.length}
                  total={pages[0]?.total}
                  hasMore
                  loading={list.isFetchingNextPage}
                  onMore={() => void list.fetchNextPage()}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Matters({ matters, day }: { matters: readonly Matter[]; day: ISODate }) {
  const t = useTexts().forums;
  return (
    <ul className="frm-open">
      {matters.map(({ key, sign, what, detail, since }) => (
        <li key={key}>
          <span>{sign}</span>
          <span>
            {what}
            {detail && <span className="meta">{detail}</span>}
          </span>
          <span className="meta nb">{t.days(Math.max(daysBetween(since, day), 0))}</span>
        </li>
      ))}
    </ul>
  );
}
