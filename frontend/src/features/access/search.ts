import { isISODate, type ISODate } from '../../lib/dates';

export const roles = [
  'administrator',
  'auditor',
  'coordinator',
  'manager',
  'secretary',
  'reader',
] as const;

export type Role = (typeof roles)[number];

/** What narrows the list of grants, kept in the address. */
export interface AccessSearch {
  /** Who had which role on this day; absent: today. */
  on?: ISODate;
  /** `any` shows ended and coming grants too. */
  show?: 'any';
  role?: Role;
  party?: string;
  /** A person, by id. */
  person?: string;
  /** Searches the people below. */
  q?: string;
}

/** Reads the page's part of the address; what is not understood is left out. */
export function readAccessSearch(search: Record<string, unknown>): AccessSearch {
  const out: AccessSearch = {};
  const { on, show, role, party, person, q } = search;
  if (isISODate(on)) out.on = on;
  if (show === 'any') out.show = show;
  const known = roles.find((candidate) => candidate === role);
  if (known) out.role = known;
  if (typeof party === 'string') out.party = party;
  if (typeof person === 'string') out.person = person;
  if (typeof q === 'string' && q !== '') out.q = q;
  return out;
}
