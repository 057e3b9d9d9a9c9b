import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { Cases, LegalBases } from '../../content/References';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button, LinkButton } from '../../ui/Button';
import { DateText, KeyValues, Section, SideColumn } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Prose } from '../../ui/Prose';
import { Loaded } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import { Attendance } from './Attendance';
import { Decisions } from './Decisions';
import { EditMembers, Members } from './Members';
import { NextMeeting } from './NextMeeting';
import {
  forumMeetingsQuery,
  forumOutcomesQuery,
  forumQuery,
  type Forum,
  type MeetingSummary,
  type OutcomeEntry,
} from './queries';
import { Rhythm } from './Rhythm';
import './forums.css';

/**
 * One forum: what it is for, who sits there from each party, whether it keeps its rhythm, what it
 * decided and what became of that.
 */
export function ForumPage() {
  const t = useTexts().forums;
  const { id } = useParams({ strict: false });
  const forum = useQuery(forumQuery(id ?? '', useAsOf()));
  return (
    <div className="pg-forum">
      <Loaded query={forum} loading={t.loadingOne}>
        {(data) => <Page forum={data} />}
      </Loaded>
    </div>
  );
}

function Page({ forum }: { forum: Forum }) {
  const t = useTexts().forums;
  const lang = useLang();
  const asOf = useAsOf();
  const me = useMe().data;
  const [members, setMembers] = useState(false);
  const meetings = useQuery(forumMeetingsQuery(forum.id, asOf));
  const outcomes = useInfiniteQuery(forumOutcomesQuery(forum.id, asOf));
  const year = Number((asOf ?? dateOf(me?.now ?? new Date())).slice(0, 4));
  const may = asOf ? [] : forum.permissions;
  const mandate = localised(forum.mandate, lang).value ? forum.mandate : forum.purpose;
  const seats = new Set(forum.members.map(({ post }) => post.id)).size;
  return (
    <>
      <PageHead
        title={localised(forum.title, lang).value}
        above={
          <p className="crumb meta">
            <PathLink path="/forums">{t.title}</PathLink>
          </p>
        }
        lead={
          <Answer
            forum={forum}
            outcomes={outcomes.data?.pages.flatMap(({ items }) => items)}
            year={year}
          />
        }
        actions={
          may.length > 0 ? (
            <>
              {may.includes('forum.edit') && (
                <LinkButton
                  to={`/${lang}/forums/${forum.key}/edit` as '/'}
                  variant="secondary"
                  small
                >
                  {t.edit}
                </LinkButton>
              )}
              {may.includes('meeting.create') && (
                <LinkButton to={`/${lang}/forums/${forum.key}/meetings/new` as '/'} small>
                  {t.createMeeting}
                </LinkButton>
              )}
            </>
          ) : undefined
        }
      />
      {forum.visibility === 'internal' && <InternalMark ground={forum.visibilityGround} />}
      <SideColumn
        side={
          <>
            <NextMeeting meeting={forum.nextMeeting} />
            <Facts forum={forum} />
            <LegalBases ids={forum.legalBasisIds} />
            <Cases cases={forum.cases} />
            <Documents meetings={meetings.data ?? []} />
          </>
        }
      >
        <Section title={t.mandate}>
          <Prose text={localised(mandate, lang).value} lang={localised(mandate, lang).lang} />
          {forum.chain && (
            <p className="below">
              {t.inChain}{' '}
              <PathLink path={`/chains/${forum.chain.id}`}>
                <T text={forum.chain.title} />
              </PathLink>
              .
            </p>
          )}
        </Section>
        <Section title={t.members} aside={t.seats(seats)}>
          <Members members={forum.members} />
          {may.includes('forum.edit') && (
            <p className="btns below">
              <Button
                variant="quiet"
                small
                aria-expanded={members}
                onClick={() => setMembers(!members)}
              >
                {t.editMembers}
              </Button>
            </p>
          )}
          {members && <EditMembers forum={forum} onDone={() => setMembers(false)} />}
        </Section>
        <Loaded query={meetings}>
          {(all) => (
            <>
              <Rhythm forum={forum} meetings={all} year={year} />
              <Attendance meetings={all} />
            </>
          )}
        </Loaded>
        <Decisions query={outcomes} minutes={forum.paper === 'minutes'} />
      </SideColumn>
    </>
  );
}

interface AnswerProps {
  forum: Forum;
  outcomes: readonly OutcomeEntry[] | undefined;
  year: number;
}

/** The page's answer: does the forum meet, and does what it decides lead to something? */
function Answer({ forum, outcomes, year }: AnswerProps) {
  const t = useTexts().forums.answer;
  const decided = (outcomes ?? []).filter(
    ({ type, meeting }) => type !== 'referral' && meeting.year === year,
  );
  const open = decided.filter((outcome) => outcome.open).length;
  const late = decided.filter(({ actions }) =>
    actions.some(({ condition }) => condition === 'late'),
  ).length;
  const held = t.held(forum.heldThisYear, forum.meetingsPerYear);
  const without = t.open(open, decided.length);
  const behind = t.late(late);
  return (
    <>
      {forum.heldThisYear === 0 ? (
        t.heldNone
      ) : (
        <>
          {held.before}
          <a href="#rhythm">{held.link}</a>
          {held.after}
        </>
      )}
      {decided.length > 0 && ' '}
      {decided.length > 0 &&
        (open > 0 ? (
          <>
            {without.before}
            <a href="#decisions">{without.link}</a>
          </>
        ) : (
          t.decided(decided.length)
        ))}
      {decided.length > 0 && late > 0 && (
        <>
          {behind.before}
          <a href="#decisions">{behind.link}</a>
        </>
      )}
      {decided.length > 0 && '.'}
    </>
  );
}

function Facts({ forum }: { forum: Forum }) {
  const t = useTexts().forums;
  return (
    <Section title={t.facts}>
      <KeyValues
        items={[
          { name: t.level, value: `${t.levels[forum.level]}, ${t.reaches[forum.reach]}` },
          ...(forum.parent
            ? [
                {
                  name: t.reportsTo,
                  value: (
                    <PathLink className="q" path={`/forums/${forum.parent.key}`}>
                      <T text={forum.parent.title} />
                    </PathLink>
                  ),
                },
              ]
            : []),
          ...(forum.meetingsPerYear > 0
            ? [{ name: t.rhythm, value: t.rhythmValue(forum.meetingsPerYear) }]
            : []),
          { name: t.paper, value: t.papers[forum.paper] },
          ...(forum.goals.length > 0
            ? [
                {
                  name: t.goals,
                  value: forum.goals.map((goal) => (
                    <span className="vw" key={goal.id}>
                      <PathLink className="q" path={`/goals/${goal.no}`}>
                        {goal.no} <T text={goal.title} />
                      </PathLink>
                    </span>
                  )),
                },
              ]
            : []),
          { name: t.since, value: <DateText date={forum.validFrom} /> },
        ]}
      />
    </Section>
  );
}

/** The published papers, the latest first. */
function Documents({ meetings }: { meetings: readonly MeetingSummary[] }) {
  const texts = useTexts();
  const t = texts.forums;
  const lang = useLang();
  const published = meetings.filter(({ publishedAt }) => publishedAt).slice(0, 5);
  if (published.length === 0) return null;
  return (
    <Section title={t.documents}>
      <ul className="hl row-text">
        {published.map((meeting) => (
          <li key={meeting.id}>
            <PathLink className="q" path={`/meetings/${meeting.id}`}>
              {t.documentOf[meeting.paper](`${meeting.number}/${meeting.year}`)}
            </PathLink>
            <span className="meta vw">
              {meeting.cases[0]?.registryNo ??
                t.publishedOn(formatDate(dateOf(meeting.publishedAt ?? ''), lang))}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
