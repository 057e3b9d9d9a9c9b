import { conditions, type ConditionValue } from '../../ui/Condition';
import { isISODate, type ISODate } from '../../lib/dates';
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

/** How the list is put in order; by goal it is grouped. */
export const orders = ['goal', 'due', 'title', 'confirmed'] as const;
export type Order = (typeof orders)[number];

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
  unowned?: true;
  atRisk?: true;
  mine?: true;
  withdrawn?: true;
  dueFrom?: ISODate;
  dueTo?: ISODate;
  confirmedFrom?: ISODate;
  confirmedTo?: ISODate;
  order?: Order;
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

function texts(value: unknown): string[] | undefined {
  const values = (Array.isArray(value) ? value : [value]) as unknown[];
  const known = values.filter((text): text is string => typeof text === 'string' && text !== '');
  return known.length > 0 ? known : undefined;
}

function day(value: unknown): ISODate | undefined {
  return isISODate(value) ? value : undefined;
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
    unowned: search.unowned === true || search.unowned === 'true' ? true : undefined,
    atRisk: search.atRisk === true || search.atRisk === 'true' ? true : undefined,
    mine: search.mine === true || search.mine === 'true' ? true : undefined,
    withdrawn: search.withdrawn === true || search.withdrawn === 'true' ? true : undefined,
    order: list(search.order, orders)?.[0],
    show: typeof search.show === 'number' ? search.show : undefined,
  };
  for (const key of idFilters) found[key] = texts(search[key]);
  for (const key of dayFilters) found[key] = day(search[key]);
  return present(found);
}

const sorts: Record<Order, string> = {
  goal: 'goal,no',
  due: 'dueOn',
  title: 'title',
  confirmed: 'confirmedOn',
};

/** What narrows the list, without order and quick view. */
export function filtersOf(search: ActionSearch): Omit<ActionSearch, 'order' | 'show'> {
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

/** The filters as the server takes them. */
export function listQuery(search: ActionSearch, asOf: ISODate | undefined): ListActionsQuery {
  const { unowned, atRisk, mine, withdrawn, ...filters } = filtersOf(search);
  const { order } = search;
  return {
    ...filters,
    unowned: unowned && 'true',
    atRisk: atRisk && 'true',
    mine: mine && 'true',
    withdrawn: withdrawn && 'true',
    sort: sorts[order ?? 'goal'],
    asOf,
  };
}

/** The search without any filter, but with its order. */
export function withoutFilters({ order }: ActionSearch): ActionSearch {
  return order ? { order } : {};
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
