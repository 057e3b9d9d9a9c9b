import type { MeetingSummary } from './queries';

/** Whether the meeting took place, whatever became of its paper. */
export function hasBeenHeld({ status }: Pick<MeetingSummary, 'status'>): boolean {
  return status === 'closed' || status === 'approved' || status === 'published';
}

/** Its number as people say it: 4/2026. */
export function meetingNo({ number, year }: { number: number; year: number }): string {
  return `${number}/${year}`;
}
