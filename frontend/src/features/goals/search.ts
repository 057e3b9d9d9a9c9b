import { acceptances, endedChoices, type GoalSearch } from './queries';

/**
 * Reads the register's filters from the address, also under the names that the server and so a saved
 * view has for them; what is no filter is left out.
 */
export function readGoalSearch(search: Record<string, unknown>): GoalSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    theme: text(search.theme) ?? text(search.themeId),
    group: text(search.group) ?? text(search.targetGroupId),
    plan: text(search.plan) ?? text(search.planId),
    tag: text(search.tag) ?? text(search.tagId),
    party: text(search.party) ?? text(search.partyId),
    chain: text(search.chain) ?? text(search.chainId),
    acceptance: acceptances.find((known) => known === search.acceptance),
    ended: endedChoices.find((known) => known === String(search.ended)),
    shared: text(search.shared) ?? text(search.sharedGoalId),
    saved: text(search.saved),
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
