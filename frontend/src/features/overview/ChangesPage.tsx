import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { usePartyLooks } from '../../api/parties';
import { useShownDay } from '../../content/AgreementMark';
import { SubjectLink } from '../../content/SubjectLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate, formatPrecise } from '../../lib/dates';
import { DataTable } from '../../ui/DataTable';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { Breadcrumb, DateText } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import {
  changeKinds,
  changesQuery,
  changeSummaryQuery,
  type Change,
  type ChangeKind,
  type ChangeSearch,
} from './changes';
import './overview.css';
import { SinceForm } from './SinceForm';

/** What has changed since a day, the latest first: where the figures of the overview lead. */
export function ChangesPage() {
  const texts = useTexts();
  const t = texts.overview.changes;
  const lang = useLang();
  const asOf = useAsOf();
  const day = useShownDay();
  const navigate = useNavigate({ from: '/$lang/changes' });
  const { since: chosen, kind } = useSearch({ from: '/$lang/changes' });
  const summary = useQuery({ ...changeSummaryQuery(undefined, asOf), enabled: !chosen });
  const since = chosen ?? summary.data?.since;
  const narrow = (part: ChangeSearch) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  return (
    <>
      <PageHead
        title={t.pageTitle}
        lead={since && t.lead(formatDate(since, lang), formatDate(day, lang))}
        above={
          <Breadcrumb
            items={[{ label: texts.overview.title, link: { to: '/$lang', params: { lang } } }]}
          />
        }
        actions={
          since && <FileLinks path="/changes" query={{ since, kind: kind && [kind], asOf }} />
        }
      />
      {since ? (
        <List since={since} kind={kind} day={day} onNarrow={narrow} />
      ) : (
        <Loaded query={summary} loading={t.loading}>
          {() => null}
        </Loaded>
      )}
    </>
  );
}

interface ListProps {
  since: string;
  kind: ChangeKind | undefined;
  day: string;
  onNarrow: (part: ChangeSearch) => void;
}

function List({ since, kind, day, onNarrow }: ListProps) {
  const texts = useTexts();
  const t = texts.overview.changes;
  const list = useInfiniteQuery(changesQuery(since, kind, useAsOf()));
  const items = list.data?.pages.flatMap((page) => page.items);
  const total = list.data?.pages[0]?.total;
  const tags: FilterTag[] = kind
    ? [{ key: 'kind', label: t.kinds[kind], onRemove: () => onNarrow({ kind: undefined }) }]
    : [];
  return (
    <>
      <FilterBar
        result={total === undefined ? ' ' : t.count(total)}
        tags={tags}
        onClear={() => onNarrow({ kind: undefined })}
      >
        <Select
          small
          label={t.kind}
          value={kind ?? ''}
          options={[
            { value: '', label: texts.content.all },
            ...changeKinds.map((value) => ({ value, label: t.kinds[value] })),
          ]}
          onChange={(value) => onNarrow({ kind: changeKinds.find((known) => known === value) })}
        />
        <SinceForm since={since} day={day} onChoose={(chosen) => onNarrow({ since: chosen })} />
      </FilterBar>
      <Loaded query={{ ...list, data: items }} loading={t.loading}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t.nothing} />
          ) : (
            <>
              <DataTable
                caption={t.pageTitle}
                columns={[
                  {
                    key: 'what',
                    header: t.what,
                    kind: 'name',
                    render: (change) => <What change={change} />,
                  },
                  { key: 'kind', header: t.kind, render: (change) => t.one[change.kind] },
                  {
                    key: 'detail',
                    header: t.detail,
                    render: (change) => <Detail change={change} />,
                  },
                  {
                    key: 'on',
                    header: t.on,
                    kind: 'figure',
                    render: ({ on }) => <DateText date={on} />,
                  },
                ]}
                groups={[{ key: 'all', rows }]}
                rowKey={(change) => change.kind + change.id}
              />
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

function What({ change: { subject, decision } }: { change: Change }) {
  const lang = useLang();
  if (subject) return <SubjectLink subject={subject} />;
  if (!decision) return null;
  return (
    <Link
      className="q"
      to="/$lang/meetings/$id"
      params={{ lang, id: decision.meeting.id }}
      search={{ item: decision.item.id }}
    >
      <T text={decision.text} />
    </Link>
  );
}

function Detail({ change }: { change: Change }) {
  const { due, gap, status, post, decision, phase, milestone, needs } = change;
  const texts = useTexts();
  const t = texts.overview.changes;
  const lang = useLang();
  const look = usePartyLooks(lang);
  if (due) {
    const told = (on: typeof due.nowOn, precision: typeof due.nowPrecision) =>
      on ? formatPrecise(on, precision ?? 'day', lang) : t.noDue;
    const now = told(due.nowOn, due.nowPrecision);
    const moved = due.wasOn
      ? t.became(told(due.wasOn, due.wasPrecision), now)
      : milestone
        ? now
        : t.became(t.noDue, now);
    if (!milestone) return moved;
    return (
      <>
        <T text={milestone} /> {moved}
      </>
    );
  }
  if (milestone) return <T text={milestone} />;
  if (needs) return <SubjectLink subject={needs} />;
  if (phase) {
    return (
      <>
        {phase.was ? <T text={phase.was} /> : t.noPhase} →{' '}
        {phase.now ? <T text={phase.now} /> : t.noPhase}
      </>
    );
  }
  if (gap) return t.became(texts.ui.gaps[gap.was], texts.ui.gaps[gap.now]);
  if (status) {
    const { statuses } = texts.actions;
    return status.was ? t.became(statuses[status.was], statuses[status.now]) : statuses[status.now];
  }
  if (post) {
    return (
      <Who party={look(post.partyId)}>
        <T text={post.title} />
      </Who>
    );
  }
  if (!decision) return null;
  const { meeting, item } = decision;
  return (
    <>
      <T text={meeting.forum.title} />{' '}
      <span className="nb">
        {meeting.number}/{meeting.year}
      </span>
      {item.section ? ` §\u00a0${item.section}` : ''}
    </>
  );
}
