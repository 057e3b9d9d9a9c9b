import type { UnitReason, WorkReason } from './queries';
import { idsOf, type IdFilter } from './search';

/** The reasons to wait by what they are about, as the page narrows by them. */
export const reasonGroups = {
  late: ['late', 'reply_late', 'report_late'],
  acceptance: ['acceptance', 'changes', 'draft'],
  papers: ['approval', 'amendment', 'comments', 'unclosed', 'unapproved', 'unpublished'],
  referrals: ['reply', 'reply_late', 'returned', 'unanswered'],
  stale: ['stale', 'start_passed', 'confirm'],
  due_soon: ['due_soon'],
  rounds: ['report', 'report_late'],
} as const satisfies Record<string, readonly WorkReason[]>;
export type ReasonGroup = keyof typeof reasonGroups;

export const unitReasons = ['late', 'stale', 'due_soon'] as const satisfies readonly UnitReason[];

/** The filters of the list of actions by which own work is narrowed too, by the same names. */
export const workFilters = [
  'chainId',
  'themeId',
  'goalId',
  'forumId',
  'planId',
  'partyId',
  'targetGroupId',
  'districtId',
  'tagId',
  'postId',
] as const satisfies readonly IdFilter[];
export type WorkFilters = Partial<Record<(typeof workFilters)[number], string[]>>;

const known = new Set<string>(Object.values(reasonGroups).flat());

/** What of own work is shown, as it stands in the address. */
export interface WorkSearch extends WorkFilters {
  /** Only what waits for one of these reasons. */
  reason?: WorkReason[];
  /** What is led by the units that the reader manages, instead of the post's own. */
  scope?: 'unit';
  /** Id of the saved view that was opened. */
  saved?: string;
}

/** Reads the address; what cannot be a filter is left out. */
export function readWorkSearch(search: Record<string, unknown>): WorkSearch {
  const values = (Array.isArray(search.reason) ? search.reason : [search.reason]).filter(
    (value): value is WorkReason => typeof value === 'string' && known.has(value),
  );
  return {
    ...(values.length > 0 && { reason: values }),
    ...(search.scope === 'unit' && { scope: 'unit' }),
    ...(typeof search.saved === 'string' && { saved: search.saved }),
    ...filtersOfWork(search),
  };
}

/** What things are about, of an address: only the filters that have a value. */
export function filtersOfWork(search: Record<string, unknown> | WorkSearch): WorkFilters {
  const values: Record<string, unknown> = { ...search };
  const found: WorkFilters = {};
  for (const key of workFilters) {
    const ids = idsOf(values[key]);
    if (ids) found[key] = ids;
  }
  return found;
}

/** Which group these reasons are, if they are one. */
export function groupOf(reason: readonly WorkReason[] | undefined): ReasonGroup | '' {
  if (!reason) return '';
  const groups = Object.keys(reasonGroups) as ReasonGroup[];
  return (
    groups.find((group) => {
      const of: readonly WorkReason[] = reasonGroups[group];
      return of.length === reason.length && of.every((each) => reason.includes(each));
    }) ?? ''
  );
}

/** Those of the reasons that the actions of units can have. */
export function ofUnits(reason: readonly WorkReason[] | undefined): UnitReason[] | undefined {
  const some = unitReasons.filter((each) => reason?.includes(each));
  return some.length > 0 ? [...some] : undefined;
}
