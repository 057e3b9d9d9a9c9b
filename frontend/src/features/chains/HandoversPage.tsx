import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useParties } from '../../api/parties';
import { openDays } from '../../content/agreements';
import { termTags, TermSelects, useTermFields } from '../../content/TermFilters';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised, type LocalisedText } from '../../lib/text';
import { Acceptance } from '../../ui/Acceptance';
import { LinkButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { Gap } from '../../ui/Gap';
import { Icon } from '../../ui/Icon';
import { Breadcrumb } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import { handoverFilter, handoverListQuery } from './handoverQueries';
import { chainListQuery } from './queries';
import { gapWidths, type standings, type HandoverListSearch } from './search';
import type { HandoverItem } from './types';
import { useWording } from './useWording';
import { slotsOf } from './words';
import './chains.css';

/** The hand-overs of all chains: where every count of them leads. */
export function HandoversPage() {
  const texts = useTexts();
  const t = texts.handovers.list;
  const lang = useLang();
  const asOf = useAsOf();
  const search = useSearch({ from: '/$lang/handovers' });
  const navigate = useNavigate({ from: '/$lang/handovers' });
  const list = useInfiniteQuery(handoverListQuery(search, asOf));
  const items = list.data?.pages.flatMap((page) => page.items);
  const total = list.data?.pages[0]?.total;
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        above={
          <Breadcrumb
            items={[{ label: texts.chains.title, link: { to: '/$lang/chains', params: { lang } } }]}
          />
        }
        actions={
          <>
            <FileLinks path="/handovers" query={handoverFilter(search, asOf)} />
            <LinkButton variant="secondary" to="/$lang/gaps" params={{ lang }}>
              {texts.handovers.allGaps}
            </LinkButton>
          </>
        }
      />
      <Filters
        search={search}
        total={total}
        onChange={(part) =>
          void navigate({ search: { ...search, ...part }, replace: true, resetScroll: false })
        }
      />
      <Loaded query={{ ...list, data: items }} loading={texts.gaps.loading}>
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
  search: HandoverListSearch;
  total: number | undefined;
  onChange: (part: HandoverListSearch) => void;
}

function Filters({ search, total, onChange }: FiltersProps) {
  const texts = useTexts();
  const lang = useLang();
  const chains = useQuery(chainListQuery(useAsOf())).data ?? [];
  const parties = useParties().data ?? [];
  const word = (text: LocalisedText) => localised(text, lang).value;
  const fields = {
    chainId: {
      label: texts.gaps.chain,
      options: chains.map(({ id, title }) => ({ value: id, label: word(title) })),
    },
    partyId: {
      label: texts.gaps.party,
      options: parties.map(({ id, shortName }) => ({ value: id, label: word(shortName) })),
    },
    gap: {
      label: texts.handovers.gap,
      options: gapWidths.map((value) => ({ value: value, label: texts.ui.gaps[value] })),
    },
    acceptance: {
      label: texts.handovers.acceptance,
      options: (['waiting', 'in_force'] as const satisfies (keyof typeof standings)[]).map(
        (value) => ({ value: value, label: texts.matrix.filters[value] }),
      ),
    },
  };
  const keys = Object.keys(fields) as (keyof typeof fields)[];
  const terms = useTermFields(search, ['themeId', 'tagId']);
  const tags = keys.flatMap((key): FilterTag[] => {
    const value = search[key];
    if (value === undefined) return [];
    const { label, options } = fields[key];
    const chosen = options.find((option) => option.value === value)?.label ?? '…';
    return [{ key, label: `${label}: ${chosen}`, onRemove: () => onChange({ [key]: undefined }) }];
  });
  return (
    <FilterBar
      result={total === undefined ? ' ' : texts.gaps.count(total)}
      tags={[...tags, ...termTags(terms, search, onChange)]}
      onClear={() =>
        onChange(Object.fromEntries([...keys, 'themeId', 'tagId'].map((key) => [key, undefined])))
      }
    >
      {keys.map((key) => (
        <Select
          key={key}
          small
          label={fields[key].label}
          value={search[key] ?? ''}
          options={[{ value: '', label: texts.gaps.any }, ...fields[key].options]}
          onChange={(value) => onChange({ [key]: value || undefined })}
        />
      ))}
      <TermSelects fields={terms} search={search} onChange={onChange} />
    </FilterBar>
  );
}

/** Under their chains: the list comes in the order of the chains' keys. */
function Rows({ rows }: { rows: readonly HandoverItem[] }) {
  const texts = useTexts();
  const t = texts.handovers;
  const lang = useLang();
  const { look, today } = useWording();
  const chains = [...new Map(rows.map(({ chain }) => [chain.id, chain])).values()];
  return (
    <DataTable
      className="ho"
      caption={t.list.caption}
      columns={[
        {
          key: 'way',
          kind: 'name',
          header: t.way,
          render: ({ from, to }) => (
            <>
              <span className="way">
                <Who party={look(from.partyId)}>
                  {from.position} <T text={from.title} />
                </Who>
              </span>
              <span className="way to">
                <Icon name="arrow" />
                <Who party={look(to.partyId)}>
                  {to.position} <T text={to.title} />
                </Who>
              </span>
            </>
          ),
        },
        {
          key: 'what',
          header: t.what,
          render: ({ id, chain, what, change }) => (
            <>
              <Link
                className="q"
                to="/$lang/chains/$id"
                params={{ lang, id: chain.id }}
                search={{ handover: id }}
                hash="handover"
              >
                <T text={what} />
              </Link>
              {change && (
                <span className="meta df">
                  {texts.matrix.waiting.changed} <T text={change.what} />
                </span>
              )}
            </>
          ),
        },
        { key: 'channel', header: t.channel, render: ({ channel }) => <T text={channel} /> },
        {
          key: 'target',
          kind: 'figure',
          header: t.target,
          render: ({ targetDays }) => (targetDays === undefined ? '–' : t.days(targetDays)),
        },
        {
          key: 'gap',
          header: t.gap,
          className: 'gp',
          render: ({ gap, gapReason }) => (
            <>
              <Gap value={gap} />
              <span className="meta df">
                <T text={gapReason} />
              </span>
            </>
          ),
        },
        {
          key: 'acceptance',
          header: t.acceptance,
          render: (item) => (
            <Acceptance slots={slotsOf(item, look)} openDays={openDays(item.waiting, today)} />
          ),
        },
      ]}
      groups={chains.map((chain) => ({
        key: chain.id,
        heading: localised(chain.title, lang).value,
        rows: rows.filter((item) => item.chain.id === chain.id),
      }))}
      rowKey={({ id }) => id}
    />
  );
}
