import { Link } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { usePartyLooks } from '../../api/parties';
import { useHeldRows } from '../../content/held';
import { PostLink } from '../../content/PostLink';
import { ReferralRow } from '../../content/ReferralList';
import { RoundReportForm } from '../../content/RoundReportForm';
import { SubjectLink, subjectText } from '../../content/SubjectLink';
import { T, useLang, useTexts, type Texts } from '../../i18n';
import { dateOf, formatDate, formatPrecise } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import { localised } from '../../lib/text';
import { Button, LinkButton } from '../../ui/Button';
import { Condition } from '../../ui/Condition';
import { Freshness } from '../../ui/Freshness';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { PathLink, pathTo } from '../../ui/PathLink';
import { ActionUpdate } from './ActionUpdate';
import { Handover, Mandate, Responsibility } from './AwaitingAnswer';
import { ChangesAsked } from './ChangesAsked';
import { ConfirmButton } from './ConfirmButton';
import type { MyWork, Task, WorkItem } from './queries';
import { TaskButton } from './Tasks';
import { dueText, may } from './words';

/** By what one row is told from another, whatever its reason becomes. */
export function workKey({ reason, ...item }: WorkItem): string {
  if (item.round && item.round.asked.level !== 'action')
    return `${item.round.id} ${item.round.asked.level} ${item.round.asked.id}`;
  if (item.responsibility) return `${reason} ${item.responsibility.id}`;
  if (item.meeting) return `${reason === 'amendment' ? reason : 'paper'} ${item.meeting.id}`;
  return (
    (item.action ?? item.handover ?? item.mandate ?? item.draft ?? item.referral)?.id ?? reason
  );
}

type WorkRound = NonNullable<WorkItem['round']>;

const rows = {
  keyOf: workKey,
  faded: (item: WorkItem): WorkItem => ({
    ...item,
    responsibility: item.responsibility && {
      ...item.responsibility,
      discussion: undefined,
      permissions: [],
    },
  }),
};

interface WaitingListProps {
  work: Pick<MyWork, 'waiting' | 'waitingTotal'>;
  /** What the list is of, where it is not what waits for the reader. */
  title?: string;
  nothing?: string;
  /** Tells one list from another of the same page. */
  list?: string;
  /** Each row says whose the action is. */
  owners?: boolean;
  /** Where the list stands, for the keys. */
  at: RefObject<HTMLDivElement | null>;
  /** Fetches more of what waits; left out where all of it, or all that is told, is there. */
  onMore?: () => void;
}

/**
 * Everything that waits for the post acted in, the most urgent first, each worked in its row. When a
 * row goes because it is done, the focus that stood in it goes to the row that takes its place.
 */
export function WaitingList(props: WaitingListProps) {
  const { work, at: section, onMore, list = '', owners = false } = props;
  const t = useTexts().myWork;
  const [updating, setUpdating] = useState<string | null>(null);
  const held = useHeldRows(work.waiting, rows, list);
  const left = useRef<{ key: string; index: number } | null>(null);
  const undone = useRef<string | null>(null);

  useLayoutEffect(() => {
    const back = undone.current;
    const returned = [...(section.current?.querySelectorAll<HTMLElement>('.todo > li') ?? [])].find(
      (row) => row.dataset.row === back,
    );
    if (returned && document.activeElement === document.body) returned.focus();
    if (returned) undone.current = null;
    const from = left.current;
    if (!from || held.items.some((item) => workKey(item) === from.key)) return;
    left.current = null;
    const active = document.activeElement;
    if (active && active !== document.body) return;
    const lines = section.current?.querySelectorAll<HTMLElement>('.todo > li') ?? [];
    (lines[Math.min(from.index, lines.length - 1)] ?? section.current)?.focus();
  }, [held.items, section]);

  const { waitingTotal: total } = work;
  return (
    <div ref={section} tabIndex={-1} id="awaiting">
      <Section title={props.title ?? t.waiting} aside={total > 0 && t.waitingMeta(total)}>
        {held.items.length === 0 && <p>{props.nothing ?? t.nothingWaiting}</p>}
        <ol className="todo">
          {held.items.map((item, index) => {
            const key = workKey(item);
            return (
              <li
                key={key}
                tabIndex={-1}
                data-row={key}
                onFocus={() => {
                  left.current = { key, index };
                }}
                onBlur={({ relatedTarget }) => {
                  if (relatedTarget) left.current = null;
                }}
              >
                <Item
                  item={item}
                  owners={owners}
                  gone={held.isGone(key)}
                  onWriting={(writing) => held.hold(key, writing)}
                  updating={updating === key}
                  onUpdate={(open) => setUpdating(open ? key : null)}
                  onUndo={() => {
                    undone.current = key;
                  }}
                />
              </li>
            );
          })}
        </ol>
        {onMore ? (
          <p className="more">
            <Button variant="secondary" onClick={onMore}>
              {t.more(total - work.waiting.length)}
            </Button>
          </p>
        ) : (
          total > work.waiting.length && (
            <p className="meta">{t.rest(work.waiting.length, total)}</p>
          )
        )}
      </Section>
    </div>
  );
}

interface ItemProps {
  item: WorkItem;
  owners: boolean;
  /** It waits no longer, and stays for the comment that is typed. */
  gone: boolean;
  onWriting: (writing: boolean) => void;
  updating: boolean;
  onUpdate: (open: boolean) => void;
  /** What was done in the row is taken back: it gets the focus when it is there again. */
  onUndo: () => void;
}

function Item(props: ItemProps) {
  const { item, gone, onWriting } = props;
  // The row goes with its answer; the list says where the focus goes from there.
  const onAnswered = () => undefined;
  if (item.responsibility) {
    return item.reason === 'changes' ? (
      <ChangesAsked item={item.responsibility} onWriting={onWriting} />
    ) : (
      <Responsibility
        item={item.responsibility}
        gone={gone}
        onWriting={onWriting}
        onAnswered={onAnswered}
      />
    );
  }
  if (item.handover) return <Handover item={item.handover} onAnswered={onAnswered} />;
  if (item.mandate) return <Mandate item={item.mandate} onAnswered={onAnswered} />;
  if (item.draft) return <DraftItem item={item} draft={item.draft} />;
  if (item.referral) return <ReferralItem item={item} referral={item.referral} />;
  if (item.meeting) return <MeetingItem item={item} meeting={item.meeting} />;
  if (item.action) return <ActionItem {...props} action={item.action} />;
  if (item.round) return <RoundItem {...props} round={item.round} />;
  return null;
}

function DraftItem({ item, draft }: { item: WorkItem; draft: NonNullable<WorkItem['draft']> }) {
  const texts = useTexts();
  const t = texts.myWork;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const name = subjectText(draft.subject, texts, lang);
  return (
    <>
      <Reason item={item} />
      <div>
        <h3>
          <SubjectLink subject={draft.subject} />
        </h3>
        <p className="why">{t.why.draft(look(draft.post.partyId).name)}</p>
        {localised(draft.note, lang).value && (
          <p className="why">
            <T text={draft.note} />
          </p>
        )}
      </div>
      <div className="do">
        <LinkButton
          small
          variant="secondary"
          data-key="accept"
          aria-label={t.readDraftOf(name)}
          {...pathTo(lang, `/drafts/${draft.id}`)}
        >
          {t.readDraft}
        </LinkButton>
      </div>
    </>
  );
}

interface ReferralItemProps {
  item: WorkItem;
  referral: NonNullable<WorkItem['referral']>;
}

function ReferralItem({ item, referral }: ReferralItemProps) {
  return (
    <>
      <Reason item={item} />
      <div className="ref">
        <ReferralRow referral={referral} past={false} />
      </div>
    </>
  );
}

interface MeetingItemProps {
  item: WorkItem;
  meeting: NonNullable<WorkItem['meeting']>;
}

/** An approval names the exact paper, so it is given where one reads it; so is what the secretary does. */
function MeetingItem({ item, meeting }: MeetingItemProps) {
  const t = useTexts().myWork;
  const lang = useLang();
  const name = t.meeting(localised(meeting.forum.title, lang).value, meeting.number, meeting.year);
  const path = `/meetings/${meeting.id}`;
  const { button, of } = meetingWords(item, t);
  return (
    <>
      <Reason item={item} />
      <div>
        <h3>
          <PathLink quiet path={path}>
            {name}
          </PathLink>
        </h3>
        <p className="why">{meetingWhy(item, t)}</p>
        <span className="since">{formatDate(dateOf(meeting.startsAt), lang)}</span>
      </div>
      <div className="do">
        <LinkButton small data-key="accept" aria-label={of(name)} {...pathTo(lang, path)}>
          {button}
        </LinkButton>
      </div>
    </>
  );
}

function meetingWords({ reason }: WorkItem, t: Texts['myWork']) {
  switch (reason) {
    case 'approval':
    case 'amendment':
      return { button: t.readPaper, of: t.readPaperOf };
    case 'comments':
      return { button: t.answerPaper, of: t.answerPaperOf };
    default:
      return { button: t.openMeeting, of: t.openMeetingOf };
  }
}

function meetingWhy({ reason, role, comments, returns, pending }: WorkItem, t: Texts['myWork']) {
  switch (reason) {
    case 'amendment':
      return t.why.amendment;
    case 'comments':
      return t.why.comments(comments ?? 0, returns ?? 0);
    case 'unclosed':
      return t.why.unclosed;
    case 'unapproved':
      return t.why.unapproved(pending ?? 0);
    case 'unpublished':
      return t.why.unpublished;
    default:
      return role === 'chair' ? t.why.chair : t.why.inspector;
  }
}

interface ActionItemProps extends ItemProps {
  action: NonNullable<WorkItem['action']>;
}

function ActionItem(props: ActionItemProps) {
  const { item, owners, action, updating, onUpdate, onUndo } = props;
  const texts = useTexts();
  const t = texts.myWork;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const due = dueText(action, lang);
  const confirmFirst = item.reason === 'confirm' || item.reason === 'stale';
  // Of an action that others lead one does one's own tasks, and reports nothing.
  const reports = may(action, 'action.report');
  const update = (
    <Button
      small
      variant={confirmFirst ? 'quiet' : 'primary'}
      data-key="update"
      aria-expanded={updating}
      aria-label={`${t.update}, ${texts.actions.one(action.no).toLowerCase()}`}
      onClick={() => onUpdate(!updating)}
    >
      {t.update}
    </Button>
  );
  const confirm = <ConfirmButton action={action} small variant="secondary" onUndo={onUndo} />;
  return (
    <>
      <Reason item={item} />
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
        {roundsOf(item).map((round) => (
          <OfRound key={round.id} round={round} />
        ))}
        {owners && action.lead && (
          <Who party={look(action.lead.partyId)}>
            <PostLink post={action.lead} />
          </Who>
        )}
        <span className="since">
          {t.dueMeta(
            due && t.due(due),
            action.daysSinceConfirmed === undefined ? '' : t.confirmed(action.daysSinceConfirmed),
          )}
        </span>
        {item.tasks && item.tasks.length > 0 && <OwnTasks tasks={item.tasks} onUndo={onUndo} />}
      </div>
      {reports && (
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
      )}
      {updating && (
        <div className="todo-upd">
          <ActionUpdate action={action} onClose={() => onUpdate(false)} onUndo={onUndo} />
        </div>
      )}
    </>
  );
}

/** The rounds that ask for it, whatever reason is the most urgent. */
function roundsOf({ round, also = [] }: WorkItem): WorkRound[] {
  return [round, ...also.map((one) => one.round)].filter((one) => one !== undefined);
}

/** Which round asks, with the way to it. */
function OfRound({ round }: { round: WorkRound }) {
  const { one } = useTexts().myWork.round;
  return (
    <p className="why">
      {one}{' '}
      <PathLink path={`/rounds/${round.key}`}>
        <T text={round.title} />
      </PathLink>
    </p>
  );
}

/** What an open round asks of a goal or of the plan: reported in the row. */
function RoundItem({ item, round, updating, onUpdate }: ItemProps & { round: WorkRound }) {
  const texts = useTexts();
  const t = texts.myWork;
  const lang = useLang();
  const { asked } = round;
  const name =
    asked.level === 'goal'
      ? subjectText({ ...asked, kind: 'goal' }, texts, lang)
      : `${texts.content.kinds.plan}: ${localised(asked.title, lang).value}`;
  return (
    <>
      <Reason item={item} />
      <div>
        <h3>
          {asked.level === 'goal' ? (
            <SubjectLink subject={{ ...asked, kind: 'goal' }} />
          ) : (
            <PathLink quiet path={`/rounds/${round.key}`}>
              {name}
            </PathLink>
          )}
        </h3>
        <p className="why">{whyText(item, texts, lang)}</p>
        <OfRound round={round} />
      </div>
      {asked.permissions.includes('round.report') && (
        <div className="do">
          <Button
            small
            data-key="update"
            aria-expanded={updating}
            aria-label={`${t.round.report}: ${name}`}
            onClick={() => onUpdate(!updating)}
          >
            {t.round.report}
          </Button>
        </div>
      )}
      {updating && (
        <div className="todo-upd">
          <RoundReportForm roundId={round.id} row={asked} onClose={() => onUpdate(false)} />
        </div>
      )}
    </>
  );
}

/** What of the action the post itself does: marked as done here. */
function OwnTasks({ tasks, onUndo }: { tasks: readonly Task[]; onUndo: () => void }) {
  const texts = useTexts();
  const lang = useLang();
  return (
    <ul className="tk-own" aria-label={texts.myWork.ownTasks}>
      {tasks.map((task) => (
        <li key={task.id}>
          <span>
            {texts.actions.tasks.kinds[task.kind]}: <T text={task.title} />
            <span className="since">
              <Condition value={task.condition} />{' '}
              {texts.myWork.due(formatPrecise(task.dueOn, task.duePrecision, lang))}
            </span>
          </span>
          <TaskButton task={task} onUndo={onUndo} />
        </li>
      ))}
    </ul>
  );
}

/** The sign of the reason and its measure. */
function Reason({ item }: { item: WorkItem }) {
  const t = useTexts().myWork;
  const lang = useLang();
  const { reason, days, action, workingDays = 0 } = item;
  const on = item.on ? formatDate(item.on, lang) : '';
  return (
    <p className="k">
      {reason === 'confirm' ? (
        <Freshness {...action?.freshness} days={action?.daysSinceConfirmed} short />
      ) : reason === 'late' || reason === 'stale' || reason === 'due_soon' ? (
        <Condition value={reason} />
      ) : (
        t.reasons[reason]
      )}
      <span className="since">
        {sinceText(
          reason,
          reason === 'report' || reason === 'report_late' ? workingDays : days,
          on,
          t,
        )}
      </span>
      {item.also?.map((also) => (
        <span key={`${also.reason} ${also.round?.id ?? ''}`} className="since also">
          {t.alsoReason(
            t.reasons[also.reason],
            sinceText(
              also.reason,
              also.reason === 'report' || also.reason === 'report_late'
                ? (also.workingDays ?? 0)
                : also.days,
              also.on ? formatDate(also.on, lang) : '',
              t,
            ),
          )}
        </span>
      ))}
    </p>
  );
}

function sinceText(reason: WorkItem['reason'], days: number, on: string, t: Texts['myWork']) {
  switch (reason) {
    case 'late':
    case 'reply_late':
    case 'unanswered':
      return t.since.late(days);
    case 'start_passed':
      return t.since.start_passed(days);
    case 'stale':
      return t.since.stale(on);
    case 'confirm':
      return t.since.confirm(on);
    case 'due_soon':
      return t.since.due_soon(on);
    case 'report':
      return t.since.report(days, on);
    case 'report_late':
      return t.since.report_late(days);
    default:
      return t.since.approval(days);
  }
}

function whyText(
  { reason, on, action, round, task, taskOfOther = false }: WorkItem,
  texts: Texts,
  lang: Lang,
): string {
  const t = texts.myWork.why;
  const day = on ? formatDate(on, lang) : '';
  if (task) {
    const title = localised(task.title, lang).value;
    return reason === 'late'
      ? t.lateTask(task.kind, title, day, taskOfOther)
      : t.soonTask(task.kind, title, day);
  }
  switch (reason) {
    case 'start_passed':
      return t.start_passed(day);
    case 'confirm':
      return t.confirm(action ? texts.actions.statuses[action.status] : '');
    case 'late':
    case 'stale':
    case 'due_soon':
      return t[reason];
    case 'report':
    case 'report_late':
      return t[reason](round?.asked.level === 'action', day);
    default:
      return '';
  }
}
