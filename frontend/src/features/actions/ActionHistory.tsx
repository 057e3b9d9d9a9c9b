import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { usePartyLooks } from '../../api/parties';
import { changeLines } from '../../content/changes';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate, formatTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { DataTable } from '../../ui/DataTable';
import { BetweenLink } from '../../ui/BetweenLink';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { ErrorState, LoadingLines, LoadMore } from '../../ui/states';
import { historyQuery, type Action, type AuditEntry } from './queries';

/** Who changed what and when, with old and new values, from the log. */
export function ActionHistory({ action }: { action: Action }) {
  const texts = useTexts();
  const t = texts.actions.page;
  const lang = useLang();
  const asOf = useAsOf();
  const looks = usePartyLooks(lang);
  const history = useInfiniteQuery(historyQuery(action.id, asOf));
  const entries = history.data && told(history.data.pages.flatMap(({ items }) => items));
  return (
    <Section
      title={t.history}
      aside={<BetweenLink path={`/actions/${action.id}`} query={{ asOf }} />}
    >
      {history.error && <ErrorState error={history.error} onRetry={() => void history.refetch()} />}
      {!entries && !history.error && <LoadingLines />}
      {entries && (
        <DataTable
          className="hist"
          caption={t.historyCaption}
          rowKey={({ id }) => id}
          groups={[{ key: 'all', rows: entries }]}
          columns={[
            {
              key: 'at',
              header: t.when,
              className: 'nb',
              render: ({ at }) => (
                <Link
                  className="q"
                  to="/$lang/actions/$no"
                  params={{ lang, no: String(action.no) }}
                  search={{ asOf: dateOf(at) }}
                  title={t.historyByDay}
                >
                  {formatDate(dateOf(at), lang)} {formatTime(at, lang)}
                </Link>
              ),
            },
            {
              key: 'who',
              header: t.by,
              render: ({ post, partyId, origin }) =>
                post ? (
                  <Who party={looks(post.partyId)}>
                    <T text={post.title} />
                  </Who>
                ) : partyId ? (
                  <Who party={looks(partyId)}>{looks(partyId).name}</Who>
                ) : (
                  origin !== 'user' && t.imported
                ),
            },
            {
              key: 'what',
              kind: 'name',
              header: t.what,
              render: (entry) => <What entry={entry} origin={action.origin} />,
            },
          ]}
        />
      )}
      <LoadMore
        shown={entries?.length ?? 0}
        hasMore={history.hasNextPage}
        loading={history.isFetchingNextPage}
        onMore={() => void history.fetchNextPage()}
      />
      <p className="meta below">{t.version(action.version)}</p>
    </Section>
  );
}

/** Entries that say something: what belongs to the action is created with it, in entries of its own. */
function told(entries: readonly AuditEntry[]): AuditEntry[] {
  const created = new Set<string>();
  return entries.filter(({ permission, at, changes, reason, withheld }) => {
    if (permission !== 'action.create') return changes.length > 0 || reason || withheld;
    if (created.has(at)) return false;
    created.add(at);
    return true;
  });
}

/** What an entry says in words. Of a creation only that it was one, and from what. */
function What({ entry, origin }: { entry: AuditEntry; origin: Action['origin'] }) {
  const texts = useTexts();
  const t = texts.actions;
  const lang = useLang();
  const changes = entry.changes.filter(({ field }) => field !== 'confirmedOn');
  const parts: ReactNode[] = [];
  if (entry.subject.kind === 'action_task') {
    parts.push(<b>{localised(entry.subject.title, lang).value}</b>);
  }
  if (entry.permission === 'action.create') {
    parts.push(t.page.created);
    if (origin) {
      const section = origin.section === undefined ? '' : ` §\u00a0${origin.section}`;
      const forum = localised(origin.forum.title, lang).value;
      parts.push(
        `${t.page.outcomes[origin.type]}: ${forum} ${origin.number}/${origin.year}${section}`,
      );
    }
  } else if (entry.subject.kind === 'action_task' && entry.version === 1) {
    parts.push(t.page.created);
  } else if (changes.length === 0 && entry.permission === 'action.report')
    parts.push(t.page.confirmedOnly);
  else {
    const lines = changeLines({ changes, labels: entry.labels }, texts, lang);
    if (lines.length === 0 && changes.length > 0) parts.push(t.page.changedOnly);
    for (const line of lines) {
      parts.push(
        <>
          <span className="hist-f">{line.field}</span> {line.old && <del>{line.old}</del>}{' '}
          {line.new ?? (!line.old && t.page.changedOnly)}
        </>,
      );
    }
  }
  return (
    <div className="hist-what">
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <br />}
          {part}
        </Fragment>
      ))}
      {entry.reason && <span className="meta reason">{t.page.because(entry.reason)}</span>}
      {entry.withheld && <span className="meta reason">{t.page.withheld}</span>}
    </div>
  );
}
