import type { components } from '../../api/schema';
import type { ISODate } from '../../lib/dates';
import { conditions, type ConditionValue } from '../../ui/Condition';
import type { Part } from '../../ui/PartMark';
import { readTermSearch, termQuery, type TermSearch } from '../../content/termSearch';
import { measures, type Measure } from './balance';
import type { MatrixQuery } from './queries';

export const parts = ['lead', 'shared', 'support', 'informed'] as const satisfies readonly Part[];

export type Standing = components['schemas']['MatrixCell']['standing'];

/** What the filter of acceptance lets through: the standings behind each choice. */
export const acceptances = {
  waiting: ['proposed', 'declined', 'reopened', 'change_declined'],
  in_force: ['in_force', 'reopened', 'change_declined'],
} as const satisfies Record<string, readonly Standing[]>;
export type AcceptanceFilter = keyof typeof acceptances;

/** The filters of the matrix and what is open in it, as they stand in the address. */
export interface MatrixSearch extends TermSearch {
  rows?: 'chain';
  chainId?: string;
  partyId?: string;
  postId?: string;
  part?: Part;
  acceptance?: AcceptanceFilter;
  condition?: ConditionValue;
  /** The same as lists instead of a grid. */
  view?: 'list';
  /** By what the balance is broken down. */
  balance?: 'theme' | 'chain';
  /** What the balance's trend is drawn of. */
  measure?: Measure;
  /** Id of the saved view that was opened. */
  saved?: string;
}

function one<Value extends string>(value: unknown, known: readonly Value[]): Value | undefined {
  return known.find((candidate) => candidate === value);
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** The choice of acceptance that a saved view names by its standings. */
function acceptanceOf(standing: unknown): AcceptanceFilter | undefined {
  const named = Array.isArray(standing) ? standing.map(String) : [];
  return (Object.keys(acceptances) as AcceptanceFilter[]).find(
    (choice) =>
      acceptances[choice].length === named.length &&
      acceptances[choice].every((each) => named.includes(each)),
  );
}

/** Reads the address; what cannot be a filter is left out. */
export function readMatrixSearch(search: Record<string, unknown>): MatrixSearch {
  const found: MatrixSearch = {
    rows: one(search.rows, ['chain']),
    ...readTermSearch(search),
    chainId: text(search.chainId),
    partyId: text(search.partyId),
    postId: text(search.postId),
    part: one(search.part, parts),
    acceptance:
      one(search.acceptance, Object.keys(acceptances) as AcceptanceFilter[]) ??
      acceptanceOf(search.standing),
    condition: one(search.condition, conditions),
    view: one(search.view, ['list']),
    balance: one(search.balance, ['theme', 'chain']),
    measure: one(search.measure, measures),
    saved: text(search.saved),
  };
  const entries: [string, unknown][] = Object.entries(found);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The search without what narrows the matrix. */
export function withoutFilters({
  rows,
  view,
  balance,
  measure,
  saved,
}: MatrixSearch): MatrixSearch {
  return readMatrixSearch({ rows, view, balance, measure, saved });
}

/** The filters as the server takes them. */
export function matrixFilter(search: MatrixSearch, asOf: ISODate | undefined): MatrixQuery {
  const { rows, chainId, partyId, postId, part, acceptance, condition } = search;
  return {
    rows,
    ...termQuery(search),
    chainId: chainId ? [chainId] : undefined,
    partyId: partyId ? [partyId] : undefined,
    postId: postId ? [postId] : undefined,
    part: part ? [part] : undefined,
    standing: acceptance ? [...acceptances[acceptance]] : undefined,
    condition: condition ? [condition] : undefined,
    asOf,
  };
}
