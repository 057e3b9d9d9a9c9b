import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useMay } from '../../api/me';
import { phasesQuery } from '../../api/terms';
import { useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { isTyping } from '../../lib/keys';
import { localised } from '../../lib/text';
import { Select } from '../../ui/filters';
import { useNarrow } from '../../ui/useNarrow';
import { boardBy, neighbour, type BoardBy, type BoardColumn, type Target } from './board';
import { Column } from './BoardColumn';
import { groupKey, type ActionGroup } from './groups';
import { useMoving } from './moving';
import type { Action, ActionSummary, ListActionsQuery } from './queries';
import { sortFields, sortOf, statuses, type ActionSearch } from './search';
import './board.css';

interface ActionBoardProps {
  search: ActionSearch;
  /** The filters of the list, with its order within a column. */
  query: ListActionsQuery;
  /** How many stand in each column, whatever has been fetched. */
  groups: readonly ActionGroup[] | undefined;
  onChange: (search: ActionSearch) => void;
}

/** A card whose form is open. */
export interface Updating {
  action: ActionSummary;
  /** Key of the column in which it was when the form opened. */
  column: string;
  to: Target;
}

/** What the board gives to its columns and cards. */
export interface BoardContext {
  by: BoardBy;
  columns: readonly BoardColumn[];
  query: ListActionsQuery;
  /** Cards can be moved by this reader at all. */
  movable: boolean;
  /** What was moved since the board was opened with these filters, the last first. */
  moved: readonly ActionSummary[];
  /** Id of the card whose move is on its way. */
  busy: string | undefined;
  updating: Updating | undefined;
  dragged: ActionSummary | undefined;
  onDrag: (action: ActionSummary | undefined) => void;
  onMove: (action: ActionSummary, column: BoardColumn) => void;
  /** What is told when the form of a card is saved. */
  told: (action: ActionSummary, to: string) => (saved: Action) => string;
  onClose: (updating: Updating, saved?: Action) => void;
  onUndo: (id: string) => void;
}

/**
 * The list as cards in columns by status or phase. A card is moved by its menu or by dragging; what
 * a move says is the report of the reader's own party.
 */
export function ActionBoard({ search, query, groups, onChange }: ActionBoardProps) {
  const texts = useTexts();
  const t = texts.board;
  const asOf = useAsOf();
  const narrow = useNarrow();
  const by = boardBy(search);
  const columns = useColumns(search, by, groups);
  const movable = useMay('action.report') && !asOf;
  const root = useRef<HTMLDivElement>(null);
  const filters = JSON.stringify(query);
  const [moved, setMoved] = useState<{ filters: string; items: readonly ActionSummary[] }>({
    filters,
    items: [],
  });
  const [busy, setBusy] = useState<string>();
  const [updating, setUpdating] = useState<Updating>();
  const [dragged, setDragged] = useState<ActionSummary>();
  // The card to which the focus goes, once it is where it was moved to.
  const [follow, setFollow] = useState<{ id: string; from: string }>();
  useEffect(() => {
    if (!follow) return;
    const here = document.activeElement;
    const free = here === document.body || here === document.querySelector('main');
    if (free || root.current?.contains(here)) {
      const find = (what: string) => root.current?.querySelector<HTMLElement>(what);
      const card = find(`[data-card="${follow.id}"] [data-part="move"]`);
      (card ?? find(`[data-column="${follow.from}"] h2`))?.focus();
    }
  }, [follow]);

  const keep = (saved: ActionSummary) =>
    setMoved((now) => ({
      filters,
      items: [
        saved,
        ...(now.filters === filters ? now.items : []).filter(({ id }) => id !== saved.id),
      ],
    }));
  const drop = (id: string) =>
    setMoved((now) => ({ ...now, items: now.items.filter((each) => each.id !== id) }));
  const moving = useMoving({
    by,
    columns,
    onForm: (action, to) => {
      setBusy(undefined);
      setUpdating({ action, column: groupKey(by, action), to });
    },
    onMoved: (saved) => {
      setBusy(undefined);
      keep(saved);
      setFollow({ id: saved.id, from: groupKey(by, saved) });
    },
    onEnd: (action) => {
      setBusy(undefined);
      setFollow({ id: action.id, from: groupKey(by, action) });
    },
    onUndo: drop,
  });
  const board: BoardContext = {
    by,
    columns,
    query,
    movable,
    moved: moved.filters === filters ? moved.items : [],
    busy,
    updating,
    dragged,
    onDrag: setDragged,
    onMove: (action, column) => {
      if (busy !== undefined || groupKey(by, action) === column.key) return;
      setBusy(action.id);
      moving.move(action, column);
    },
    told: moving.told,
    onClose: (closed, saved) => {
      setUpdating(undefined);
      if (saved) keep(saved);
      setFollow({ id: closed.action.id, from: closed.column });
    },
    onUndo: drop,
  };

  const countOf = (key: string) =>
    groups && (groups.find((group) => group.key === key)?.count ?? 0);
  const first =
    columns.find(({ key }) => key === 'in_progress' && countOf(key)) ??
    columns.find(({ key }) => countOf(key)) ??
    columns[0];
  const chosen = columns.find(({ key }) => key === (search.column ?? first?.key)) ?? first;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!/^Arrow/.test(event.key) || isTyping(event.target) || !root.current) return;
    const next = neighbour(root.current, event.target as Element, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  return (
    <div className="bd">
      <div className="bd-bar">
        <BoardBys search={search} by={by} />
        {narrow && (
          <Select
            small
            label={t.column}
            options={columns.map(({ key, name }) => ({
              value: key,
              label: t.withCount(name, countOf(key) ?? 0),
            }))}
            value={chosen?.key ?? ''}
            onChange={(column) => onChange({ ...search, column })}
          />
        )}
        <Select
          small
          label={texts.actionTable.sort}
          options={sortFields.map((value) => ({ value, label: texts.actionTable.sorts[value] }))}
          value={sortOf({ ...search, group: 'none' })[0] as (typeof sortFields)[number]}
          onChange={(sort) => onChange({ ...search, group: by, sort })}
        />
      </div>
      {movable && !narrow && <p className="meta bd-help">{t.help}</p>}
      {/* Its columns may be wider than the page: the keyboard scrolls it too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrow keys go between the cards in it */}
      <div
        className="bd-cols"
        ref={root}
        role="region"
        aria-label={t.title}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {columns
          .filter(({ key }) => !narrow || key === chosen?.key || updating?.column === key)
          .map((column) => (
            <Column
              key={`${by} ${column.key}`}
              board={board}
              column={column}
              count={countOf(column.key)}
              hidden={narrow && column.key !== chosen?.key}
            />
          ))}
      </div>
    </div>
  );
}

/** By what the columns are. */
function BoardBys({ search, by }: { search: ActionSearch; by: BoardBy }) {
  const t = useTexts().board;
  const lang = useLang();
  return (
    <nav className="sav" aria-label={t.columnsBy}>
      {(['status', 'phase'] as const).map((each) => (
        <Link
          key={each}
          to="/$lang/actions"
          params={{ lang }}
          search={{ ...search, group: each, column: undefined, sort: undefined }}
          resetScroll={false}
          activeOptions={{ exact: true }}
          aria-current={by === each ? 'true' : undefined}
        >
          {t.by[each]}
        </Link>
      ))}
    </nav>
  );
}

/** The columns in their order: those that the filters let through. */
function useColumns(
  search: ActionSearch,
  by: BoardBy,
  groups: readonly ActionGroup[] | undefined,
): BoardColumn[] {
  const texts = useTexts();
  const lang = useLang();
  const phases = useQuery({ ...phasesQuery(useAsOf()), enabled: by === 'phase' }).data ?? [];
  if (by === 'status')
    return statuses
      .filter((status) => !search.status || search.status.includes(status))
      .map((status) => ({
        key: status,
        name: texts.actions.statuses[status],
        filter: { status: [status] },
      }));
  const wanted = (id: string) => !search.phaseId || search.phaseId.includes(id);
  const filled = (key: string) => groups?.some((group) => group.key === key) ?? false;
  return [
    ...phases
      .filter(({ id, retired }) => wanted(id) && (!retired || filled(id)))
      .map(({ id, title, retired }) => ({
        key: id,
        name: localised(title, lang).value,
        filter: { phaseId: [id] },
        refuses: retired ? texts.board.retiredPhase : undefined,
      })),
    ...(wanted('none')
      ? [
          {
            key: '',
            name: texts.actionTable.none.phase,
            filter: { phaseId: ['none'] },
            refuses: texts.board.noPhase,
          },
        ]
      : []),
  ];
}
