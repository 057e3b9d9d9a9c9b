import { useNavigate, type LinkProps } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useLang, useTexts } from '../../i18n';
import { instantOf, isISODate } from '../../lib/dates';
import { complete, noText, type LocalisedText } from '../../lib/text';
import { EditForm } from '../../ui/forms/EditForm';
import { DateField, TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Section } from '../../ui/layout';
import { useCreateMeeting, type Forum } from './queries';

interface Body {
  day: string;
  from: string;
  to: string;
  place: LocalisedText;
}

const empty: Body = { day: '', from: '', to: '', place: noText };

/** When and where the forum meets next. Makes a draft and goes to its page. */
export function MeetingForm({ forum, onCancel }: { forum: Forum; onCancel: () => void }) {
  const texts = useTexts();
  const t = texts.forums;
  const lang = useLang();
  const navigate = useNavigate();
  const create = useCreateMeeting(forum.id);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  return (
    <div className="frm-new" ref={form}>
      <Section title={t.newMeeting} aside={t.newMeetingText}>
        <EditForm
          label={t.newMeeting}
          initial={empty}
          save={({ day, from, to, place }) =>
            create.mutateAsync({
              startsAt: asInstant(day, from),
              endsAt: asInstant(day, to),
              place: complete(place),
              visibility: forum.visibility,
              visibilityGround: forum.visibilityGround,
            })
          }
          onSaved={({ id }) =>
            void navigate({ to: `/${lang}/meetings/${id}` as NonNullable<LinkProps['to']> })
          }
          onCancel={onCancel}
        >
          {({ body, set, error, errors }) => {
            const dayWrong = !isISODate(body.day);
            const dayError =
              error('/startsAt') &&
              (body.day === '' ? texts.problems.fields.required : error('/startsAt'));
            return (
              <>
                <div className="fields">
                  <DateField
                    label={t.meetingDay}
                    value={body.day}
                    onChange={(day) => set({ day })}
                    error={dayWrong ? dayError : undefined}
                  />
                  <TextField
                    label={t.startsAt}
                    hint={t.clockHint}
                    value={body.from}
                    onChange={(from) => set({ from })}
                    error={dayWrong ? undefined : error('/startsAt')}
                  />
                  <TextField
                    label={t.endsAt}
                    hint={t.clockHint}
                    value={body.to}
                    onChange={(to) => set({ to })}
                    error={dayWrong ? undefined : error('/endsAt')}
                  />
                </div>
                <LocalisedField
                  label={t.place}
                  hint={t.placeHint}
                  value={body.place}
                  onChange={(place) => set({ place })}
                  errors={errors('/place')}
                  maxLength={300}
                />
              </>
            );
          }}
        </EditForm>
      </Section>
    </div>
  );
}

/** The instant, or what was typed where there is none, which the server refuses at its place. */
function asInstant(day: string, clock: string): string {
  return instantOf(day, clock) ?? `${day} ${clock}`;
}
