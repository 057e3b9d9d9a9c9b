import { useTexts } from '../../i18n';
import { whenSaved } from '../../lib/whenSaved';
import { Button, type ButtonLook } from '../../ui/Button';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useConfirmAction, type ActionSummary } from './queries';
import { useUndo } from './undo';

/** Says in one press that the status is still true. */
export function ConfirmButton({
  action,
  onUndo,
  ...look
}: ButtonLook & {
  action: Pick<ActionSummary, 'id' | 'no' | 'version'>;
  /** It is taken back by the note that tells of it. */
  onUndo?: () => void;
}) {
  const t = useTexts();
  const tell = useToast();
  const confirm = useConfirmAction(action.id);
  const undo = useUndo(onUndo);
  return (
    <>
      <Button
        {...look}
        data-key="confirm"
        aria-disabled={confirm.isPending}
        aria-label={`${t.ui.freshness.stillTrue}, ${t.actions.one(action.no).toLowerCase()}`}
        onClick={() => {
          if (confirm.isPending) return;
          whenSaved(confirm.mutateAsync(action.version), (saved) =>
            tell(t.actions.update.confirmed(action.no), undo(saved)),
          );
        }}
      >
        {t.ui.freshness.stillTrue}
      </Button>
      {confirm.error && <ErrorState error={confirm.error} title={t.problems.saveTitle} />}
    </>
  );
}
