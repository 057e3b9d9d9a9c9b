import { useQuery } from '@tanstack/react-query';
import { districtsQuery, tagsQuery, targetGroupsQuery, themesQuery, type Term } from '../api/terms';
import { useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { Select, type FilterTag } from '../ui/filters';
import { filterable, useTermName } from './terms';
import { termKeys, type TermKey, type TermSearch } from './termSearch';

export interface TermField {
  key: TermKey;
  label: string;
  options: { value: string; label: string }[];
}

/** The filters by terms with what they offer; a vocabulary without terms offers nothing. */
export function useTermFields(
  search: TermSearch,
  keys: readonly TermKey[] = termKeys,
): TermField[] {
  const t = useTexts().content;
  const asOf = useAsOf();
  const nameOf = useTermName();
  const wants = (key: TermKey) => keys.includes(key);
  const terms: Record<TermKey, Term[] | undefined> = {
    themeId: useQuery({ ...themesQuery(asOf), enabled: wants('themeId') }).data,
    targetGroupId: useQuery({ ...targetGroupsQuery(asOf), enabled: wants('targetGroupId') }).data,
    districtId: useQuery({ ...districtsQuery(asOf), enabled: wants('districtId') }).data,
    tagId: useQuery({ ...tagsQuery(asOf), enabled: wants('tagId') }).data,
  };
  const labels: Record<TermKey, string> = {
    themeId: t.kinds.theme,
    targetGroupId: t.kinds.target_group,
    districtId: t.kinds.district,
    tagId: t.tag,
  };
  return keys.flatMap((key): TermField[] => {
    const chosen = search[key];
    const known = filterable(terms[key] ?? [], chosen ? [chosen] : []);
    if (known.length === 0 && chosen === undefined) return [];
    const options = known.map((term) => ({ value: term.id, label: nameOf(term) }));
    return [{ key, label: labels[key], options: [...options, { value: 'none', label: t.none }] }];
  });
}

type Change = (part: TermSearch) => void;

/** The filters by terms that are in force, each to be taken off. */
export function termTags(
  fields: readonly TermField[],
  search: TermSearch,
  onChange: Change,
): FilterTag[] {
  return fields.flatMap(({ key, label, options }): FilterTag[] => {
    const value = search[key];
    if (value === undefined) return [];
    const name = options.find((option) => option.value === value)?.label ?? '…';
    return [{ key, label: `${label}: ${name}`, onRemove: () => onChange({ [key]: undefined }) }];
  });
}

/** Takes every filter by terms off. */
export const withoutTerms: TermSearch = Object.fromEntries(termKeys.map((key) => [key, undefined]));

interface TermSelectsProps {
  fields: readonly TermField[];
  search: TermSearch;
  onChange: Change;
}

/** A list for each vocabulary, for a bar of filters. */
export function TermSelects({ fields, search, onChange }: TermSelectsProps) {
  const t = useTexts().content;
  return fields.map(({ key, label, options }) => (
    <Select
      key={key}
      small
      label={label}
      value={search[key] ?? ''}
      options={[{ value: '', label: t.all }, ...options]}
      onChange={(value) => onChange({ [key]: value || undefined })}
    />
  ));
}
