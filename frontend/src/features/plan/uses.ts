import type { Texts } from '../../i18n';
import type { TermUses } from './queries';

/** Says how much has a term, such as "3 goals, 12 actions". */
export function usesText(uses: TermUses, t: Texts['plan']): string {
  return (['goals', 'actions', 'chains', 'forums'] as const)
    .filter((kind) => uses[kind] > 0)
    .map((kind) => t.uses[kind](uses[kind]))
    .join(', ');
}
