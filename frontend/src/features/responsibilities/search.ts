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
