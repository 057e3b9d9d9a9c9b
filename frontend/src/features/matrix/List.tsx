import { usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { breakable, localised } from '../../lib/text';
import { Acceptance } from '../../ui/Acceptance';
import { ConditionSign } from '../../ui/Condition';
import { PartMark } from '../../ui/PartMark';
import { RowLink } from './Grid';
import type { GridModel, GridRow } from './model';
import type { MatrixColumn } from './queries';
import { parts } from './search';
import { slotsOf } from './words';
import type { ReactNode } from 'react';

interface ListProps {
  model: GridModel;
  open: ReadonlySet<string>;
  onToggle: (row: GridRow) => void;
  note: (row: GridRow) => ReactNode;
}

/** The matrix as lists: for each thing the posts that have a part in it, nothing beside. */
export function MatrixList({ model, open, onToggle, note }: ListProps) {
  const t = useTexts().matrix;
  return (
    <div className="vmob">
      {model.groups.map(({ id, title, rows }) => (
        <section key={id} aria-labelledby={`matrix-group-${id}`}>
          <h3 className="vm-th" id={`matrix-group-${id}`}>
            <T text={title} />
          </h3>
          {rows.map((row) => (
            <article key={row.key}>
              <h4>
                <span className="nn">{row.row.kind === 'handover' ? '' : row.row.no}</span>
                <RowLink row={row} tabbable />
              </h4>
              <Parts row={row} columns={model.columns} />
              {row.row.kind === 'goal' && row.row.actions > 0 && (
                <details open={open.has(row.key)}>
                  <summary
                    onClick={(event) => {
                      event.preventDefault();
                      onToggle(row);
                    }}
                  >
                    {t.actions(row.row.actions, row.row.moreThan)}
                  </summary>
                  {open.has(row.key) && (
                    <>
                      {row.actions.map((action) => (
                        <div key={action.key} className="vm-a">
                          <h5>
                            <span className="nn">{action.row.no}</span>
                            <Sign row={action} />
                            <RowLink row={action} tabbable />
                          </h5>
                          <Parts row={action} columns={model.columns} />
                        </div>
                      ))}
                      <p className="meta">{note(row)}</p>
                    </>
                  )}
                </details>
              )}
            </article>
          ))}
        </section>
      ))}
    </div>
  );
}

function Sign({ row: { row } }: { row: GridRow }) {
  const t = useTexts().ui.conditions;
  if (!row.condition) return null;
  return (
    <>
      <ConditionSign value={row.condition} />
      <span className="vh">{t[row.condition]}</span>
    </>
  );
}

function Parts({ row, columns }: { row: GridRow; columns: readonly MatrixColumn[] }) {
  const texts = useTexts();
  const t = texts.matrix;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const found = columns.flatMap((column) =>
    (row.cells.get(column.post.id) ?? []).map((cell) => ({ column, cell })),
  );
  const partyIds = [...new Set(columns.map(({ post }) => post.partyId))];
  const place = ({ column, cell }: (typeof found)[number]) =>
    partyIds.indexOf(column.post.partyId) * parts.length + parts.indexOf(cell.part);
  found.sort((a, b) => place(a) - place(b));
  return (
    <>
      {row.row.acceptance.length > 0 && <Acceptance slots={slotsOf(row.row.acceptance, look)} />}
      {found.length === 0 && <p className="meta">{t.nobody}</p>}
      <ul className="vm">
        {found.map(({ column: { post }, cell }) => {
          const waiting = cell.standing !== 'in_force';
          const { name } = texts.ui.parts[cell.part];
          const title = localised(post.title, lang);
          return (
            <li key={cell.responsibilityId}>
              <PartMark part={cell.part} party={look(post.partyId)} waiting={waiting} />
              <span>
                <span lang={title.lang === lang ? undefined : title.lang}>
                  {breakable(title.value)}
                </span>{' '}
                <span className="meta" aria-hidden="true">
                  {(waiting ? texts.ui.parts.waiting(name) : name).toLocaleLowerCase(lang)}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
