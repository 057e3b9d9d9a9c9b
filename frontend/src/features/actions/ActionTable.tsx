import { Link } from '@tanstack/react-router';
import { usePartyLooks } from '../../api/parties';
import { StandingMark } from '../../content/AgreementMark';
import { ConditionWhy } from '../../content/ConditionWhy';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { DataTable, type Column, type RowGroup } from '../../ui/DataTable';
import { Freshness } from '../../ui/Freshness';
import { Who } from '../../ui/PartyMark';
import { PathLink } from '../../ui/PathLink';
import { ActionUpdate } from './ActionUpdate';
import type { ActionSummary } from './queries';
import { Differs } from './Together';
import { dueText, isClosed, may } from './words';

interface ActionTableProps {
  actions: readonly ActionSummary[];
  /** Under the headings of their first goals. */
  grouped: boolean;
  /** Number of the action in the quick view. */
  shown: number | undefined;
  onShow: (no: number) => void;
  /** Id of the action whose form is open. */
  updating: string | null;
  onUpdate: (action: ActionSummary | null) => void;
}

/** The actions as rows; where the caller may report, the row opens for it. */
export function ActionTable(props: ActionTableProps) {
  const { actions, grouped, shown, onShow, updating, onUpdate } = props;
  const texts = useTexts();
  const t = texts.actions;
  const lang = useLang();
  const asOf = useAsOf();
  const looks = usePartyLooks(lang);

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
      render: ({ no, title }) => (
        <Link className="q" to="/$lang/actions/$no" params={{ lang, no: String(no) }}>
          <T text={title} />
        </Link>
      ),
    },
    {
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
    {
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
        </>
      ),
    },
    {
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
    {
      key: 'confirmed',
      header: t.list.columns.confirmed,
      className: 'fr',
      render: (action) =>
        isClosed(action) ? (
          <span className="meta">–</span>
        ) : (
          <Freshness {...action.freshness} short days={action.daysSinceConfirmed} />
        ),
    },
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

  return (
    <DataTable
      className="tt"
      caption={t.list.caption}
      columns={columns}
      groups={
        grouped ? groupByGoal(actions, t.goal, t.noGoal, lang) : [{ key: 'all', rows: actions }]
      }
      rowKey={({ id }) => id}
      selected={({ id, no }) => id === updating || no === shown}
      expanded={(action) =>
        action.id === updating && <ActionUpdate action={action} onClose={() => onUpdate(null)} />
      }
    />
  );

  /** Under the first goal of each, in the order in which the server sent them. */
  function groupByGoal(
    rows: readonly ActionSummary[],
    heading: (no: number, title: string) => string,
    none: string,
    language: typeof lang,
  ): RowGroup<ActionSummary>[] {
    const groups = new Map<number, ActionSummary[]>();
    for (const row of rows) {
      const no = row.goals[0]?.no ?? 0;
      groups.set(no, [...(groups.get(no) ?? []), row]);
    }
    return [...groups].map(([no, members]) => {
      const goal = members[0]?.goals[0];
      const late = members.filter(({ condition }) => condition.value === 'late').length;
      return {
        key: no,
        rows: members,
        heading: (
          <>
            {goal ? (
              <PathLink quiet path={`/goals/${no}`}>
                {heading(no, localised(goal.title, language).value)}
              </PathLink>
            ) : (
              none
            )}
            <span className="meta">{t.list.lateOf(members.length, late)}</span>
          </>
        ),
      };
    });
  }
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
