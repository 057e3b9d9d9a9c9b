import { useTexts } from '../../i18n';
import type { RowGroup } from '../../ui/DataTable';
import { PathLink } from '../../ui/PathLink';
import { groupKey, useGroupName, type ActionGroup } from './groups';
import type { ActionSummary } from './queries';
import type { Grouping } from './search';

/** Puts rows under headings that count the whole group, of which maybe not all has been fetched. */
export function useRowGroups() {
  const t = useTexts().actions.list;
  const nameOf = useGroupName();
  return (
    actions: readonly ActionSummary[],
    by: Grouping | 'none',
    groups: readonly ActionGroup[] | undefined,
    cellsOf?: (group: ActionGroup) => RowGroup<ActionSummary>['cells'],
  ): RowGroup<ActionSummary>[] => {
    if (by === 'none') return [{ key: 'all', rows: actions }];
    const found = new Map<string, ActionSummary[]>();
    for (const row of actions) {
      const key = groupKey(by, row);
      const members = found.get(key);
      if (members) members.push(row);
      else found.set(key, [row]);
    }
    return [...found].map(([key, members]) => {
      const group = groups?.find((each) => each.key === key);
      const goal = by === 'goal' ? members[0]?.goals[0] : undefined;
      const name = nameOf(by, group ?? { key, no: goal?.no, title: goal?.title });
      return {
        key: key === '' ? 'none' : key,
        rows: members,
        cells: group && cellsOf?.(group),
        heading: (
          <>
            {goal ? (
              <PathLink quiet path={`/goals/${goal.no}`}>
                {name}
              </PathLink>
            ) : (
              name
            )}
            {group && <span className="meta">{t.lateOf(group.count, group.late)}</span>}
          </>
        ),
      };
    });
  };
}
