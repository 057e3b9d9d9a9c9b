import { useId } from 'react';
import { useTexts } from '../../i18n';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import {
  columnKeys,
  groupings,
  maxSorts,
  sortFields,
  sortOf,
  usualColumns,
  type ActionSearch,
  type ColumnKey,
} from './search';

interface TableOptionsProps {
  search: ActionSearch;
  onChange: (search: ActionSearch) => void;
}

/** Which columns the table has, in which order, and by which keys its rows are put in order. */
export function TableOptions({ search, onChange }: TableOptionsProps) {
  const texts = useTexts();
  const t = texts.actionTable;
  const id = useId();
  const columns = search.columns ?? usualColumns;
  const set = (next: readonly ColumnKey[]) =>
    onChange({
      ...search,
      columns: next.length === 0 || next.join() === usualColumns.join() ? undefined : [...next],
    });
  const move = (key: ColumnKey, by: number) => {
    const next = columns.filter((each) => each !== key);
    next.splice(columns.indexOf(key) + by, 0, key);
    set(next);
  };
  const group = search.group ?? 'goal';
  const keys = sortOf(search);
  const choices = [...sortFields, ...groupings.filter((each) => each !== group)];
  const setKeys = (next: readonly string[]) => {
    const said = next.filter((key) => key !== '' && key !== '-');
    onChange({ ...search, sort: said.length > 0 ? said.join(',') : undefined });
  };
  return (
    <details className="topt">
      <summary>{t.options}</summary>
      <div className="topt-in">
        <fieldset>
          <legend>{t.columns}</legend>
          <ul>
            {[...columns, ...columnKeys.filter((key) => !columns.includes(key))].map((key) => {
              const at = columns.indexOf(key);
              return (
                <li key={key}>
                  <label className="check">
                    <input
                      type="checkbox"
                      checked={at >= 0}
                      onChange={({ target }) =>
                        set(
                          target.checked
                            ? [...columns, key]
                            : columns.filter((each) => each !== key),
                        )
                      }
                    />
                    <span>{t.names[key]}</span>
                  </label>
                  {at >= 0 && (
                    <span className="btns">
                      <Button
                        small
                        variant="quiet"
                        aria-disabled={at === 0}
                        aria-label={t.earlier(t.names[key])}
                        onClick={() => at > 0 && move(key, -1)}
                      >
                        ↑
                      </Button>
                      <Button
                        small
                        variant="quiet"
                        aria-disabled={at === columns.length - 1}
                        aria-label={t.later(t.names[key])}
                        onClick={() => at < columns.length - 1 && move(key, 1)}
                      >
                        ↓
                      </Button>
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
        </fieldset>
        <fieldset>
          <legend>{t.sort}</legend>
          {Array.from({ length: Math.min(maxSorts, keys.length + 1) }, (_, at) => {
            const key = keys[at] ?? '';
            const name = key.replace(/^-/, '');
            const change = (next: string) => {
              const all = [...keys];
              all[at] = next;
              setKeys(all.slice(0, maxSorts));
            };
            return (
              <div className="topt-sort" key={at}>
                <Select
                  small
                  label={t.sortKey(at + 1)}
                  options={[
                    ...(at > 0 ? [{ value: '', label: t.noKey }] : []),
                    ...choices
                      .filter(
                        (each) =>
                          each === name || !keys.some((used) => used.replace(/^-/, '') === each),
                      )
                      .map((value) => ({ value, label: t.sorts[value] })),
                  ]}
                  value={name}
                  onChange={(next) => change(next && key.startsWith('-') ? `-${next}` : next)}
                />
                {name && (
                  <label className="check" htmlFor={`${id}-${at}`}>
                    <input
                      id={`${id}-${at}`}
                      type="checkbox"
                      checked={key.startsWith('-')}
                      onChange={({ target }) => change(target.checked ? `-${name}` : name)}
                    />
                    <span>{t.descending}</span>
                  </label>
                )}
              </div>
            );
          })}
        </fieldset>
      </div>
    </details>
  );
}
