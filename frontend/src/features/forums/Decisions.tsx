import { useState } from 'react';
import { ConditionOf } from '../../content/ConditionOf';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { DataTable } from '../../ui/DataTable';
import { FileLinks } from '../../ui/FileLinks';
import { Section } from '../../ui/layout';
import { EmptyState, LoadMore } from '../../ui/states';
import { meetingNo } from './meetings';
import type { OutcomeEntry } from './queries';

interface DecisionsProps {
  forumId: string;
  /** The latest first. */
  outcomes: readonly OutcomeEntry[];
  /** The server has older ones. */
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** So many at once. */
const step = 20;

/** Each decision, what followed from it, and in which condition that is today. */
export function Decisions({ forumId, outcomes, hasMore, loading, onMore }: DecisionsProps) {
  const t = useTexts().forums;
  const asOf = useAsOf();
  const [count, setCount] = useState(step);
  const shown = outcomes.slice(0, count);
  const more = () => {
    setCount(count + step);
    if (hasMore && count + step >= outcomes.length) onMore();
  };
  return (
    <Section
      id="decisions"
      title={t.decisions}
      aside={
        <span className="btns">
          {t.decisionsNote}
          <FileLinks path="/outcomes" query={{ forumId: [forumId], asOf }} />
        </span>
      }
    >
      {outcomes.length === 0 ? (
        <EmptyState title={t.noDecisions} />
      ) : (
        <>
          <DataTable
            caption={t.decisionsCaption}
            className="frm-dec"
            columns={[
              {
                key: 'section',
                header: t.section,
                className: 'frm-sec',
                render: (row) => <ItemLink row={row} />,
              },
              {
                key: 'decision',
                header: t.decision,
                kind: 'name',
                render: (row) => <Decision row={row} />,
              },
              {
                key: 'followUp',
                header: t.followUp,
                className: 'frm-next',
                render: (row) => <FollowUp row={row} />,
              },
              {
                key: 'condition',
                header: t.conditionNow,
                className: 'frm-cond',
                render: (row) => <Conditions row={row} />,
              },
            ]}
            groups={[{ key: 'all', rows: shown }]}
            rowKey={({ id }) => id}
          />
          <LoadMore
            shown={shown.length}
            total={hasMore || shown.length === outcomes.length ? undefined : outcomes.length}
            hasMore={hasMore || shown.length < outcomes.length}
            loading={loading}
            onMore={more}
          />
        </>
      )}
    </Section>
  );
}

function ItemLink({ row }: { row: OutcomeEntry }) {
  const t = useTexts().forums;
  return (
    <PathLink className="q" path={`/meetings/${row.meeting.id}`}>
      <span className="nb">{meetingNo(row.meeting)}</span>{' '}
      <span className="nb">
        {row.item.section ? `§\u00a0${row.item.section}` : t.itemNo(row.item.agendaNo)}
      </span>
    </PathLink>
  );
}

function Decision({ row }: { row: OutcomeEntry }) {
  const t = useTexts().forums;
  const lang = useLang();
  const day = formatDate(dateOf(row.meeting.startsAt), lang);
  return (
    <>
      <T text={row.text} />
      <span className="meta">
        {row.noActionReason ? t.noAction : t.outcomes[row.type]} {day}
      </span>
    </>
  );
}

function FollowUp({ row }: { row: OutcomeEntry }) {
  const t = useTexts().forums;
  if (row.actions.length > 0) {
    return (
      <ul className="frm-acts">
        {row.actions.map(({ id, no, title }) => (
          <li key={id}>
            <PathLink className="q" path={`/actions/${no}`}>
              {no} <T text={title} />
            </PathLink>
          </li>
        ))}
      </ul>
    );
  }
  if (row.noActionReason) {
    return (
      <>
        {t.reason} <T text={row.noActionReason} />
      </>
    );
  }
  if (row.open) return <span className="frm-ei">{t.lacksEnding}</span>;
  return t.carried[row.type === 'deferred' || row.type === 'referral' ? row.type : 'other'];
}

function Conditions({ row }: { row: OutcomeEntry }) {
  const t = useTexts().forums;
  const [first, ...others] = row.actions;
  if (!first) return <span className="frm-none">{t.nothingToFollow}</span>;
  if (others.length === 0) return <ConditionOf no={first.no} value={first.condition} />;
  return (
    <ul className="frm-acts">
      {row.actions.map(({ id, no, condition }) => (
        <li key={id}>
          {no} <ConditionOf no={no} value={condition} />
        </li>
      ))}
    </ul>
  );
}
