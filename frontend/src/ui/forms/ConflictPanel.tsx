import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTexts } from '../../i18n';
import { Button } from '../Button';
import { markWords } from '../markWords';

export interface ConflictField {
  key: string;
  label: string;
  /** What was typed here. */
  yours: string;
  /** What is saved by now. */
  saved: string;
}

interface ConflictPanelProps {
  /** The fields that differ; where there is one, its label is left out. */
  fields: readonly ConflictField[];
  /** Whose version is saved, and when. */
  savedBy?: ReactNode;
  onTakeMine: () => void;
  onKeepSaved: () => void;
  /** Goes back to the form with the own text, to combine the two there. */
  onByHand: () => void;
  saving?: boolean;
  /** False where the panel is there from the start and must not pull the reader to it. */
  takeFocus?: boolean;
}

/**
 * Two versions of the same text side by side, the words that differ marked. Nothing is lost: it
 * is chosen which one stays, or both are combined by hand. Takes the focus when it appears, since
 * the press on "save" led here instead.
 */
export function ConflictPanel(props: ConflictPanelProps) {
  const { fields, savedBy, onTakeMine, onKeepSaved, onByHand, saving } = props;
  const { takeFocus = true } = props;
  const t = useTexts().ui.conflict;
  const panel = useRef<HTMLDivElement>(null);
  const lead = useId();
  const labelled = fields.length > 1;

  useEffect(() => {
    if (takeFocus) panel.current?.focus();
  }, [takeFocus]);

  return (
    <div
      className="conf"
      role="alertdialog"
      aria-label={t.label}
      aria-describedby={lead}
      ref={panel}
      tabIndex={-1}
    >
      <p id={lead}>
        <b>{t.lead}</b> {t.text}
      </p>
      <div className="cf2">
        <div>
          <h3>{t.yours}</h3>
          <p className="meta">{t.yoursMeta}</p>
          {fields.map((field) => (
            <Version key={field.key} label={labelled && field.label}>
              {markWords(field.saved, field.yours)}
            </Version>
          ))}
          <Button small onClick={onTakeMine} aria-disabled={saving}>
            {t.takeMine}
          </Button>
        </div>
        <div>
          <h3>{t.saved}</h3>
          {savedBy && <p className="meta">{savedBy}</p>}
          {fields.map((field) => (
            <Version key={field.key} label={labelled && field.label}>
              {markWords(field.yours, field.saved)}
            </Version>
          ))}
          <Button variant="secondary" small onClick={onKeepSaved}>
            {t.keepSaved}
          </Button>
        </div>
      </div>
      <p>
        <Button variant="quiet" small onClick={onByHand}>
          {t.byHand}
        </Button>
      </p>
    </div>
  );
}

function Version({ label, children }: { label: string | false; children: ReactNode[] }) {
  const t = useTexts().ui.conflict;
  return (
    <div>
      {label && <p className="cfl">{label}</p>}
      <p className="cft">{children.length > 0 ? children : <i>{t.noValue}</i>}</p>
    </div>
  );
}
