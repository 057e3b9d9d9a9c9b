import type { LinkProps } from '@tanstack/react-router';
import type { Lang } from '../../lib/lang';
import { termQuery, type TermSearch } from '../../content/termSearch';
import type { ConditionValue } from '../../ui/Condition';
import type { Overview } from './queries';

type Search = Exclude<LinkProps['search'], true | ((...args: never[]) => unknown)>;

/**
 * The places that the figures lead to. Each list has as many rows as its figure says: the filters
 * are those by which the server counted.
 */
export function overviewLinks(lang: Lang, { day, plan, next }: Overview, terms: TermSearch) {
  const narrowed = Object.keys(terms).length > 0;
  const { themeId, tagId } = terms;
  const actions = (search: Search): LinkProps => ({
    to: '/$lang/actions',
    params: { lang },
    search: { ...termQuery(terms), ...search },
  });
  const open = (search: Search) =>
    actions({ status: ['not_started', 'in_progress', 'paused'], ...search });
  return {
    // Narrowed by what its actions have, too: the goals of this page itself.
    goals: (narrowed
      ? { to: '/$lang', params: { lang }, search: terms, hash: 'overview-goals' }
      : { to: '/$lang/goals', params: { lang }, search: { plan: plan?.id } }) as LinkProps,
    gap: (gap: 'minor' | 'major', chainId?: string): LinkProps => ({
      to: '/$lang/gaps',
      params: { lang },
      search: { gap, chainId, themeId, tagId },
    }),
    /** The hand-overs of a chain without a gap; those with one are in the list of gaps. */
    sound: (chainId: string): LinkProps => ({
      to: '/$lang/handovers',
      params: { lang },
      search: { gap: 'none', chainId },
    }),
    chain: (id: string): LinkProps => ({ to: '/$lang/chains/$id', params: { lang, id } }),
    actions: actions({}),
    action: (no: number): LinkProps => ({
      to: '/$lang/actions/$no',
      params: { lang, no: String(no) },
    }),
    condition: (value: ConditionValue) => actions({ condition: [value] }),
    due: actions({ status: ['not_started', 'in_progress'], dueFrom: day, dueTo: next.until }),
    open: open({}),
    confirmedInTarget: open({ freshness: ['in_target'] }),
    confirmedInLimit: open({ freshness: ['in_limit'] }),
    confirmedEarlier: open({ freshness: ['stale'] }),
    help: { to: '/$lang/help/condition', params: { lang } } as LinkProps,
    forums: { to: '/$lang/forums', params: { lang } } as LinkProps,
    openLoops: { to: '/$lang/open-loops', params: { lang } } as LinkProps,
    meeting: (id: string): LinkProps => ({ to: '/$lang/meetings/$id', params: { lang, id } }),
  };
}

export type OverviewLinks = ReturnType<typeof overviewLinks>;
