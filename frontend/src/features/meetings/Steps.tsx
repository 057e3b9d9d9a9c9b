import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../i18n';
import { languages } from '../../lib/lang';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Modal } from '../../ui/forms/Modal';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { whole } from './forms';
import { useReopen } from './agendaQueries';
import { Lacks } from './Lacks';
import {
  useCancelMeeting,
  useRoster,
  useStep,
  type AgendaItem,
  type Meeting,
  type Step,
} from './queries';
import { decisionsOf, unaimedOf, unhandledOf } from './words';

interface StepsProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  /** Hash of the paper that the reader has before them, for an approval. */
  paper?: string;
  onEdit?: () => void;
}

const stepOf: Record<string, Step> = {
  'meeting.approve': 'approve',
  'meeting.call': 'call',
  'meeting.start': 'start',
  'meeting.close': 'close',
  'meeting.publish': 'publish',
};

/** The one main button: what comes next in the meeting's life, for whom it is to do. */
export function Steps({ meeting, items, paper, onEdit }: StepsProps) {
  const texts = useTexts();
  const t = texts.meetings;
  const tell = useToast();
  const roster = useRoster(meeting).data;
  const step = useStep(meeting.id, paper);
  const [cancelling, setCancelling] = useState(false);
  const [reopening, setReopening] = useState(false);
  const [asked, setAsked] = useState('');
  const taken = useRef(false);
  const next = meeting.permissions.map((held) => stepOf[held]).find((found) => found !== undefined);
  const code = step.error instanceof Problem ? step.error.code : '';
  const toCheck = code === 'decisions_without_ending' || code === 'items_without_outcome';
  // The complaint is about what was missing then: mending some of it takes it away.
  const told = step.error !== null && (!toCheck || asked === lacking(items));

  // The button of the last step goes away: reading and the next key go on from the page's start.
  useEffect(() => {
    if (taken.current && document.activeElement === document.body) {
      document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
    }
    taken.current = false;
  }, [next]);

  // An approval names the paper that was read: until it is there, there is nothing to approve.
  const unread = next === 'approve' && !paper;
  const take = (to: Step) => {
    if (step.isPending || unread) return;
    taken.current = true;
    setAsked(lacking(items));
    whenSaved(step.mutateAsync(to), () => tell(t.stepDone[to]));
  };
  if (!next && !onEdit) return null;
  return (
    <div className="mh-steps">
      <div className="btns">
        {meeting.permissions.includes('meeting.cancel') && (
          <Button variant="quiet" small onClick={() => setCancelling(true)}>
            {t.steps.cancel}
          </Button>
        )}
        {meeting.permissions.includes('meeting.reopen') && (
          <Button variant="quiet" small onClick={() => setReopening(true)}>
            {texts.agenda.reopen.button}
          </Button>
        )}
        {onEdit && meeting.permissions.includes('meeting.edit') && (
          <Button variant="quiet" small onClick={onEdit}>
            {t.edit}
          </Button>
        )}
        {next && (
          <Button small onClick={() => take(next)} aria-disabled={step.isPending || unread}>
            {t.steps[next]}
          </Button>
        )}
      </div>
      {next === 'call' && <Lacks lacking={roster?.lacking} mend={t.inspection.lacksDraft} />}
      {(next === 'start' || next === 'close') && (
        <Lacks lacking={meeting.lacking} mend={t.inspection.lacksNow} />
      )}
      {told && (
        <ErrorState error={step.error} title={t.stepFailed}>
          {toCheck && <a href="#closing">{t.closing.title}</a>}
        </ErrorState>
      )}
      {reopening && <Reopen meeting={meeting} onDone={() => setReopening(false)} />}
      {cancelling && <Cancel meeting={meeting} onDone={() => setCancelling(false)} />}
    </div>
  );
}

function Cancel({ meeting, onDone }: { meeting: Meeting; onDone: () => void }) {
  const texts = useTexts();
  const t = texts.meetings;
  const tell = useToast();
  const cancel = useCancelMeeting(meeting.id);
  const [reason, setReason] = useState(whole(undefined));
  const errors = Object.fromEntries(
    languages.map((lang) => [lang, fieldError(cancel.error, `/reason/${lang}`, texts)]),
  );
  const field = languages.some((lang) => errors[lang] !== undefined);
  const send = () => {
    if (cancel.isPending) return;
    whenSaved(cancel.mutateAsync(reason), () => {
      tell(t.stepDone.cancel);
      onDone();
    });
  };
  return (
    <Modal
      title={t.steps.cancel}
      open
      onEscape={localised(reason, 'fi').value === '' ? onDone : undefined}
      actions={
        <>
          <Button variant="danger" onClick={send} aria-disabled={cancel.isPending}>
            {t.steps.cancel}
          </Button>
          <Button variant="secondary" onClick={onDone}>
            {t.keepMeeting}
          </Button>
        </>
      }
    >
      <p className="below-s">{t.cancelText}</p>
      <LocalisedField
        label={t.cancelReason}
        value={reason}
        onChange={(text) => setReason(whole(text))}
        errors={errors}
      />
      {cancel.error !== null && !field && <ErrorState error={cancel.error} title={t.stepFailed} />}
    </Modal>
  );
}

function Reopen({ meeting, onDone }: { meeting: Meeting; onDone: () => void }) {
  const texts = useTexts();
  const t = texts.agenda.reopen;
  const reopen = useReopen(meeting.id);
  const [reason, setReason] = useState(whole(undefined));
  const errors = Object.fromEntries(
    languages.map((lang) => [lang, fieldError(reopen.error, `/reason/${lang}`, texts)]),
  );
  const field = languages.some((lang) => errors[lang] !== undefined);
  const send = () => {
    if (!reopen.isPending) whenSaved(reopen.mutateAsync(reason), onDone);
  };
  return (
    <Modal
      title={t.title}
      open
      onEscape={localised(reason, 'fi').value === '' ? onDone : undefined}
      actions={
        <>
          <Button onClick={send} aria-disabled={reopen.isPending}>
            {t.button}
          </Button>
          <Button variant="secondary" onClick={onDone}>
            {texts.ui.cancel}
          </Button>
        </>
      }
    >
      <p className="below-s">{t.text}</p>
      <LocalisedField
        label={t.reason}
        value={reason}
        onChange={(text) => setReason(whole(text))}
        errors={errors}
      />
      {reopen.error !== null && !field && (
        <ErrorState error={reopen.error} title={texts.meetings.stepFailed} />
      )}
    </Modal>
  );
}

/** What keeps a meeting from being closed, as one word to compare. */
function lacking(items: readonly AgendaItem[]): string {
  return [
    ...unhandledOf(items).map(({ id }) => id),
    ...unaimedOf(items).map(({ outcome }) => outcome.id),
    ...decisionsOf(items).flatMap(({ outcome }) => (outcome.open ? [outcome.id] : [])),
  ].join(' ');
}
