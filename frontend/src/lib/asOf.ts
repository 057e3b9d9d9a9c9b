import { useSearch } from '@tanstack/react-router';
import { createContext, use } from 'react';
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
 * What a page makes of a past day in the address; each route says it.
 *
 * - `shown`: all that the page shows is of that day, and nothing on it can be changed.
 * - `now`: the page tells only how things are now, such as one's own work or administration.
 * - `own`: the page has days of its own: it compares them, or is a record of all of them.
 * - `change`: the page is a form for changing something. Of a past day it does not open.
 * - `none`: nothing on the page depends on a day, such as help and signing in.
 */
export type PastOfPage = 'shown' | 'now' | 'own' | 'change' | 'none';

/** What the frame made of the day in the address. */
export interface Day {
  /** The day that the page shows; undefined for now. */
  shown?: ISODate;
  /** The past day that was chosen, whether or not this page shows it. */
  chosen?: ISODate;
}

/** Given by the frame to all that stands in it. */
export const DayContext = createContext<Day>({});

/**
 * The past day that the page shows, or undefined for now. It belongs into the query and the key
 * of every read, and while it is set nothing can be changed.
 */
export function useAsOf(): ISODate | undefined {
  return use(DayContext).shown;
}

/** The past day that was chosen: for ways to other pages, from one that does not show it too. */
export function useChosenDay(): ISODate | undefined {
  return use(DayContext).chosen;
}

/** The day in the address, even if it is not past: for the frame, which refuses that. */
export function useAddressDay(): ISODate | undefined {
  return readGlobalSearch(useSearch({ strict: false })).asOf;
}

/** In place of a day: what is of now whatever day the page shows, such as the choices of a form. */
export const ofNow = undefined;
