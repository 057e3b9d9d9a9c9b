import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { DataTable, type Column } from '../../ui/DataTable';
import { FilterBar, Select } from '../../ui/filters';
import { Breadcrumb, Section } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import {
  comparisonQuery,
  roundsQuery,
  tally,
  type Compared,
  type Round,
  type RoundCell,
  type RoundSummary,
} from './queries';
import './rounds.css';
import { levels, maxCompared, type Level } from './search';
import { Thing } from './words';

const route = getRouteApi('/$lang/rounds/compare');

/** Rounds of different years side by side: how they were reported, and what was said. */
export function ComparePage() {
  const t = useTexts().rounds;
  const lang = useLang();
  const asOf = useAsOf();
  const { round: given, level } = route.useSearch();
  const navigate = route.useNavigate();
  const rounds = useInfiniteQuery(roundsQuery(asOf));
  const known = rounds.data?.pages
    .flatMap((page) => page.items)
    .filter(({ state }) => state !== 'cancelled');
  // Without a choice the two newest stand side by side.
  const newest = known && known.length > 1 ? known.slice(0, 2).map(({ key }) => key) : [];
  const keys = given ?? newest;
  const chosen = known?.filter(({ key }) => keys.includes(key));
  const name = (round: Pick<RoundSummary, 'title'> | undefined) =>
    localised(round?.title, lang).value;
  const choose = (place: number, key: string) =>
    void navigate({
      search: (old) => {
        const next = [...keys];
        if (key) next[place] = key;
        else next.splice(place, 1);
        return { ...old, round: next };
      },
      replace: true,
    });
  return (
    <div className="pg-rounds">
      <PageHead
        title={t.comparison.title}
        above={
          <Breadcrumb
            items={[{ label: t.title, link: { to: '/$lang/rounds', params: { lang } } }]}
          />
        }
        actions={
          keys.length > 1 && (
            <FileLinks
              path="/reporting-rounds/comparison"
              query={{ round: keys, level: level && [level], asOf }}
            />
          )
        }
        lead={
          chosen && chosen.length > 1
            ? t.comparison.lead(name(chosen.at(-1)), name(chosen[0]), asOf !== undefined)
            : known && known.length < 2
              ? t.comparison.few
              : t.comparison.choose
        }
      />
      <Loaded query={rounds} loading={t.loading}>
        {() => (
          <div className="stack">
            <div className="fields" role="group" aria-label={t.comparison.choose}>
              {Array.from(
                { length: Math.min(Math.max(2, keys.length + 1), maxCompared) },
                (_, place) => (
                  <Select
                    key={place}
                    label={t.comparison.nth(place + 1)}
                    value={keys[place] ?? ''}
                    options={[
                      { value: '', label: t.comparison.noRound },
                      ...(known ?? [])
                        .filter(({ key }) => key === keys[place] || !keys.includes(key))
                        .map((each) => ({ value: each.key, label: name(each) })),
                    ]}
                    onChange={(key) => choose(place, key)}
                  />
                ),
              )}
            </div>
            {keys.length > 1 && <SideBySide keys={keys} level={level} />}
          </div>
        )}
      </Loaded>
    </div>
  );
}

function SideBySide({ keys, level }: { keys: readonly string[]; level: Level | undefined }) {
  const texts = useTexts();
  const t = texts.rounds;
  const navigate = route.useNavigate();
  const compared = useInfiniteQuery(comparisonQuery(keys, level, useAsOf()));
  const narrow = (value: Level | undefined) =>
    void navigate({ search: (old) => ({ ...old, level: value }), replace: true });
  return (
    <Loaded query={compared} loading={t.loading}>
      {({ pages }) => {
        const first = pages[0];
        const items = pages.flatMap((page) => page.items);
        if (!first) return null;
        return (
          <>
            <Figures rounds={first.rounds} parties={first.parties} />
            <Section title={t.comparison.rows}>
              <FilterBar
                result={t.comparison.count(first.total)}
                tags={
                  level
                    ? [
                        {
                          key: 'level',
                          label: t.levels[level].many,
                          onRemove: () => narrow(undefined),
                        },
                      ]
                    : []
                }
                onClear={() => narrow(undefined)}
              >
                <Select
                  small
                  label={t.level}
                  options={[
                    { value: '', label: t.all },
                    ...levels.map((value) => ({ value, label: t.levels[value].many })),
                  ]}
                  value={level ?? ''}
                  onChange={(value) => narrow(value || undefined)}
                />
              </FilterBar>
              {items.length === 0 ? (
                <EmptyState title={t.noRows} />
              ) : (
                <>
                  <Rows rounds={first.rounds} items={items} />
                  <LoadMore
                    shown={items.length}
                    total={first.total}
                    hasMore={compared.hasNextPage}
                    loading={compared.isFetchingNextPage}
                    onMore={() => void compared.fetchNextPage()}
                  />
                </>
              )}
            </Section>
          </>
        );
      }}
    </Loaded>
  );
}

/** What heads a round's column. */
function useHeading() {
  const t = useTexts().rounds.comparison;
  const lang = useLang();
  const asOf = useAsOf();
  return (round: Round) => {
    const name = localised(round.title, lang).value;
    return round.endedAt
      ? `${name}, ${t.frozen(formatDate(dateOf(round.endedAt), lang))}`
      : `${name}, ${asOf ? t.asOn(formatDate(asOf, lang)) : t.asNow}`;
  };
}

/** How much was reported of each level, by party, round beside round. */
function Figures({ rounds, parties }: { rounds: readonly Round[]; parties: readonly string[] }) {
  const t = useTexts().rounds;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const heading = useHeading();
  const columns: Column<Level>[] = [
    { key: 'level', kind: 'name', header: t.level, render: (level) => t.levels[level].many },
    ...rounds.map((round): Column<Level> => ({
      key: round.id,
      header: heading(round),
      render: (level) => (
        <ul className="cells">
          {parties.map((party) => {
            const sum = tally(
              round.figures.filter((f) => f.level === level && f.partyId === party),
            );
            return (
              <li key={party}>
                <Who party={look(party)}>
                  {sum.asked === 0 ? (
                    <span className="meta">{t.nothingAsked}</span>
                  ) : (
                    <Link
                      to="/$lang/rounds/$key"
                      params={{ lang, key: round.key }}
                      search={(old) => ({ asOf: old.asOf, level, party })}
                      hash="list"
                    >
                      <span className="vh">
                        {t.givenOf(t.levels[level].many, look(party).name)}
                      </span>
                      {t.comparison.given(sum.reported + sum.late, sum.asked, sum.late)}
                    </Link>
                  )}
                </Who>
              </li>
            );
          })}
        </ul>
      ),
    })),
  ];
  return (
    <Section title={t.comparison.figures}>
      <DataTable
        caption={t.comparison.figures}
        columns={columns}
        groups={[{ key: 'all', rows: levels }]}
        rowKey={(level) => level}
      />
    </Section>
  );
}

function Rows({ rounds, items }: { rounds: readonly Round[]; items: readonly Compared[] }) {
  const t = useTexts().rounds;
  const heading = useHeading();
  const columns: Column<Compared>[] = [
    {
      key: 'thing',
      kind: 'name',
      header: t.comparison.thing,
      render: (item) => <Thing of={item} />,
    },
    ...rounds.map((round, place): Column<Compared> => ({
      key: round.id,
      header: heading(round),
      render: ({ cells }) => {
        const cell = cells[place] ?? [];
        return cell.length === 0 ? (
          <span className="meta">{t.comparison.notAsked}</span>
        ) : (
          <ul className="cells">
            {cell.map((said) => (
              <Cell key={said.partyId} said={said} />
            ))}
          </ul>
        );
      },
    })),
  ];
  return (
    <DataTable
      className="asked"
      caption={t.comparison.rows}
      columns={columns}
      groups={[{ key: 'all', rows: items }]}
      rowKey={({ level, id }) => `${level} ${id}`}
    />
  );
}

/** What one party said in one round. */
function Cell({ said }: { said: RoundCell }) {
  const texts = useTexts();
  const t = texts.rounds;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const given = said.state === 'reported' || said.state === 'late';
  const what = said.assessment
    ? t.assessments[said.assessment]
    : said.status
      ? `${texts.actions.statuses[said.status]}, ${said.progress ?? 0}\u00a0%`
      : '';
  return (
    <li>
      <Who party={look(said.partyId)}>
        {given ? (
          <>
            {what}
            {said.state === 'late' && <span className="meta"> · {t.standings.late}</span>}
          </>
        ) : (
          <span className={said.state === 'missing' ? 'late-w' : 'meta'}>
            {t.standings[said.state]}
          </span>
        )}
        {given && said.text && (
          <span className="meta df said">
            <T text={said.text} />
          </span>
        )}
      </Who>
    </li>
  );
}
