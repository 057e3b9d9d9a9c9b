import { conditions, type ConditionValue } from '../../ui/Condition';
import { isISODate, type ISODate } from '../../lib/dates';
import { readPeriod } from './timeline';
import type { ActionStatus, ListActionsQuery } from './queries';

export const statuses = [
  'not_started',
  'in_progress',
  'paused',
  'done',
  'cancelled',
  'merged',
  'superseded',
] as const satisfies readonly ActionStatus[];

/** Short names of orders, by which other pages ask for the list; the page writes group and sort. */
const orders = ['goal', 'due', 'title', 'confirmed'] as const;
export type Order = (typeof orders)[number];

/** Fields by which the list is grouped; the server has the groups. */
export const groupings = [
  'goal',
  'theme',
  'party',
  'post',
  'status',
  'condition',
  'phase',
  'chain',
  'forum',
  'dueMonth',
] as const;
export type Grouping = (typeof groupings)[number];

/** Fields by which the list is put in order, beside those by which it is grouped. */
export const sortFields = ['dueOn', 'no', 'title', 'confirmedOn', 'updatedAt'] as const;
const sortKeys: readonly string[] = [...sortFields, ...groupings];

/** As many as are useful. */
export const maxSorts = 3;

/** What can be shown of an action beside its number and title, in the order of the form. */
export const columnKeys = [
  'lead',
  'status',
  'phase',
  'condition',
  'confirmed',
  'due',
  'starts',
  'others',
  'goals',
  'stage',
  'forum',
  'tasks',
  'updated',
] as const;
export type ColumnKey = (typeof columnKeys)[number];

/** The columns of a list of which nothing else is said. */
export const usualColumns: readonly ColumnKey[] = ['lead', 'status', 'condition', 'confirmed'];

/** Filters over ids: several of one are "or", `none` is the empty value. */
export const idFilters = [
  'partyId',
  'themeId',
  'goalId',
  'planId',
  'chainId',
  'stageId',
  'targetGroupId',
  'districtId',
  'tagId',
  'phaseId',
  'forumId',
  'postId',
  'leadPostId',
  'outcomeId',
  'silentPartyId',
  'unitId',
] as const;
export type IdFilter = (typeof idFilters)[number];

/** How long ago the status was confirmed, against how often it is to be. */
export const freshnessLevels = ['in_target', 'in_limit', 'stale'] as const;
export type FreshnessLevel = (typeof freshnessLevels)[number];

/** Filters over days, the day itself included. */
export const dayFilters = ['dueFrom', 'dueTo', 'confirmedFrom', 'confirmedTo'] as const;

/** The filters of the list, as they stand in the address. */
export type ActionSearch = Partial<Record<IdFilter, string[]>> & {
  q?: string;
  status?: ActionStatus[];
  condition?: ConditionValue[];
  freshness?: FreshnessLevel[];
  unowned?: boolean;
  atRisk?: boolean;
  mine?: true;
  withdrawn?: true;
  dueFrom?: ISODate;
  dueTo?: ISODate;
  confirmedFrom?: ISODate;
  confirmedTo?: ISODate;
  order?: Order;
  /** By the first goal if left out. */
  group?: Grouping | 'none';
  /** Keys in order, apart by commas, `-` for descending; within the groups. */
  sort?: string;
  /** In the order in which they stand. */
  columns?: ColumnKey[];
  /** As what the list is shown; a table if left out. */
  view?: 'timeline' | 'board';
  /** Key of the column of the board that a narrow screen shows. */
  column?: string;
  /** What the timeline shows: a year or a council term, as `2027` or `2025-2029`. */
  period?: string;
  /** Id of the saved view that was opened. */
  saved?: string;
  /** Number of the action in the quick view. */
  show?: number;
};

function list<Value extends string>(
  value: unknown,
  allowed: readonly Value[],
): Value[] | undefined {
  const values = (Array.isArray(value) ? value : [value]) as unknown[];
  const known = allowed.filter((candidate) => values.includes(candidate));
  return known.length > 0 ? known : undefined;
}

/** The ids of a filter as they stand in the address. */
export function idsOf(value: unknown): string[] | undefined {
  const values = (Array.isArray(value) ? value : [value]) as unknown[];
  const known = values.filter((text): text is string => typeof text === 'string' && text !== '');
  return known.length > 0 ? known : undefined;
}

function day(value: unknown): ISODate | undefined {
  return isISODate(value) ? value : undefined;
}

/** Yes and no are both a filter; anything else is none. */
function yesOrNo(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

/** Without the keys that have no value, so that two searches of the same filters are the same. */
function present(search: ActionSearch): ActionSearch {
  const entries: [string, unknown][] = Object.entries(search);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Reads the address; what cannot be a filter is left out. */
export function readActionSearch(search: Record<string, unknown>): ActionSearch {
  const found: ActionSearch = {
    q: typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q) : undefined,
    status: list(search.status, statuses),
    condition: list(search.condition, conditions),
    freshness: list(search.freshness, freshnessLevels),
    unowned: yesOrNo(search.unowned),
    atRisk: yesOrNo(search.atRisk),
    mine: search.mine === true || search.mine === 'true' ? true : undefined,
    withdrawn: search.withdrawn === true || search.withdrawn === 'true' ? true : undefined,
    ...readOrder(search),
    columns: inOrder(search.columns),
    view: list(search.view, ['timeline', 'board'])?.[0],
    column: typeof search.column === 'string' ? search.column : undefined,
    period: readPeriod(search.period),
    saved: typeof search.saved === 'string' ? search.saved : undefined,
    show: typeof search.show === 'number' ? search.show : undefined,
  };
  for (const key of idFilters) found[key] = idsOf(search[key]);
  for (const key of dayFilters) found[key] = day(search[key]);
  return present(found);
}

const shortOrders: Record<Order, Pick<ActionSearch, 'group' | 'sort'>> = {
  goal: {},
  due: { group: 'none', sort: 'dueOn' },
  title: { group: 'none', sort: 'title' },
  confirmed: { group: 'none', sort: 'confirmedOn' },
};

/**
 * Group and sort of an address. A saved view names the order as the server does, with the group
 * before the other keys; another page may name one of the short orders.
 */
function readOrder(search: Record<string, unknown>): Pick<ActionSearch, 'group' | 'sort'> {
  const group = list(search.group, ['none', ...groupings] as const)?.[0];
  const short = list(search.order, orders)?.[0];
  if (!group && typeof search.sort !== 'string' && short) return shortOrders[short];
  const keys = typeof search.sort === 'string' ? search.sort.split(',') : [];
  const known = keys.filter((key, at) => {
    const name = key.replace(/^-/, '');
    return (
      sortKeys.includes(name) &&
      name !== (group ?? 'goal') &&
      keys.findIndex((other) => other.replace(/^-/, '') === name) === at
    );
  });
  const sort = known.slice(0, maxSorts).join(',');
  return {
    group: group === 'goal' ? undefined : group,
    sort: sort === '' || sort === usualSort(group) ? undefined : sort,
  };
}

/** Within the groups: by number under a goal, else what is due first. */
function usualSort(group: ActionSearch['group']): string {
  return group === undefined || group === 'goal' ? 'no' : 'dueOn';
}

/** The keys by which the list is put in order within its groups, as they stand in the address. */
export function sortOf({ group, sort }: ActionSearch): string[] {
  return (sort ?? usualSort(group)).split(',');
}

/** The columns, in the order in which the address names them. */
function inOrder(value: unknown): ColumnKey[] | undefined {
  const known = idsOf(value)?.filter((each): each is ColumnKey =>
    (columnKeys as readonly string[]).includes(each),
  );
  return known && known.length > 0 ? [...new Set(known)] : undefined;
}

/** What narrows the list, without order and quick view. */
export function filtersOf(
  search: ActionSearch,
): Omit<
  ActionSearch,
  'order' | 'group' | 'sort' | 'columns' | 'view' | 'column' | 'period' | 'show' | 'saved'
> {
  const { q, status, condition, freshness, unowned, atRisk, mine, withdrawn } = search;
  const filters: ActionSearch = {
    q,
    status,
    condition,
    freshness,
    unowned,
    atRisk,
    mine,
    withdrawn,
  };
  for (const key of dayFilters) filters[key] = search[key];
  for (const key of idFilters) filters[key] = search[key];
  return present(filters);
}

function asWord(value: boolean | undefined) {
  return value === undefined ? undefined : value ? 'true' : 'false';
}

/** The filters as the server takes them. */
export function listQuery(search: ActionSearch, asOf: ISODate | undefined): ListActionsQuery {
  const { unowned, atRisk, mine, withdrawn, ...filters } = filtersOf(search);
  const { group = 'goal' } = search;
  return {
    ...filters,
    unowned: asWord(unowned),
    atRisk: asWord(atRisk),
    mine: mine && 'true',
    withdrawn: withdrawn && 'true',
    sort: [...(group === 'none' ? [] : [group]), ...sortOf(search)].join(','),
    asOf,
  };
}

/** The search without any filter, but with its order, columns and display. */
export function withoutFilters(search: ActionSearch): ActionSearch {
  const { group, sort, columns, view, period } = search;
  return present({ group, sort, columns, view, period });
}

/** What a new action begins with, when another page leads to the form. */
export interface NewActionSearch {
  stageId?: string;
  /** The hand-over that it is to treat. */
  handoverId?: string;
}

/** Reads the address of the form; what is no id is left out. */
export function readNewActionSearch(search: Record<string, unknown>): NewActionSearch {
  return {
    ...(typeof search.stageId === 'string' && { stageId: search.stageId }),
    ...(typeof search.handoverId === 'string' && { handoverId: search.handoverId }),
  };
}
