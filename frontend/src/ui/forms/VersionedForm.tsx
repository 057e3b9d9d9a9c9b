import { useState, type ReactNode } from 'react';
import { Problem } from '../../lib/problem';
import { ConflictPanel } from './ConflictPanel';
import { InlineUpdateForm } from './InlineUpdateForm';

/** A write that may find that somebody saved in between; what useMutation gives. */
interface Saving<Draft, Item> {
  mutate: (write: Write<Draft>, options: { onSuccess: (item: Item) => void }) => void;
  reset: () => void;
  isPending: boolean;
  error: unknown;
}

export interface Write<Draft> {
  draft: Draft;
  /** The version that the draft is based on; undefined for what is new. */
  version: number | undefined;
}

interface VersionedFormProps<Draft, Item> {
  /** Spoken name of the form. */
  label: string;
  /** What the fields hold at first; afterwards they belong to the form. */
  initial: Draft;
  version?: number;
  saving: Saving<Draft, Item>;
  /** The draft that shows a saved item. */
  toDraft: (item: Item) => Draft;
  /** The draft in words, field by field, to compare two versions. */
  inWords: (draft: Draft) => readonly { key: string; label: string; value: string }[];
  onSaved: (item: Item) => void;
  onClose: () => void;
  children: (draft: Draft, change: (part: Partial<Draft>) => void, error: unknown) => ReactNode;
}

/**
 * A form over one version of a thing. When somebody saved another in between it shows both side
 * by side; nothing that was typed is lost.
 */
export function VersionedForm<Draft, Item extends { version: number }>(
  props: VersionedFormProps<Draft, Item>,
) {
  const { label, initial, saving, toDraft, inWords, onSaved, onClose, children } = props;
  const [draft, setDraft] = useState(initial);
  const [version, setVersion] = useState(props.version);
  const { error } = saving;
  const saved =
    error instanceof Problem && error.status === 412 && error.current
      ? (error.current as Item)
      : undefined;

  const save = (base: number | undefined) =>
    saving.mutate({ draft, version: base }, { onSuccess: onSaved });

  if (saved) {
    const theirs = new Map(inWords(toDraft(saved)).map(({ key, value }) => [key, value]));
    return (
      <ConflictPanel
        fields={inWords(draft)
          .map(({ key, label, value }) => ({
            key,
            label,
            yours: value,
            saved: theirs.get(key) ?? '',
          }))
          .filter(({ yours, saved }) => yours !== saved)}
        saving={saving.isPending}
        onTakeMine={() => save(saved.version)}
        onKeepSaved={onClose}
        onByHand={() => {
          setVersion(saved.version);
          saving.reset();
        }}
      />
    );
  }
  return (
    <InlineUpdateForm
      label={label}
      saving={saving.isPending}
      error={error}
      onSave={() => save(version)}
      onCancel={onClose}
    >
      {children(draft, (part) => setDraft({ ...draft, ...part }), error)}
    </InlineUpdateForm>
  );
}
