import { ChangedBy } from '../../content/ChangedBy';
import { ReferencesField } from '../../content/ReferencesField';
import { VisibilityField } from '../../content/VisibilityField';
import { useTexts, type Texts } from '../../i18n';
import { dateOf, formatTime, instantOf } from '../../lib/dates';
import { languages } from '../../lib/lang';
import { DateField, TextField } from '../../ui/forms/fields';
import { EditForm, type Editing } from '../../ui/forms/EditForm';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Section } from '../../ui/layout';
import { useToast } from '../../ui/Toast';
import { whole } from './forms';
import { useSaveMeeting, type Meeting, type MeetingInput } from './queries';

interface MeetingBody {
  date: string;
  from: string;
  to: string;
  title: ReturnType<typeof whole>;
  place: ReturnType<typeof whole>;
  legalBasisIds: string[];
  cases: Meeting['cases'];
  visibility: Meeting['visibility'];
  visibilityGround: string;
}

function bodyOf(meeting: Meeting): MeetingBody {
  return {
    date: dateOf(meeting.startsAt),
    from: formatTime(meeting.startsAt, 'fi'),
    to: formatTime(meeting.endsAt, 'fi'),
    title: whole(meeting.title),
    place: whole(meeting.place),
    legalBasisIds: meeting.legalBasisIds,
    cases: meeting.cases,
    visibility: meeting.visibility,
    visibilityGround: meeting.visibilityGround ?? '',
  };
}

/** The request; a time that does not exist goes as it was typed, and the server refuses it. */
function inputOf({ date, from, to, ...body }: MeetingBody): MeetingInput {
  return {
    ...body,
    startsAt: instantOf(date, from) ?? `${date} ${from}`,
    endsAt: instantOf(date, to) ?? `${date} ${to}`,
  };
}

/** Changes when and where the meeting is, and who may see it. */
export function MeetingEdit({ meeting, onDone }: { meeting: Meeting; onDone: () => void }) {
  const texts = useTexts();
  const t = texts.meetings;
  const tell = useToast();
  const save = useSaveMeeting(meeting.id);
  return (
    <Section title={t.editLabel}>
      <EditForm
        label={t.editLabel}
        initial={bodyOf(meeting)}
        version={meeting.version}
        save={(body, version) => save.mutateAsync({ body: inputOf(body), version })}
        onSaved={() => {
          tell(t.saved);
          onDone();
        }}
        onCancel={onDone}
        current={(resource) => {
          const current = resource as Meeting;
          return { body: bodyOf(current), version: current.version };
        }}
        describe={(body) => describe(body, texts)}
        savedBy={(changed) => <ChangedBy changed={changed} />}
      >
        {(editing) => <Fields {...editing} />}
      </EditForm>
    </Section>
  );
}

function Fields({ body, set, error, errors }: Editing<MeetingBody>) {
  const texts = useTexts();
  const t = texts.meetings.form;
  const time = (pointer: '/startsAt' | '/endsAt', typed: string) =>
    error(pointer) && (instantOf(body.date, typed) ? error(pointer) : t.timeError);
  const noDate =
    error('/startsAt') && body.date === '' ? texts.problems.fields.required : undefined;
  return (
    <>
      <div className="fields">
        <DateField
          label={t.date}
          value={body.date}
          onChange={(date) => set({ date })}
          error={noDate}
        />
        <TextField
          label={t.from}
          hint={t.timeHint}
          value={body.from}
          onChange={(from) => set({ from })}
          error={noDate ? undefined : time('/startsAt', body.from)}
        />
        <TextField
          label={t.to}
          hint={t.timeHint}
          value={body.to}
          onChange={(to) => set({ to })}
          error={noDate ? undefined : time('/endsAt', body.to)}
        />
      </div>
      <LocalisedField
        label={t.place}
        value={body.place}
        onChange={(place) => set({ place: whole(place) })}
        errors={errors('/place')}
      />
      <LocalisedField
        label={t.title}
        hint={t.titleHint}
        value={body.title}
        onChange={(title) => set({ title: whole(title) })}
        errors={errors('/title')}
      />
      <ReferencesField
        legalBasisIds={body.legalBasisIds}
        cases={body.cases}
        onChange={set}
        error={error}
      />
      <VisibilityField
        visibility={body.visibility}
        ground={body.visibilityGround}
        onChange={set}
        error={error}
      />
    </>
  );
}

function describe(body: MeetingBody, texts: Texts) {
  const t = texts.meetings.form;
  const words = (['title', 'place'] as const).flatMap((name) =>
    languages.map((lang) => ({
      key: `${name}/${lang}`,
      label: texts.content.inLanguage(t[name], texts.ui.languageNames[lang]),
      text: body[name][lang],
    })),
  );
  return [
    { key: 'date', label: t.date, text: body.date },
    { key: 'from', label: t.from, text: body.from },
    { key: 'to', label: t.to, text: body.to },
    ...words,
    { key: 'visibility', label: texts.content.visibility, text: texts.content[body.visibility] },
  ];
}
