import type { components } from '../api/schema';
import type { LocalisedText } from '../lib/text';
import type { ConditionValue } from '../ui/Condition';
import type { GoalRow } from './GoalTable';

/** A goal of the register as a row of the table of goals. */
export function goalRow(
  goal: components['schemas']['Goal'],
  themes: readonly { id: string; title: LocalisedText }[],
): GoalRow {
  const title = themes.find(({ id }) => id === goal.themeId)?.title ?? {};
  return {
    ...goal,
    theme: { id: goal.themeId, title },
    sharedNo: goal.sharedGoal?.no,
    leads: goal.responsibilities.filter(({ part }) => part === 'lead').map(({ post }) => post),
    unaccepted: goal.responsibilities.filter(({ standing }) => standing !== 'in_force').length,
    actions: goal.actions.map((action) => ({
      ...action,
      condition: action.condition satisfies ConditionValue,
    })),
  };
}
