import { useParties, usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import type { Lang } from '../../lib/lang';
import { formatNumber } from '../../lib/numbers';
import { DataTable, type Column } from '../../ui/DataTable';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { Trend } from '../../ui/Trend';
import { hasBeenHeld, meetingNo } from './meetings';
import type { MeetingSummary } from './queries';

interface AttendanceProps {
  /** The latest first. */
  meetings: readonly MeetingSummary[];
  year: number;
}

interface Row {
  partyId: string;
  /** Present and seats, by meeting. */
  counts: Map<string, { present: number; seats: number }>;
}

/** More columns than this do not fit beside the side column. */
const columnsAtMost = 6;

const percent = (share: number, lang: Lang) =>
  formatNumber(share, lang, { style: 'percent', maximumFractionDigits: 0 });

/**
 * How many of each party's seats were taken, where the reader may read the papers: by the chair, the
 * members and their substitutes.
 */
export function Attendance({ meetings, year }: AttendanceProps) {
  const t = useTexts().forums;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const parties = useParties().data ?? [];
  const counted = meetings
    .filter((meeting) => meeting.year === year && hasBeenHeld(meeting))
    .filter(({ attendance }) => attendance.length > 0)
    .reverse();
  if (counted.length === 0) return null;
  const shown = counted.slice(-columnsAtMost);
  const rows: Row[] = parties.flatMap(({ id }) => {
    const counts = new Map(
      counted.flatMap((meeting) =>
        meeting.attendance.filter(({ partyId }) => partyId === id).map((row) => [meeting.id, row]),
      ),
    );
    return counts.size > 0 ? [{ partyId: id, counts }] : [];
  });
  const columns: Column<Row>[] = [
    {
      key: 'party',
      header: t.party,
      kind: 'name',
      render: ({ partyId }) => (
        <Who party={look(partyId)}>
          <T text={parties.find(({ id }) => id === partyId)?.shortName} />
        </Who>
      ),
    },
    {
      key: 'places',
      header: t.places,
      kind: 'figure',
      render: ({ counts }) => [...counts.values()].at(-1)?.seats,
    },
    ...shown.map((meeting): Column<Row> => ({
      key: meeting.id,
      header: meetingNo(meeting),
      kind: 'figure',
      render: ({ counts }) => {
        const count = counts.get(meeting.id);
        return count ? `${count.present}/${count.seats}` : '–';
      },
    })),
    {
      key: 'total',
      header: t.total,
      kind: 'figure',
      render: ({ counts }) => {
        const all = [...counts.values()];
        const seats = all.reduce((sum, count) => sum + count.seats, 0);
        const present = all.reduce((sum, count) => sum + count.present, 0);
        return <b>{percent(present / seats, lang)}</b>;
      },
    },
  ];
  return (
    <Section
      title={t.attendance}
      aside={counted.length > shown.length ? t.attendanceLatest(shown.length) : undefined}
    >
      <DataTable
        caption={t.attendanceCaption}
        columns={columns}
        groups={[{ key: 'all', rows }]}
        rowKey={({ partyId }) => partyId}
      />
      <p className="meta below-s">{t.attendanceNote}</p>
      {shown.length > 1 && (
        <div className="frm-att">
          <Trend
            labels={shown.map(meetingNo)}
            lines={rows.map(({ partyId, counts }) => ({
              party: look(partyId),
              values: shown.map(({ id }) => {
                const count = counts.get(id);
                return count ? Math.round((100 * count.present) / count.seats) : null;
              }),
            }))}
            most={100}
            format={(value) => percent(value / 100, lang)}
          />
        </div>
      )}
    </Section>
  );
}
