import { useState } from 'react';
import { useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Select } from '../../ui/filters';
import { DateField, TextArea } from '../../ui/forms/fields';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { fieldError } from '../../ui/problemTexts';
import { useToast } from '../../ui/Toast';
import {
  useDecideTerm,
  type AnyTerm,
  type Decision,
  type Retiring,
  type TermUses,
} from './queries';
import { usesText } from './uses';

interface TermDecisionProps {
  vocabulary: Retiring;
  term: AnyTerm;
  kind: Decision['kind'];
  /** The terms that it can be merged into. */
  others: readonly AnyTerm[];
  /** What has it now; left out while that is not known. */
  uses?: TermUses;
  onClose: () => void;
}

/** Retires, restores or merges a term, for a reason; a merge first tells what it moves. */
export function TermDecision(props: TermDecisionProps) {
  const { vocabulary, term, kind, others, uses, onClose } = props;
  const texts = useTexts();
  const t = texts.plan;
  const lang = useLang();
  const tell = useToast();
  const [on, setOn] = useState('');
  const [intoId, setInto] = useState('');
  const [reason, setReason] = useState('');
  const { mutateAsync, isPending, error } = useDecideTerm(vocabulary, term);
  const name = localised(term.title, lang).value;
  const into = others.find(({ id }) => id === intoId);
  const words = {
    retirement: { label: t.retireTerm(name), action: t.retire, done: t.termRetired },
    restoration: { label: t.restoreTerm(name), action: t.restore, done: t.termRestored },
    merger: { label: t.mergeTerm(name), action: t.merge, done: t.termMerged },
  }[kind];
  const decision: Decision =
    kind === 'retirement'
      ? { kind, on, reason }
      : kind === 'merger'
        ? { kind, intoId, reason }
        : { kind, reason };
  return (
    <InlineUpdateForm
      label={words.label}
      saveLabel={words.action}
      saving={isPending}
      error={error}
      onCancel={onClose}
      onSave={() =>
        whenSaved(mutateAsync(decision), () => {
          tell(words.done);
          onClose();
        })
      }
    >
      <p className="row-text">
        <strong>{words.label}</strong>
      </p>
      {kind === 'merger' && (
        <>
          <Select
            label={t.mergeInto}
            value={intoId}
            options={[
              { value: '', label: t.choose },
              ...others.map(({ id, title }) => ({
                value: id,
                label: localised(title, lang).value,
              })),
            ]}
            onChange={setInto}
            error={fieldError(error, '/intoId', texts)}
          />
          <p className="row-text" aria-live="polite">
            {uses ? t.moves(usesText(uses, t)) : t.nothingMoves}
            {into && <> {t.afterMerge(name, localised(into.title, lang).value)}</>}
          </p>
        </>
      )}
      {kind === 'retirement' && (
        <>
          <p className="meta">{t.retireHint}</p>
          <DateField
            label={t.retireOn}
            hint={t.retireToday}
            value={on}
            onChange={setOn}
            error={fieldError(error, '/on', texts)}
            optional
          />
        </>
      )}
      {kind === 'restoration' && <p className="meta">{t.restoreHint}</p>}
      <TextArea
        label={t.reason}
        hint={t.reasonHint}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={setReason}
        error={fieldError(error, '/reason', texts)}
      />
    </InlineUpdateForm>
  );
}
