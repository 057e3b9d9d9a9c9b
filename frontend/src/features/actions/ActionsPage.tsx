import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { useMay, useMe } from '../../api/me';
import { useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { LinkButton } from '../../ui/Button';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import './actions.css';
import { ActionFilters } from './ActionFilters';
import { ActionTable } from './ActionTable';
import {
  actionCountQuery,
  actionListQuery,
  type ActionSummary,
  type ListActionsQuery,
} from './queries';
import { QuickPanel } from './QuickPanel';
import { filtersOf, listQuery, withoutFilters, type ActionSearch } from './search';

/** All actions: found by filters that stand in the address, read and updated in place. */
export function ActionsPage() {
  const { actions: t, imports: importing } = useTexts();
  const lang = useLang();
  const asOf = useAsOf();
  const search = useSearch({ from: '/$lang/actions' });
  const navigate = useNavigate({ from: '/$lang/actions' });
  const list = useInfiniteQuery(actionListQuery(listQuery(search, asOf)));
  const [updating, setUpdating] = useState<string | null>(null);
  const mayCreate = useMay('action.create') && !asOf;

  const actions = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const total = list.data?.pages[0]?.total;
  const shown = actions?.find(({ no }) => no === search.show);
  const show = (no: number | undefined) =>
    void navigate({
      search: (now) => ({ ...now, show: no }),
      replace: true,
      resetScroll: false,
    });
  const narrow = (next: ActionSearch) => void navigate({ search: next, resetScroll: false });

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
      <ActionFilters search={search} total={total} onChange={narrow} />
      <Loaded query={{ ...list, data: actions }} loading={t.list.loading}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t.list.empty} />
          ) : (
            <div className={shown ? 'tw' : undefined}>
              <div>
                <ActionTable
                  actions={rows}
                  grouped={(search.order ?? 'goal') === 'goal'}
                  shown={search.show}
                  onShow={show}
                  updating={updating}
                  onUpdate={(action) => setUpdating(action?.id ?? null)}
                />
                <LoadMore
                  shown={rows.length}
                  total={list.hasNextPage ? total : undefined}
                  hasMore={list.hasNextPage}
                  loading={list.isFetchingNextPage}
                  onMore={() => void list.fetchNextPage()}
                />
                {rows.some(({ permissions }) => permissions.includes('action.report')) && !asOf && (
                  <p className="meta below">{t.list.footnote}</p>
                )}
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
    </div>
  );
}

/** The next late action below the shown one, else the first of all. */
function nextLate(rows: readonly ActionSummary[], shown: ActionSummary): number | undefined {
  const late = rows.filter(({ condition, id }) => condition.value === 'late' && id !== shown.id);
  const at = rows.indexOf(shown);
  return (late.find((action) => rows.indexOf(action) > at) ?? late[0])?.no;
}

const open: ListActionsQuery = { status: ['not_started', 'in_progress', 'paused'] };

function useCount(filters: ListActionsQuery, enabled = true) {
  const asOf = useAsOf();
  return useQuery({ ...actionCountQuery({ ...filters, asOf }), enabled }).data;
}

/** How many are under way, late and stale; each number leads to its rows. */
function LeadLine() {
  const {
    actions: {
      list: { lead: t },
    },
    freshness,
  } = useTexts();
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
        {freshness.title}
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
      count: useCount({ withdrawn: 'true' }, me?.signedIn),
    },
  ];
  const { order } = search;
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
            search={{ ...withoutFilters({ order }), ...view.search }}
            activeOptions={{ exact: true }}
            aria-current={now === JSON.stringify(view.search) ? 'true' : undefined}
          >
            {view.label} <span className="meta">{view.count ?? '…'}</span>
          </Link>
        ))}
    </nav>
  );
}
