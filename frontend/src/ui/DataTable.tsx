import { Fragment, useRef, type Key, type ReactNode } from 'react';
import { useNear } from './near';
import { RowContent, RowSlot, useRowHosts, type RowHost } from './rowSlots';
import { useNarrow } from './useNarrow';

export interface Column<Row> {
  key: string;
  header: string;
  render: (row: Row) => ReactNode;
  /**
   * `number` is the short number in front of the row's name, `name` the name itself (one per
   * table), `figure` stands to the right. Without a kind it is an ordinary cell.
   */
  kind?: 'number' | 'name' | 'figure';
  /** The heading is only spoken, as for a column of buttons. */
  hiddenHeader?: boolean;
  /** What is drawn below the heading, such as a scale; hidden from screen readers. */
  drawn?: ReactNode;
  /** Class of the cells, for widths. */
  className?: string;
}

export interface RowGroup<Row> {
  key: Key;
  heading?: ReactNode;
  /** What stands beside the heading, in the columns of these keys. */
  cells?: Record<string, ReactNode>;
  rows: readonly Row[];
}

interface DataTableProps<Row> {
  /** Says what the table holds; spoken only. */
  caption: string;
  columns: readonly Column<Row>[];
  /** Rows under headings; one group without a heading makes a plain table. */
  groups: readonly RowGroup<Row>[];
  rowKey: (row: Row) => Key;
  /** What opens below a row, such as its update form; nothing for the others. */
  expanded?: (row: Row) => ReactNode;
  selected?: (row: Row) => boolean;
  className?: string;
  /** How many rows there are in all, where these may be only the first of them. */
  total?: number;
}

/** A table of more rows than this has only those near the sight; the others keep their place. */
const longFrom = 150;
const blockSize = 50;
/** What a row is taken to be high, in pixels, until it has been seen. */
const rowHeight = 56;

interface Block<Row> {
  key: Key;
  heading?: ReactNode;
  cells?: Record<string, ReactNode>;
  rows: readonly Row[];
  /** Which block of the table it is, from 0. */
  at: number;
  /** Which row of the table its first is, headings included, from 1: the head of the table. */
  index: number;
}

/** The rows of all groups in pieces that come and go as a whole. */
function blocksOf<Row>(groups: readonly RowGroup<Row>[], long: boolean): Block<Row>[] {
  const blocks: Block<Row>[] = [];
  let index = 2;
  for (const group of groups) {
    const size = long ? blockSize : Math.max(group.rows.length, 1);
    for (let start = 0; start < Math.max(group.rows.length, 1); start += size) {
      const rows = group.rows.slice(start, start + size);
      const heading = start === 0 ? group.heading : undefined;
      const cells = start === 0 ? group.cells : undefined;
      blocks.push({ key: `${group.key} ${start}`, heading, cells, rows, at: blocks.length, index });
      index += rows.length + (heading ? 1 : 0);
    }
  }
  return blocks;
}

function isLong<Row>(groups: readonly RowGroup<Row>[]): boolean {
  return groups.reduce((sum, { rows }) => sum + rows.length, 0) > longFrom;
}

/** Whether something is open below one of the rows: what was typed there must not go. */
function holdsOpen<Row>(rows: readonly Row[], expanded: DataTableProps<Row>['expanded']): boolean {
  return expanded !== undefined && rows.some((row) => Boolean(expanded(row)));
}

interface LayoutProps<Row> extends DataTableProps<Row> {
  hostOf: (key: Key) => RowHost;
}

/**
 * A real table where there is room, a real list where there is not. What is open below a row is the
 * same in both, with what is typed in it.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { groups, expanded, rowKey } = props;
  const hostOf = useRowHosts();
  const narrow = useNarrow();
  const open = expanded
    ? groups.flatMap(({ rows }) =>
        rows.flatMap((row) => {
          const below = expanded(row);
          return below ? [{ key: rowKey(row), below }] : [];
        }),
      )
    : [];
  return (
    <>
      {narrow ? <AsList {...props} hostOf={hostOf} /> : <AsTable {...props} hostOf={hostOf} />}
      {open.map(({ key, below }) => (
        <RowContent key={key} host={hostOf(key)}>
          {below}
        </RowContent>
      ))}
    </>
  );
}

function AsTable<Row>(props: LayoutProps<Row>) {
  const { caption, columns, groups, className, total } = props;
  const long = isLong(groups);
  const headings = groups.filter(({ heading }) => heading !== undefined).length;
  const shown = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <table
      className={className ? `t ${className}` : 't'}
      aria-rowcount={
        long ? (total !== undefined && total > shown ? -1 : shown + headings + 1) : undefined
      }
    >
      <caption className="vh">{caption}</caption>
      <thead>
        <tr aria-rowindex={long ? 1 : undefined}>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={cellClass(column)}>
              {column.hiddenHeader ? <span className="vh">{column.header}</span> : column.header}
              {column.drawn && <div aria-hidden="true">{column.drawn}</div>}
            </th>
          ))}
        </tr>
      </thead>
      {blocksOf(groups, long).map((block) => (
        <TableBlock key={block.key} block={block} long={long} {...props} />
      ))}
    </table>
  );
}

interface BlockProps<Row> extends LayoutProps<Row> {
  block: Block<Row>;
  long: boolean;
}

function TableBlock<Row>(props: BlockProps<Row>) {
  const { block, long, columns, rowKey, expanded, selected, hostOf } = props;
  const ref = useRef<HTMLTableSectionElement>(null);
  const { heading, cells, rows, index } = block;
  const beside = cells ? columns.findIndex(({ key }) => key in cells) : -1;
  const across = beside < 0 ? columns.length : beside;
  const { near, height } = useNear(ref, long && !holdsOpen(rows, expanded), block.at < 6);
  if (!near)
    return (
      <tbody ref={ref} key="place" aria-hidden="true">
        <tr>
          <td
            colSpan={columns.length}
            style={{ height: height ?? rows.length * rowHeight, padding: 0 }}
          />
        </tr>
      </tbody>
    );
  const first = heading ? index + 1 : index;
  return (
    <tbody ref={ref} key="rows">
      {heading && (
        <tr className="grp" aria-rowindex={long ? index : undefined}>
          <th colSpan={across} scope="rowgroup">
            {heading}
          </th>
          {columns.slice(across).map((column) => (
            <td key={column.key} className={cellClass(column)}>
              {cells?.[column.key]}
            </td>
          ))}
        </tr>
      )}
      {rows.map((row, at) => {
        const below = expanded?.(row);
        return (
          <Fragment key={rowKey(row)}>
            <tr
              className={selected?.(row) ? 'sel' : undefined}
              aria-rowindex={long ? first + at : undefined}
            >
              {columns.map((column) =>
                column.kind === 'name' ? (
                  <th key={column.key} scope="row" className={cellClass(column)}>
                    {column.render(row)}
                  </th>
                ) : (
                  <td key={column.key} className={cellClass(column)}>
                    {column.render(row)}
                  </td>
                ),
              )}
            </tr>
            {below && (
              <tr className="edit">
                <td colSpan={columns.length}>
                  <RowSlot host={hostOf(rowKey(row))} />
                </td>
              </tr>
            )}
          </Fragment>
        );
      })}
    </tbody>
  );
}

function AsList<Row>(props: LayoutProps<Row>) {
  const long = isLong(props.groups);
  return blocksOf(props.groups, long).map((block) => (
    <ListBlock key={block.key} block={block} long={long} {...props} />
  ));
}

function ListBlock<Row>(props: BlockProps<Row>) {
  const { block, long, caption, columns, rowKey, expanded, selected, hostOf } = props;
  const ref = useRef<HTMLDivElement>(null);
  const { heading, cells, rows } = block;
  const { near, height } = useNear(ref, long && !holdsOpen(rows, expanded), block.at < 6);
  if (!near)
    return (
      <div
        ref={ref}
        key="place"
        aria-hidden="true"
        style={{ height: height ?? rows.length * rowHeight * 3 }}
      />
    );
  const number = columns.find(({ kind }) => kind === 'number');
  const name = columns.find(({ kind }) => kind === 'name');
  const others = columns.filter((column) => column !== number && column !== name);
  return (
    <div ref={ref} key="rows">
      {heading && (
        <div className="tl-grp">
          {heading}
          {columns.map(({ key }) => cells?.[key] && <div key={key}>{cells[key]}</div>)}
        </div>
      )}
      <ul className="tl" aria-label={caption}>
        {rows.map((row) => (
          <li key={rowKey(row)} className={selected?.(row) ? 'sel' : undefined}>
            <div className="tl-name">
              {number && <span className="no">{number.render(row)}</span>}
              <span>{name?.render(row)}</span>
            </div>
            <dl>
              {others.map((column) => (
                <div key={column.key}>
                  <dt className={column.hiddenHeader ? 'vh' : undefined}>{column.header}</dt>
                  <dd>{column.render(row)}</dd>
                </div>
              ))}
            </dl>
            {expanded?.(row) && <RowSlot host={hostOf(rowKey(row))} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function cellClass<Row>({ kind, className }: Column<Row>): string | undefined {
  const kinds = { number: 'no', name: undefined, figure: 'num nb' };
  return [kind && kinds[kind], className].filter(Boolean).join(' ') || undefined;
}
