import { useTexts } from '../../i18n';
import { whenSaved } from '../../lib/whenSaved';
import { Button, type ButtonLook } from '../../ui/Button';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useConfirmAction, type ActionSummary } from './queries';

/** Says in one press that the status is still true. */
export function ConfirmButton({
  action,
  ...look
}: ButtonLook & { action: Pick<ActionSummary, 'id' | 'no' | 'version'> }) {
  const t = useTexts();
  const tell = useToast();
  const confirm = useConfirmAction(action.id);
  return (
    <>
      <Button
        {...look}
        aria-disabled={confirm.isPending}
        aria-label={`${t.ui.freshness.stillTrue}, ${t.actions.one(action.no).toLowerCase()}`}
        onClick={() => {
          if (confirm.isPending) return;
          whenSaved(confirm.mutateAsync(action.version), () =>
            tell(t.actions.update.confirmed(action.no)),
          );
        }}
      >
        {t.ui.freshness.stillTrue}
      </Button>
      {confirm.error && <ErrorState error={confirm.error} title={t.problems.saveTitle} />}
    </>
  );
}
