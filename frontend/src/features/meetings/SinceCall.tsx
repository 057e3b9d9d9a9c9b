import { useQuery } from '@tanstack/react-query';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDateTime } from '../../lib/dates';
import { sinceCallQuery } from './agendaQueries';
import { Num } from '../../ui/Num';
import { ErrorState } from '../../ui/states';
import type { Meeting } from './queries';
import { itemNo } from './words';

/** How the agenda differs from what was called: what, when, by which post; nothing where it does not. */
export function SinceCall({ meeting }: { meeting: Meeting }) {
  const t = useTexts().agenda.sinceCall;
  const lang = useLang();
  const asOf = useAsOf();
  const called = meeting.papers && meeting.calledAt !== undefined;
  const { data, error, refetch } = useQuery({
    ...sinceCallQuery(meeting.id, asOf),
    enabled: called,
  });
  if (!data && error) {
    return <ErrorState error={error} title={t.failed} onRetry={() => void refetch()} />;
  }
  if (!data || data.changes.length === 0) return null;
  return (
    <details className="more">
      <summary>
        {t.title} (<Num value={data.changes.length} />)
      </summary>
      <ul>
        {data.changes.map((change) => (
          <li key={`${change.kind} ${change.itemId}`}>
            <b>{t.kinds[change.kind]}:</b> {itemNo(change)} <T text={change.title} />
            {change.fields.length > 0 &&
              ` (${change.fields.map((field) => t.fields[field] ?? field).join(', ')})`}
            <span className="meta">
              {change.at && ` ${formatDateTime(change.at, lang)}`}
              {change.post && (
                <>
                  {' · '}
                  <T text={change.post} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
