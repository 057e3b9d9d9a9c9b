import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { Button, LinkButton } from '../../ui/Button';
import { DataTable, type Column } from '../../ui/DataTable';
import { DateText, Section } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { OpenForm } from './OpenForm';
import { roundsQuery, type RoundSummary } from './queries';
import './rounds.css';

/** The reporting rounds, the newest period first, and where coordinators open one. */
export function RoundsPage() {
  const t = useTexts().rounds;
  const lang = useLang();
  const asOf = useAsOf();
  const rounds = useInfiniteQuery(roundsQuery(asOf));
  const mayOpen = useMay('round.open') && !asOf;
  const [opening, setOpening] = useState(false);
  const toast = useToast();
  const items = rounds.data?.pages.flatMap((page) => page.items);
  const open = items?.filter(({ state }) => state === 'open');
  const comparable = items?.filter(({ state }) => state !== 'cancelled') ?? [];
  return (
    <div className="pg-rounds">
      <PageHead
        title={t.title}
        lead={
          <>
            {open && (open.length === 0 ? t.noneOpen : <OpenNow rounds={open} />)} {t.lead}
          </>
        }
        actions={
          <>
            <FileLinks path="/reporting-rounds" query={{ asOf }} />
            {comparable.length > 1 && (
              <LinkButton
                variant="secondary"
                to="/$lang/rounds/compare"
                params={{ lang }}
                search={(old) => ({
                  asOf: old.asOf,
                  round: comparable.slice(0, 2).map(({ key }) => key),
                })}
              >
                {t.compare}
              </LinkButton>
            )}
            {mayOpen && !opening && <Button onClick={() => setOpening(true)}>{t.open}</Button>}
          </>
        }
      />
      <div className="stack">
        {opening && (
          <Section title={t.open}>
            <OpenForm
              onOpened={() => {
                toast(t.opened);
                setOpening(false);
              }}
              onCancel={() => setOpening(false)}
            />
          </Section>
        )}
        <Loaded query={rounds} loading={t.loading}>
          {() =>
            !items || items.length === 0 ? (
              <EmptyState title={t.none} text={t.noneText} />
            ) : (
              <>
                <List rounds={items} />
                <LoadMore
                  shown={items.length}
                  hasMore={rounds.hasNextPage}
                  loading={rounds.isFetchingNextPage}
                  onMore={() => void rounds.fetchNextPage()}
                />
              </>
            )
          }
        </Loaded>
      </div>
    </div>
  );
}

/** Which rounds are open, in a sentence that leads to them. */
function OpenNow({ rounds }: { rounds: readonly RoundSummary[] }) {
  const t = useTexts().rounds;
  const lang = useLang();
  const gap = '\u0000';
  return rounds.map((round) => {
    const [before = '', after = ''] = t.openNow(gap).split(gap);
    return (
      <span key={round.id}>
        {before}
        <Link to="/$lang/rounds/$key" params={{ lang, key: round.key }}>
          <T text={round.title} />
        </Link>
        {after}{' '}
      </span>
    );
  });
}

function List({ rounds }: { rounds: readonly RoundSummary[] }) {
  const t = useTexts().rounds;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const columns: Column<RoundSummary>[] = [
    {
      key: 'round',
      kind: 'name',
      header: t.round,
      render: (round) => (
        <>
          <Link className="q" to="/$lang/rounds/$key" params={{ lang, key: round.key }}>
            <T text={round.title} />
          </Link>
          <span className="meta df">
            {t.kinds[round.kind]} · <T text={round.plan.title} />
          </span>
        </>
      ),
    },
    {
      key: 'period',
      header: t.period,
      render: ({ periodFrom, periodTo }) => (
        <>
          <DateText date={periodFrom} />–<DateText date={periodTo} />
        </>
      ),
    },
    {
      key: 'due',
      header: t.lastDay,
      render: ({ levels }) => <DateText date={levels.at(-1)?.dueOn} weekday />,
    },
    { key: 'state', header: t.state, render: ({ state }) => t.states[state] },
    {
      key: 'sides',
      header: t.sides,
      render: (round) =>
        round.state === 'cancelled' ? (
          <T text={round.cancelReason ?? {}} />
        ) : (
          <span className="sides-s">
            {round.completions.length === 0 && t.side.notYet}
            {round.completions.map(({ partyId, completedAt }) => (
              <Who key={partyId} party={look(partyId)}>
                {t.side.done(formatDate(dateOf(completedAt), lang))}
              </Who>
            ))}
          </span>
        ),
    },
  ];
  return (
    <DataTable
      caption={t.list}
      columns={columns}
      groups={[{ key: 'all', rows: rounds }]}
      rowKey={({ id }) => id}
    />
  );
}
