import { usePartyLooks } from '../../api/parties';
import { useLang, useTexts } from '../../i18n';
import { formatNumber } from '../../lib/numbers';
import { DataTable } from '../../ui/DataTable';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import type { MeetingSummary } from './queries';

/** How many meetings stand side by side. */
const shown = 4;

/** Who came, by party, in the latest meetings whose papers the reader may see. */
export function Attendance({ meetings }: { meetings: readonly MeetingSummary[] }) {
  const t = useTexts().forums;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const held = meetings
    .filter(({ closedAt, attendance }) => closedAt && attendance.length > 0)
    .slice(0, shown)
    .reverse();
  const parties = [...new Set(held.flatMap(({ attendance }) => attendance.map((a) => a.partyId)))];
  if (held.length === 0) return null;
  const of = (meeting: MeetingSummary, partyId: string) =>
    meeting.attendance.find((row) => row.partyId === partyId);
  const sum = (partyId: string, key: 'seats' | 'present') =>
    held.reduce((total, meeting) => total + (of(meeting, partyId)?.[key] ?? 0), 0);
  return (
    <Section title={t.attendance} aside={t.attendanceNote}>
      <DataTable
        caption={t.attendanceCaption}
        columns={[
          {
            key: 'party',
            header: t.party,
            kind: 'name',
            render: (id: string) => <Who party={look(id)}>{look(id).name}</Who>,
          },
          ...held.map((meeting) => ({
            key: meeting.id,
            header: `${meeting.number}/${meeting.year}`,
            kind: 'figure' as const,
            render: (id: string) => {
              const row = of(meeting, id);
              return row ? `${row.present}/${row.seats}` : '–';
            },
          })),
          {
            key: 'total',
            header: t.total,
            kind: 'figure' as const,
            render: (id: string) => (
              <b>
                {formatNumber(Math.round((100 * sum(id, 'present')) / sum(id, 'seats')), lang)}
                {lang === 'en' ? '%' : '\u00a0%'}
              </b>
            ),
          },
        ]}
        groups={[{ key: 'all', rows: parties }]}
        rowKey={(id) => id}
      />
    </Section>
  );
}
