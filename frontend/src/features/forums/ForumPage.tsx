import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import { FollowBar } from '../../content/FollowBar';
import { Grounded } from '../../content/GroundMark';
import { Cases } from '../../content/References';
import { ReservationPanel } from '../../content/ReservationPanel';
import { ResponsibilityPanel } from '../../content/ResponsibilityPanel';
import { TagList } from '../../content/TagList';
import { ForumReferrals } from '../../content/ReferralList';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import type { ISODate } from '../../lib/dates';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Acceptance } from '../../ui/Acceptance';
import { Button, LinkButton } from '../../ui/Button';
import { Breadcrumb, Section, SideColumn } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { Attendance } from './Attendance';
import { Backlog } from './Backlog';
import { Cycle } from './Cycle';
import { Decisions } from './Decisions';
import { ForumCalendar } from './ForumCalendar';
import { Documents, Facts, NextMeeting } from './ForumSide';
import { ForumForm } from './ForumForm';
import './forums.css';
import { hasBeenHeld } from './meetings';
import { MeetingForm } from './MeetingForm';
import { Meetings } from './Meetings';
import { useAcceptMandate } from './loopQueries';
import { Members } from './Members';
import { OpenMatters } from './OpenMatters';
import {
  forumKeys,
  forumMeetingsQuery,
  forumOutcomesQuery,
  forumQuery,
  useShownDay,
  type Forum,
  type MeetingSummary,
  type OutcomeEntry,
} from './queries';
import { WatchedWords } from './WatchedWords';

/** One forum: its mandate, who meets there, how often, and what came of it. */
export function ForumPage() {
  const t = useTexts().forums;
  const { id } = useParams({ from: '/$lang/forums/$id' });
  const forum = useQuery(forumQuery(id, useAsOf()));
  const day = useShownDay();
  const missing = forum.error instanceof Problem && forum.error.status === 404;
  if (missing) {
    return (
      <>
        <PageHead title={t.title} above={<Crumb />} />
        <ErrorState error={forum.error} />
      </>
    );
  }
  return (
    <>
      {!forum.data && <PageHead title={t.title} above={<Crumb />} />}
      <Loaded query={forum} loading={t.loadingOne}>
        {(data) => day && <OneForum key={data.id} forum={data} day={day} />}
      </Loaded>
    </>
  );
}

function Crumb() {
  const t = useTexts().forums;
  const lang = useLang();
  return (
    <Breadcrumb items={[{ label: t.title, link: { to: '/$lang/forums', params: { lang } } }]} />
  );
}

function OneForum({ forum, day }: { forum: Forum; day: ISODate }) {
  const texts = useTexts();
  const t = texts.forums;
  const lang = useLang();
  const asOf = useAsOf();
  const toast = useToast();
  const client = useQueryClient();
  const [open, setOpen] = useState<'edit' | 'meeting' | null>(null);
  const meetings = useInfiniteQuery(forumMeetingsQuery(forum.id, asOf));
  const outcomes = useInfiniteQuery(forumOutcomesQuery(forum.id, asOf));
  const allMeetings = meetings.data?.pages.flatMap(({ items }) => items);
  const allOutcomes = outcomes.data?.pages.flatMap(({ items }) => items);
  const may = (permission: string) =>
    !asOf && forum.permissions.some((held) => held === permission);

  const head = (
    <PageHead
      title={localised(forum.title, lang).value}
      above={<Crumb />}
      lead={
        allMeetings &&
        allOutcomes && (
          <Answer
            forum={forum}
            year={Number(day.slice(0, 4))}
            meetings={allMeetings}
            outcomes={allOutcomes}
            more={outcomes.hasNextPage}
          />
        )
      }
      actions={
        open === null &&
        (may('meeting.create') || may('forum.edit')) && (
          <>
            {may('meeting.create') && (
              <>
                <Button onClick={() => setOpen('meeting')}>{t.newMeeting}</Button>
                <LinkButton
                  to="/$lang/forums/$id/year"
                  params={{ lang, id: forum.key }}
                  variant="secondary"
                >
                  {texts.forumYear.link}
                </LinkButton>
                <LinkButton
                  to="/$lang/forums/$id/import"
                  params={{ lang, id: forum.key }}
                  variant="quiet"
                >
                  {texts.forumImport.link}
                </LinkButton>
              </>
            )}
            {may('forum.edit') && (
              <Button variant="secondary" onClick={() => setOpen('edit')}>
                {t.edit}
              </Button>
            )}
          </>
        )
      }
    />
  );
  if (open === 'edit') {
    return (
      <>
        {head}
        <Section title={t.editForum}>
          <ForumForm
            forum={forum}
            onSaved={() => {
              setOpen(null);
              toast(t.saved);
            }}
            onCancel={() => {
              setOpen(null);
              // Somebody else's version may have been chosen.
              void client.invalidateQueries({ queryKey: forumKeys.all });
            }}
          />
        </Section>
      </>
    );
  }
  return (
    <>
      {head}
      <FollowBar kind="forum" id={forum.id} isPublic={forum.visibility === 'public'} />
      {open === 'meeting' && <MeetingForm forum={forum} onCancel={() => setOpen(null)} />}
      <SideColumn
        side={
          <>
            <NextMeeting forum={forum} meetings={allMeetings ?? []} />
            <Facts forum={forum} />
            <ForumCalendar forum={forum} />
            <Documents meetings={allMeetings ?? []} />
            <Cases cases={forum.cases} />
          </>
        }
      >
        <Mandate forum={forum} />
        <Members forum={forum} day={day} editable={may('forum.edit')} />
        <Section title={t.responsibilities}>
          <ResponsibilityPanel
            subject={{ kind: 'forum', id: forum.id }}
            empty={t.noResponsibilities}
          />
          <ReservationPanel subject={{ kind: 'forum', id: forum.id }} level={3} />
        </Section>
        <Loaded query={meetings} loading={t.loadingMeetings}>
          {() => (
            <Meetings
              forum={forum}
              meetings={allMeetings ?? []}
              day={day}
              hasMore={meetings.hasNextPage}
              loading={meetings.isFetchingNextPage}
              onMore={() => void meetings.fetchNextPage()}
            />
          )}
        </Loaded>
        <Cycle forum={forum} meetings={allMeetings ?? []} year={Number(day.slice(0, 4))} />
        <Attendance meetings={allMeetings ?? []} year={Number(day.slice(0, 4))} />
        <Loaded query={outcomes} loading={t.loadingDecisions}>
          {() => (
            <Decisions
              forumId={forum.id}
              outcomes={allOutcomes ?? []}
              hasMore={outcomes.hasNextPage}
              loading={outcomes.isFetchingNextPage}
              onMore={() => void outcomes.fetchNextPage()}
            />
          )}
        </Loaded>
        <OpenMatters
          forum={forum}
          meetings={allMeetings ?? []}
          outcomes={allOutcomes ?? []}
          day={day}
        />
        <ForumReferrals forumId={forum.id} />
        <Backlog forum={forum} />
        {may('watch_list.edit') && <WatchedWords forum={forum} />}
      </SideColumn>
    </>
  );
}

interface AnswerProps {
  forum: Forum;
  year: number;
  meetings: readonly MeetingSummary[];
  outcomes: readonly OutcomeEntry[];
  /** There are older outcomes than these. */
  more: boolean;
}

/** Whether the forum keeps its rhythm, and what became of what it decided this year. */
function Answer({ forum, year, meetings, outcomes, more }: AnswerProps) {
  const t = useTexts().forums;
  const decided = outcomes.filter(({ meeting }) => meeting.year === year);
  const parts = t.answer({
    held: meetings.filter((meeting) => meeting.year === year && hasBeenHeld(meeting)).length,
    agreed: forum.meetingsPerYear,
    decisions: decided.length,
    open: decided.filter(({ open }) => open).length,
    late: decided.filter(({ actions }) => actions.some(({ condition }) => condition === 'late'))
      .length,
    latestOnly: more && decided.length === outcomes.length,
  });
  return parts.map(({ text, to }) =>
    to ? (
      <a key={text} href={`#${to}`}>
        {text}
      </a>
    ) : (
      text
    ),
  );
}

function Mandate({ forum }: { forum: Forum }) {
  const t = useTexts().forums;
  const lang = useLang();
  const text = (
    <>
      <p className="frm-mand">
        <T text={forum.purpose} />
      </p>
      {localised(forum.mandate, lang).value && (
        <p className="frm-mand">
          <T text={forum.mandate} />
        </p>
      )}
    </>
  );
  return (
    <Section title={t.mandate} aside={<MandateState forum={forum} />}>
      {forum.visibility === 'internal' ? (
        <Grounded ground={forum.visibilityGround}>{text}</Grounded>
      ) : (
        text
      )}
      <TagList
        ids={forum.tagIds}
        to={(tagId) => ({ to: '/$lang/forums', params: { lang }, search: { tagId } })}
      />
    </Section>
  );
}

/** Whether the principal parties have accepted the present words; the reader's may do so here. */
function MandateState({ forum }: { forum: Forum }) {
  const t = useTexts().forumLoops;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const toast = useToast();
  const asOf = useAsOf();
  const accept = useAcceptMandate(forum);
  const mayAccept = !asOf && forum.permissions.some((held) => held === 'agreement.accept');
  return (
    <>
      <Acceptance
        full
        slots={forum.mandateAnswers.map(({ partyId, acceptedAt }) => ({
          party: look(partyId),
          state: acceptedAt ? 'accepted' : 'open',
        }))}
      />
      {mayAccept && (
        <Button
          small
          variant="secondary"
          aria-disabled={accept.isPending}
          onClick={() => {
            if (!accept.isPending) whenSaved(accept.mutateAsync(), () => toast(t.mandateAccepted));
          }}
        >
          {t.acceptMandate}
        </Button>
      )}
      {accept.error && <ErrorState error={accept.error} title={t.notSaved} />}
    </>
  );
}
