/** What a plan's address says beside the plan. */
export interface PlanPageSearch {
  /** The form is open. */
  edit?: true;
}

/** The days that are compared; what is typed stays, the server says what is wrong with it. */
export interface CompareSearch {
  from?: string;
  to?: string;
  /** Key of another plan, which is compared as it was on the first day. */
  before?: string;
}

export function readCompareSearch(search: Record<string, unknown>): CompareSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return { from: text(search.from), to: text(search.to), before: text(search.before) };
}

export function readPlanPageSearch(search: Record<string, unknown>): PlanPageSearch {
  return search.edit === true ? { edit: true } : {};
}
