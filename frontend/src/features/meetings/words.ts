import type { Texts } from '../../i18n';
import { dateOf, formatDate, formatTime } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import type { AgendaItem, Meeting, Outcome, OutcomeType } from './queries';

/** The states of a meeting that is not called off, in their order. */
export const statuses = [
  'draft',
  'called',
  'in_progress',
  'closed',
  'approved',
  'published',
] as const;

/** The types of outcome, in the order of their keys. */
export const outcomeTypes = [
  'decision',
  'assignment',
  'recommendation',
  'noted',
  'deferred',
  'referral',
] as const satisfies readonly OutcomeType[];

type When = Pick<Meeting, 'startsAt' | 'endsAt'>;

/** `ti 8.12.2026 klo 13.00–15.00` */
export function meetingTime(meeting: When, t: Texts, lang: Lang): string {
  const day = formatDate(dateOf(meeting.startsAt), lang, { weekday: true });
  const from = formatTime(meeting.startsAt, lang);
  return `${day} ${t.meetings.time(from, formatTime(meeting.endsAt, lang))}`;
}

/** What came of an item, in a few words for the agenda. */
export function outcomeWords(outcomes: readonly Outcome[], t: Texts): string {
  const words = outcomeTypes.flatMap((type) => {
    const count = outcomes.filter((outcome) => outcome.type === type).length;
    return count === 0 ? [] : [t.meetings.outcomes.counted[type](count)];
  });
  const text = words.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `4` or, of a sub-item, `4.1`; nothing of a heading. */
export function itemNo({ agendaNo, subNo }: { agendaNo: number; subNo?: number }): string {
  if (agendaNo === 0) return '';
  return subNo ? `${agendaNo}.${subNo}` : String(agendaNo);
}

/** Whether a screen that others look at tells of an item no more than its number and the ground. */
export function isConfidential({ hidden, visibility }: AgendaItem): boolean {
  return hidden || visibility === 'internal';
}

/** Items that keep a meeting from being closed: no outcome, nothing said of it, nothing under it. */
export function unhandledOf(items: readonly AgendaItem[]): AgendaItem[] {
  return items.filter(
    (item) =>
      item.kind === 'item' &&
      item.outcomes.length === 0 &&
      !item.notHandled &&
      !item.carriedOn &&
      !items.some(({ parentId }) => parentId === item.id),
  );
}

/** Outcomes that do not say where they go: a deferral until when, a recommendation to whom. */
export function unaimedOf(items: readonly AgendaItem[]): { item: AgendaItem; outcome: Outcome }[] {
  return items.flatMap((item) =>
    item.outcomes
      .filter(
        (o) =>
          (o.type === 'deferred' && !o.dueOn && !o.toMeeting && !item.carriedOn) ||
          (o.type === 'recommendation' && !o.toPost && !o.toWhom),
      )
      .map((outcome) => ({ item, outcome })),
  );
}

/** Decisions and assignments of a meeting: what needs an ending. */
export function decisionsOf(
  items: readonly AgendaItem[],
): { item: AgendaItem; outcome: Outcome }[] {
  return items.flatMap((item) =>
    item.outcomes
      .filter(({ type }) => type === 'decision' || type === 'assignment')
      .map((outcome) => ({ item, outcome })),
  );
}
