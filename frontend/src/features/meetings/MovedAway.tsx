import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import type { Transfer } from './agendaQueries';
import { itemNo } from './words';

/** A link to another meeting, or that there is one where the reader may not see which. */
export function OtherMeeting({
  meeting,
}: {
  meeting: { id: string; number: number; year: number } | undefined;
}) {
  const texts = useTexts();
  if (!meeting) return texts.agenda.transfer.otherMeeting;
  return (
    <PathLink path={`/meetings/${meeting.id}`}>
      {texts.meetings.name(meeting.number, meeting.year)}
    </PathLink>
  );
}

/** Where an item stood that was moved to another meeting: its number and title of then, and where it is. */
export function MovedAway({ trace }: { trace: Transfer }) {
  const texts = useTexts();
  const t = texts.agenda.transfer;
  const lang = useLang();
  const { agendaNo, subNo, title, to } = trace;
  const no = agendaNo ? texts.papers.item(itemNo({ agendaNo, subNo })) : '';
  return (
    <p className="meta">
      {no} {localised(title, lang).value ? <T text={title} /> : texts.meetings.agenda.hidden}
      <br />
      {t.to.move} <OtherMeeting meeting={to} />
    </p>
  );
}
