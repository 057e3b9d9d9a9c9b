import { useQuery } from '@tanstack/react-query';
import { PostPicker } from '../../content/PostPicker';
import { useLang, useTexts } from '../../i18n';
import { languages } from '../../lib/lang';
import { localised } from '../../lib/text';
import { Select } from '../../ui/filters';
import { DateField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { comingMeetingsQuery, forumOptionsQuery } from './agendaQueries';
import { whole, type OutcomeBody } from './forms';
import { meetingTime } from './words';

interface OutcomeTargetsProps {
  forumId: string;
  body: OutcomeBody;
  set: (part: Partial<OutcomeBody>) => void;
  error: (pointer: string) => string | undefined;
}

/** What a type of outcome needs beside its text: to whom, by when, until which meeting, to which forum. */
export function OutcomeTargets({ forumId, body, set, error }: OutcomeTargetsProps) {
  const t = useTexts().agenda.targets;
  const to = (
    <PostPicker
      label={body.type === 'assignment' ? t.assignee : t.recipient}
      value={body.toPost ?? null}
      onChange={(toPost) => set({ toPost })}
      error={error('/toPostId')}
    />
  );
  switch (body.type) {
    case 'assignment':
      return (
        <div className="g2">
          {to}
          <DateField
            label={t.dueOn}
            value={body.dueOn}
            onChange={(dueOn) => set({ dueOn })}
            error={error('/dueOn')}
          />
        </div>
      );
    case 'recommendation':
      return (
        <>
          {to}
          {!body.toPost && (
            <LocalisedField
              label={t.recipientWords}
              value={body.toWhom}
              onChange={(text) => set({ toWhom: whole(text) })}
              errors={Object.fromEntries(languages.map((lang) => [lang, error(`/toWhom/${lang}`)]))}
            />
          )}
        </>
      );
    case 'deferred':
      return (
        <div className="g2">
          <MeetingChoice
            label={t.toMeeting}
            forumId={forumId}
            value={body.toMeetingId}
            onChange={(toMeetingId) => set({ toMeetingId })}
            error={error('/toMeetingId')}
          />
          <DateField
            label={t.until}
            value={body.dueOn}
            onChange={(dueOn) => set({ dueOn })}
            error={error('/dueOn')}
          />
        </div>
      );
    case 'referral':
      return (
        <ForumChoice
          label={t.toForum}
          not={forumId}
          value={body.toForumId}
          onChange={(toForumId) => set({ toForumId })}
          error={error('/toForumId')}
        />
      );
    default:
      return null;
  }
}

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (id: string) => void;
  error?: string;
}

/** One of a forum's meetings that are still to be held. */
export function MeetingChoice({
  forumId,
  not,
  ...props
}: ChoiceProps & { forumId: string; not?: string }) {
  const texts = useTexts();
  const lang = useLang();
  const coming = useQuery(comingMeetingsQuery(forumId));
  const options = (coming.data ?? [])
    .filter(({ id }) => id !== not)
    .map((meeting) => ({
      value: meeting.id,
      label: `${texts.meetings.name(meeting.number, meeting.year)}, ${meetingTime(meeting, texts, lang)}`,
    }));
  return (
    <Select
      {...props}
      options={[{ value: '', label: texts.agenda.targets.notChosen }, ...options]}
    />
  );
}

/** One of the forums; the one that chooses is left out. */
export function ForumChoice({ not, ...props }: ChoiceProps & { not: string }) {
  const t = useTexts().agenda.targets;
  const lang = useLang();
  const forums = useQuery(forumOptionsQuery);
  const options = (forums.data ?? [])
    .filter(({ id }) => id !== not)
    .map(({ id, title }) => ({ value: id, label: localised(title, lang).value }));
  return <Select {...props} options={[{ value: '', label: t.notChosen }, ...options]} />;
}
