import { useState, type SyntheticEvent } from 'react';
import { useTexts } from '../../i18n';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { TextArea } from '../../ui/forms/fields';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useEndGrant, type Grant } from './queries';

interface EndGrantFormProps {
  grant: Grant;
  label: string;
  onClose: () => void;
}

/** Ends a grant at once, for a reason that stays in sight. */
export function EndGrantForm({ grant, label, onClose }: EndGrantFormProps) {
  const texts = useTexts();
  const t = texts.access;
  const tell = useToast();
  const [reason, setReason] = useState('');
  const { mutateAsync, isPending, error } = useEndGrant();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isPending) return;
    whenSaved(mutateAsync({ id: grant.id, reason }), () => {
      tell(t.ended);
      onClose();
    });
  };
  return (
    <form className="upd" aria-label={label} onSubmit={submit} noValidate>
      <TextArea
        label={t.endReason}
        hint={t.endHint}
        rows={2}
        value={reason}
        onChange={setReason}
        maxLength={500}
        error={fieldError(error, '/reason', texts)}
      />
      {error && <ErrorState error={error} title={texts.problems.saveTitle} />}
      <div className="btns">
        <Button type="submit" variant="danger" small aria-disabled={isPending}>
          {t.endAction}
        </Button>
        <Button variant="quiet" small onClick={onClose}>
          {texts.ui.cancel}
        </Button>
      </div>
    </form>
  );
}
