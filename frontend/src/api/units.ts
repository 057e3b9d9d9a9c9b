import { queryOptions } from '@tanstack/react-query';
import type { ISODate } from '../lib/dates';
import type { Lang } from '../lib/lang';
import { localised } from '../lib/text';
import { api, bodyOf } from './client';
import { allItems } from './pages';
import type { components } from './schema';

export type Unit = components['schemas']['Unit'];

interface UnitsAsked {
  asOf: ISODate | undefined;
  /** `any` gives past and coming ones too. */
  validOn?: string;
}

/** The units of all parties, sorted by party and name. */
export const unitsQuery = (asked: UnitsAsked) =>
  queryOptions({
    queryKey: ['units', asked],
    queryFn: ({ signal }) =>
      allItems((cursor) =>
        bodyOf(api.GET('/units', { params: { query: { ...asked, cursor, limit: 200 } }, signal })),
      ),
  });

/** The units of one party as choices, each with the units above it. */
export function unitOptions(
  units: readonly Unit[],
  partyId: string,
  lang: Lang,
): { value: string; label: string }[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const path = (unit: Unit): string => {
    const above = unit.parentId ? byId.get(unit.parentId) : undefined;
    const name = localised(unit.name, lang).value;
    return above ? `${path(above)} › ${name}` : name;
  };
  return units
    .filter((unit) => unit.partyId === partyId)
    .map((unit) => ({ value: unit.id, label: path(unit) }))
    .sort((a, b) => a.label.localeCompare(b.label, lang));
}
