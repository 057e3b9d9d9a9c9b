import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate, type ISODate } from '../../lib/dates';
import { formatNumber } from '../../lib/numbers';
import { visitBefore } from '../../lib/visit';
import { Section } from '../../ui/layout';
import { Loaded } from '../../ui/states';
import { changeSummaryQuery, type ChangeSummary } from './changes';
import { SinceForm } from './SinceForm';

const route = getRouteApi('/$lang/');

interface ChangesProps {
  /** The day shown. */
  day: ISODate;
  /** After which day, from the address; a day after the one shown is left out. */
  since: ISODate | undefined;
}

/** What has changed since a chosen day; each number leads to its rows. */
export function Changes({ day, since }: ChangesProps) {
  const t = useTexts().overview.changes;
  const lang = useLang();
  const asOf = useAsOf();
  const navigate = route.useNavigate();
  const chosen = since !== undefined && since <= day ? since : undefined;
  const query = useQuery(changeSummaryQuery(chosen, asOf));
  const compared = query.data?.since ?? chosen;
  const choose = (chosenDay: ISODate) =>
    void navigate({
      search: (old) => ({ ...old, since: chosenDay }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Section
      title={t.title}
      id="overview-changes"
      aside={
        query.data && (
          <Link to="/$lang/changes" params={{ lang }} search={{ since: query.data.since }}>
            {t.all}
          </Link>
        )
      }
    >
      <Loaded query={query} loading={t.loading}>
        {(summary) => <Told summary={summary} />}
      </Loaded>
      <div className="ov-since-row">
        <SinceForm since={compared} day={day} onChoose={choose} />
        {compared && <LastVisit key={day} day={day} since={compared} />}
        {chosen && (
          <Link
            from="/$lang/"
            to="/$lang"
            params={{ lang }}
            search={(old) => ({ ...old, since: undefined })}
            replace
            resetScroll={false}
          >
            {t.sinceSteering}
          </Link>
        )}
      </div>
    </Section>
  );
}

function Told({ summary }: { summary: ChangeSummary }) {
  const t = useTexts().overview.changes;
  const lang = useLang();
  const { since, meeting, counts } = summary;
  const some = counts.filter(({ count }) => count > 0);
  return (
    <>
      <p className="ov-since-lead">
        {meeting ? (
          <>
            {t.sinceMeeting}{' '}
            <Link to="/$lang/meetings/$id" params={{ lang, id: meeting.id }} className="q">
              <T text={meeting.forum.title} />{' '}
              <span className="nb">
                {meeting.number}/{meeting.year}
              </span>
            </Link>{' '}
            {formatDate(meeting.date, lang)}
          </>
        ) : (
          t.since(formatDate(since, lang))
        )}
      </p>
      {some.length === 0 ? (
        <p className="meta">{t.nothing}</p>
      ) : (
        <ul className="ov-changes">
          {some.map(({ kind, count }) => (
            <li key={kind}>
              <Link to="/$lang/changes" params={{ lang }} search={{ since, kind }}>
                <b>{formatNumber(count, lang)}</b> <span>{t.counted[kind](count)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A press to what has changed since this browser was here last, where it remembers that. */
function LastVisit({ day, since }: { day: ISODate; since: ISODate }) {
  const t = useTexts().overview.changes;
  const lang = useLang();
  const asOf = useAsOf();
  const [before] = useState(() => (asOf ? undefined : visitBefore(day)));
  if (!before || before === since || asOf) return null;
  return (
    <Link
      from="/$lang/"
      to="/$lang"
      params={{ lang }}
      search={(old) => ({ ...old, since: before })}
      replace
      resetScroll={false}
    >
      {t.sinceVisit(formatDate(before, lang))}
    </Link>
  );
}
