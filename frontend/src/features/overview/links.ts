import type { LinkProps } from '@tanstack/react-router';
import { addDays } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import type { ConditionValue } from '../../ui/Condition';
import type { Overview } from './queries';

const open = ['not_started', 'in_progress', 'paused'];
const running = ['not_started', 'in_progress'];

/**
 * The places that the figures lead to. Each list has as many rows as its figure says: the filters
 * are those by which the server counted.
 */
export function overviewLinks(lang: Lang, { day, plan, next }: Overview) {
  const at = (path: string, search?: Record<string, unknown>) => {
    const to: string = `/${lang}/${path}`;
    return { to, search } as LinkProps;
  };
  const actions = (search?: Record<string, unknown>) => at('actions', search);
  return {
    goals: at('goals', plan && { planId: [plan.id] }),
    goal: (no: number) => at(`goals/${no}`),
    actions: actions(),
    action: (no: number) => at(`actions/${no}`),
    ofGoal: (goalId: string) => actions({ goalId: [goalId] }),
    condition: (value: ConditionValue) => actions({ condition: [value] }),
    due: actions({ status: running, dueFrom: day, dueTo: next.until }),
    confirmedInTarget: actions({ status: open, confirmedFrom: addDays(day, -30) }),
    confirmedInLimit: actions({
      status: open,
      confirmedFrom: addDays(day, -60),
      confirmedTo: addDays(day, -31),
    }),
    confirmedEarlier: actions({ status: open, confirmedTo: addDays(day, -61) }),
    open: actions({ status: open }),
    forums: at('forums'),
    meeting: (id: string) => at(`meetings/${id}`),
  };
}

export type OverviewLinks = ReturnType<typeof overviewLinks>;
