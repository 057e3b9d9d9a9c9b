import { isISODate, type ISODate } from '../../lib/dates';

/** How the log is narrowed; the names are those of the address. */
export interface LogFilter {
  party?: string;
  post?: string;
  kind?: string;
  subject?: string;
  permission?: string;
  from?: ISODate;
  to?: ISODate;
}

/** Reads the log's filters from the address; what is no filter is left out. */
export function readLogSearch(search: Record<string, unknown>): LogFilter {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const day = (value: unknown) => (isISODate(value) ? value : undefined);
  return {
    party: text(search.party),
    post: text(search.post),
    kind: text(search.kind),
    subject: text(search.subject),
    permission: text(search.permission),
    from: day(search.from),
    to: day(search.to),
  };
}
