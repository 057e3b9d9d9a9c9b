import type { LinkProps } from '@tanstack/react-router';
import { addDays } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import type { ConditionValue } from '../../ui/Condition';
import type { Overview } from './queries';

type Search = Exclude<LinkProps['search'], true | ((...args: never[]) => unknown)>;

/**
 * The places that the figures lead to. Each list has as many rows as its figure says: the filters
 * are those by which the server counted.
 */
export function overviewLinks(lang: Lang, { day, plan, next }: Overview) {
  const actions = (search: Search): LinkProps => ({
    to: '/$lang/actions',
    params: { lang },
    search,
  });
  const open = (search: Search) =>
    actions({ status: ['not_started', 'in_progress', 'paused'], ...search });
  return {
    goals: { to: '/$lang/goals', params: { lang }, search: { plan: plan?.id } } as LinkProps,
    actions: actions({}),
    action: (no: number): LinkProps => ({
      to: '/$lang/actions/$no',
      params: { lang, no: String(no) },
    }),
    condition: (value: ConditionValue) => actions({ condition: [value] }),
    due: actions({ status: ['not_started', 'in_progress'], dueFrom: day, dueTo: next.until }),
    open: open({}),
    confirmedInTarget: open({ confirmedFrom: addDays(day, -30) }),
    confirmedInLimit: open({
      confirmedFrom: addDays(day, -60),
      confirmedTo: addDays(day, -31),
    }),
    confirmedEarlier: open({ confirmedTo: addDays(day, -61) }),
    help: { to: '/$lang/help/condition', params: { lang } } as LinkProps,
    forums: { to: '/$lang/forums', params: { lang } } as LinkProps,
    meeting: (id: string): LinkProps => ({ to: '/$lang/meetings/$id', params: { lang, id } }),
  };
}

export type OverviewLinks = ReturnType<typeof overviewLinks>;
