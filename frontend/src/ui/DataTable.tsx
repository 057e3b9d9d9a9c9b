import { Fragment, type Key, type ReactNode } from 'react';
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
  /** Class of the cells, for widths. */
  className?: string;
}

export interface RowGroup<Row> {
  key: Key;
  heading?: ReactNode;
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
}

/** A real table where there is room, a real list where there is not. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  return useNarrow() ? <AsList {...props} /> : <AsTable {...props} />;
}

function AsTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, groups, rowKey, expanded, selected, className } = props;
  return (
    <table className={className ? `t ${className}` : 't'}>
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={cellClass(column)}>
              {column.hiddenHeader ? <span className="vh">{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.key}>
          {group.heading && (
            <tr className="grp">
              <th colSpan={columns.length} scope="rowgroup">
                {group.heading}
              </th>
            </tr>
          )}
          {group.rows.map((row) => {
            const below = expanded?.(row);
            return (
              <Fragment key={rowKey(row)}>
                <tr className={selected?.(row) ? 'sel' : undefined}>
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
                    <td colSpan={columns.length}>{below}</td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      ))}
    </table>
  );
}

function AsList<Row>(props: DataTableProps<Row>) {
  const { caption, columns, groups, rowKey, expanded, selected } = props;
  const number = columns.find(({ kind }) => kind === 'number');
  const name = columns.find(({ kind }) => kind === 'name');
  const others = columns.filter((column) => column !== number && column !== name);
  return groups.map((group) => (
    <Fragment key={group.key}>
      {group.heading && <div className="tl-grp">{group.heading}</div>}
      <ul className="tl" aria-label={caption}>
        {group.rows.map((row) => (
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
            {expanded?.(row)}
          </li>
        ))}
      </ul>
    </Fragment>
  ));
}

function cellClass<Row>({ kind, className }: Column<Row>): string | undefined {
  const kinds = { number: 'no', name: undefined, figure: 'num nb' };
  return [kind && kinds[kind], className].filter(Boolean).join(' ') || undefined;
}
