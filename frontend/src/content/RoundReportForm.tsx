import { useState } from 'react';
import { useMe } from '../api/me';
import { useReportInRound, type Expectation } from '../api/rounds';
import { useLang, useTexts } from '../i18n';
import { dateOf, daysBetween, formatDate } from '../lib/dates';
import { complete, localised, noText } from '../lib/text';
import { whenSaved } from '../lib/whenSaved';
import { FieldError } from '../ui/filters';
import { InlineUpdateForm } from '../ui/forms/InlineUpdateForm';
import { LocalisedField } from '../ui/forms/LocalisedField';
import { Note } from '../ui/layout';
import { fieldError } from '../ui/problemTexts';
import { Segments } from '../ui/Segments';
import { useToast } from '../ui/Toast';
import { InternalMark } from '../ui/Visibility';

interface RoundReportFormProps {
  roundId: string;
  row: Expectation;
  onClose: () => void;
}

/** A party's report on a goal or the plan, in its row. What is typed stays until it is given. */
export function RoundReportForm({ roundId, row, onClose }: RoundReportFormProps) {
  const texts = useTexts();
  const t = texts.rounds;
  const lang = useLang();
  const toast = useToast();
  const now = useMe().data?.now;
  const report = useReportInRound(roundId);
  const [assessment, setAssessment] = useState(row.assessment);
  // Who adds to a report sees what was said before: the last report stands for the party.
  const [text, setText] = useState(row.text ?? noText);
  const [isPublic, setPublic] = useState(
    row.visibility === 'public' && (!row.reportedOn || row.textPublic === true),
  );
  const [asked, setAsked] = useState(false);
  const late = !row.reportedOn && now !== undefined && daysBetween(row.dueOn, dateOf(now)) > 0;
  const { level } = row;
  if (level === 'action') return null;
  const save = () => {
    setAsked(true);
    if (!assessment) return;
    whenSaved(
      report.mutateAsync({
        level,
        subjectId: row.id,
        assessment,
        text: complete(text),
        public: isPublic,
      }),
      () => {
        toast(late ? t.report.savedLate : t.report.saved);
        onClose();
      },
    );
  };
  const errorOf = (pointer: string) => fieldError(report.error, pointer, texts);
  return (
    <InlineUpdateForm
      label={t.report.one(localised(row.title, lang).value)}
      onSave={save}
      onCancel={onClose}
      saveLabel={t.report.save}
      saving={report.isPending}
      error={report.error}
      aside={
        row.visibility === 'internal' ? (
          <InternalMark />
        ) : (
          <label className="chk">
            <input
              type="checkbox"
              checked={isPublic}
              onChange={({ target }) => setPublic(target.checked)}
            />
            {t.report.isPublic}
          </label>
        )
      }
    >
      {late && <Note tone="late">{t.report.late(formatDate(row.dueOn, lang))}</Note>}
      <Segments
        small
        label={t.report.assessment}
        value={assessment}
        options={(['reached', 'on_course', 'partly', 'off_course'] as const).map((value) => ({
          value,
          label: t.assessments[value],
        }))}
        onChange={setAssessment}
      />
      {asked && !assessment && <FieldError>{t.report.choose}</FieldError>}
      <LocalisedField
        oneIsEnough
        multiline
        label={t.report.text}
        hint={t.report.textHint}
        value={text}
        onChange={(said) => setText(complete(said))}
        errors={{
          fi: errorOf('/text/fi'),
          sv: errorOf('/text/sv'),
          en: errorOf('/text/en'),
        }}
      />
    </InlineUpdateForm>
  );
}
