import { useState } from 'react';
import { useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { Modal } from '../../ui/forms/Modal';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { useTransfer, type TransferKind } from './agendaQueries';
import { MeetingChoice } from './OutcomeTargets';
import type { AgendaItem, Meeting } from './queries';

/** Moves, copies or carries an item over to another meeting of the forum. */
export function TransferItem({ meeting, item }: { meeting: Meeting; item: AgendaItem }) {
  const texts = useTexts();
  const t = texts.agenda.transfer;
  const lang = useLang();
  const [asking, setAsking] = useState(false);
  const begun = meeting.status !== 'draft' && meeting.status !== 'called';
  const kinds: TransferKind[] = [
    ...(meeting.closedAt ? [] : ['move' as const]),
    'copy',
    ...(begun && !item.carriedOn ? ['carry_over' as const] : []),
  ];
  const [kind, setKind] = useState<TransferKind>(kinds[0] ?? 'copy');
  const [meetingId, setMeetingId] = useState('');
  const transfer = useTransfer(item.id);
  const send = () => {
    if (transfer.isPending || !meetingId) return;
    whenSaved(transfer.mutateAsync({ kind, meetingId }), () => setAsking(false));
  };
  return (
    <>
      <p className="btns">
        <Button variant="quiet" small onClick={() => setAsking(true)}>
          {t.open}
        </Button>
      </p>
      <Modal
        title={t.title}
        open={asking}
        onEscape={() => setAsking(false)}
        actions={
          <>
            <Button onClick={send} aria-disabled={transfer.isPending || meetingId === ''}>
              {t.kinds[kind]}
            </Button>
            <Button variant="secondary" onClick={() => setAsking(false)}>
              {texts.ui.cancel}
            </Button>
          </>
        }
      >
        <p className="below-s">
          <b>{localised(item.title, lang).value}</b>
        </p>
        <Select
          label={t.kind}
          value={kind}
          options={kinds.map((value) => ({ value, label: t.kinds[value] }))}
          hint={t.help[kind]}
          onChange={setKind}
        />
        {asking && (
          <MeetingChoice
            label={texts.agenda.targets.toMeeting}
            forumId={meeting.forum.id}
            not={meeting.id}
            value={meetingId}
            onChange={setMeetingId}
            error={fieldError(transfer.error, '/meetingId', texts)}
          />
        )}
        {transfer.error !== null && (
          <ErrorState error={transfer.error} title={texts.problems.saveTitle} />
        )}
      </Modal>
    </>
  );
}
