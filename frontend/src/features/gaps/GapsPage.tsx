import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMay } from '../../api/me';
import { useParties, usePartyLooks } from '../../api/parties';
import { ConditionOf } from '../../content/ConditionOf';
import { AgreementMark, useShownDay } from '../../content/AgreementMark';
import { declinedOn } from '../../content/agreements';
import { PathLink } from '../../content/PathLink';
import { termTags, TermSelects, useTermFields } from '../../content/TermFilters';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { daysBetween } from '../../lib/dates';
import { localised } from '../../lib/text';
import { LinkButton } from '../../ui/Button';
import { ConditionSign } from '../../ui/Condition';
import { DataTable } from '../../ui/DataTable';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { Gap } from '../../ui/Gap';
import { Icon } from '../../ui/Icon';
import { Breadcrumb, DateText } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import { asked, chainsQuery, gapCountQuery, gapListQuery, type GapItem } from './queries';
import { reasons, type GapSearch } from './search';
import './gaps.css';

/** Where the chains break: hand-overs that do not hold, by reason, and the actions against it. */
export function GapsPage() {
  const texts = useTexts();
  const t = texts.gaps;
  const lang = useLang();
  const asOf = useAsOf();
  const search = useSearch({ from: '/$lang/gaps' });
  const navigate = useNavigate({ from: '/$lang/gaps' });
  const list = useInfiniteQuery(gapListQuery(search, asOf));
  const items = list.data?.pages.flatMap((page) => page.items);
  const total = list.data?.pages[0]?.total;
  const change = (next: GapSearch) =>
    void navigate({ search: { ...search, ...next }, replace: true, resetScroll: false });
  return (
    <div className="pg-gaps">
      <PageHead
        title={t.title}
        lead={<Lead />}
        above={
          <Breadcrumb
            items={[{ label: texts.chains.title, link: { to: '/$lang/chains', params: { lang } } }]}
          />
        }
        actions={<FileLinks path="/gaps" query={asked(search, asOf)} />}
      />
      <Filters search={search} total={total} onChange={change} />
      <Loaded query={{ ...list, data: items }} loading={t.loading}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState />
          ) : (
            <>
              <Rows rows={rows} reason={search.reason} />
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
    </div>
  );
}

/** How many hand-overs do not hold, and how many of them nobody treats. */
function Lead() {
  const t = useTexts().gaps;
  const asOf = useAsOf();
  const all = useQuery(gapCountQuery({}, asOf)).data;
  const untreated = useQuery(gapCountQuery({ treated: 'false' }, asOf)).data;
  return all === undefined || untreated === undefined ? ' ' : t.lead(all, untreated);
}

interface FiltersProps {
  search: GapSearch;
  total: number | undefined;
  onChange: (search: GapSearch) => void;
}

function Filters({ search, total, onChange }: FiltersProps) {
  const texts = useTexts();
  const t = texts.gaps;
  const lang = useLang();
  const terms = useTermFields(search, ['themeId', 'tagId']);
  const chains = useQuery(chainsQuery(useAsOf())).data ?? [];
  const parties = useParties().data ?? [];
  const word = (text: Parameters<typeof localised>[0]) => localised(text, lang).value;
  const fields = {
    chainId: {
      label: t.chain,
      options: chains.map(({ id, title }) => ({ value: id, label: word(title) })),
    },
    reason: {
      label: t.reason,
      options: reasons.map((value) => ({ value: value, label: t.reasons[value] })),
    },
    partyId: {
      label: t.party,
      options: parties.map(({ id, shortName }) => ({ value: id, label: word(shortName) })),
    },
    gap: {
      label: t.width,
      options: (['major', 'minor'] as const).map((value) => ({
        value: value,
        label: texts.ui.gaps[value],
      })),
    },
    treated: {
      label: t.treatment,
      options: (['true', 'false'] as const).map((value) => ({
        value: value,
        label: t.treated[value],
      })),
    },
  };
  const keys = Object.keys(fields) as (keyof GapSearch & keyof typeof fields)[];
  const tags = keys.flatMap((key): FilterTag[] => {
    const value = search[key];
    if (value === undefined) return [];
    const { label, options } = fields[key];
    const chosen = options.find((option) => option.value === value)?.label ?? '…';
    return [{ key, label: `${label}: ${chosen}`, onRemove: () => onChange({ [key]: undefined }) }];
  });
  return (
    <FilterBar
      result={total === undefined ? ' ' : t.count(total)}
      tags={[...tags, ...termTags(terms, search, onChange)]}
      onClear={() =>
        onChange(Object.fromEntries([...keys, 'themeId', 'tagId'].map((key) => [key, undefined])))
      }
      more={{
        fields: <TermSelects fields={terms} search={search} onChange={onChange} />,
        inUse: search.themeId !== undefined || search.tagId !== undefined,
      }}
    >
      {keys.map((key) => (
        <Select
          key={key}
          small
          label={fields[key].label}
          value={search[key] ?? ''}
          options={[{ value: '', label: t.any }, ...fields[key].options]}
          onChange={(value) => onChange({ [key]: value || undefined })}
        />
      ))}
    </FilterBar>
  );
}

/** The rows under the reason that weighs most, or all under the one that was asked for. */
function Rows({ rows, reason }: { rows: readonly GapItem[]; reason: GapSearch['reason'] }) {
  const t = useTexts().gaps;
  const { handovers: words } = useTexts();
  const main = (item: GapItem) =>
    reason ?? reasons.find((each) => item.reasons.some((own) => own === each)) ?? 'gap';
  const groups = reasons
    .map((each) => ({
      key: each,
      heading: t.reasons[each],
      rows: rows.filter((item) => main(item) === each),
    }))
    .filter((group) => group.rows.length > 0);
  return (
    <DataTable
      className="gps"
      caption={t.caption}
      columns={[
        {
          key: 'handover',
          kind: 'name',
          header: t.handover,
          render: (item) => <Place item={item} />,
        },
        {
          key: 'reason',
          header: t.reason,
          render: (item) => <Reasons item={item} main={main(item)} />,
        },
        {
          key: 'review',
          header: words.review,
          render: ({ handover }) => (
            <span className={handover.reviewOverdue ? 'overdue' : undefined}>
              {handover.reviewOverdue && <Icon name="clock" />}
              <span>
                {handover.nextReviewOn ? <DateText date={handover.nextReviewOn} /> : words.noReview}
                {handover.reviewOverdue && <span className="df">{words.reviewLate}</span>}
              </span>
            </span>
          ),
        },
        {
          key: 'treatment',
          header: t.treatment,
          render: (item) => <Treatment item={item} />,
        },
      ]}
      groups={groups}
      rowKey={({ handover }) => handover.id}
    />
  );
}

/** What passes, between which stages of which chain; leads to the hand-over. */
function Place({ item: { handover, chain, from, to } }: { item: GapItem }) {
  const lang = useLang();
  const look = usePartyLooks(lang);
  return (
    <>
      <Link
        className="q"
        to="/$lang/chains/$id"
        params={{ lang, id: chain.id }}
        search={{ handover: handover.id }}
        hash="handover"
      >
        <T text={handover.what} />
      </Link>
      <span className="meta df">
        <T text={chain.title} />
      </span>
      <span className="gps-way">
        <Who party={look(from.partyId)}>
          {from.position} <T text={from.title} />
        </Who>
      </span>
      <span className="gps-way">
        <Icon name="arrow" />
        <Who party={look(to.partyId)}>
          {to.position} <T text={to.title} />
        </Who>
      </span>
    </>
  );
}

function Reasons({ item, main }: { item: GapItem; main: GapItem['reasons'][number] }) {
  const t = useTexts().gaps;
  const others = item.reasons.filter((reason) => reason !== main && reason !== 'no_action');
  return (
    <>
      {item.reasons.some((reason) => reason === 'gap') ? (
        <Gap value={item.handover.gap} />
      ) : (
        t.reasons[main]
      )}
      <span className="meta df">
        <T text={item.handover.gapReason} />
      </span>
      {item.reasons.some((reason) => reason === 'unaccepted') && (
        <span className="meta df">
          <AgreementMark item={item.handover} /> <Returned item={item} />
        </span>
      )}
      {others.length > 0 && (
        <span className="meta df">
          {t.alsoReasons(others.map((reason) => t.reasons[reason].toLowerCase()).join(', '))}
        </span>
      )}
    </>
  );
}

/** For how long nobody has taken up what a party returned; an open one tells how long it waits. */
function Returned({ item: { handover } }: { item: GapItem }) {
  const t = useTexts().gaps;
  const today = useShownDay();
  const on = declinedOn(handover.waiting);
  return on && t.returned(Math.max(0, daysBetween(on, today)));
}

/** The actions against it, or the way to make one. */
function Treatment({ item }: { item: GapItem }) {
  const texts = useTexts();
  const t = texts.gaps;
  const lang = useLang();
  const asOf = useAsOf();
  const mayCreate = useMay('action.create') && !asOf;
  return (
    <>
      {item.actions.length === 0 && <span className="meta df">{t.untreated}</span>}
      <ul className="gps-al">
        {item.actions.map(({ id, no, title, condition }) => (
          <li key={id}>
            <ConditionSign value={condition} />
            <span>
              <PathLink className="q" path={`/actions/${no}`}>
                {no} <T text={title} />
              </PathLink>{' '}
              <ConditionOf wordOnly no={no} value={condition} />
            </span>
          </li>
        ))}
      </ul>
      {!item.hasAction && mayCreate && (
        <LinkButton
          variant="secondary"
          small
          to="/$lang/actions/new"
          params={{ lang }}
          search={{ stageId: item.from.id, handoverId: item.handover.id }}
          aria-label={t.createFor(localised(item.handover.what, lang).value)}
        >
          {t.create}
        </LinkButton>
      )}
    </>
  );
}
