import { useLang, useTexts, type Texts } from '../../i18n';
import { formatDate, formatPrecise } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import { localised } from '../../lib/text';
import type { ActionSummary } from './queries';

type Explanation = ActionSummary['condition']['explanation'];

/** Why the condition is what it is, in words: the first sentence and the rest. */
export function explain(
  { code, days = 0, limit = 0, on = '', precision = 'day', task }: Explanation,
  t: Texts['actions']['explain'],
  lang: Lang,
): { head: string; rest: string } {
  const date = formatDate(on, lang);
  switch (code) {
    case 'late':
      return t.late(days, date);
    case 'stale':
      return t.stale(days, limit);
    case 'due_soon':
      return t.due_soon(days, date);
    case 'task_late':
    case 'milestone_late':
    case 'task_soon':
    case 'milestone_soon':
      return t[code](days, date, localised(task?.title, lang).value);
    case 'on_time':
      return t.on_time(days, date);
    case 'starts_on':
      return t.starts_on(precision !== 'day', date);
    case 'start_passed':
      return t.start_passed(days, date);
    default:
      return t[code]();
  }
}

export function useExplanation(explanation: Explanation) {
  return explain(explanation, useTexts().actions.explain, useLang());
}

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
