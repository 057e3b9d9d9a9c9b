/** The levels, the lowest first: what is above is written on what is below. */
export const levels = ['action', 'goal', 'plan'] as const;
export type Level = (typeof levels)[number];

/** How a report stands, what is to be done first. */
export const standings = ['missing', 'waiting', 'late', 'reported'] as const;
export type Standing = (typeof standings)[number];

/** What of a round is listed, kept in the address; several of one kind are alternatives. */
export interface RoundSearch {
  level?: Level;
  /** The id of a party. */
  party?: string;
  state?: Standing[];
}

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((each) => each === value);

/** Reads the page's part of the address; what is not understood is left out. */
export function readRoundSearch(search: Record<string, unknown>): RoundSearch {
  const level = oneOf(levels, search.level);
  const state = standings.filter((each) => [search.state].flat().includes(each));
  return {
    ...(level ? { level } : {}),
    ...(typeof search.party === 'string' && search.party !== '' ? { party: search.party } : {}),
    ...(state.length > 0 ? { state } : {}),
  };
}

/** Which rounds stand side by side, and which level of them. */
export interface CompareSearch {
  /** Keys of rounds. */
  round?: string[];
  level?: Level;
}

/** How many rounds stand side by side at most. */
export const maxCompared = 4;

export function readCompareSearch(search: Record<string, unknown>): CompareSearch {
  const level = oneOf(levels, search.level);
  const round = [search.round].flat().filter((key): key is string => typeof key === 'string');
  return {
    ...(round.length > 0 ? { round: [...new Set(round)].slice(0, maxCompared) } : {}),
    ...(level ? { level } : {}),
  };
}
