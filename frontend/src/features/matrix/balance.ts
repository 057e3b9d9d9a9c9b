import type { Balance } from './queries';

export type BalanceRow = Balance['rows'][number];
export type Figures = BalanceRow['figures'][number];

/** What the trend is drawn of: the parts that a party answers with, or what is amiss. */
export const measures = ['parts', 'unaccepted', 'overdue', 'stale'] as const;
export type Measure = (typeof measures)[number];

export function measured(figures: Figures | undefined, measure: Measure): number {
  if (!figures) return 0;
  return measure === 'parts' ? figures.leads + figures.shared : figures[measure];
}

/** The rows of one group, which is the only one if the balance is by party. */
export interface BalanceGroup {
  id: string;
  title: NonNullable<BalanceRow['group']>['title'] | undefined;
  rows: BalanceRow[];
}

export function balanceGroups(balance: Balance): BalanceGroup[] {
  const groups: BalanceGroup[] = [];
  for (const row of balance.rows) {
    const id = row.group?.id ?? '';
    const last = groups.at(-1);
    if (last?.id === id) last.rows.push(row);
    else groups.push({ id, title: row.group?.title, rows: [row] });
  }
  return groups;
}
