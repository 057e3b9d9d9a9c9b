import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { useMay, useMe } from '../../api/me';
import { viewQuery } from '../../api/savedViews';
import { SavedViews } from '../../content/SavedViews';
import { useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatNumber } from '../../lib/numbers';
import { LinkButton } from '../../ui/Button';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import { WhenNear } from '../../ui/near';
import './actions.css';
import { ActionBoard } from './ActionBoard';
import { ActionFilters } from './ActionFilters';
import { ActionTable } from './ActionTable';
import { ActionTimeline } from './ActionTimeline';
import { boardBy } from './board';
import { BulkBar } from './BulkBar';
import {
  actionCountQuery,
  actionListQuery,
  type ActionSummary,
  type ListActionsQuery,
} from './queries';
import { useGroups } from './groups';
import { QuickPanel } from './QuickPanel';
import { useSelection } from './selection';
import { TableOptions } from './TableOptions';
import { filtersOf, listQuery, usualColumns, withoutFilters, type ActionSearch } from './search';

/** All actions: found by filters that stand in the address, read and updated in place. */
export function ActionsPage() {
  const { actions: t, imports: importing } = useTexts();
  const lang = useLang();
  const asOf = useAsOf();
  const search = useSearch({ from: '/$lang/actions' });
  const navigate = useNavigate({ from: '/$lang/actions' });
  const timeline = search.view === 'timeline';
  const board = search.view === 'board';
  const list = useInfiniteQuery({
    ...actionListQuery({
      ...listQuery(search, asOf),
      ...(timeline && { include: ['milestones'] }),
    }),
    enabled: !board,
  });
  const [updating, setUpdating] = useState<string | null>(null);
  const mayCreate = useMay('action.create') && !asOf;

  const actions = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const cards = listQuery({ ...search, group: 'none' }, asOf);
  const groups = useGroups(
    board ? { group: boardBy(search) } : search,
    board ? cards : listQuery(search, asOf),
  );
  const selection = useSelection(actions ?? []);
  const mayEdit = useMay('action.edit');
  const mayReport = useMay('action.report');
  const maySelect = (mayEdit || mayReport) && !asOf;
  const total = board
    ? groups?.reduce((sum, { count }) => sum + count, 0)
    : list.data?.pages[0]?.total;
  const shown = search.view ? undefined : actions?.find(({ no }) => no === search.show);
  const show = (no: number | undefined) =>
    void navigate({
      search: (now) => ({ ...now, show: no }),
      replace: true,
      resetScroll: false,
    });
  const narrow = (next: ActionSearch) => void navigate({ search: next, resetScroll: false });
  const more = (count: number) => (
    <>
      <WhenNear
        waiting={list.hasNextPage && !list.isFetching}
        onNear={() => void list.fetchNextPage()}
      />
      <LoadMore
        shown={count}
        total={list.hasNextPage ? total : undefined}
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  );

  return (
    <div className="pg-actions">
      <PageHead
        title={t.title}
        lead={<LeadLine />}
        actions={
          <>
            <FileLinks path="/actions" query={listQuery(search, asOf)} />
            {mayCreate && (
              <>
                <LinkButton variant="secondary" small to="/$lang/actions/import" params={{ lang }}>
                  {importing.link}
                </LinkButton>
                <LinkButton small to="/$lang/actions/new" params={{ lang }}>
                  {t.list.create}
                </LinkButton>
              </>
            )}
          </>
        }
      />
      <Views search={search} />
      <SavedViews
        page="actions"
        query={viewQuery({
          ...listQuery(search, undefined),
          group: search.group ?? 'goal',
          columns: search.columns,
          view: search.view,
          period: search.period,
        })}
        opened={search.saved}
        onSaved={({ id }) =>
          void navigate({
            search: (now) => ({ ...now, saved: id }),
            replace: true,
            resetScroll: false,
          })
        }
      />
      <ActionFilters search={search} total={total} onChange={narrow} />
      <div className="sav-row">
        <Displays search={search} />
        {!search.view && <TableOptions search={search} onChange={narrow} />}
      </div>
      {board && total === 0 && <EmptyState title={t.list.empty} text={t.list.emptyText} />}
      {board ? (
        <ActionBoard search={search} query={cards} groups={groups} onChange={narrow} />
      ) : (
        <Loaded query={{ ...list, data: actions }} loading={t.list.loading}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title={t.list.empty} text={t.list.emptyText} />
            ) : timeline ? (
              <>
                <ActionTimeline search={search} actions={rows} groups={groups} total={total} />
                {more(rows.length)}
              </>
            ) : (
              <div className={shown ? 'tw' : undefined}>
                <div>
                  {maySelect && <BulkBar shown={rows.length} selection={selection} />}
                  <ActionTable
                    actions={rows}
                    by={search.group ?? 'goal'}
                    groups={groups}
                    shownColumns={search.columns ?? usualColumns}
                    total={total}
                    shown={search.show}
                    onShow={show}
                    updating={updating}
                    onUpdate={(action) => setUpdating(action?.id ?? null)}
                    selection={maySelect ? selection : undefined}
                  />
                  {more(rows.length)}
                  {rows.some(({ permissions }) => permissions.includes('action.report')) &&
                    !asOf && <p className="meta below">{t.list.footnote}</p>}
                </div>
                {shown && (
                  <QuickPanel
                    action={shown}
                    next={nextLate(rows, shown)}
                    onShow={show}
                    onClose={() => show(undefined)}
                  />
                )}
              </div>
            )
          }
        </Loaded>
      )}
    </div>
  );
}

/** As what the same actions are shown. */
function Displays({ search }: { search: ActionSearch }) {
  const t = useTexts().timeline;
  const lang = useLang();
  return (
    <nav className="sav" aria-label={t.displays}>
      {(['table', 'timeline', 'board'] as const).map((view) => (
        <Link
          key={view}
          to="/$lang/actions"
          params={{ lang }}
          search={displayed(search, view)}
          resetScroll={false}
          activeOptions={{ exact: true }}
          aria-current={(search.view ?? 'table') === view ? 'true' : undefined}
        >
          {t.display[view]}
        </Link>
      ))}
    </nav>
  );
}

/** The search of another display: without what only the present one has. */
function displayed(search: ActionSearch, view: 'table' | 'timeline' | 'board'): ActionSearch {
  const { group } = search;
  return {
    ...search,
    view: view === 'table' ? undefined : view,
    period: view === 'timeline' ? search.period : undefined,
    column: view === 'board' ? search.column : undefined,
    show: view === 'table' ? search.show : undefined,
    ...(view === 'board'
      ? { group: group === 'phase' ? 'phase' : 'status' }
      : search.view === 'board' && { group: group === 'phase' ? 'phase' : undefined }),
  };
}

/** The next late action below the shown one, else the first of all. */
function nextLate(rows: readonly ActionSummary[], shown: ActionSummary): number | undefined {
  const late = rows.filter(({ condition, id }) => condition.value === 'late' && id !== shown.id);
  const at = rows.indexOf(shown);
  return (late.find((action) => rows.indexOf(action) > at) ?? late[0])?.no;
}

type Counted = Omit<ListActionsQuery, 'asOf'>;

const open: Counted = { status: ['not_started', 'in_progress', 'paused'] };

function useCount(filters: Counted, enabled = true) {
  const asOf = useAsOf();
  return useQuery({ ...actionCountQuery({ ...filters, asOf }), enabled }).data;
}

/** How many are under way, late and stale; each number leads to its rows. */
function LeadLine() {
  const { lead: t } = useTexts().actions.list;
  const lang = useLang();
  const all = useCount(open);
  const late = useCount({ condition: ['late'] });
  const stale = useCount({ condition: ['stale'] });
  if (all === undefined || late === undefined || stale === undefined) return ' ';
  if (all === 0) return t.none;
  const link = (search: ActionSearch, text: string): ReactNode => (
    <Link to="/$lang/actions" params={{ lang }} search={search}>
      {text}
    </Link>
  );
  return (
    <>
      {t.open(all)}{' '}
      {late > 0 ? link({ condition: ['late'], order: 'due' }, t.late(late)) : t.noneLate}
      {', '}
      {stale > 0 ? link({ condition: ['stale'], order: 'confirmed' }, t.stale(stale)) : t.noneStale}
      {'. '}
      <Link to="/$lang/freshness" params={{ lang }}>
        {t.freshness}
      </Link>
    </>
  );
}

/** The lists that people open most, with their counts. */
function Views({ search }: { search: ActionSearch }) {
  const texts = useTexts();
  const t = texts.actions.list;
  const lang = useLang();
  const me = useMe().data;
  const holder = me?.post !== undefined;
  const views: { label: string; search: ActionSearch; count: number | undefined }[] = [
    { label: t.all, search: {}, count: useCount({}) },
    { label: t.mine, search: { mine: true }, count: useCount({ mine: 'true' }, holder) },
    { label: t.late, search: { condition: ['late'] }, count: useCount({ condition: ['late'] }) },
    { label: t.stale, search: { condition: ['stale'] }, count: useCount({ condition: ['stale'] }) },
    { label: t.unowned, search: { unowned: true }, count: useCount({ unowned: 'true' }) },
    { label: t.atRisk, search: { atRisk: true }, count: useCount({ atRisk: 'true' }) },
    {
      label: texts.actions.filters.withdrawn,
      search: { withdrawn: true },
      count: useCount({ withdrawn: 'true' }),
    },
  ];
  const filters = filtersOf(search);
  const now = JSON.stringify(filters);
  return (
    <nav className="sav" aria-label={t.views}>
      {views
        .filter((view) => holder || !view.search.mine)
        .filter((view) => view.count || !view.search.withdrawn)
        .map((view) => (
          <Link
            key={view.label}
            to="/$lang/actions"
            params={{ lang }}
            search={{ ...withoutFilters(search), ...view.search }}
            activeOptions={{ exact: true }}
            aria-current={now === JSON.stringify(view.search) ? 'true' : undefined}
          >
            {view.label}{' '}
            <span className="meta">
              {view.count === undefined ? '…' : formatNumber(view.count, lang)}
            </span>
          </Link>
        ))}
    </nav>
  );
}
