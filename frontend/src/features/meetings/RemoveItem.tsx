import { useState } from 'react';
import { useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Modal } from '../../ui/forms/Modal';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useRemoveItem, type AgendaItem } from './queries';

interface RemoveItemProps {
  item: AgendaItem;
  /** Takes what was being written in the item out of the browser. */
  onRemoved: () => void;
}

/** Takes an item off the agenda of a meeting that has not begun, after a question that names it. */
export function RemoveItem({ item, onRemoved }: RemoveItemProps) {
  const texts = useTexts();
  const t = texts.meetings.item.remove;
  const lang = useLang();
  const tell = useToast();
  const remove = useRemoveItem(item.meetingId);
  const [asking, setAsking] = useState(false);
  const name = t.name(item.agendaNo, localised(item.title, lang).value);
  const send = () => {
    if (remove.isPending) return;
    whenSaved(remove.mutateAsync(item), () => {
      onRemoved();
      tell(t.done(name));
    });
  };
  return (
    <>
      <Button variant="quiet" small onClick={() => setAsking(true)}>
        {t.button}
      </Button>
      <Modal
        title={t.question}
        open={asking}
        onEscape={() => setAsking(false)}
        actions={
          <>
            <Button variant="danger" onClick={send} aria-disabled={remove.isPending}>
              {t.button}
            </Button>
            <Button variant="secondary" onClick={() => setAsking(false)}>
              {texts.ui.cancel}
            </Button>
          </>
        }
      >
        <p className="below-s">
          <b>{name}</b>
        </p>
        <p>{t.text}</p>
        {remove.error !== null && <ErrorState error={remove.error} title={t.failed} />}
      </Modal>
    </>
  );
}
