import { Link } from '@tanstack/react-router';
import {
  memo,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type CSSProperties,
  type ReactNode,
} from 'react';
import { partyLook, type Party } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import type { Lang } from '../../lib/lang';
import { breakable, localised } from '../../lib/text';
import { Acceptance } from '../../ui/Acceptance';
import { ConditionSign } from '../../ui/Condition';
import { Icon } from '../../ui/Icon';
import { PartMark } from '../../ui/PartMark';
import { PartyMark } from '../../ui/PartyMark';
import { bandsOf, moved, type GridModel, type GridRow, type Place } from './model';
import type { MatrixCell, MatrixColumn } from './queries';
import { slotsOf } from './words';

/** The cell that somebody chose. */
export interface Chosen {
  row: GridRow;
  column: MatrixColumn;
  cells: readonly MatrixCell[];
}

interface GridProps {
  model: GridModel;
  parties: readonly Party[];
  byChain: boolean;
  /** Keys of the goals whose actions show. */
  open: ReadonlySet<string>;
  /** What is to be said below the actions of an open goal: that they are fetched, or not all. */
  note: (row: GridRow) => ReactNode;
  onToggle: (row: GridRow) => void;
  closedGroups: ReadonlySet<string>;
  onToggleGroup: (id: string) => void;
  chosen: Chosen | undefined;
  /** With `enter` the reader wants to go to what is told of the cell. */
  onChoose: (chosen: Chosen, enter: boolean) => void;
}

/** A line of the grid: the head of a group, or a row. */
type Line =
  | { kind: 'group'; key: string; id: string; title: GridRow['row']['title']; first: boolean }
  | { kind: 'row'; key: string; row: GridRow; sub: boolean }
  | { kind: 'note'; key: string; row: GridRow };

const nameColumns = 2;

/**
 * The matrix as a grid: one tab stop, arrows from cell to cell. The rows are remembered, so that a
 * step redraws the two rows that it touches and not the thousands of cells.
 */
export function Grid(props: GridProps) {
  const { model, parties, byChain, open, onToggle, closedGroups, onToggleGroup } = props;
  const { chosen, onChoose, note } = props;
  const t = useTexts().matrix;
  const lang = useLang();
  const table = useRef<HTMLTableElement>(null);
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const [edge, setEdge] = useState<{ left: number; width: number; height: number }>();
  const lines = useMemo(
    () => linesOf(model, open, closedGroups, note),
    [model, open, closedGroups, note],
  );
  const { columns } = model;
  const at: Place = {
    row: Math.min(place.row, lines.length - 1),
    column: Math.min(place.column, columns.length + nameColumns - 1),
  };
  const lookOf = useCallback(
    (partyId: string) => partyLook(parties, partyId, lang),
    [parties, lang],
  );
  const principals = useMemo(
    () => parties.filter(({ principal }) => principal).map(({ id }) => id),
    [parties],
  );
  const bands = bandsOf(columns, principals);
  const starts = useMemo(() => startsOf(columns, principals), [columns, principals]);
  const [box, wide] = useTooWide(columns.length);

  // A group's head and a note have one cell; the way on from there is in the column one came from.
  const came = useRef(0);
  const cellAt = ({ row, column }: Place) =>
    table.current?.querySelector<HTMLElement>(`[data-r="${row}"] > [data-c="${column}"]`);

  // The column of the cell is tinted by one box behind all rows: no row is redrawn for it.
  useLayoutEffect(() => {
    const head = table.current?.querySelector<HTMLElement>(`th.v[data-c="${at.column}"]`);
    setEdge(
      head
        ? {
            left: head.offsetLeft,
            width: head.offsetWidth,
            height: table.current?.offsetHeight ?? 0,
          }
        : undefined,
    );
  }, [at.column, columns, lines, wide]);

  const go = (next: Place) => {
    const line = lines[next.row];
    const to = line?.kind === 'row' ? next : { ...next, column: 0 };
    setPlace(to);
    const cell = cellAt(to);
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  const choose = (where: Place, enter: boolean) => {
    const line = lines[where.row];
    const column = columns[where.column - nameColumns];
    if (line?.kind !== 'row' || !column) return;
    onChoose({ row: line.row, column, cells: line.row.cells.get(column.post.id) ?? [] }, enter);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    if (event.altKey || event.metaKey) return;
    const line = lines[at.row];
    const from = line?.kind === 'row' ? at : { ...at, column: came.current };
    const next = moved(from, event, lines.length, columns.length + nameColumns);
    if (next) {
      event.preventDefault();
      came.current = next.column;
      go(next);
      return;
    }
    if (event.key !== 'Enter' && event.key !== ' ') return;
    if (!line || event.target instanceof HTMLButtonElement) return;
    if (line.kind === 'group') onToggleGroup(line.id);
    else if (line.kind === 'note') cellAt(at)?.querySelector('a')?.click();
    else if (at.column >= nameColumns) choose(at, true);
    else if (event.key === ' ') {
      if (line.row.row.kind === 'goal') onToggle(line.row);
    } else {
      if (event.target instanceof HTMLAnchorElement) return;
      cellAt(at)?.querySelector('a')?.click();
    }
    event.preventDefault();
  };

  const onClick = (event: MouseEvent<HTMLTableElement>) => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-c]');
    const row = cell?.closest<HTMLElement>('[data-r]');
    if (!cell || !row) return;
    const where = { row: Number(row.dataset.r), column: Number(cell.dataset.c) };
    setPlace(where);
    came.current = where.column;
    if ((event.target as Element).closest('a, button')) return;
    cell.focus({ preventScroll: true });
    choose(where, false);
  };

  return (
    <div className={wide ? 'mx-box scrolls' : 'mx-box'} ref={box}>
      <table
        ref={table}
        className="mx"
        role="grid"
        aria-labelledby="matrix-heading"
        aria-describedby="matrix-keys"
        aria-rowcount={lines.length + 4}
        style={{ '--mx-columns': columns.length } as CSSProperties}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <colgroup>
          <col className="c0" />
          <col className="cs" />
        </colgroup>
        <thead>
          <tr className="pty">
            <td colSpan={nameColumns} />
            {bands.map(({ partyId, span }, index) => {
              const look = lookOf(partyId);
              return (
                <th
                  key={partyId}
                  colSpan={span}
                  scope="colgroup"
                  className={index > 0 ? 'b' : undefined}
                >
                  <span className="band">
                    {partyId === '' ? (
                      t.others
                    ) : (
                      <>
                        <PartyMark party={look} />
                        {look.name}
                      </>
                    )}
                  </span>
                  <span className={`bar bar-${partyId === '' ? 'outline' : look.shape}`} />
                </th>
              );
            })}
          </tr>
          <tr>
            <th className="v0" scope="col">
              {byChain ? t.nameColumnChain : t.nameColumn}
            </th>
            <th className="v0" scope="col">
              <span className="vh">{t.acceptanceColumn}</span>
            </th>
            {columns.map((column, index) => (
              <th
                key={column.post.id}
                scope="col"
                data-c={index + nameColumns}
                className={`v ${starts[index] ?? ''}${index + nameColumns === at.column ? ' hi' : ''}`}
                title={localised(column.unit, lang).value}
              >
                <Upright column={column} lang={lang} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) =>
            line.kind === 'group' ? (
              <GroupLine
                key={line.key}
                index={index}
                line={line}
                span={columns.length + nameColumns}
                closed={closedGroups.has(line.id)}
                active={at.row === index}
                onToggle={onToggleGroup}
              />
            ) : line.kind === 'note' ? (
              <tr key={line.key} className="sub" data-r={index} aria-rowindex={index + 3}>
                <th
                  scope="row"
                  colSpan={columns.length + nameColumns}
                  data-c={0}
                  tabIndex={at.row === index ? 0 : -1}
                >
                  <span className="mx-note meta">{note(line.row)}</span>
                </th>
              </tr>
            ) : (
              <RowLine
                key={line.key}
                index={index}
                line={line}
                columns={columns}
                starts={starts}
                lookOf={lookOf}
                lang={lang}
                byChain={byChain}
                open={line.sub ? undefined : open.has(line.row.key)}
                active={at.row === index ? at.column : undefined}
                chosen={chosen?.row.key === line.row.key ? chosen.column.post.id : undefined}
                onToggle={onToggle}
              />
            ),
          )}
        </tbody>
        <tfoot>
          <Totals label={t.leads} columns={columns} starts={starts} of="lead" />
          <Totals label={t.shared} columns={columns} starts={starts} of="shared" />
        </tfoot>
      </table>
      {edge && <div className="mx-hi" style={edge} aria-hidden="true" />}
    </div>
  );
}

function linesOf(
  model: GridModel,
  open: ReadonlySet<string>,
  closedGroups: ReadonlySet<string>,
  note: GridProps['note'],
): Line[] {
  const lines: Line[] = [];
  for (const { id, title, rows } of model.groups) {
    lines.push({ kind: 'group', key: id, id, title, first: lines.length === 0 });
    if (closedGroups.has(id)) continue;
    for (const row of rows) {
      lines.push({ kind: 'row', key: row.key, row, sub: false });
      if (!open.has(row.key)) continue;
      for (const action of row.actions) {
        lines.push({ kind: 'row', key: action.key, row: action, sub: true });
      }
      if (note(row)) lines.push({ kind: 'note', key: `${row.key} note`, row });
    }
  }
  return lines;
}

/** Where a principal party or the others (`b`), or another party or unit (`u`) begin. */
function startsOf(columns: readonly MatrixColumn[], principals: readonly string[]): string[] {
  const band = ({ post }: MatrixColumn) => principals.indexOf(post.partyId);
  return columns.map((column, index) => {
    const before = columns[index - 1];
    if (!before) return '';
    if (band(before) !== band(column)) return 'b';
    return before.unitId === column.unitId ? '' : 'u';
  });
}

/** The widths of the style sheet: of the two first columns, and the least of a post's. */
const widths = { name: 392, post: 42 };

/**
 * Whether the columns need more than the page has. Only then the grid scrolls in a box of its own;
 * else its head stays at the top of the window.
 */
function useTooWide(columns: number): [(box: HTMLElement | null) => void, boolean] {
  const [room, setRoom] = useState(Infinity);
  const observer = useRef<ResizeObserver>(undefined);
  const watch = useCallback((box: HTMLElement | null) => {
    observer.current?.disconnect();
    if (!box || typeof ResizeObserver === 'undefined') return;
    observer.current = new ResizeObserver(() => setRoom(box.clientWidth));
    observer.current.observe(box);
  }, []);
  return [watch, widths.name + columns * widths.post > room];
}

function Upright({ column, lang }: { column: MatrixColumn; lang: Lang }) {
  const title = localised(column.post.title, lang);
  return <span lang={title.lang === lang ? undefined : title.lang}>{breakable(title.value)}</span>;
}

interface GroupLineProps {
  index: number;
  line: Extract<Line, { kind: 'group' }>;
  span: number;
  closed: boolean;
  active: boolean;
  onToggle: (id: string) => void;
}

const GroupLine = memo(function GroupLine(props: GroupLineProps) {
  const { index, line, span, closed, active, onToggle } = props;
  const t = useTexts().matrix;
  const lang = useLang();
  const title = localised(line.title, lang).value;
  return (
    <tr className="grp" data-r={index} aria-rowindex={index + 3}>
      <th scope="rowgroup" colSpan={span} data-c={0} tabIndex={active ? 0 : -1}>
        <span className="gh">
          <button
            type="button"
            className="tw"
            tabIndex={-1}
            aria-expanded={!closed}
            aria-label={closed ? t.showGroup(title) : t.hideGroup(title)}
            onClick={() => onToggle(line.id)}
          >
            <Icon name={closed ? 'right' : 'down'} size={14} />
          </button>
          <T text={line.title} />
        </span>
      </th>
    </tr>
  );
});

interface RowLineProps {
  index: number;
  line: Extract<Line, { kind: 'row' }>;
  columns: readonly MatrixColumn[];
  starts: readonly string[];
  lookOf: (partyId: string) => ReturnType<typeof partyLook>;
  lang: Lang;
  /** Goals stand beside stages: they are told apart by a word. */
  byChain: boolean;
  /** Undefined for an action. */
  open: boolean | undefined;
  /** The column of the tab stop, if it is in this row. */
  active: number | undefined;
  /** The post of the chosen cell, if it is in this row. */
  chosen: string | undefined;
  onToggle: (row: GridRow) => void;
}

const RowLine = memo(function RowLine(props: RowLineProps) {
  const { index, line, columns, starts, lookOf, open, active, chosen, onToggle, byChain } = props;
  const { row, cells } = line.row;
  const stop = (column: number) => (active === column ? 0 : -1);
  return (
    <tr className={line.sub ? 'sub' : undefined} data-r={index} aria-rowindex={index + 3}>
      <th scope="row" data-c={0} tabIndex={stop(0)}>
        <RowName
          row={line.row}
          sub={line.sub}
          open={open}
          named={byChain && row.kind === 'goal'}
          onToggle={onToggle}
        />
      </th>
      <td className="sc" data-c={1} tabIndex={stop(1)}>
        {row.acceptance.length > 0 && <Acceptance slots={slotsOf(row.acceptance, lookOf)} />}
      </td>
      {columns.map(({ post }, n) => {
        const found = cells.get(post.id);
        return (
          <td
            key={post.id}
            data-c={n + nameColumns}
            className={`m ${starts[n] ?? ''}${chosen === post.id ? ' foc' : ''}`}
            tabIndex={stop(n + nameColumns)}
            aria-selected={chosen === post.id || undefined}
          >
            {found?.map(({ responsibilityId, part, standing }) => (
              <PartMark
                key={responsibilityId}
                part={part}
                party={lookOf(post.partyId)}
                waiting={standing !== 'in_force'}
              />
            ))}
          </td>
        );
      })}
    </tr>
  );
});

interface RowNameProps {
  row: GridRow;
  sub: boolean;
  open: boolean | undefined;
  /** Whether it is said that this is a goal. */
  named: boolean;
  onToggle: (row: GridRow) => void;
}

function RowName({ row: gridRow, sub, open, named, onToggle }: RowNameProps) {
  const texts = useTexts();
  const t = texts.matrix;
  const lang = useLang();
  const { row } = gridRow;
  const title = localised(row.title, lang).value;
  return (
    <span className="rh">
      {!sub &&
        (row.kind === 'goal' && row.actions > 0 ? (
          <button
            type="button"
            className="tw"
            tabIndex={-1}
            aria-expanded={open}
            aria-label={open ? t.hideActions(title) : t.showActions(title)}
            onClick={() => onToggle(gridRow)}
          >
            <Icon name={open ? 'down' : 'right'} size={14} />
          </button>
        ) : (
          <span />
        ))}
      <span className="nn">{row.kind === 'handover' ? '' : row.no}</span>
      {row.condition && (
        <>
          <ConditionSign value={row.condition} />
          <span className="vh">{texts.ui.conditions[row.condition]}</span>
        </>
      )}
      <span>
        {named && <span className="meta">{t.goal}: </span>}
        <RowLink row={gridRow} tabbable={false} />
      </span>
    </span>
  );
}

/** The name of a row's thing, which leads to its page. */
export function RowLink({ row: { row }, tabbable }: { row: GridRow; tabbable: boolean }) {
  const t = useTexts().matrix;
  const lang = useLang();
  const tabIndex = tabbable ? undefined : -1;
  const lock = row.visibility === 'internal' && <Icon name="lock" size={14} />;
  if (row.kind === 'goal' || row.kind === 'action') {
    return (
      <span>
        <Link
          className="q"
          tabIndex={tabIndex}
          to={row.kind === 'goal' ? '/$lang/goals/$no' : '/$lang/actions/$no'}
          params={{ lang, no: String(row.no) }}
        >
          <T text={row.title} />
        </Link>{' '}
        <Internal row={row}>{lock}</Internal>
      </span>
    );
  }
  return (
    <span>
      <Link
        className="q"
        tabIndex={tabIndex}
        to="/$lang/chains/$id"
        params={{ lang, id: row.groupId }}
      >
        {row.kind === 'handover' ? (
          <>
            {t.handover}: <T text={row.from} /> – <T text={row.to} />
          </>
        ) : (
          <T text={row.title} />
        )}
      </Link>{' '}
      <Internal row={row}>{lock}</Internal>
    </span>
  );
}

function Internal({ row, children }: { row: GridRow['row']; children: ReactNode }) {
  const t = useTexts().ui.visibility;
  if (row.visibility !== 'internal') return null;
  return (
    <>
      {children}
      <span className="vh">{t.internal}</span>
    </>
  );
}

interface TotalsProps {
  label: string;
  columns: readonly MatrixColumn[];
  starts: readonly string[];
  of: 'lead' | 'shared';
}

function Totals({ label, columns, starts, of }: TotalsProps) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td />
      {columns.map((column, index) => (
        <td key={column.post.id} className={`m ${starts[index] ?? ''}`}>
          {column[of] > 0 ? column[of] : '–'}
        </td>
      ))}
    </tr>
  );
}
