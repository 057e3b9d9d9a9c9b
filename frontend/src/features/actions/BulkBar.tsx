import { lazy, Suspense, useEffect, useRef, useState, type RefObject } from 'react';
import { useTexts } from '../../i18n';
import { useFocusStays } from '../../lib/focus';
import { Button } from '../../ui/Button';
import type { ActionSummary } from './queries';
import { maxSelected, type Selection } from './selection';

const BulkForm = lazy(() => import('./BulkForm'));

interface BulkBarProps {
  /** How many rows are shown. */
  shown: number;
  selection: Selection<ActionSummary>;
}

/** Chooses all rows that are shown, says how many are chosen, and opens the change of them. */
export function BulkBar({ shown, selection }: BulkBarProps) {
  const t = useTexts().bulk;
  const [open, setOpen] = useState(false);
  const all = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const section = useFocusStays<HTMLElement>('input');
  const count = selection.rows.length;
  const most = Math.min(shown, maxSelected);
  useEffect(() => {
    if (all.current) all.current.indeterminate = count > 0 && count < most;
  }, [count, most]);
  // Where nothing is chosen any more, the button is gone too.
  const close = (to: RefObject<HTMLElement | null>) => {
    setOpen(false);
    to.current?.focus();
  };
  return (
    <section className="bulk" aria-label={t.region} ref={section}>
      <div className="bulk-bar">
        <label className="pick">
          <input
            ref={all}
            type="checkbox"
            checked={count > 0 && count === most}
            onChange={({ target }) => selection.chooseAll(target.checked)}
          />
          <span>{t.all(most)}</span>
        </label>
        <b role="status">{count > 0 ? t.chosen(count) : ''}</b>
        {count > 0 && (
          <>
            <Button
              ref={opener}
              small
              variant="secondary"
              aria-expanded={open}
              onClick={() => setOpen((now) => !now)}
            >
              {t.change}
            </Button>
            <Button
              small
              variant="quiet"
              onClick={() => {
                selection.chooseAll(false);
                close(all);
              }}
            >
              {t.clear}
            </Button>
          </>
        )}
        {count === maxSelected && shown > maxSelected && (
          <span className="meta">{t.most(maxSelected)}</span>
        )}
      </div>
      {open && count > 0 && (
        <Suspense fallback={null}>
          <BulkForm
            selection={selection}
            onDone={() => {
              selection.chooseAll(false);
              close(all);
            }}
            onCancel={() => close(opener)}
          />
        </Suspense>
      )}
    </section>
  );
}
