import { useSearch } from '@tanstack/react-router';
import { isISODate, type ISODate } from './dates';

/** The part of the address that every page shares. */
export interface GlobalSearch {
  /** A past day to look at. Absent means now. */
  asOf?: ISODate;
}

/** Reads the shared part of the address; a day that is none is left out. */
export function readGlobalSearch(search: Record<string, unknown>): GlobalSearch {
  return isISODate(search.asOf) ? { asOf: search.asOf } : {};
}

/**
 * The past day that the page shows, or undefined for now. It belongs into the query and the key
 * of every read, and while it is set nothing can be changed.
 */
export function useAsOf(): ISODate | undefined {
  return readGlobalSearch(useSearch({ strict: false })).asOf;
}
