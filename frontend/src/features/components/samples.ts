import { useTexts } from '../../i18n';
import type { ConditionValue } from '../../ui/Condition';
import type { PartyLook } from '../../ui/PartyMark';

/** The parties as this page draws them. */
export function useParties() {
  const t = useTexts().components.parties;
  const espoo: PartyLook = { shape: 'square', letter: 'E', name: t.espoo };
  const luvn: PartyLook = { shape: 'circle', letter: 'L', name: t.luvn };
  const others = t.other.map((party): PartyLook => ({ ...party, shape: 'outline' }));
  return { espoo, luvn, others };
}

/** Numbers and conditions of the actions in the sample strip. */
export const stripActions: readonly { no: number; value: ConditionValue }[] = [
  { no: 8, value: 'due_soon' },
  { no: 9, value: 'late' },
  { no: 10, value: 'on_time' },
  { no: 11, value: 'not_started' },
  { no: 12, value: 'done' },
  { no: 17, value: 'stale' },
  { no: 40, value: 'paused' },
];

/** Sample counts for the bar. */
export const barCounts: readonly { value: ConditionValue; count: number }[] = [
  { value: 'late', count: 7 },
  { value: 'stale', count: 3 },
  { value: 'due_soon', count: 3 },
  { value: 'on_time', count: 19 },
  { value: 'not_started', count: 4 },
  { value: 'paused', count: 1 },
  { value: 'done', count: 6 },
  { value: 'cancelled', count: 1 },
];
