import { formatPrecise } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import type { ActionSummary } from './queries';

/** The due date as exactly as it is known; empty without one. */
export function dueText(action: Pick<ActionSummary, 'dueOn' | 'duePrecision'>, lang: Lang): string {
  return action.dueOn ? formatPrecise(action.dueOn, action.duePrecision, lang) : '';
}

export function startText(
  action: Pick<ActionSummary, 'startsOn' | 'startsPrecision'>,
  lang: Lang,
): string {
  return action.startsOn ? formatPrecise(action.startsOn, action.startsPrecision, lang) : '';
}

/** Whether the caller may do this to the action. */
export function may(action: { permissions: readonly string[] }, permission: string): boolean {
  return action.permissions.includes(permission);
}

/** Whether nothing more is expected of it. */
export function isClosed({ status }: Pick<ActionSummary, 'status'>): boolean {
  return (
    status === 'done' || status === 'cancelled' || status === 'merged' || status === 'superseded'
  );
}
