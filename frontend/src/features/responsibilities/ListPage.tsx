import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMay } from '../../api/me';
import { useParties, usePartyLooks } from '../../api/parties';
import type { ResponsibilityItem } from '../../api/responsibilities';
import { AgreementMark, StandingMark } from '../../content/AgreementMark';
import { PostLink } from '../../content/PostLink';
import { SubjectLink } from '../../content/SubjectLink';
import { termTags, TermSelects, useTermFields, withoutTerms } from '../../content/TermFilters';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised } from '../../lib/text';
import { LinkButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { FileLinks } from '../../ui/FileLinks';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { Breadcrumb, DateText } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import { chainsQuery, listFilter, responsibilityListQuery } from './queries';
import { kinds, parts, standings, type ListSearch } from './search';

/** The responsibilities of all kinds of things: where every count of them leads. */
export function ListPage() {
  const texts = useTexts();
  const t = texts.responsibilities.list;
  const lang = useLang();
  const search = useSearch({ from: '/$lang/responsibilities/list' });
  const navigate = useNavigate({ from: '/$lang/responsibilities/list' });
  const asOf = useAsOf();
  const mayImport = useMay('responsibility.edit');
  const list = useInfiniteQuery(responsibilityListQuery(search, asOf));
  const items = list.data?.pages.flatMap((page) => page.items);
  const total = list.data?.pages[0]?.total;
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          <>
            <FileLinks path="/responsibilities" query={listFilter(search, asOf)} />
            {mayImport && !asOf && (
              <LinkButton variant="secondary" to="/$lang/responsibilities/import" params={{ lang }}>
                {texts.imports.link}
              </LinkButton>
            )}
          </>
        }
        above={
          <Breadcrumb
            items={[
              {
                label: texts.matrix.title,
                link: { to: '/$lang/responsibilities', params: { lang } },
              },
            ]}
          />
        }
      />
      <Filters
        search={search}
        total={total}
        onChange={(part) =>
          void navigate({
            search: (old) => ({ ...old, ...part }),
            replace: true,
            resetScroll: false,
          })
        }
      />
      <Loaded query={{ ...list, data: items }} loading={texts.responsibilities.loading}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState />
          ) : (
            <>
              <Rows rows={rows} />
              <LoadMore
                shown={rows.length}
                total={list.hasNextPage ? total : undefined}
                hasMore={list.hasNextPage}
                loading={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}

interface FiltersProps {
  search: ListSearch;
  total: number | undefined;
  onChange: (part: ListSearch) => void;
}

function Filters({ search, total, onChange }: FiltersProps) {
  const texts = useTexts();
  const t = texts.matrix.filters;
  const lang = useLang();
  const parties = useParties().data ?? [];
  const chains = useQuery(chainsQuery(useAsOf())).data ?? [];
  const terms = useTermFields(search);
  const words = texts.responsibilities.list;
  const fields = {
    kind: {
      label: texts.responsibilities.on.kind,
      options: [
        ...kinds.map((value) => ({ value: value, label: texts.content.kinds[value] })),
        { value: 'work', label: words.work },
      ],
    },
    chainId: {
      label: t.ofChain,
      options: chains.map(({ id, title }) => ({ value: id, label: localised(title, lang).value })),
    },
    partyId: {
      label: t.party,
      options: parties.map(({ id, shortName }) => ({
        value: id,
        label: localised(shortName, lang).value,
      })),
    },
    part: {
      label: t.part,
      options: parts.map((value) => ({
        value: value,
        label: texts.ui.parts[value].name,
      })),
    },
    acceptance: {
      label: t.acceptance,
      options: (Object.keys(standings) as (keyof typeof standings)[]).map((value) => ({
        value: value,
        label: t[value],
      })),
    },
    begun: { label: words.begun, options: [{ value: 'true', label: words.onlyBegun }] },
  };
  const keys = Object.keys(fields) as (keyof typeof fields)[];
  const tags = keys.flatMap((key): FilterTag[] => {
    const value = search[key];
    if (value === undefined) return [];
    const { label, options } = fields[key];
    const chosen = options.find((option) => option.value === String(value))?.label ?? '…';
    return [{ key, label: t.tag(label, chosen), onRemove: () => onChange({ [key]: undefined }) }];
  });
  return (
    <FilterBar
      result={total === undefined ? ' ' : texts.responsibilities.list.count(total)}
      tags={[...tags, ...termTags(terms, search, onChange)]}
      onClear={() =>
        onChange({ ...withoutTerms, ...Object.fromEntries(keys.map((key) => [key, undefined])) })
      }
    >
      {keys.map((key) => (
        <Select
          key={key}
          small
          label={fields[key].label}
          value={String(search[key] ?? '')}
          options={[{ value: '', label: t.allParts }, ...fields[key].options]}
          onChange={(value) =>
            onChange({
              [key]: key === 'begun' ? value === 'true' || undefined : value || undefined,
            })
          }
        />
      ))}
      <TermSelects fields={terms} search={search} onChange={onChange} />
    </FilterBar>
  );
}

function Rows({ rows }: { rows: readonly ResponsibilityItem[] }) {
  const texts = useTexts();
  const t = texts.responsibilities;
  const look = usePartyLooks(useLang());
  return (
    <DataTable
      caption={t.list.title}
      columns={[
        {
          key: 'thing',
          kind: 'name',
          header: t.on.thing,
          render: ({ subject }) => <SubjectLink subject={subject} />,
        },
        {
          key: 'post',
          header: t.post,
          render: ({ post, part }) => (
            <>
              <Who party={look(post.partyId)}>
                <PostLink post={post} />
              </Who>
              <span className="meta df">{texts.ui.parts[part].name}</span>
            </>
          ),
        },
        {
          key: 'wording',
          header: t.wording,
          render: ({ wording, change }) => (
            <>
              <T text={wording} />
              {change && (
                <span className="meta df">
                  {texts.matrix.waiting.changed} <T text={change.wording} />
                </span>
              )}
            </>
          ),
        },
        {
          key: 'validFrom',
          header: t.validFrom,
          render: ({ validFrom }) => <DateText date={validFrom} />,
        },
        {
          key: 'validTo',
          header: t.validTo,
          render: ({ validTo }) => (validTo ? <DateText date={validTo} /> : '–'),
        },
        {
          key: 'acceptance',
          header: t.on.acceptance,
          render: (item) => (
            <>
              <StandingMark standing={item.standing} />
              <AgreementMark item={item} />
            </>
          ),
        },
      ]}
      groups={[{ key: 'all', rows }]}
      rowKey={({ id }) => id}
    />
  );
}
