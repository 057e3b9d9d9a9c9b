import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { formatDate } from '../../lib/dates';
import type { OpenLoop } from './loopQueries';

/** Which forum a referral waits for, by when it is to answer, or by how much it is late. */
export function Awaited({ awaited }: { awaited: NonNullable<OpenLoop['awaited']> }) {
  const t = useTexts().content.referrals;
  const lang = useLang();
  const { forum, dueOn, daysOver } = awaited;
  return (
    <span className="meta">
      {forum ? (
        <PathLink className="q" path={`/forums/${forum.id}`}>
          <T text={forum.title} />
        </PathLink>
      ) : (
        t.otherForum
      )}
      {', '}
      {daysOver > 0 ? (
        <b className="frm-over">{t.overdue(daysOver)}</b>
      ) : (
        t.due(formatDate(dueOn, lang))
      )}
    </span>
  );
}
