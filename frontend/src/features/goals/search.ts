import { acceptances, endedChoices, type GoalFilter } from './queries';

/** Reads the register's filters from the address; what is no filter is left out. */
export function readGoalSearch(search: Record<string, unknown>): GoalFilter {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    theme: text(search.theme),
    group: text(search.group),
    plan: text(search.plan),
    tag: text(search.tag),
    party: text(search.party),
    chain: text(search.chain),
    acceptance: acceptances.find((known) => known === search.acceptance),
    ended: endedChoices.find((known) => known === String(search.ended)),
  };
}

/** What a goal's address says beside the goal. */
export interface GoalPageSearch {
  /** The form is open. */
  edit?: true;
}

export function readGoalPageSearch(search: Record<string, unknown>): GoalPageSearch {
  return search.edit === true ? { edit: true } : {};
}
