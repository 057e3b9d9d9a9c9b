import { useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { useTexts } from '../../i18n';
import { useFocusOnError } from '../../lib/focus';
import { languages, type Lang } from '../../lib/lang';
import { Problem, type Changed } from '../../lib/problem';
import { Button } from '../Button';
import { fieldError } from '../problemTexts';
import { ErrorState } from '../states';
import { ConflictPanel, type ConflictField } from './ConflictPanel';

/** What the fields of a form work with. */
export interface Editing<Body> {
  body: Body;
  set: (part: Partial<Body>) => void;
  /** What the server refuses about a field, by its JSON pointer. */
  error: (pointer: string) => string | undefined;
  /** The same for each language of a text. */
  errors: (pointer: string) => Partial<Record<Lang, string>>;
}

interface EditFormProps<Body, Saved> {
  /** Spoken name of the form. */
  label: string;
  /** What the form opens with; later changes of it are not taken over. */
  initial: Body;
  /** Version of the thing that the form was opened on; left out for a new thing. */
  version?: number;
  /** Writes; rejects with a Problem. */
  save: (body: Body, version: number) => Promise<Saved>;
  onSaved: (saved: Saved) => void;
  onCancel: () => void;
  /** Reads the body and version of what the server has saved by now (412). */
  current?: (resource: unknown) => { body: Body; version: number };
  /** A body as texts, for comparing two versions. */
  describe?: (body: Body) => { key: string; label: string; text: string }[];
  /** Who saved the other version. */
  savedBy?: (changed: Changed) => ReactNode;
  /** What the main button says, where "save" is not the word. */
  saveLabel?: string;
  /** Above the buttons. */
  below?: ReactNode;
  children: (editing: Editing<Body>) => ReactNode;
}

/**
 * The frame of a page's form: keeps what is typed whatever the server answers, shows what it
 * refuses beside the fields, and both versions when somebody saved in between.
 */
export function EditForm<Body extends object, Saved>(props: EditFormProps<Body, Saved>) {
  const { label, initial, save, onSaved, onCancel, current, describe, savedBy } = props;
  const texts = useTexts();
  const [body, setBody] = useState(initial);
  const [version, setVersion] = useState(props.version ?? 0);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);

  useFocusOnError(form, problem);

  const send = async (based: number) => {
    if (saving) return;
    setSaving(true);
    try {
      const saved = await save(body, based);
      setProblem(null);
      onSaved(saved);
    } catch (failure) {
      setProblem(failure);
    } finally {
      setSaving(false);
    }
  };
  const stale =
    problem instanceof Problem && problem.status === 412 && current ? problem : undefined;
  const saved = stale && current?.(stale.current);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void send(version);
  };
  const error = (pointer: string) => fieldError(problem, pointer, texts);

  return (
    <form className="edit-form" ref={form} aria-label={label} onSubmit={submit} noValidate>
      {props.children({
        body,
        set: (part) => setBody((before) => ({ ...before, ...part })),
        error,
        errors: (pointer) =>
          Object.fromEntries(languages.map((lang) => [lang, error(`${pointer}/${lang}`)])),
      })}
      {props.below}
      {stale && saved ? (
        <ConflictPanel
          fields={differences(describe?.(body) ?? [], describe?.(saved.body) ?? [])}
          savedBy={stale.changed && savedBy?.(stale.changed)}
          saving={saving}
          onTakeMine={() => {
            setVersion(saved.version);
            void send(saved.version);
          }}
          onKeepSaved={onCancel}
          onByHand={() => {
            setVersion(saved.version);
            setProblem(null);
          }}
        />
      ) : (
        <>
          {problem !== null && <ErrorState error={problem} title={texts.problems.saveTitle} />}
          <div className="btns">
            <Button type="submit" aria-disabled={saving}>
              {props.saveLabel ?? texts.ui.save}
            </Button>
            <Button variant="quiet" onClick={onCancel}>
              {texts.ui.cancel}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

function differences(
  yours: readonly { key: string; label: string; text: string }[],
  saved: readonly { key: string; text: string }[],
): ConflictField[] {
  return yours.flatMap(({ key, label, text }) => {
    const other = saved.find((field) => field.key === key)?.text ?? '';
    return other === text ? [] : [{ key, label, yours: text, saved: other }];
  });
}
