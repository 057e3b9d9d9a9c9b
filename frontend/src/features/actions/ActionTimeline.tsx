import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { useMe } from '../../api/me';
import { ConditionWhy } from '../../content/ConditionWhy';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate, formatPrecise, type ISODate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { ConditionSign } from '../../ui/Condition';
import { DataTable, type Column } from '../../ui/DataTable';
import { useNarrow } from '../../ui/useNarrow';
import { InternalMark } from '../../ui/Visibility';
import { useRowGroups } from './groupRows';
import type { ActionGroup } from './groups';
import { timelineMeetingsQuery, type ActionSummary, type MeetingSummary } from './queries';
import type { ActionSearch } from './search';
import { barOf, markOf, place, scaleOf, type Scale } from './timeline';
import './timeline.css';
import { dueText, startText } from './words';

interface ActionTimelineProps {
  search: ActionSearch;
  /** Fetched with their milestones. */
  actions: readonly ActionSummary[];
  groups: readonly ActionGroup[] | undefined;
  total: number | undefined;
}

/**
 * The list with a drawing of time in each row. The drawing repeats for the eye what the row says in
 * words and is hidden from screen readers.
 */
export function ActionTimeline({ search, actions, groups, total }: ActionTimelineProps) {
  const texts = useTexts();
  const t = texts.timeline;
  const lang = useLang();
  const asOf = useAsOf();
  const now = useMe().data?.now;
  const narrow = useNarrow();
  const rowGroups = useRowGroups();
  const day = asOf ?? dateOf(now ?? new Date());
  const scale = scaleOf(search.period, day);
  const by = search.group ?? 'goal';
  const forums = search.forumId?.filter((id) => id !== 'none');
  const meetings = useQuery({
    ...timelineMeetingsQuery(scale, forums, asOf),
    enabled: !search.forumId || forums?.length !== 0,
  }).data;
  const drawn = <Head scale={scale} day={day} meetings={meetings?.items ?? []} />;

  const columns: Column<ActionSummary>[] = [
    {
      key: 'no',
      kind: 'number',
      header: texts.actions.number,
      hiddenHeader: true,
      render: (a) => a.no,
    },
    {
      key: 'title',
      kind: 'name',
      header: texts.actions.list.columns.action,
      render: ({ no, title, visibility }) => (
        <>
          <Link className="q" to="/$lang/actions/$no" params={{ lang, no: String(no) }}>
            <T text={title} />
          </Link>
          {visibility === 'internal' && <InternalMark />}
        </>
      ),
    },
    {
      key: 'time',
      header: t.time,
      hiddenHeader: true,
      drawn,
      className: 'gl-c',
      render: (action) => <Time action={action} scale={scale} day={day} />,
    },
    {
      key: 'condition',
      header: texts.actionTable.groups.condition,
      className: 'k',
      render: ({ condition }) => <ConditionWhy condition={condition} />,
    },
  ];

  return (
    <div className="gl">
      <Periods search={search} scale={scale} />
      {meetings && <Meetings meetings={meetings.items} total={meetings.total} />}
      <p className="meta gl-legend">
        {t.legend(formatDate(day, lang))} {by === 'goal' && t.goalLegend}
      </p>
      {narrow && <div aria-hidden="true">{drawn}</div>}
      <DataTable
        caption={t.caption}
        columns={columns}
        groups={rowGroups(actions, by, groups, (group) =>
          by === 'goal' && group.key !== ''
            ? { time: <GoalTime group={group} scale={scale} day={day} /> }
            : undefined,
        )}
        total={total}
        rowKey={({ id }) => id}
      />
    </div>
  );
}

/** What the timeline shows: a term, the ones beside it, and its years. */
function Periods({ search, scale }: { search: ActionSearch; scale: Scale }) {
  const t = useTexts().timeline;
  const lang = useLang();
  return (
    <nav className="sav gl-zoom" aria-label={t.period}>
      {scale.choices.map(({ key, step }) => (
        <Link
          key={key}
          to="/$lang/actions"
          params={{ lang }}
          search={{ ...search, period: key }}
          replace
          resetScroll={false}
          activeOptions={{ exact: true }}
          aria-current={key === scale.key ? 'true' : undefined}
          aria-label={step && t[step](key.replace('-', '–'))}
        >
          {step === 'earlier' && '← '}
          {key.length > 4 && !step ? t.term(key.replace('-', '–')) : key.replace('-', '–')}
          {step === 'later' && ' →'}
        </Link>
      ))}
    </nav>
  );
}

const left = (at: number): CSSProperties => ({ left: `${at}%` });
const across = (from: number, to: number): CSSProperties => ({
  left: `${from}%`,
  width: `${to - from}%`,
});

/** The lines of the scale, behind what is drawn on it. */
function Lines({ scale, day }: { scale: Scale; day: ISODate }) {
  return (
    <>
      {scale.lines.map((at) => (
        <i key={at} className="gl-l" style={left(at)} />
      ))}
      {scale.parts.slice(1).map(({ at }) => (
        <i key={at} className="gl-l strong" style={left(at)} />
      ))}
      {day >= scale.first && day <= scale.last && (
        <i className="gl-l today" style={left(place(day, scale))} />
      )}
    </>
  );
}

/** The names of the parts of the scale, and below them a mark for each meeting. */
function Head({ scale, day, meetings }: HeadProps) {
  const lang = useLang();
  const precision = scale.key.length > 4 ? 'year' : 'quarter';
  return (
    <>
      <div className="gl-p">
        {scale.parts.map(({ first, at, width }) => (
          <span key={first} style={across(at, at + width)}>
            {formatPrecise(first, precision, lang)}
          </span>
        ))}
      </div>
      <div className="gl-b gl-m">
        <Lines scale={scale} day={day} />
        {meetings.map(({ id, startsAt }) => (
          <i key={id} className="gl-t" style={left(place(dateOf(startsAt), scale))} />
        ))}
      </div>
    </>
  );
}

interface HeadProps {
  scale: Scale;
  day: ISODate;
  meetings: readonly MeetingSummary[];
}

/** The meetings whose marks stand on top, as a list. */
function Meetings({ meetings, total }: { meetings: readonly MeetingSummary[]; total?: number }) {
  const texts = useTexts();
  const t = texts.timeline;
  const lang = useLang();
  const all = total ?? meetings.length;
  if (all === 0) return null;
  return (
    <details className="gl-d">
      <summary>{t.meetings(all)}</summary>
      {all > meetings.length && <p className="meta">{t.moreMeetings(meetings.length, all)}</p>}
      <ul>
        {meetings.map(({ id, forum, number, year, startsAt }) => (
          <li key={id}>
            <Link to="/$lang/meetings/$id" params={{ lang, id }}>
              {t.on(
                formatDate(dateOf(startsAt), lang),
                texts.myWork.meeting(localised(forum.title, lang).value, number, year),
              )}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface TimeProps {
  action: ActionSummary;
  scale: Scale;
  day: ISODate;
}

/** The bar of an action with its milestones, and the same in words. */
function Time({ action, scale, day }: TimeProps) {
  const t = useTexts().timeline;
  const lang = useLang();
  const bar = barOf(action, scale);
  const starts = startText(action, lang);
  const due = dueText(action, lang);
  const milestones = action.milestones?.items ?? [];
  const words =
    starts && due
      ? t.fromTo(starts, due)
      : due
        ? t.noStart(due)
        : starts
          ? t.noDue(starts)
          : t.noDates;
  return (
    <>
      <div className="gl-b" aria-hidden="true">
        <Lines scale={scale} day={day} />
        {typeof bar === 'object' ? (
          <>
            {bar.soft.start > bar.from && (
              <i className="gl-a soft" style={across(bar.from, bar.soft.start)} />
            )}
            {bar.soft.end < bar.to && (
              <i className="gl-a soft" style={across(bar.soft.end, bar.to)} />
            )}
            {bar.soft.end > bar.soft.start && (
              <i className={barClass(action, bar)} style={across(bar.soft.start, bar.soft.end)} />
            )}
          </>
        ) : (
          bar !== 'none' && <i className={`gl-o ${bar}`} />
        )}
        {milestones.map((milestone) => {
          const at = markOf(milestone.dueOn, milestone.duePrecision, scale);
          return (
            at !== undefined && (
              <i key={milestone.id} className="gl-s" style={left(at)}>
                <ConditionSign value={milestone.condition} />
              </i>
            )
          );
        })}
      </div>
      <div className="gl-w">
        <span className="meta">
          {words}
          {(bar === 'before' || bar === 'after') && ` (${t[bar]})`}
        </span>
        <Milestones action={action} />
      </div>
    </>
  );
}

/**
 * The bar of a goal, which has no dates of its own: the time of its actions in this list, on the
 * period of its plan, and both in words.
 */
function GoalTime({ group, scale, day }: { group: ActionGroup; scale: Scale; day: ISODate }) {
  const t = useTexts().timeline;
  const lang = useLang();
  const { span, plan } = group;
  const byDay = (startsOn?: ISODate, dueOn?: ISODate) =>
    barOf({ startsOn, startsPrecision: 'day', dueOn, duePrecision: 'day' }, scale);
  const bar = byDay(span.from, span.to);
  const frame = plan && byDay(plan.from, plan.to);
  const from = span.from && formatDate(span.from, lang);
  const to = span.to && formatDate(span.to, lang);
  const words =
    from && to
      ? t.fromTo(from, to)
      : to
        ? t.noStart(to)
        : from
          ? t.noDue(from)
          : t.noDates.toLowerCase();
  return (
    <>
      <div className="gl-b" aria-hidden="true">
        <Lines scale={scale} day={day} />
        {typeof frame === 'object' && <i className="gl-f" style={across(frame.from, frame.to)} />}
        {typeof bar === 'object' ? (
          <i
            className={['gl-g', bar.open.start && 'open-l', bar.open.end && 'open-r']
              .filter(Boolean)
              .join(' ')}
            style={across(bar.from, bar.to)}
          />
        ) : (
          bar !== 'none' && <i className={`gl-o ${bar}`} />
        )}
      </div>
      <p className="meta gl-gw">
        {t.goalSpan(words)}
        {(bar === 'before' || bar === 'after') && ` (${t[bar]})`}
        {'. '}
        {(span.withoutStart > 0 || span.withoutDue > 0) &&
          `${t.undated(span.withoutStart, span.withoutDue)} `}
        {plan && t.ofPlan(formatDate(plan.from, lang), formatDate(plan.to, lang))}
      </p>
    </>
  );
}

function barClass(
  { status }: ActionSummary,
  { open, cut }: Exclude<ReturnType<typeof barOf>, string>,
) {
  const ends = [
    open.start && 'open-l',
    open.end && 'open-r',
    cut.start && 'cut-l',
    cut.end && 'cut-r',
  ];
  return ['gl-a', status, ...ends].filter(Boolean).join(' ');
}

/** The milestones of an action in words. */
function Milestones({ action: { milestones } }: { action: ActionSummary }) {
  const texts = useTexts();
  const t = texts.timeline;
  const lang = useLang();
  if (!milestones || milestones.items.length === 0) return null;
  return (
    <details className="gl-d">
      <summary>{t.milestones(milestones.items.length + milestones.more)}</summary>
      <ul>
        {milestones.items.map(({ id, title, dueOn, duePrecision, condition }) => (
          <li key={id}>
            <ConditionSign value={condition} />{' '}
            {t.on(formatPrecise(dueOn, duePrecision, lang), localised(title, lang).value)}
            <span className="meta">, {texts.ui.conditions[condition].toLowerCase()}</span>
          </li>
        ))}
        {milestones.more > 0 && <li className="meta">{t.moreMilestones(milestones.more)}</li>}
      </ul>
    </details>
  );
}
