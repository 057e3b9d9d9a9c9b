import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { useMay, useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { StandingMark, UnacceptedMark } from '../../content/AgreementMark';
import { ConditionWhy } from '../../content/ConditionWhy';
import { WaitingReferrals } from '../../content/ReferralList';
import { DraftsAwaiting } from '../../content/DraftsAwaiting';
import { useAsOf } from '../../lib/asOf';
import { T, useLang, useTexts, type Texts } from '../../i18n';
import { addDays, dateOf, formatDate, formatDateTime, type ISODate } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import { localised } from '../../lib/text';
import { Button, LinkButton } from '../../ui/Button';
import { Condition } from '../../ui/Condition';
import { DataTable } from '../../ui/DataTable';
import { Freshness } from '../../ui/Freshness';
import { Section, SideColumn } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { PathLink, pathTo } from '../../ui/PathLink';
import { EmptyState, Loaded } from '../../ui/states';
import './actions.css';
import { ActionUpdate } from './ActionUpdate';
import { AwaitingAnswer } from './AwaitingAnswer';
import { ChangesAsked } from './ChangesAsked';
import { ConfirmButton } from './ConfirmButton';
import { myWorkQuery, type ActionSummary, type MyWork, type WorkItem } from './queries';
import { dueText } from './words';

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

/** What waits for the post acted in, most urgent first, each line with what can be done about it. */
export function MyWorkPage() {
  const t = useTexts().myWork;
  const me = useMe().data;
  const work = useQuery({ ...myWorkQuery, enabled: me?.post !== undefined });
  const asOf = useAsOf();
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
          <SideColumn side={<Side work={data} />}>
            <Waiting work={data} />
            <AwaitingAnswer />
            <ChangesAsked />
            <WaitingReferrals />
            <DraftsAwaiting />
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
  return `${t.lead.waiting(work.waiting.length)} ${why}`;
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

function Waiting({ work }: { work: MyWork }) {
  const t = useTexts().myWork;
  const [updating, setUpdating] = useState<string | null>(null);
  return (
    <Section
      title={t.waiting}
      aside={work.waiting.length > 0 && t.waitingMeta(work.waiting.length)}
    >
      {work.waiting.length === 0 && <p>{t.nothingWaiting}</p>}
      <ol className="todo">
        {work.waiting.map((item) => {
          const id = item.action?.id ?? item.meeting?.id ?? '';
          return (
            <li key={`${item.reason} ${id}`}>
              <Item
                item={item}
                updating={updating === id}
                onUpdate={(open) => setUpdating(open ? id : null)}
              />
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

interface ItemProps {
  item: WorkItem;
  updating: boolean;
  onUpdate: (open: boolean) => void;
}

function Item({ item, updating, onUpdate }: ItemProps) {
  const texts = useTexts();
  const t = texts.myWork;
  const lang = useLang();
  const { action, meeting } = item;
  if (meeting) {
    const name = t.meeting(
      localised(meeting.forum.title, lang).value,
      meeting.number,
      meeting.year,
    );
    const path = `/meetings/${meeting.id}`;
    const asked = item.reason !== 'comments';
    return (
      <>
        <p className="k">
          <Reason item={item} />
        </p>
        <div>
          <h3>
            <PathLink quiet path={path}>
              {name}
            </PathLink>
          </h3>
          <p className="why">{paperWhy(item, t)}</p>
          <span className="since">{formatDate(dateOf(meeting.startsAt), lang)}</span>
        </div>
        <div className="do">
          <LinkButton
            small
            aria-label={asked ? t.readPaperOf(name) : t.answerPaperOf(name)}
            {...pathTo(lang, path)}
          >
            {asked ? t.readPaper : t.answerPaper}
          </LinkButton>
        </div>
      </>
    );
  }
  if (!action) return null;
  const due = dueText(action, lang);
  const confirmFirst = item.reason === 'confirm' || item.reason === 'stale';
  const update = (
    <Button
      small
      variant={confirmFirst ? 'quiet' : 'primary'}
      aria-expanded={updating}
      aria-label={`${t.update}, ${texts.actions.one(action.no).toLowerCase()}`}
      onClick={() => onUpdate(!updating)}
    >
      {t.update}
    </Button>
  );
  const confirm = <ConfirmButton action={action} small variant="secondary" />;
  return (
    <>
      <p className="k">
        <Reason item={item} />
      </p>
      <div>
        <h3>
          <Link className="q" to="/$lang/actions/$no" params={{ lang, no: String(action.no) }}>
            {texts.actions.one(action.no)}: <T text={action.title} />
          </Link>
        </h3>
        <p className="why">
          {whyText(item, texts, lang)}
          {action.statusesDiffer && ` ${texts.together.otherSays}`}
        </p>
        <span className="since">
          {t.dueMeta(
            due && t.due(due),
            action.daysSinceConfirmed === undefined ? '' : t.confirmed(action.daysSinceConfirmed),
          )}
        </span>
      </div>
      <div className="do">
        {confirmFirst ? (
          <>
            {confirm}
            {update}
          </>
        ) : (
          <>
            {update}
            {confirm}
          </>
        )}
      </div>
      {updating && (
        <div className="todo-upd">
          <ActionUpdate action={action} onClose={() => onUpdate(false)} />
        </div>
      )}
    </>
  );
}

/** The sign of the reason and its measure. */
function Reason({ item }: { item: WorkItem }) {
  const t = useTexts().myWork;
  const lang = useLang();
  const on = formatDate(item.on, lang);
  const { reason, days, action } = item;
  const since = {
    late: () => t.since.late(days),
    approval: () => t.since.approval(days),
    amendment: () => t.since.approval(days),
    comments: () => t.since.approval(days),
    stale: () => t.since.stale(on),
    start_passed: () => t.since.start_passed(days),
    confirm: () => t.since.confirm(on),
    due_soon: () => t.since.due_soon(on),
  }[reason]();
  return (
    <>
      {reason === 'confirm' ? (
        <Freshness {...action?.freshness} days={action?.daysSinceConfirmed} short />
      ) : reason === 'late' || reason === 'stale' || reason === 'due_soon' ? (
        <Condition value={reason} />
      ) : (
        t.reasons[reason]
      )}
      <span className="since">{since}</span>
    </>
  );
}

/** Why a paper waits: an approval names the exact paper, so it is given where one reads it. */
function paperWhy({ reason, role, comments, returns }: WorkItem, t: Texts['myWork']): string {
  if (reason === 'amendment') return t.why.amendment;
  if (reason === 'comments') return t.why.comments(comments ?? 0, returns ?? 0);
  return role === 'chair' ? t.why.chair : t.why.inspector;
}

function whyText(
  { reason, on, action, task, taskOfOther = false }: WorkItem,
  texts: Texts,
  lang: Lang,
): string {
  const t = texts.myWork.why;
  if (task) {
    const title = localised(task.title, lang).value;
    return reason === 'late'
      ? t.lateTask(task.kind, title, formatDate(on, lang), taskOfOther)
      : t.soonTask(task.kind, title, formatDate(on, lang));
  }
  switch (reason) {
    case 'start_passed':
      return t.start_passed(formatDate(on, lang));
    case 'confirm':
      return t.confirm(action ? texts.actions.statuses[action.status] : '');
    case 'late':
    case 'stale':
    case 'due_soon':
      return t[reason];
    case 'approval':
    case 'amendment':
    case 'comments':
      return '';
  }
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
          {t.allMine}
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
              render: (action) => dueText(action, lang) || '–',
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
              <Duty duty={duty} /> <UnacceptedMark count={duty.unaccepted} />
            </Fragment>
          ))}
        </p>
      )}
    </Section>
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
  const until = addDays(today, 28);
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
    ...work.actions
      .filter(({ dueOn, duePrecision }) => dueOn && duePrecision === 'day')
      .filter(({ dueOn = '' }) => dueOn >= today && dueOn <= until)
      .map(({ id, no, dueOn = '' }) => ({
        key: id,
        on: dueOn,
        what: (
          <Link className="q" to="/$lang/actions/$no" params={{ lang, no: String(no) }}>
            {t.dueOf(no)}
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
