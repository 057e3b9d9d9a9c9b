export const levels = ['statutory', 'strategic', 'thematic', 'network'] as const;
export type Level = (typeof levels)[number];

/** The filters of the register, as they stand in the address. */
export interface ForumSearch {
  level?: Level;
  partyId?: string;
  chainId?: string;
  tagId?: string;
}

/** Reads the address; what cannot be a filter is left out. */
export function readForumSearch(search: Record<string, unknown>): ForumSearch {
  const level = levels.find((known) => known === search.level);
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const partyId = text(search.partyId);
  const chainId = text(search.chainId);
  const tagId = text(search.tagId);
  return {
    ...(level && { level }),
    ...(partyId && { partyId }),
    ...(chainId && { chainId }),
    ...(tagId && { tagId }),
  };
}
