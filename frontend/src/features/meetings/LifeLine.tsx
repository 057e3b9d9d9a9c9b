import { useLang, useTexts } from '../../i18n';
import { formatTime } from '../../lib/dates';
import type { Meeting } from './queries';
import { statuses } from './words';

/** Where the meeting is in its life. */
export function LifeLine({ meeting }: { meeting: Meeting }) {
  const t = useTexts().meetings;
  const lang = useLang();
  if (meeting.status === 'cancelled') return null;
  return (
    <ol className="life" aria-label={t.life}>
      {statuses.map((status) => {
        const now = status === meeting.status;
        return (
          <li
            key={status}
            className={now ? 'now' : undefined}
            aria-current={now ? 'step' : undefined}
          >
            {t.statuses[status]}
            {now && status === 'in_progress' && meeting.startedAt
              ? `, ${t.since(formatTime(meeting.startedAt, lang))}`
              : ''}
          </li>
        );
      })}
    </ol>
  );
}
