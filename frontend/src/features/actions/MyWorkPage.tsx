import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useRef, useState } from 'react';
import { useMay, useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { StandingMark, UnacceptedMark } from '../../content/AgreementMark';
import { ConditionWhy } from '../../content/ConditionWhy';
import { useAsOf } from '../../lib/asOf';
import { T, useLang, useTexts, type Texts } from '../../i18n';
import { dateOf, formatDate, formatDateTime, type ISODate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { LinkButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Section, SideColumn } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { PathLink } from '../../ui/PathLink';
import { EmptyState, Loaded } from '../../ui/states';
import './actions.css';
import { myWorkQuery, type ActionSummary, type MyWork } from './queries';
import { WaitingList } from './WaitingList';
import { dueText } from './words';
import { WorkKeys } from './WorkKeys';

/** For those who keep responsibilities true: what nobody really answers for. */
function ToRadar() {
  const t = useTexts().radar;
  const lang = useLang();
  return (
    <LinkButton variant="secondary" small to="/$lang/radar" params={{ lang }}>
      {t.title}
    </LinkButton>
  );
}

/** How much of what waits is fetched at first, and at most: what is done makes room for the rest. */
const firstWaiting = 50;
const mostWaiting = 200;

/** What waits for the post acted in, most urgent first, each line with what can be done about it. */
export function MyWorkPage() {
  const t = useTexts().myWork;
  const me = useMe().data;
  const [limit, setLimit] = useState(firstWaiting);
  const work = useQuery({ ...myWorkQuery(limit), enabled: me?.post !== undefined });
  const asOf = useAsOf();
  const list = useRef<HTMLDivElement>(null);
  const coordinates = useMay('goal.create');
  if (asOf || (me && !me.post)) {
    const why = asOf ? t.past : me?.signedIn ? t.noPost : t.signIn;
    return (
      <>
        <PageHead title={t.title} />
        <EmptyState title={why.title} text={why.text} />
      </>
    );
  }
  return (
    <div className="pg-my-work">
      <PageHead
        title={t.title}
        lead={work.data ? leadLine(work.data, t) : ' '}
        actions={coordinates && <ToRadar />}
      />
      <ActingAs />
      <Loaded query={work} loading={t.loading}>
        {(data) => (
          <SideColumn
            side={
              <>
                <Side work={data} />
                <WorkKeys list={list} />
              </>
            }
          >
            <WaitingList
              work={data}
              at={list}
              onMore={
                limit < mostWaiting && data.waitingTotal > data.waiting.length
                  ? () => setLimit(mostWaiting)
                  : undefined
              }
            />
            <Duties work={data} />
          </SideColumn>
        )}
      </Loaded>
    </div>
  );
}

function leadLine(work: MyWork, t: Texts['myWork']): string {
  const first = work.waiting[0];
  if (!first) return t.lead.nothing;
  const { reason, days } = first;
  const why =
    reason === 'late'
      ? t.lead.late(days)
      : reason === 'due_soon'
        ? t.lead.due_soon(days)
        : t.lead[reason];
  return `${t.lead.waiting(work.waitingTotal)} ${why}`;
}

/** The post, and whether one only stands in for its holder. */
function ActingAs() {
  const t = useTexts().myWork;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const post = useMe().data?.post;
  if (!post) return null;
  return (
    <p className="meta acting">
      <Who party={looks(post.partyId)}>
        <T text={post.title} />
      </Who>
      {post.deputy && (
        <>
          <br />
          {t.deputyOf}
        </>
      )}
    </p>
  );
}

function Duties({ work }: { work: MyWork }) {
  const texts = useTexts();
  const t = texts.myWork;
  const lang = useLang();
  const post = useMe().data?.post;
  return (
    <Section
      title={t.duties}
      aside={
        <Link to="/$lang/actions" params={{ lang }} search={{ mine: true }}>
          {work.actionsTotal > work.actions.length ? t.allMineOf(work.actionsTotal) : t.allMine}
        </Link>
      }
    >
      {work.actions.length === 0 ? (
        <p>{t.noActions}</p>
      ) : (
        <DataTable
          className="mine"
          caption={t.dutiesCaption}
          groups={[{ key: 'all', rows: work.actions }]}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'no',
              kind: 'number',
              header: t.columns.no,
              hiddenHeader: true,
              render: ({ no }) => no,
            },
            {
              key: 'title',
              kind: 'name',
              header: t.columns.action,
              render: (action) => (
                <>
                  <Link
                    className="q"
                    to="/$lang/actions/$no"
                    params={{ lang, no: String(action.no) }}
                  >
                    <T text={action.title} />
                  </Link>{' '}
                  <StandingMark standing={ownStanding(action, post?.id)} />
                </>
              ),
            },
            {
              key: 'status',
              header: t.columns.status,
              render: ({ status, progress, statusesDiffer }) => (
                <>
                  {texts.actions.statuses[status]}
                  {status === 'in_progress' && (
                    <span className="meta"> {`${progress}\u00a0%`}</span>
                  )}
                  {statusesDiffer && (
                    <span className="meta differs">{texts.together.otherSays}</span>
                  )}
                </>
              ),
            },
            {
              key: 'due',
              kind: 'figure',
              header: t.columns.due,
              render: (action) => <OwnDue action={action} />,
            },
            {
              key: 'condition',
              header: t.columns.condition,
              render: ({ condition }) => <ConditionWhy condition={condition} />,
            },
          ]}
        />
      )}
      {work.duties.length > 0 && (
        <p className="meta below">
          {t.also}:{' '}
          {work.duties.map((duty, index) => (
            <Fragment key={duty.id}>
              {index > 0 && '; '}
              <Duty duty={duty} />
              {duty.unaccepted > 0 && (
                <>
                  {' '}
                  <UnacceptedMark count={duty.unaccepted} />
                </>
              )}
            </Fragment>
          ))}
        </p>
      )}
    </Section>
  );
}

/** By when: of what is late or due soon by a task the day of that, with whose task it is. */
function OwnDue({ action }: { action: ActionSummary }) {
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const { on, task } = action.condition.explanation;
  if (!task || !on) return dueText(action, lang) || '–';
  return (
    <>
      {formatDate(on, lang)}
      <span className="meta of">
        {task.partyId ? (
          <Who party={looks(task.partyId)}>
            <T text={task.title} />
          </Who>
        ) : (
          <T text={task.title} />
        )}
      </span>
    </>
  );
}

/** How far the parties have agreed on the post's own part in an action. */
function ownStanding({ lead, leadStanding, others }: ActionSummary, postId: string | undefined) {
  return lead?.id === postId
    ? leadStanding
    : others.find(({ post }) => post.id === postId)?.standing;
}

function Duty({ duty }: { duty: MyWork['duties'][number] }) {
  const t = useTexts().myWork.duty;

  if (duty.kind === 'goal') {
    return (
      <>
        {t[duty.part]}:{' '}
        <PathLink path={`/goals/${duty.no ?? duty.id}`}>{t.goal(duty.no ?? 0)}</PathLink>
      </>
    );
  }
  if (duty.kind === 'chain') {
    return (
      <>
        {t.stages(duty.count ?? 0)}{' '}
        <PathLink path={`/chains/${duty.id}`}>
          <T text={duty.title} />
        </PathLink>
      </>
    );
  }
  return (
    <>
      {t[duty.part]}:{' '}
      <PathLink path={`/forums/${duty.id}`}>
        <T text={duty.title} />
      </PathLink>
    </>
  );
}

interface Coming {
  key: string;
  on: ISODate;
  what: React.ReactNode;
}

/** Meetings and due dates of the next four weeks, and what others did lately. */
function Side({ work }: { work: MyWork }) {
  const texts = useTexts();
  const t = texts.myWork;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const today = dateOf(useMe().data?.now ?? new Date());
  const coming: Coming[] = [
    ...work.meetings.map((meeting) => ({
      key: meeting.id,
      on: dateOf(meeting.startsAt),
      what: (
        <PathLink quiet path={`/meetings/${meeting.id}`}>
          {t.meeting(localised(meeting.forum.title, lang).value, meeting.number, meeting.year)}
        </PathLink>
      ),
    })),
    ...work.deadlines.map(({ actionId, taskId, no, kind, title, on }) => ({
      key: taskId ?? actionId,
      on,
      what: (
        <Link className="q" to="/$lang/actions/$no" params={{ lang, no: String(no) }}>
          {kind
            ? `${texts.actions.tasks.kinds[kind]}: ${localised(title, lang).value}`
            : t.dueOf(no)}
        </Link>
      ),
    })),
  ].sort((a, b) => a.on.localeCompare(b.on));
  return (
    <>
      <Section title={t.weeks}>
        <ol className="wk">
          <li className="today">
            <b>{formatDate(today, lang, { weekday: true, short: true })}</b>
            <span>{t.today}</span>
          </li>
          {coming.map(({ key, on, what }) => (
            <li key={key}>
              <b>{formatDate(on, lang, { weekday: true, short: true })}</b>
              <span>{what}</span>
            </li>
          ))}
        </ol>
        {coming.length === 0 && <p className="meta">{t.nothingComing}</p>}
      </Section>
      <Section title={t.recent}>
        {work.reports.length === 0 && <p className="meta">{t.noRecent}</p>}
        <ul className="hl recent">
          {work.reports.map((report) => (
            <li key={`${report.actionId} ${report.at}`}>
              <Who party={looks(report.post.partyId)}>
                <T text={report.post.title} />{' '}
                <Link
                  className="q"
                  to="/$lang/actions/$no"
                  params={{ lang, no: String(report.no) }}
                >
                  {t.reported(report.no, texts.actions.statuses[report.status])}
                </Link>
                . <T text={report.text} />
              </Who>
              <span className="meta">
                {formatDateTime(report.at, lang, { weekday: true, short: true })}
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
