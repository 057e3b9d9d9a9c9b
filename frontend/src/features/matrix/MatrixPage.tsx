import { usePrefetchQuery, useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Fragment, useMemo, useState } from 'react';
import { useParties, partyLook } from '../../api/parties';
import { viewQuery } from '../../api/savedViews';
import { SavedViews } from '../../content/SavedViews';
import { useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { fileAddress, fileFormats } from '../../lib/files';
import { LinkButton } from '../../ui/Button';
import { PageHead } from '../../ui/Page';
import { EmptyState, ErrorState, Loaded } from '../../ui/states';
import { useNarrow } from '../../ui/useNarrow';
import { BalanceSection } from './Balance';
import { CellPanel } from './CellPanel';
import { Filters } from './Filters';
import { Grid, type Chosen } from './Grid';
import { MatrixList } from './List';
import './matrix.css';
import { gridModel, type GridRow } from './model';
import {
  countsQuery,
  goalActionsQuery,
  matrixQuery,
  waitingHandoversQuery,
  type Counts,
  type Matrix,
} from './queries';
import { matrixFilter, withoutFilters, type MatrixSearch } from './search';
import { Waiting } from './Waiting';

const route = getRouteApi('/$lang/responsibilities');

/** Who owns what, and whether it has been agreed: the matrix of responsibilities. */
export function MatrixPage() {
  const texts = useTexts();
  const t = texts.matrix;
  const lang = useLang();
  const asOf = useAsOf();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(matrixQuery(matrixFilter(search, asOf)));
  const data = query.data;
  const counted = useQuery(countsQuery(asOf));
  const counts = counted.data;
  usePrefetchQuery(waitingHandoversQuery(asOf)); // the cards do not wait for the counts to ask
  return (
    <div className="pg-matrix">
      <PageHead
        title={t.title}
        lead={<Lead counts={counts} />}
        actions={
          <LinkButton variant="secondary" small to="/$lang/radar" params={{ lang }}>
            {texts.radar.title}
          </LinkButton>
        }
      />
      {counted.error !== null && !counts && (
        <ErrorState
          error={counted.error}
          title={t.waiting.failed}
          onRetry={() => void counted.refetch()}
        />
      )}
      {data && counts && <Waiting waiting={counts.waiting} day={data.day} />}
      <SavedViews
        page="matrix"
        query={viewQuery({
          ...matrixFilter(search, undefined),
          view: search.view,
          balance: search.balance,
          measure: search.measure,
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
      <Loaded query={query} loading={t.loading}>
        {(matrix) => <Content matrix={matrix} search={search} />}
      </Loaded>
      <BalanceSection />
    </div>
  );
}

function Lead({ counts }: { counts: Counts | undefined }) {
  const t = useTexts().matrix;
  const lang = useLang();
  if (!counts) return t.lead;
  const [before, figure, after] = t.inForce(counts.inForce, counts.all);
  return (
    <>
      {t.lead} {before}
      {figure && (
        <Link
          to="/$lang/responsibilities/list"
          params={{ lang }}
          search={{ acceptance: 'in_force' }}
        >
          {figure}
        </Link>
      )}
      {after}
    </>
  );
}

const toggled = (set: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
};

function Content({ matrix, search }: { matrix: Matrix; search: MatrixSearch }) {
  const texts = useTexts();
  const t = texts.matrix;
  const lang = useLang();
  const asOf = useAsOf();
  const navigate = route.useNavigate();
  const narrow = useNarrow();
  const parties = useParties().data;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [closedGroups, setClosedGroups] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<Chosen>();
  const [entered, setEntered] = useState(0);
  const [writing, setWriting] = useState(false);

  // Goals came without their actions if they are many: those of the open ones are fetched here.
  const missing = useMemo(() => {
    const loaded = new Set(matrix.rows.map(({ goalId }) => goalId));
    const goals = matrix.rows.filter(({ kind, id }) => kind === 'goal' && !loaded.has(id));
    return [
      ...new Set(
        goals
          .filter(({ groupId, id, actions }) => actions > 0 && open.has(`${groupId}  ${id}`))
          .map(({ id }) => id),
      ),
    ];
  }, [matrix, open]);
  const filter = matrixFilter(search, asOf);
  const fetched = useQueries({
    queries: missing.map((id) => goalActionsQuery(filter, id)),
    combine: (results) => ({
      answers: results.flatMap(({ data }) => (data ? [data] : [])),
      failed: new Set(missing.filter((_, index) => results[index]?.isError)),
    }),
  });
  const { answers, failed } = fetched;
  const partyIds = useMemo(
    () =>
      [...(parties ?? [])]
        .sort((a, b) => Number(b.principal) - Number(a.principal))
        .map(({ id }) => id),
    [parties],
  );
  const model = useMemo(() => gridModel(matrix, answers, partyIds), [matrix, answers, partyIds]);
  const note = useMemo(
    () => (row: GridRow) => {
      const { actions, moreThan, id } = row.row;
      const shown = row.actions.length;
      if (shown === 0) return failed.has(id) ? t.actionsFailed : t.loadingActions;
      if (shown >= actions && !moreThan) return null;
      return (
        <>
          {t.someActions(shown, moreThan, actions)}{' '}
          <Link to="/$lang/actions" params={{ lang }} search={{ goalId: [id] }}>
            {t.allActions}
          </Link>
        </>
      );
    },
    [failed, lang, t],
  );
  const onToggle = useMemo(() => (row: GridRow) => setOpen((set) => toggled(set, row.key)), []);
  const onToggleGroup = useMemo(
    () => (id: string) => setClosedGroups((set) => toggled(set, id)),
    [],
  );
  const change = (next: MatrixSearch) => void navigate({ search: next, replace: true });
  const principals = (parties ?? []).filter(({ principal }) => principal);
  const asList = narrow || search.view === 'list';
  const byChain = search.rows === 'chain';
  const shared = { model, open, onToggle, note };
  const narrowed = Object.keys(withoutFilters(search)).length < Object.keys(search).length;

  const rows = matrix.rows.filter(({ kind }) => kind !== 'action').length;

  // What is chosen, as it is now: an answer or a proposal changes the cell.
  const told = useMemo(() => {
    if (!chosen) return undefined;
    const rows = model.groups.flatMap((group) =>
      group.rows.flatMap((each) => [each, ...each.actions]),
    );
    const row = rows.find(({ key }) => key === chosen.row.key);
    return row ? { ...chosen, row, cells: row.cells.get(chosen.column.post.id) ?? [] } : chosen;
  }, [chosen, model]);
  const toCell = () => document.querySelector<HTMLElement>('.mx [tabindex="0"]')?.focus();
  const leave = () => {
    setChosen(undefined);
    setWriting(false);
    toCell();
  };

  return (
    <section aria-labelledby="matrix-heading" id="matrix">
      <h2 id="matrix-heading" className={asList ? undefined : 'vh'}>
        {asList ? (byChain ? t.listTitleChain : t.listTitle) : t.grid}
      </h2>
      <Filters
        search={search}
        onChange={change}
        result={t.result(rows, byChain, model.columns.length)}
        looks={principals.map(({ id }) => partyLook(principals, id, lang))}
      />
      {matrix.more && <p className="meta">{t.more}</p>}
      {matrix.rows.length === 0 ? (
        <EmptyState title={narrowed ? undefined : t.none} />
      ) : asList ? (
        <MatrixList {...shared} />
      ) : (
        <>
          <Grid
            {...shared}
            parties={parties ?? []}
            byChain={byChain}
            closedGroups={closedGroups}
            onToggleGroup={onToggleGroup}
            chosen={chosen}
            onChoose={(next, enter) => {
              if (writing) return; // what is typed below belongs to the cell that was chosen
              setChosen(next);
              if (enter) setEntered((count) => count + 1);
            }}
          />
          <CellPanel
            chosen={told}
            day={matrix.day}
            entered={entered}
            onLeave={leave}
            onWriting={setWriting}
            onDone={() => {
              setWriting(false);
              toCell();
            }}
          />
        </>
      )}
      <p className="mx-foot meta">
        {!asList && matrix.rows.length > 0 && <span id="matrix-keys">{t.keys} </span>}
        {!narrow && (
          <Link
            to="/$lang/responsibilities"
            params={{ lang }}
            search={{ ...search, view: asList ? undefined : 'list' }}
            hash="matrix"
          >
            {asList ? t.asGrid : t.asList}
          </Link>
        )}
        {fileFormats.map((format, index) => (
          <Fragment key={format}>
            {(index > 0 || !narrow) && ' · '}
            <a
              href={fileAddress('/matrix', format, { lang, ...matrixFilter(search, asOf) })}
              download
            >
              {texts.ui.download(format.toUpperCase())}
            </a>
          </Fragment>
        ))}
      </p>
    </section>
  );
}
