import { useQuery } from '@tanstack/react-query';
import { useParties, type PartyAppearance } from '../../api/parties';
import { termTags, TermSelects, useTermFields } from '../../content/TermFilters';
import { useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised, type LocalisedText } from '../../lib/text';
import { conditions } from '../../ui/Condition';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { PartMark } from '../../ui/PartMark';
import { chainsQuery, postQuery } from './queries';
import { acceptances, parts, withoutFilters, type MatrixSearch } from './search';

interface FiltersProps {
  search: MatrixSearch;
  onChange: (search: MatrixSearch) => void;
  /** How much the filters let through. */
  result: string;
  /** The principal parties, for the legend. */
  looks: readonly PartyAppearance[];
}

type Option = { value: string; label: string };

/** What narrows the matrix, and what its marks mean. */
export function Filters({ search, onChange, result, looks }: FiltersProps) {
  const texts = useTexts();
  const t = texts.matrix.filters;
  const lang = useLang();
  const asOf = useAsOf();
  const parties = useParties().data ?? [];
  const terms = useTermFields(search);
  const narrow = (part: MatrixSearch) => onChange({ ...search, ...part });
  const chains = useQuery(chainsQuery(asOf)).data ?? [];
  const { postId } = search;
  const post = useQuery({ ...postQuery(postId ?? '', asOf), enabled: postId !== undefined }).data;
  const word = (text: LocalisedText) => localised(text, lang).value;
  const fields = {
    partyId: {
      label: t.party,
      all: t.allParties,
      options: parties.map(({ id, shortName }): Option => ({ value: id, label: word(shortName) })),
    },
    part: {
      label: t.part,
      all: t.allParts,
      options: parts.map((part): Option => ({ value: part, label: texts.ui.parts[part].name })),
    },
    acceptance: {
      label: t.acceptance,
      all: t.allAcceptances,
      options: (Object.keys(acceptances) as (keyof typeof acceptances)[]).map((value): Option => ({
        value,
        label: t[value],
      })),
    },
    chainId: {
      label: t.ofChain,
      all: t.allChains,
      options: chains.map(({ id, title }): Option => ({ value: id, label: word(title) })),
    },
    condition: {
      label: t.condition,
      all: t.allConditions,
      options: conditions.map((value): Option => ({ value, label: texts.ui.conditions[value] })),
    },
  };
  const keys = Object.keys(fields) as (keyof typeof fields)[];
  const change = (key: keyof typeof fields | 'postId', value: string) =>
    onChange({ ...search, [key]: value === '' ? undefined : value });
  const tags: FilterTag[] = keys.flatMap((key) => {
    const value = search[key];
    if (value === undefined) return [];
    const { label, options } = fields[key];
    const named = options.find((option) => option.value === value)?.label ?? '…';
    return [{ key, label: t.tag(label, named), onRemove: () => change(key, '') }];
  });
  tags.push(...termTags(terms, search, narrow));
  if (postId !== undefined) {
    tags.push({
      key: 'postId',
      label: t.tag(t.post, post ? word(post.title) : '…'),
      onRemove: () => change('postId', ''),
    });
  }
  const few: readonly (keyof typeof fields)[] = ['chainId', 'condition'];
  const select = (key: keyof typeof fields) => (
    <Select
      key={key}
      small
      label={fields[key].label}
      value={search[key] ?? ''}
      options={[{ value: '', label: fields[key].all }, ...fields[key].options]}
      onChange={(value) => change(key, value)}
    />
  );
  return (
    <>
      <FilterBar
        result={result}
        tags={tags}
        onClear={() => onChange(withoutFilters(search))}
        more={{
          fields: (
            <>
              {few.map(select)}
              <TermSelects fields={terms} search={search} onChange={narrow} />
            </>
          ),
          inUse:
            few.some((key) => search[key] !== undefined) ||
            terms.some(({ key }) => search[key] !== undefined),
        }}
      >
        <Select
          small
          label={t.rows}
          value={search.rows ?? 'theme'}
          options={[
            { value: 'theme', label: t.theme },
            { value: 'chain', label: t.chain },
          ]}
          onChange={(rows) => onChange({ ...search, rows: rows === 'chain' ? rows : undefined })}
        />
        {keys.filter((key) => !few.includes(key)).map(select)}
      </FilterBar>
      <Legend looks={looks} />
    </>
  );
}

function Legend({ looks }: { looks: readonly PartyAppearance[] }) {
  const texts = useTexts();
  const t = texts.matrix;
  return (
    <div className="leg" role="group" aria-label={t.legend}>
      {parts.map((part) => (
        <span key={part} className="k">
          <span className="k" aria-hidden="true">
            {(part === 'informed' ? looks.slice(0, 1) : looks).map((party) => (
              <PartMark key={party.name} part={part} party={party} />
            ))}
          </span>
          {texts.ui.parts[part].name}
        </span>
      ))}
      <span className="k">
        <span className="k" aria-hidden="true">
          {looks.map((party) => (
            <PartMark key={party.name} part="lead" party={party} waiting />
          ))}
        </span>
        {t.legendWaiting}
      </span>
    </div>
  );
}
