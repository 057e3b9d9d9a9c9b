import type { Standing } from '../../api/responsibilities';
import { readTermSearch, type TermSearch } from '../../content/termSearch';
import { isISODate, type ISODate } from '../../lib/dates';

/** What can be asked about, in the order of the choices. */
export const kinds = ['goal', 'action', 'chain', 'stage', 'handover', 'forum'] as const;
export type Kind = (typeof kinds)[number];

/** Of which thing and which day the page tells; the names are those of the address. */
export interface OnSearch {
  kind?: Kind;
  id?: string;
  date?: ISODate;
}

/** Reads the address; what cannot be asked is left out. */
export function readOnSearch(search: Record<string, unknown>): OnSearch {
  const kind = kinds.find((known) => known === search.kind);
  const id = typeof search.id === 'string' && search.id !== '' ? search.id : undefined;
  const date = isISODate(search.date) ? search.date : undefined;
  return { ...(kind && { kind }), ...(kind && id && { id }), ...(date && { date }) };
}

export const parts = ['lead', 'shared', 'support', 'informed'] as const;

/** The standings behind each choice of acceptance: what the counts of the matrix count. */
export const standings = {
  waiting: ['proposed', 'declined', 'reopened', 'change_declined'],
  in_force: ['in_force', 'reopened', 'change_declined'],
} as const satisfies Record<string, readonly Standing[]>;

/** The kinds of thing whose parts the balance counts. */
export const work = ['goal', 'action', 'stage', 'handover'] as const satisfies readonly Kind[];

/** The filters of the list of responsibilities, as they stand in the address. */
export interface ListSearch extends TermSearch {
  kind?: Kind | 'work';
  chainId?: string;
  /** Only what has begun by the day shown. */
  begun?: true;
  partyId?: string;
  part?: (typeof parts)[number];
  acceptance?: keyof typeof standings;
}

/** Reads those filters from the address; what is no filter is left out. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
  const { partyId, chainId, acceptance } = search;
  const kind = [...kinds, 'work' as const].find((known) => known === search.kind);
  const part = parts.find((known) => known === search.part);
  return {
    ...(kind && { kind }),
    ...(typeof partyId === 'string' && partyId !== '' && { partyId }),
    ...(part && { part }),
    ...((acceptance === 'waiting' || acceptance === 'in_force') && { acceptance }),
    ...(typeof chainId === 'string' && chainId !== '' && { chainId }),
    ...readTermSearch(search),
    ...(search.begun === true && { begun: true as const }),
  };
}
