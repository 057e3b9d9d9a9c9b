/** What a daily digest can be about, in its order. */
export const topics = [
  'late',
  'acceptance',
  'papers',
  'stale',
  'due_soon',
  'round_closing',
  'round_opened',
] as const;

export type Topic = (typeof topics)[number];

export const isTopic = (text: string): text is Topic => topics.some((topic) => topic === text);
