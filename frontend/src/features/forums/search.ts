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

export const loopKinds = ['without_ending', 'referral', 'deferred'] as const;
/** Ages to filter by, in days. */
export const ages = ['30', '90', '180', '365'] as const;

/** The filters of the open loops, as they stand in the address. */
export interface LoopSearch {
  forumId?: string;
  partyId?: string;
  kind?: (typeof loopKinds)[number];
  minAge?: (typeof ages)[number];
  /** Of the forum. */
  tagId?: string;
}

/** Reads the address; what cannot be a filter is left out. */
export function readLoopSearch(search: Record<string, unknown>): LoopSearch {
  const { forumId, partyId, tagId } = search;
  const kind = loopKinds.find((known) => known === search.kind);
  const minAge = ages.find((known) => known === String(search.minAge));
  return {
    ...(typeof forumId === 'string' && forumId !== '' && { forumId }),
    ...(typeof partyId === 'string' && partyId !== '' && { partyId }),
    ...(kind && { kind }),
    ...(minAge && { minAge }),
    ...(typeof tagId === 'string' && tagId !== '' && { tagId }),
  };
}
