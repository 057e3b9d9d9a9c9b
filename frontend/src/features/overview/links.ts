import type { LinkProps } from '@tanstack/react-router';
import type { Lang } from '../../lib/lang';
import type { ConditionValue } from '../../ui/Condition';
import type { ActionStatus, Overview } from './queries';
import {
  overviewQueryOf,
  type Acceptance,
  type OverviewFilter,
  type OverviewSearch,
} from './search';

type Search = Exclude<LinkProps['search'], true | ((...args: never[]) => unknown)>;

/**
 * The places that the figures lead to. Each list has as many rows as its figure says: the filters
 * are those by which the server counted.
 */
export function overviewLinks(lang: Lang, { day, plan, next }: Overview, filter: OverviewFilter) {
  const narrowed = Object.keys(filter).length > 0;
  const { themeId, tagId, partyId, chainId } = filter;
  const actions = (search: Search): LinkProps => ({
    to: '/$lang/actions',
    params: { lang },
    search: { ...overviewQueryOf(filter), ...search },
  });
  const open = (search: Search) =>
    actions({ status: ['not_started', 'in_progress', 'paused'], ...search });
  // Narrowed by what its actions have, too: the goals of this page itself.
  const goals = (acceptance?: Acceptance): LinkProps =>
    narrowed
      ? {
          to: '/$lang',
          params: { lang },
          search: { ...filter, acceptance },
          hash: 'overview-goals',
        }
      : { to: '/$lang/goals', params: { lang }, search: { plan: plan?.id, acceptance } };
  return {
    goals: goals(),
    goalsBy: (acceptance: Acceptance) => goals(acceptance),
    gap: (gap: 'minor' | 'major', ofChain = chainId): LinkProps => ({
      to: '/$lang/gaps',
      params: { lang },
      search: { gap, chainId: ofChain, themeId, tagId, partyId },
    }),
    /** The hand-overs of a chain without a gap; those with one are in the list of gaps. */
    sound: (ofChain: string): LinkProps => ({
      to: '/$lang/handovers',
      params: { lang },
      search: { gap: 'none', chainId: ofChain, themeId, tagId, partyId },
    }),
    chain: (id: string): LinkProps => ({ to: '/$lang/chains/$id', params: { lang, id } }),
    actions: actions({}),
    action: (no: number): LinkProps => ({
      to: '/$lang/actions/$no',
      params: { lang, no: String(no) },
    }),
    condition: (value: ConditionValue) => actions({ condition: [value] }),
    status: (value: ActionStatus) => actions({ status: [value] }),
    phase: (id: string | undefined) => actions({ phaseId: [id ?? 'none'] }),
    due: actions({ status: ['not_started', 'in_progress'], dueFrom: day, dueTo: next.until }),
    open: open({}),
    confirmedInTarget: open({ freshness: ['in_target'] }),
    confirmedInLimit: open({ freshness: ['in_limit'] }),
    confirmedEarlier: open({ freshness: ['stale'] }),
    help: { to: '/$lang/help/condition', params: { lang } } as LinkProps,
    forums: { to: '/$lang/forums', params: { lang } } as LinkProps,
    openLoops: { to: '/$lang/open-loops', params: { lang } } as LinkProps,
    withoutEnding: {
      to: '/$lang/open-loops',
      params: { lang },
      search: { kind: 'without_ending' },
    } as LinkProps,
    meeting: (id: string): LinkProps => ({ to: '/$lang/meetings/$id', params: { lang, id } }),
  };
}

export type OverviewLinks = ReturnType<typeof overviewLinks>;

/** The places that the figures of a chain or a party lead to, by the same filters. */
export function groupLinks(
  lang: Lang,
  by: NonNullable<OverviewSearch['by']>,
  id: string | undefined,
  filter: OverviewFilter,
  planId: string | undefined,
) {
  const of = { ...filter, [by === 'chain' ? 'chainId' : 'partyId']: id ?? 'none' };
  const { themeId, tagId, targetGroupId, partyId, chainId } = of;
  const actions = (search: Search): LinkProps => ({
    to: '/$lang/actions',
    params: { lang },
    search: { ...overviewQueryOf(of), ...search },
  });
  const goals = (acceptance?: Acceptance): LinkProps => ({
    to: '/$lang/goals',
    params: { lang },
    search: {
      plan: planId,
      theme: themeId,
      group: targetGroupId,
      tag: tagId,
      party: partyId,
      chain: chainId,
      acceptance,
    },
  });
  const handovers = { chainId, partyId, themeId, tagId };
  return {
    actions: actions({}),
    condition: (value: ConditionValue) => actions({ condition: [value] }),
    goals: goals(),
    goalsOpen: goals('open'),
    gap: (gap: 'minor' | 'major'): LinkProps => ({
      to: '/$lang/gaps',
      params: { lang },
      search: { gap, ...handovers },
    }),
    handoversOpen: {
      to: '/$lang/handovers',
      params: { lang },
      search: { acceptance: 'waiting', ...handovers },
    } as LinkProps,
  };
}
