import { queryOptions, useQuery, keepPreviousData } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { usePartyLooks } from '../../api/parties';
import type { components } from '../../api/schema';
import { useLang, useTexts } from '../../i18n';
import { formatPrecise, periodOf } from '../../lib/dates';
import { localised } from '../../lib/text';
import { actionKeys, type ActionSummary, type ListActionsQuery } from './queries';
import type { ActionSearch, Grouping } from './search';

export type ActionGroup = components['schemas']['ActionGroup'];

/** The groups of the whole list with their counts, whatever of it has been fetched. */
export const actionGroupsQuery = (by: Grouping, filters: ListActionsQuery) =>
  queryOptions({
    queryKey: [...actionKeys.all, 'groups', by, filters],
    queryFn: async ({ signal }) => {
      const query = { ...filters, sort: undefined, by };
      return (await bodyOf(api.GET('/action-groups', { params: { query }, signal }))).items;
    },
    placeholderData: keepPreviousData,
  });

/** The groups by which the page shows its list; none where it is not grouped. */
export function useGroups(search: ActionSearch, filters: ListActionsQuery) {
  const { group = 'goal' } = search;
  return useQuery({
    ...actionGroupsQuery(group === 'none' ? 'goal' : group, filters),
    enabled: group !== 'none',
  }).data;
}

/** The key of the group in which the server has an action. */
export function groupKey(by: Grouping, action: ActionSummary): string {
  switch (by) {
    case 'goal':
      return action.goals[0]?.id ?? '';
    case 'theme':
      return action.goals[0]?.themeId ?? '';
    case 'party':
      return action.lead?.partyId ?? '';
    case 'post':
      return action.lead?.id ?? '';
    case 'status':
      return action.status;
    case 'condition':
      return action.condition.value;
    case 'phase':
      return action.phaseId ?? '';
    case 'chain':
      return action.stage?.chainId ?? '';
    case 'forum':
      return action.forum?.id ?? '';
    case 'dueMonth':
      return lastMonth(action);
  }
}

/** The month in which the due period ends, as YYYY-MM. */
function lastMonth({ dueOn, duePrecision }: ActionSummary): string {
  return dueOn ? periodOf(dueOn, duePrecision).last.slice(0, 7) : '';
}

/** What a group is called. */
export function useGroupName() {
  const texts = useTexts();
  const lang = useLang();
  const looks = usePartyLooks(lang);
  return (
    by: Grouping,
    { key, no, title, partyId }: Omit<ActionGroup, 'count' | 'late' | 'span'>,
  ) => {
    if (key === '') return texts.actionTable.none[by];
    const name = localised(title, lang).value;
    switch (by) {
      case 'goal':
        return texts.actions.goal(no ?? 0, name);
      case 'post':
        return partyId ? `${name}, ${looks(partyId).name}` : name;
      case 'party':
        return looks(key).name;
      case 'status':
        return texts.actions.statuses[key as ActionSummary['status']];
      case 'condition':
        return texts.ui.conditions[key as ActionSummary['condition']['value']];
      case 'dueMonth':
        return formatPrecise(`${key}-01`, 'month', lang);
      default:
        return name;
    }
  };
}
