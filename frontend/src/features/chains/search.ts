import { readTermSearch, type TermSearch } from '../../content/termSearch';
import type { HandoverItem } from './types';

/** What a chain's address says beside the chain. */
export interface ChainSearch {
  /** The hand-over whose details are open. */
  handover?: string;
  /** The form is open. */
  edit?: true;
}

/** The filters of the register, as they stand in the address. */
export interface ChainListSearch {
  themeId?: string;
  tagId?: string;
  partyId?: string;
}

/** Reads the register's filters from the address; what is no filter is left out. */
export function readChainListSearch(search: Record<string, unknown>): ChainListSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const themeId = text(search.themeId);
  const tagId = text(search.tagId);
  const partyId = text(search.partyId);
  return { ...(themeId && { themeId }), ...(tagId && { tagId }), ...(partyId && { partyId }) };
}

/** Reads the address; what is no id is left out. */
export function readChainSearch(search: Record<string, unknown>): ChainSearch {
  return {
    ...(typeof search.handover === 'string' && search.handover !== ''
      ? { handover: search.handover }
      : {}),
    ...(search.edit === true ? { edit: true as const } : {}),
  };
}

export const gapWidths = [
  'major',
  'minor',
  'none',
] as const satisfies readonly HandoverItem['gap'][];

/** What the filter of acceptance lets through: the standings behind each choice. */
export const standings = {
  waiting: ['proposed', 'declined', 'reopened', 'change_declined'],
  in_force: ['in_force', 'reopened', 'change_declined'],
} as const satisfies Record<string, readonly HandoverItem['standing'][]>;

/** The filters of the list of hand-overs, as they stand in the address. */
export interface HandoverListSearch extends Pick<TermSearch, 'themeId' | 'tagId'> {
  chainId?: string;
  partyId?: string;
  gap?: HandoverItem['gap'];
  acceptance?: keyof typeof standings;
}

/** Reads those filters from the address; what is no filter is left out. */
export function readHandoverListSearch(search: Record<string, unknown>): HandoverListSearch {
  const { chainId, partyId, acceptance } = search;
  const { themeId, tagId } = readTermSearch(search);
  const gap = gapWidths.find((width) => width === search.gap);
  return {
    ...(themeId && { themeId }),
    ...(tagId && { tagId }),
    ...(typeof chainId === 'string' && chainId !== '' && { chainId }),
    ...(typeof partyId === 'string' && partyId !== '' && { partyId }),
    ...(gap && { gap }),
    ...((acceptance === 'waiting' || acceptance === 'in_force') && { acceptance }),
  };
}
