import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useParties, usePartyLooks, type Party } from '../../api/parties';
import { unitOptions, unitsQuery } from '../../api/units';
import { PostLink } from '../../content/PostLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised } from '../../lib/text';
import { DataTable, type Column } from '../../ui/DataTable';
import { Num } from '../../ui/Num';
import { FilterBar, Select } from '../../ui/filters';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { Segments } from '../../ui/Segments';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import './freshness.css';
import { filters, freshnessQuery, freshnessSumQuery, type FreshnessGroup } from './queries';
import { groupings, type FreshnessSearch, type Grouping } from './search';

const route = getRouteApi('/$lang/freshness');

const sum = (groups: readonly FreshnessGroup[], of: 'running' | 'inLimit' | 'stale') =>
  groups.reduce((all, group) => all + group[of], 0);

/** Who has how much that is out of date or waits to be confirmed; each figure leads to its rows. */
export function FreshnessPage() {
  const t = useTexts().freshness;
  const asOf = useAsOf();
  const search = route.useSearch();
  const by = search.by ?? 'party';
  const navigate = route.useNavigate();
  const narrow = (part: FreshnessSearch) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true });
  const all = useQuery(freshnessSumQuery(search, asOf)).data;
  const parties = useParties();
  const list = useInfiniteQuery(freshnessQuery(by, search, asOf));
  const shown = {
    data: list.data && parties.data ? { ...list.data, parties: parties.data } : undefined,
    error: list.error ?? parties.error,
    isFetching: list.isFetching || parties.isFetching,
    refetch: () => Promise.all([list.refetch(), parties.refetch()]),
  };
  return (
    <div className="pg-freshness">
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={<FileLinks path="/freshness" query={{ ...filters(search), by, asOf }} />}
      />
      <div className="by">
        <Segments
          label={t.by}
          options={groupings.map((value) => ({ value, label: t.groupings[value] }))}
          value={by}
          onChange={(value) => narrow({ by: value === 'party' ? undefined : value })}
        />
      </div>
      <Loaded query={shown} loading={t.loading}>
        {({ pages, parties }) => {
          const groups = pages.flatMap((page) => page.items);
          const total = pages[0]?.total ?? groups.length;
          return (
            <>
              <Filters search={search} parties={parties} total={total} onChange={narrow} />
              {groups.length === 0 ? (
                <EmptyState title={t.none} text={t.noneText} />
              ) : (
                <>
                  {all && (
                    <p className="prose">
                      {t.sum(sum(all, 'running'), sum(all, 'inLimit'), sum(all, 'stale'))}
                    </p>
                  )}
                  <Groups by={by} unit={search.unit} groups={groups} parties={parties} />
                  <LoadMore
                    shown={groups.length}
                    total={total}
                    hasMore={list.hasNextPage}
                    loading={list.isFetchingNextPage}
                    onMore={() => void list.fetchNextPage()}
                  />
                </>
              )}
              <p className="meta below">
                {by === 'unit' && groups.length > 0 && `${t.below} `}
                <Help />
              </p>
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function Help() {
  const t = useTexts().freshness;
  const lang = useLang();
  return (
    <Link to="/$lang/help/condition" params={{ lang }}>
      {t.how}
    </Link>
  );
}

interface FiltersProps {
  search: FreshnessSearch;
  parties: readonly Party[];
  total: number;
  onChange: (part: FreshnessSearch) => void;
}

/** By party, and by unit of the party that is chosen. */
function Filters({ search: { party, unit }, parties, total, onChange }: FiltersProps) {
  const t = useTexts().freshness;
  const lang = useLang();
  const asOf = useAsOf();
  const ofParty = party !== undefined && party !== 'none';
  const known = useQuery({ ...unitsQuery({ asOf }), enabled: ofParty }).data;
  const units = ofParty && known ? unitOptions(known, party, lang) : [];
  const partyOptions = [
    ...parties.map(({ id, shortName }) => ({ value: id, label: localised(shortName, lang).value })),
    { value: 'none', label: t.nobody },
  ];
  const nameIn = (options: typeof units, id: string) =>
    options.find(({ value }) => value === id)?.label ?? '…';
  return (
    <FilterBar
      result={t.count(total)}
      tags={[
        ...(party
          ? [
              {
                key: 'party',
                label: nameIn(partyOptions, party),
                onRemove: () => onChange({ party: undefined, unit: undefined }),
              },
            ]
          : []),
        ...(unit
          ? [
              {
                key: 'unit',
                label: nameIn(units, unit),
                onRemove: () => onChange({ unit: undefined }),
              },
            ]
          : []),
      ]}
      onClear={() => onChange({ party: undefined, unit: undefined })}
    >
      <Select
        small
        label={t.party}
        options={[{ value: '', label: t.all }, ...partyOptions]}
        value={party ?? ''}
        onChange={(value) => onChange({ party: value || undefined, unit: undefined })}
      />
      {units.length > 0 && (
        <Select
          small
          label={t.unit}
          options={[{ value: '', label: t.all }, ...units]}
          value={unit ?? ''}
          onChange={(value) => onChange({ unit: value || undefined })}
        />
      )}
    </FilterBar>
  );
}

interface GroupsProps {
  by: Grouping;
  /** The id of the unit that the figures are of, if they are of one. */
  unit: string | undefined;
  groups: readonly FreshnessGroup[];
  parties: readonly Party[];
}

const figures = ['stale', 'inLimit', 'inTarget', 'running'] as const;
type Figure = (typeof figures)[number];

/** The filter of the list of actions that a figure counts by. */
const levels = {
  stale: ['stale'],
  inLimit: ['in_limit'],
  inTarget: ['in_target'],
  running: undefined,
} as const;

function Groups({ by, unit: ofUnit, groups, parties }: GroupsProps) {
  const t = useTexts().freshness;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const nameOf = ({ partyId, unit, post }: FreshnessGroup) =>
    localised(post?.title ?? unit?.name ?? parties.find(({ id }) => id === partyId)?.name, lang)
      .value || t.nobody;
  const figure = (group: FreshnessGroup, which: Figure) => {
    const { partyId, unit, post } = group;
    const count = group[which];
    if (count === 0) return '0';
    const freshness = levels[which];
    return (
      <Link
        to="/$lang/actions"
        params={{ lang }}
        search={({ asOf }) => ({
          asOf,
          status: ['not_started', 'in_progress'],
          ...(freshness && { freshness: [...freshness] }),
          ...(post
            ? { leadPostId: [post.id] }
            : unit
              ? { unitId: [unit.id] }
              : { partyId: [partyId ?? 'none'], ...(ofUnit && { unitId: [ofUnit] }) }),
          order: 'confirmed',
        })}
        aria-label={t.show(nameOf(group), t[which], count)}
      >
        <Num value={count} />
      </Link>
    );
  };
  const columns: Column<FreshnessGroup>[] = [
    {
      key: 'name',
      kind: 'name',
      header: t.names[by],
      render: (group) => {
        const { partyId, unit, post } = group;
        if (!partyId) return t.nobody;
        return (
          <Who party={look(partyId)}>
            {post ? (
              <PostLink post={post} />
            ) : (
              <Link
                className="q"
                to="/$lang/freshness"
                params={{ lang }}
                search={({ asOf }) =>
                  unit
                    ? { asOf, by: 'post', party: partyId, unit: unit.id }
                    : { asOf, by: 'unit', party: partyId }
                }
              >
                {unit ? <T text={unit.name} /> : nameOf(group)}
              </Link>
            )}
          </Who>
        );
      },
    },
    ...figures.map((which): Column<FreshnessGroup> => ({
      key: which,
      kind: 'figure',
      header: t[which],
      className: which === 'stale' ? 'stale' : undefined,
      render: (group) => figure(group, which),
    })),
    {
      key: 'oldest',
      header: t.oldest,
      render: ({ oldestDays }) => (oldestDays === undefined ? t.never : t.ago(oldestDays)),
    },
  ];
  return (
    <div className="figures">
      <DataTable
        caption={t.groupings[by]}
        columns={columns}
        groups={[{ key: 'all', rows: groups }]}
        rowKey={({ partyId, unit, post }) => post?.id ?? unit?.id ?? partyId ?? 'none'}
      />
    </div>
  );
}
