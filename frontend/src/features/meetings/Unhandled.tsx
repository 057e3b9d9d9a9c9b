import { useState } from 'react';
import { T, useLang, useTexts } from '../../i18n';
import { useFocusFirst } from '../../lib/focus';
import { languages } from '../../lib/lang';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { useLeaveUnhandled, useTransfer } from './agendaQueries';
import { whole } from './forms';
import { MeetingChoice } from './OutcomeTargets';
import { useRecord, type AgendaItem, type Meeting } from './queries';
import { itemNo, unhandledOf } from './words';

interface UnhandledProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  onChoose: (id: string) => void;
}

/** Items without an outcome, each with what ends it: noted, carried over, or why it was not handled. */
export function Unhandled({ meeting, items, onChoose }: UnhandledProps) {
  const t = useTexts().agenda.unhandled;
  const rows = unhandledOf(items);
  if (rows.length === 0) return null;
  return (
    <div className="unh">
      <h3>{t.title(rows.length)}</h3>
      <ul>
        {rows.map((item) => (
          <li key={item.id}>
            <Row meeting={meeting} item={item} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface RowProps {
  meeting: Meeting;
  item: AgendaItem;
  onChoose: (id: string) => void;
}

function Row({ meeting, item, onChoose }: RowProps) {
  const texts = useTexts();
  const t = texts.agenda.unhandled;
  const lang = useLang();
  const [mode, setMode] = useState<'none' | 'reason' | 'carry'>('none');
  const note = useRecord(item.id);
  const title = localised(item.title, lang).value;
  const record = () => {
    if (note.isPending) return;
    note.mutate({ type: 'noted', text: texts.agenda.unhandled.notedText });
  };
  return (
    <>
      <p className="unh-t">
        <Icon name="error" size={14} />
        <button type="button" className="lk" onClick={() => onChoose(item.id)}>
          {itemNo(item)} <T text={item.title} />
        </button>
      </p>
      <p className="btns">
        <Button
          variant="secondary"
          small
          aria-label={`${t.note}: ${title}`}
          aria-disabled={note.isPending}
          onClick={record}
        >
          {t.note}
        </Button>
        <Button
          variant="quiet"
          small
          aria-label={`${t.carry}: ${title}`}
          aria-expanded={mode === 'carry'}
          onClick={() => setMode(mode === 'carry' ? 'none' : 'carry')}
        >
          {t.carry}
        </Button>
        <Button
          variant="quiet"
          small
          aria-label={`${t.leave}: ${title}`}
          aria-expanded={mode === 'reason'}
          onClick={() => setMode(mode === 'reason' ? 'none' : 'reason')}
        >
          {t.leave}
        </Button>
      </p>
      {note.error !== null && <ErrorState error={note.error} title={texts.problems.saveTitle} />}
      {mode === 'reason' && <ReasonForm item={item} />}
      {mode === 'carry' && <CarryForm meeting={meeting} item={item} />}
    </>
  );
}

function ReasonForm({ item }: { item: AgendaItem }) {
  const texts = useTexts();
  const t = texts.agenda.unhandled;
  const leave = useLeaveUnhandled();
  const form = useFocusFirst<HTMLFormElement>();
  const [reason, setReason] = useState(whole(undefined));
  const errors = Object.fromEntries(
    languages.map((lang) => [lang, fieldError(leave.error, `/reason/${lang}`, texts)]),
  );
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!leave.isPending && localised(reason, 'fi').value) leave.mutate({ item, reason });
      }}
    >
      <LocalisedField
        label={t.reason}
        value={reason}
        onChange={(text) => setReason(whole(text))}
        errors={errors}
      />
      {leave.error !== null && <ErrorState error={leave.error} title={texts.problems.saveTitle} />}
      <Button type="submit" small aria-disabled={leave.isPending}>
        {texts.ui.save}
      </Button>
    </form>
  );
}

/** Carries an item over to a later meeting of the forum. */
export function CarryForm({
  meeting,
  item,
  onDone,
}: {
  meeting: Meeting;
  item: AgendaItem;
  onDone?: () => void;
}) {
  const texts = useTexts();
  const t = texts.agenda;
  const carry = useTransfer(item.id);
  const form = useFocusFirst<HTMLFormElement>();
  const [meetingId, setMeetingId] = useState('');
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!carry.isPending && meetingId) {
          whenSaved(carry.mutateAsync({ kind: 'carry_over', meetingId }), () => onDone?.());
        }
      }}
    >
      <MeetingChoice
        label={t.targets.toMeeting}
        forumId={meeting.forum.id}
        not={meeting.id}
        value={meetingId}
        onChange={setMeetingId}
        error={fieldError(carry.error, '/meetingId', texts)}
      />
      {carry.error !== null && <ErrorState error={carry.error} title={texts.problems.saveTitle} />}
      <Button type="submit" small aria-disabled={carry.isPending || meetingId === ''}>
        {t.unhandled.carry}
      </Button>
    </form>
  );
}
