import { Link } from '@tanstack/react-router';
import { usePartyLooks } from '../../api/parties';
import { StandingMark } from '../../content/AgreementMark';
import { ConditionWhy } from '../../content/ConditionWhy';
import { usePhasePoints } from '../../content/phases';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { Button } from '../../ui/Button';
import { DataTable, type Column } from '../../ui/DataTable';
import { Freshness } from '../../ui/Freshness';
import { Who } from '../../ui/PartyMark';
import { PathLink } from '../../ui/PathLink';
import { PhaseLine } from '../../ui/PhaseLine';
import { InternalMark } from '../../ui/Visibility';
import { ActionUpdate } from './ActionUpdate';
import { useRowGroups } from './groupRows';
import type { ActionGroup } from './groups';
import type { ActionSummary } from './queries';
import type { ColumnKey, Grouping } from './search';
import { SelectBox } from './SelectBox';
import type { Selection } from './selection';
import { Differs } from './Together';
import { dueText, isClosed, may, startText } from './words';

interface ActionTableProps {
  actions: readonly ActionSummary[];
  /** By what they are grouped, as the server sends them. */
  by: Grouping | 'none';
  /** The groups of the whole list, once they are known. */
  groups: readonly ActionGroup[] | undefined;
  /** What is shown of each, beside its number and title. */
  shownColumns: readonly ColumnKey[];
  /** How many there are in all, of which these may be the first. */
  total: number | undefined;
  /** Number of the action in the quick view. */
  shown: number | undefined;
  onShow: (no: number) => void;
  /** Id of the action whose form is open. */
  updating: string | null;
  onUpdate: (action: ActionSummary | null) => void;
  /** For those who may change several at once. */
  selection?: Selection<ActionSummary>;
}

/** The actions as rows; where the caller may report, the row opens for it. */
export function ActionTable(props: ActionTableProps) {
  const { actions, by, groups, shownColumns, total, shown, onShow, updating, onUpdate, selection } =
    props;
  const texts = useTexts();
  const t = texts.actions;
  const lang = useLang();
  const asOf = useAsOf();
  const looks = usePartyLooks(lang);
  const pointsOf = usePhasePoints();
  const rowGroups = useRowGroups();
  const { names } = texts.actionTable;

  const more: Record<ColumnKey, Column<ActionSummary>> = {
    lead: {
      key: 'lead',
      header: t.list.columns.lead,
      className: 'w',
      render: ({ lead, leadStanding }) =>
        lead ? (
          <>
            <Who party={looks(lead.partyId)}>
              <T text={lead.title} />
            </Who>
            <StandingMark standing={leadStanding} />
          </>
        ) : (
          <span className="meta">{t.list.nobody}</span>
        ),
    },
    status: {
      key: 'status',
      header: t.list.columns.status,
      className: 'v',
      render: (action) => (
        <>
          {t.statuses[action.status]}
          {action.status === 'in_progress' && (
            <span className="meta"> {`${action.progress}\u00a0%`}</span>
          )}
          <Differs action={action} />
          {!shownColumns.includes('phase') && (
            <PhaseLine compact phases={pointsOf(action)} current={action.phaseId} />
          )}
        </>
      ),
    },
    phase: {
      key: 'phase',
      header: names.phase,
      render: (action) =>
        action.phaseId ? (
          <PhaseLine compact phases={pointsOf(action)} current={action.phaseId} />
        ) : (
          '–'
        ),
    },
    condition: {
      key: 'condition',
      header: t.list.columns.condition,
      className: 'k',
      render: (action) => (
        <>
          <ConditionWhy condition={action.condition} />
          <Due action={action} />
        </>
      ),
    },
    confirmed: {
      key: 'confirmed',
      header: t.list.columns.confirmed,
      className: 'fr',
      render: (action) =>
        isClosed(action) || action.withdrawn ? (
          <span className="meta">–</span>
        ) : (
          <Freshness {...action.freshness} short days={action.daysSinceConfirmed} />
        ),
    },
    due: {
      key: 'due',
      header: names.due,
      render: (action) => <span className="nb">{dueText(action, lang) || '–'}</span>,
    },
    starts: {
      key: 'starts',
      header: names.starts,
      render: (action) => <span className="nb">{startText(action, lang) || '–'}</span>,
    },
    others: {
      key: 'others',
      header: names.others,
      render: ({ others }) =>
        others.map(({ post, part }) => (
          <div key={post.id}>
            <Who party={looks(post.partyId)}>
              <T text={post.title} />
            </Who>{' '}
            <span className="meta">{texts.ui.parts[part].name}</span>
          </div>
        )),
    },
    goals: {
      key: 'goals',
      header: names.goals,
      render: ({ goals }) =>
        goals.map(({ id, no, title }) => (
          <div key={id}>
            <PathLink quiet path={`/goals/${no}`}>
              {no} <T text={title} />
            </PathLink>
          </div>
        )),
    },
    stage: {
      key: 'stage',
      header: names.stage,
      render: ({ stage }) =>
        stage && (
          <PathLink quiet path={`/chains/${stage.chainId}`}>
            <T text={stage.chainTitle} />: <T text={stage.title} />
          </PathLink>
        ),
    },
    forum: {
      key: 'forum',
      header: names.forum,
      render: ({ forum }) =>
        forum && (
          <PathLink quiet path={`/forums/${forum.id}`}>
            <T text={forum.title} />
          </PathLink>
        ),
    },
    tasks: {
      key: 'tasks',
      header: names.tasks,
      render: ({ taskFigures: { total: all, done } }) =>
        all > 0 ? t.tasks.doneOf(done, all) : '–',
    },
    updated: {
      key: 'updated',
      header: names.updated,
      render: ({ updatedAt }) => formatDate(dateOf(updatedAt), lang),
    },
  };
  const columns: Column<ActionSummary>[] = [
    {
      key: 'no',
      kind: 'number',
      header: t.number,
      hiddenHeader: true,
      render: ({ no }) => (
        <button
          type="button"
          className="quick"
          aria-label={t.list.quick(no)}
          aria-pressed={no === shown}
          onClick={() => onShow(no)}
        >
          {no}
        </button>
      ),
    },
    {
      key: 'title',
      kind: 'name',
      header: t.list.columns.action,
      render: ({ no, title, visibility }) => (
        <>
          <Link className="q" to="/$lang/actions/$no" params={{ lang, no: String(no) }}>
            <T text={title} />
          </Link>
          {visibility === 'internal' && <InternalMark />}
        </>
      ),
    },
    ...shownColumns.map((key) => more[key]),
  ];
  if (!asOf && actions.some((action) => may(action, 'action.report'))) {
    columns.push({
      key: 'update',
      header: t.list.columns.update,
      hiddenHeader: true,
      className: 'u',
      render: (action) =>
        may(action, 'action.report') && (
          <Button
            small
            variant={updating === action.id ? 'primary' : 'secondary'}
            aria-expanded={updating === action.id}
            aria-label={t.list.updateOne(action.no)}
            onClick={() => onUpdate(updating === action.id ? null : action)}
          >
            {t.list.update}
          </Button>
        ),
    });
  }
  if (selection) {
    columns.unshift({
      key: 'select',
      header: texts.bulk.column,
      hiddenHeader: true,
      className: 'pk',
      render: ({ id, no }) => (
        <SelectBox
          label={texts.bulk.one(no)}
          checked={selection.has(id)}
          onChange={(on, range) => selection.choose(id, on, range)}
        />
      ),
    });
  }

  return (
    <DataTable
      className="tt"
      caption={t.list.caption}
      columns={columns}
      groups={rowGroups(actions, by, groups)}
      total={total}
      rowKey={({ id }) => id}
      selected={({ id, no }) => id === updating || no === shown || selection?.has(id) === true}
      expanded={(action) =>
        action.id === updating && <ActionUpdate action={action} onClose={() => onUpdate(null)} />
      }
    />
  );
}

/** The date beside the condition: that of the task by which it is so, with its name, or its own. */
export function Due({ action }: { action: ActionSummary }) {
  const t = useTexts().actions.page;
  const lang = useLang();
  const { on, task } = action.condition.explanation;
  return (
    <span className="meta du">
      {task && on ? (
        <>
          {formatDate(on, lang)} <T text={task.title} />
        </>
      ) : (
        dueText(action, lang)
      )}
      {action.postponed > 0 && ` (${t.postponed(action.postponed)})`}
    </span>
  );
}
