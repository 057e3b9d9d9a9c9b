import { useEffect, useRef, type ReactNode, type SyntheticEvent } from 'react';
import { useTexts } from '../../i18n';
import { useEscape, useFocusOnError } from '../../lib/focus';
import { Button } from '../Button';
import { ErrorState } from '../states';

interface InlineUpdateFormProps {
  /** Spoken name of the form, such as "Päivitä toimenpide 9". */
  label: string;
  children: ReactNode;
  onSave: () => void;
  onCancel: () => void;
  /** What the main button says, where "save" is not the word. */
  saveLabel?: string;
  /** Confirms that nothing has changed; left out where that has no meaning. */
  onStillTrue?: () => void;
  /** A write is on its way: a second press does nothing, the fields stay as they are. */
  saving?: boolean;
  /** What the last write failed with. The text stays. */
  error?: unknown;
  /** Beside the buttons, such as who sees the text. */
  aside?: ReactNode;
  /** False where the form is open from the start and must not pull the reader to it. */
  takeFocus?: boolean;
}

/**
 * The frame of an update within a row or a page. The focus moves in on opening, to what is refused,
 * and back to where it was on closing.
 */
export function InlineUpdateForm(props: InlineUpdateFormProps) {
  const { label, children, onSave, onCancel, onStillTrue, saving, error, aside } = props;
  const { takeFocus = true, saveLabel } = props;
  const t = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const escape = useEscape(onCancel);
  useFocusOnError(form, error);

  useEffect(() => {
    if (!takeFocus) return;
    const before = document.activeElement;
    form.current
      ?.querySelector<HTMLElement>('input:checked, input:not([type=radio]), textarea, select')
      ?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [takeFocus]);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!saving) onSave();
  };
  return (
    <form className="upd" ref={form} aria-label={label} onSubmit={submit} noValidate {...escape}>
      {children}
      {error !== undefined && error !== null && (
        <ErrorState error={error} title={t.problems.saveTitle} />
      )}
      <div className="btns">
        <Button type="submit" small aria-disabled={saving}>
          {saveLabel ?? t.ui.save}
        </Button>
        {onStillTrue && (
          <Button variant="secondary" small aria-disabled={saving} onClick={onStillTrue}>
            {t.ui.freshness.stillTrue}
          </Button>
        )}
        <Button variant="quiet" small onClick={onCancel}>
          {t.ui.cancel}
        </Button>
        {aside && <span className="meta upd-aside">{aside}</span>}
      </div>
    </form>
  );
}
