import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { dateOf, formatDate } from '../../lib/dates';
import { Condition } from '../../ui/Condition';
import { DataTable } from '../../ui/DataTable';
import { Icon } from '../../ui/Icon';
import { Section } from '../../ui/layout';
import { Loaded, LoadMore } from '../../ui/states';
import type { OutcomeEntry } from './queries';

interface DecisionsProps {
  query: UseInfiniteQueryResult<InfiniteData<{ items: OutcomeEntry[]; nextCursor?: string }>>;
  minutes: boolean;
}

/** What the forum decided, and what became of it: the action and how it stands today. */
export function Decisions({ query, minutes }: DecisionsProps) {
  const t = useTexts().forums;
  return (
    <Section title={t.decisions} id="decisions">
      <Loaded query={query}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0) return <p className="meta">{t.noDecisions}</p>;
          return (
            <>
              <Table rows={rows} minutes={minutes} />
              <LoadMore
                shown={rows.length}
                hasMore={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Table({ rows, minutes }: { rows: readonly OutcomeEntry[]; minutes: boolean }) {
  const texts = useTexts();
  const t = texts.forums;
  const lang = useLang();
  return (
    <DataTable
      caption={t.decisionsCaption}
      className="dec"
      columns={[
        {
          key: 'item',
          header: minutes ? t.section : t.item,
          className: 'dec-i',
          render: ({ meeting, item }) => (
            <PathLink className="q nb" path={`/meetings/${meeting.id}#item-${item.agendaNo}`}>
              {meeting.number}/{meeting.year}{' '}
              {item.section
                ? texts.meetings.agenda.section(item.section)
                : texts.meetings.item.no(item.agendaNo).toLowerCase()}
            </PathLink>
          ),
        },
        {
          key: 'decision',
          header: t.decision,
          kind: 'name',
          render: ({ text, type, meeting }) => (
            <>
              <T text={text} />
              <span className="meta vw">
                {texts.meetings.outcomes.types[type]}{' '}
                {formatDate(dateOf(meeting.startsAt), lang, { short: true })}
              </span>
            </>
          ),
        },
        {
          key: 'followUp',
          header: t.followUp,
          className: 'dec-f',
          render: ({ actions, noActionReason, open }) => (
            <>
              {actions.map((action) => (
                <span className="vw" key={action.id}>
                  <PathLink className="q" path={`/actions/${action.no}`}>
                    {action.no} <T text={action.title} />
                  </PathLink>
                </span>
              ))}
              {noActionReason && t.noActionBecause(noActionReason)}
              {open && (
                <span className="c c-late">
                  <Icon name="error" />
                  {t.notFollowed}
                </span>
              )}
              {actions.length === 0 && !noActionReason && !open && '–'}
            </>
          ),
        },
        {
          key: 'condition',
          header: t.conditionNow,
          className: 'dec-c',
          render: ({ actions }) =>
            actions.length === 0 ? (
              <span className="meta">{t.nothingToFollow}</span>
            ) : (
              actions.map((action) => (
                <span className="vw" key={action.id}>
                  <Condition value={action.condition} />
                </span>
              ))
            ),
        },
      ]}
      groups={[{ key: 'all', rows }]}
      rowKey={({ id }) => id}
    />
  );
}
