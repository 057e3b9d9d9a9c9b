import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useParties, usePartyLooks, type Party } from '../../api/parties';
import { StandingMark } from '../../content/AgreementMark';
import { PathLink } from '../../content/PathLink';
import { PostLink } from '../../content/PostLink';
import { termTags, TermSelects, useTermFields, withoutTerms } from '../../content/TermFilters';
import { readTermSearch } from '../../content/termSearch';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { DataTable, type Column } from '../../ui/DataTable';
import { Num } from '../../ui/Num';
import { FilterBar, Select } from '../../ui/filters';
import { DateText, Section } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import {
  radarCountsQuery,
  radarFilter,
  radarQuery,
  type RadarCount,
  type RadarItem,
} from './queries';
import './radar.css';
import { reasons, type RadarSearch, type Reason } from './search';

const route = getRouteApi('/$lang/radar');

/** Posts and things for which nobody really answers: how many, and a list to work through. */
export function RadarPage() {
  const t = useTexts().radar;
  const asOf = useAsOf();
  const search = route.useSearch();
  const counts = useQuery(radarCountsQuery(readTermSearch({ ...search }), asOf));
  const parties = useParties();
  const all = {
    data: counts.data && parties.data ? { counts: counts.data, parties: parties.data } : undefined,
    error: counts.error ?? parties.error,
    isFetching: counts.isFetching || parties.isFetching,
    refetch: () => Promise.all([counts.refetch(), parties.refetch()]),
  };
  return (
    <div className="pg-radar">
      <PageHead title={t.title} lead={t.lead} />
      <Loaded query={all} loading={t.loading}>
        {({ counts, parties }) => (
          <>
            <Counts counts={counts} parties={parties} />
            <List counts={counts} parties={parties} />
          </>
        )}
      </Loaded>
    </div>
  );
}

const sum = (counts: readonly RadarCount[]) => counts.reduce((all, { count }) => all + count, 0);

interface FoundProps {
  counts: readonly RadarCount[];
  parties: readonly Party[];
}

/** Reason by party; each figure leads to its list. */
function Counts({ counts, parties }: FoundProps) {
  const t = useTexts().radar;
  const lang = useLang();
  const shown = parties.filter(
    ({ id, principal }) => principal || counts.some(({ partyId }) => partyId === id),
  );
  const figure = (reason: Reason, party: string | undefined, name: string, count: number) =>
    count === 0 ? (
      '0'
    ) : (
      <Link
        to="/$lang/radar"
        params={{ lang }}
        search={(old) => ({ ...readTermSearch(old), asOf: old.asOf, reason, party })}
        hash="list"
        aria-label={t.show(t.reasons[reason].name, name, count)}
      >
        <Num value={count} />
      </Link>
    );
  const columns: Column<Reason>[] = [
    {
      key: 'reason',
      kind: 'name',
      header: t.reason,
      render: (reason) => (
        <>
          {t.reasons[reason].name}
          <span className="meta df">{t.reasons[reason].text}</span>
        </>
      ),
    },
    ...shown.map((party): Column<Reason> => {
      const name = localised(party.shortName, lang).value;
      return {
        key: party.id,
        kind: 'figure',
        header: name,
        render: (reason) =>
          figure(
            reason,
            party.id,
            name,
            sum(counts.filter((c) => c.reason === reason && c.partyId === party.id)),
          ),
      };
    }),
    {
      key: 'none',
      kind: 'figure',
      header: t.noParty,
      render: (reason) =>
        figure(
          reason,
          'none',
          t.noParty,
          sum(counts.filter((c) => c.reason === reason && c.partyId === undefined)),
        ),
    },
    {
      key: 'all',
      kind: 'figure',
      header: t.all,
      render: (reason) =>
        figure(reason, undefined, t.all, sum(counts.filter((c) => c.reason === reason))),
    },
  ];
  return (
    <Section title={t.counts}>
      <div className="figures">
        <DataTable
          caption={t.counts}
          columns={columns}
          groups={[{ key: 'all', rows: reasons }]}
          rowKey={(reason) => reason}
        />
      </div>
    </Section>
  );
}

/** What there is for one reason, the longest first. */
function List({ counts, parties }: FoundProps) {
  const t = useTexts().radar;
  const lang = useLang();
  const search = route.useSearch();
  const { reason: asked, party } = search;
  const terms = useTermFields(search);
  const narrow = (part: RadarSearch) =>
    void navigate({ search: (old) => ({ ...old, reason, ...part }), replace: true });
  const navigate = route.useNavigate();
  const reason =
    asked ?? reasons.find((each) => counts.some((c) => c.reason === each)) ?? reasons[0];
  const asOf = useAsOf();
  const list = useInfiniteQuery(radarQuery(reason, search, asOf));
  const total = sum(
    counts.filter(
      (c) => c.reason === reason && (party === undefined || (c.partyId ?? 'none') === party),
    ),
  );
  const partyOptions = [
    { value: '', label: t.all },
    ...parties.map(({ id, shortName }) => ({ value: id, label: localised(shortName, lang).value })),
    { value: 'none', label: t.noParty },
  ];
  const partyName = partyOptions.find(({ value }) => value === party)?.label;
  return (
    <Section
      title={t.reasons[reason].name}
      id="list"
      aside={<FileLinks path="/radar" query={{ ...radarFilter(search, asOf), reason }} />}
    >
      <p className="prose">{t.reasons[reason].text}</p>
      <FilterBar
        result={t.found(total)}
        tags={[
          ...(party && partyName
            ? [{ key: 'party', label: partyName, onRemove: () => narrow({ party: undefined }) }]
            : []),
          ...termTags(terms, search, narrow),
        ]}
        onClear={() => narrow({ ...withoutTerms, party: undefined })}
      >
        <Select
          small
          label={t.reason}
          options={reasons.map((value) => ({ value, label: t.reasons[value].name }))}
          value={reason}
          onChange={(value) =>
            void navigate({ search: (old) => ({ ...old, reason: value }), replace: true })
          }
        />
        <Select
          small
          label={t.party}
          options={partyOptions}
          value={party ?? ''}
          onChange={(value) => narrow({ party: value || undefined })}
        />
        <TermSelects fields={terms} search={search} onChange={narrow} />
      </FilterBar>
      <Loaded query={list} loading={t.loading}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <EmptyState title={t.none} text={t.noneText} />
          ) : (
            <>
              <Items items={items} reason={reason} />
              <LoadMore
                shown={items.length}
                total={total}
                hasMore={list.hasNextPage}
                loading={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
              />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Items({ items, reason }: { items: readonly RadarItem[]; reason: Reason }) {
  const t = useTexts().radar;
  const look = usePartyLooks(useLang());
  const about = items.some(({ thing }) => thing);
  const columns: Column<RadarItem>[] = [
    about
      ? {
          key: 'thing',
          kind: 'name',
          header: t.thing,
          render: ({ thing }) => thing && <ThingLink thing={thing} />,
        }
      : {
          key: 'post',
          kind: 'name',
          header: t.post,
          render: ({ post }) =>
            post && (
              <Who party={look(post.partyId)}>
                <PostLink post={post} />
              </Who>
            ),
        },
    about
      ? {
          key: 'who',
          header: t.who,
          render: ({ post, partyId, standing }) =>
            post ? (
              <Who party={look(post.partyId)}>
                <PostLink post={post} /> <StandingMark standing={standing} />
              </Who>
            ) : partyId ? (
              <Who party={look(partyId)}>{look(partyId).name}</Who>
            ) : (
              '–'
            ),
        }
      : { key: 'owns', header: t.owns, render: (item) => <Owned item={item} /> },
    { key: 'since', header: t.since[reason], render: ({ since }) => <DateText date={since} /> },
    { key: 'days', kind: 'figure', header: t.days, render: ({ days }) => t.dayCount(days) },
  ];
  return (
    <DataTable
      caption={t.reasons[reason].name}
      columns={columns}
      groups={[{ key: 'all', rows: items }]}
      rowKey={({ post, thing, partyId }) => `${post?.id ?? ''} ${thing?.id ?? ''} ${partyId ?? ''}`}
    />
  );
}

/** What the post has, and what is known of those who stand in or come. */
function Owned({ item }: { item: RadarItem }) {
  const t = useTexts().radar;
  const lang = useLang();
  const kinds = ['goals', 'actions', 'chains', 'stages', 'handovers', 'forums'] as const;
  const owned = kinds.flatMap((kind) => {
    const count = item.owns?.[kind] ?? 0;
    return count > 0 ? [t.owned[kind](count)] : [];
  });
  const notes = [
    item.neverHeld ? t.neverHeld : '',
    item.deputies ? t.deputies(item.deputies) : '',
    item.nextOn ? t.next(formatDate(item.nextOn, lang)) : '',
  ].filter(Boolean);
  return (
    <>
      {owned.join(', ') || t.ownsNothing}
      {notes.length > 0 && <span className="meta df">{notes.join(' · ')}</span>}
    </>
  );
}

function ThingLink({ thing }: { thing: NonNullable<RadarItem['thing']> }) {
  const t = useTexts().content.kinds;
  const path = {
    goal: `/goals/${thing.no ?? ''}`,
    action: `/actions/${thing.no ?? ''}`,
    chain: `/chains/${thing.id}`,
    stage: `/chains/${thing.chainId ?? ''}`,
    handover: `/chains/${thing.chainId ?? ''}`,
    forum: `/forums/${thing.id}`,
  }[thing.kind];
  return (
    <>
      <PathLink className="q" path={path}>
        <T text={thing.title} />
      </PathLink>
      <span className="meta df">
        {t[thing.kind]}
        {thing.no ? ` ${thing.no}` : ''}
      </span>
    </>
  );
}
