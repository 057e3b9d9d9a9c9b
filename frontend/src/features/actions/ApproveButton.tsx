import { useTexts } from '../../i18n';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useApproveMeeting } from './queries';

/** Approves the paper of a meeting in one press; the link to read it stands beside. */
export function ApproveButton({ meetingId, name }: { meetingId: string; name: string }) {
  const texts = useTexts();
  const t = texts.myWork;
  const tell = useToast();
  const approve = useApproveMeeting(meetingId);
  return (
    <>
      <Button
        small
        aria-disabled={approve.isPending}
        aria-label={t.approveOf(name)}
        onClick={() => {
          if (approve.isPending) return;
          whenSaved(approve.mutateAsync(), () => tell(t.approved(name)));
        }}
      >
        {t.approve}
      </Button>
      {approve.error && <ErrorState error={approve.error} title={t.approveFailed} />}
    </>
  );
}
