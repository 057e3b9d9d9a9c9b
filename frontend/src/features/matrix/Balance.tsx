import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, type LinkProps } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useParties, partyLook, type PartyAppearance } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import { formatNumber } from '../../lib/numbers';
import { Select } from '../../ui/filters';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { Loaded } from '../../ui/states';
import { Trend } from '../../ui/Trend';
import { balanceGroups, measured, measures, type BalanceRow, type Measure } from './balance';
import { readTermSearch, termQuery, type TermSearch } from '../../content/termSearch';
import { balanceQuery, type Balance } from './queries';
import type { MatrixSearch } from './search';

const route = getRouteApi('/$lang/responsibilities');

/** How the responsibilities divide between the parties, and how that has changed. */
export function BalanceSection() {
  const t = useTexts().matrix.balance;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const by = search.balance ?? 'party';
  const query = useQuery(balanceQuery(by, search, useAsOf()));
  const change = (next: MatrixSearch) =>
    void navigate({ search: { ...search, ...next }, replace: true, resetScroll: false });
  return (
    <div className="mx-bal">
      <Section title={t.title} id="balance">
        <Loaded query={query} loading={t.loading}>
          {(balance) => (
            <>
              {by === 'party' && <Bar balance={balance} />}
              <div className="mx-by">
                <Select
                  small
                  label={t.by}
                  value={by}
                  options={(['party', 'theme', 'chain'] as const).map((value) => ({
                    value,
                    label: t.bys[value],
                  }))}
                  onChange={(value) => change({ balance: value === 'party' ? undefined : value })}
                />
              </div>
              <Figures balance={balance} by={by} terms={readTermSearch({ ...search })} />
              {by === 'party' && (
                <Change
                  balance={balance}
                  measure={search.measure ?? 'parts'}
                  onChange={(measure) =>
                    change({ measure: measure === 'parts' ? undefined : measure })
                  }
                />
              )}
            </>
          )}
        </Loaded>
      </Section>
    </div>
  );
}

const last = (row: BalanceRow) => row.figures.at(-1);

function useLooks() {
  const parties = useParties().data ?? [];
  const lang = useLang();
  const principals = parties.filter(({ principal }) => principal).map(({ id }) => id);
  return { look: (id: string) => partyLook(parties, id, lang), principals };
}

/** The parts of the two principal parties as one bar in proportion. */
function Bar({ balance }: { balance: Balance }) {
  const t = useTexts().matrix.balance;
  const lang = useLang();
  const { look, principals } = useLooks();
  const rows = balance.rows.filter(({ partyId }) => principals.includes(partyId));
  const now = rows.map((row) => measured(last(row), 'parts'));
  const ago = rows.map((row) => measured(row.figures[0], 'parts'));
  const since = balance.days[0];
  if (rows.length < 2 || now.every((value) => value === 0)) return null;
  return (
    <>
      <div className="bal">
        {rows.map((row, index) => (
          <Fragment key={row.partyId}>
            {index === 1 && (
              <i aria-hidden="true">
                {rows.map(({ partyId }, n) => (
                  <span
                    key={partyId}
                    className={`bal-${look(partyId).shape}`}
                    style={{ flex: now[n] }}
                  />
                ))}
              </i>
            )}
            <Who party={look(row.partyId)}>
              {look(row.partyId).name} <b>{formatNumber(now[index] ?? 0, lang)}</b>
            </Who>
          </Fragment>
        ))}
      </div>
      <p className="meta">
        {t.bar} {since && t.ago(formatDate(since, lang), ago)}
      </p>
    </>
  );
}

interface FiguresProps {
  balance: Balance;
  by: 'party' | 'theme' | 'chain';
  /** What narrows it: the figures lead to what it lets through. */
  terms: TermSearch;
}

function Figures({ balance, by, terms }: FiguresProps) {
  const t = useTexts().matrix.balance;
  const lang = useLang();
  const { look } = useLooks();
  const groups = balanceGroups(balance);
  return (
    <div className="scroll">
      <table className="t mx-fig">
        <caption className="vh">{t.caption(t.bys[by])}</caption>
        <thead>
          <tr>
            {by !== 'party' && <th scope="col">{t.groups[by]}</th>}
            <th scope="col">{t.party}</th>
            {(['leads', 'shared', 'unaccepted', 'overdue', 'stale'] as const).map((key) => (
              <th key={key} scope="col" className="num">
                {t.columns[key]}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ id, title, rows }) => (
          <tbody key={id}>
            {rows.map((row, index) => (
              <tr key={row.partyId}>
                {title && index === 0 && (
                  <th scope="rowgroup" rowSpan={rows.length} className="theme">
                    <T text={title} />
                  </th>
                )}
                <th scope="row">
                  <Who party={look(row.partyId)}>{look(row.partyId).name}</Who>
                </th>
                {figuresOf(row, by, terms, lang).map(({ key, value, link }) => (
                  <td key={key} className="num">
                    {value > 0 && link ? (
                      <Link className="q" {...link}>
                        {formatNumber(value, lang)}
                        <span className="vh">
                          {' '}
                          {t.columns[key]}, {look(row.partyId).name}
                        </span>
                      </Link>
                    ) : value > 0 ? (
                      formatNumber(value, lang)
                    ) : (
                      '–'
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** The figures of today, each with the way to exactly what it counts, where one address tells it. */
function figuresOf(row: BalanceRow, by: FiguresProps['by'], terms: TermSearch, lang: Lang) {
  const { partyId, group } = row;
  const now = last(row);
  const id = group?.id;
  // What serves goals of two themes counts in one because of the other: no filter says that.
  const exact = by !== 'theme' || terms.themeId === undefined || terms.themeId === id;
  const parts = (search: {
    part?: 'lead' | 'shared';
    acceptance?: 'waiting';
  }): LinkProps | undefined =>
    exact
      ? {
          to: '/$lang/responsibilities/list',
          params: { lang },
          search: {
            ...terms,
            kind: 'work',
            partyId,
            begun: true,
            ...search,
            ...(by === 'theme' && { themeId: id }),
            ...(by === 'chain' && { chainId: id }),
          },
        }
      : undefined;
  const actions = (
    search: { condition: ['late']; partyId: string[] } | { silentPartyId: string[] },
  ): LinkProps | undefined =>
    exact
      ? {
          to: '/$lang/actions',
          params: { lang },
          search: {
            ...termQuery(terms),
            ...search,
            ...(by === 'theme' && id && { themeId: [id] }),
            ...(by === 'chain' && id && { chainId: [id] }),
          },
        }
      : undefined;
  return [
    { key: 'leads', value: now?.leads ?? 0, link: parts({ part: 'lead' }) },
    { key: 'shared', value: now?.shared ?? 0, link: parts({ part: 'shared' }) },
    { key: 'unaccepted', value: now?.unaccepted ?? 0, link: parts({ acceptance: 'waiting' }) },
    {
      key: 'overdue',
      value: now?.overdue ?? 0,
      link: actions({ condition: ['late'], partyId: [partyId] }),
    },
    { key: 'stale', value: now?.stale ?? 0, link: actions({ silentPartyId: [partyId] }) },
  ] as const;
}

interface ChangeProps {
  balance: Balance;
  measure: Measure;
  onChange: (measure: Measure) => void;
}

/** How a figure has gone over the year, as a drawing and as its table. */
function Change({ balance, measure, onChange }: ChangeProps) {
  const t = useTexts().matrix.balance;
  const lang = useLang();
  const { look, principals } = useLooks();
  const rows = balance.rows.filter(({ partyId }) => principals.includes(partyId));
  const lines = rows.map((row): { party: PartyAppearance; values: number[] } => ({
    party: look(row.partyId),
    values: row.figures.map((figures) => measured(figures, measure)),
  }));
  return (
    <section aria-labelledby="balance-change" className="mx-change">
      <h3 id="balance-change">{t.change}</h3>
      <div className="mx-by">
        <Select
          small
          label={t.measure}
          value={measure}
          options={measures.map((value) => ({ value, label: t.measures[value] }))}
          onChange={onChange}
        />
      </div>
      <Trend labels={balance.days.map((day) => formatDate(day, lang))} lines={lines} />
      <details>
        <summary>{t.asTable}</summary>
        <div className="scroll">
          <table className="t">
            <caption className="vh">{t.measures[measure]}</caption>
            <thead>
              <tr>
                <th scope="col">{t.day}</th>
                {lines.map(({ party }) => (
                  <th key={party.name} scope="col" className="num">
                    {party.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {balance.days.map((day, index) => (
                <tr key={day}>
                  <th scope="row">{formatDate(day, lang)}</th>
                  {lines.map(({ party, values }) => (
                    <td key={party.name} className="num">
                      {formatNumber(values[index] ?? 0, lang)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
