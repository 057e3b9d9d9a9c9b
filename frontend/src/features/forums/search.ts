import type { Forum } from './queries';

/** The filters of the register, as they stand in the address. */
export interface ForumSearch {
  level?: Forum['level'];
  partyId?: string;
}

export const levels = ['statutory', 'strategic', 'thematic', 'network'] as const;

/** Reads the filters; what is none of them is left out. */
export function readForumSearch(search: Record<string, unknown>): ForumSearch {
  const level = levels.find((known) => known === search.level);
  return {
    ...(level && { level }),
    ...(typeof search.partyId === 'string' && search.partyId && { partyId: search.partyId }),
  };
}
