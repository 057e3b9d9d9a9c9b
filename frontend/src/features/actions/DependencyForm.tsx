import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { ThingPicker } from '../../content/ThingPicker';
import { useLang, useTexts } from '../../i18n';
import { useEscape, useFocusBack, useFocusFirst, useFocusOnError } from '../../lib/focus';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import type { ComboOption } from '../../ui/forms/ComboBox';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useAddDependency, type Action } from './queries';

/** Chooses what the action waits for. A refused cycle is shown with the way around. */
export function DependencyForm({ action, onClose }: { action: Action; onClose: () => void }) {
  const texts = useTexts();
  const t = texts.dependencies;
  const tell = useToast();
  const add = useAddDependency(action.id);
  const [chosen, setChosen] = useState<ComboOption | null>(null);
  const [missing, setMissing] = useState(false);
  const frame = useFocusFirst<HTMLFormElement>();
  const escape = useEscape(onClose);
  useFocusBack();
  useFocusOnError(frame, add.error ?? (missing || undefined));
  const field =
    fieldError(add.error, '/needsId', texts) ??
    (missing ? texts.problems.fields.required : undefined);
  return (
    <form
      ref={frame}
      className="upd"
      aria-label={t.add}
      noValidate
      {...escape}
      onSubmit={(event) => {
        event.preventDefault();
        if (add.isPending) return;
        setMissing(chosen === null);
        if (!chosen) return;
        whenSaved(add.mutateAsync(chosen.id), (saved) => {
          const added = saved.needs.find((each) => each.action.id === chosen.id);
          if (added) tell(t.added(added.action.no));
          onClose();
        });
      }}
    >
      <ThingPicker
        kind="action"
        label={t.choose}
        value={chosen}
        onChange={(thing) => {
          setChosen(thing);
          setMissing(false);
          add.reset();
        }}
        error={field}
      />
      {add.error && !field && (
        <ErrorState error={add.error} title={texts.problems.saveTitle}>
          <WayAround error={add.error} />
        </ErrorState>
      )}
      <div className="btns">
        <Button type="submit" small aria-disabled={add.isPending}>
          {t.save}
        </Button>
        <Button variant="quiet" small onClick={onClose}>
          {texts.ui.cancel}
        </Button>
      </div>
    </form>
  );
}

function WayAround({ error }: { error: unknown }) {
  const t = useTexts().dependencies;
  const lang = useLang();
  if (!(error instanceof Problem) || error.path.length === 0) return null;
  return (
    <span className="dp-way">
      {t.path}{' '}
      {error.path.map(({ no, title }, index) => (
        <Fragment key={index}>
          {index > 0 && ' → '}
          <Link to="/$lang/actions/$no" params={{ lang, no: String(no) }}>
            {no} {localised(title, lang).value}
          </Link>
        </Fragment>
      ))}
    </span>
  );
}
