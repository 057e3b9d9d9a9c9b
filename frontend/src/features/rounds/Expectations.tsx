import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { PathLink } from '../../content/PathLink';
import { PostLink } from '../../content/PostLink';
import { RoundReportForm } from '../../content/RoundReportForm';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, daysBetween } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { DataTable, type Column } from '../../ui/DataTable';
import { FileLinks } from '../../ui/FileLinks';
import { FilterBar, Select } from '../../ui/filters';
import { DateText, Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import { expectationsQuery, tally, type Expectation, type Round } from './queries';
import { levels, standings, type RoundSearch, type Standing } from './search';
import { Thing } from './words';

const route = getRouteApi('/$lang/rounds/$key');

const rowKey = ({ level, id, partyId }: Expectation) => `${level} ${id} ${partyId}`;

/** Who has reported and who has not, to work through: by level, party and state. */
export function Expectations({ round }: { round: Round }) {
  const t = useTexts().rounds;
  const lang = useLang();
  const asOf = useAsOf();
  const look = usePartyLooks(lang);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { level, party, state } = search;
  const narrow = (part: RoundSearch) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, hash: 'list' });
  const list = useInfiniteQuery(expectationsQuery(round.id, search, asOf));
  const sum = tally(
    round.figures.filter((f) => (!level || f.level === level) && (!party || f.partyId === party)),
  );
  const total = state ? state.reduce((all, each) => all + sum[each], 0) : sum.asked;
  return (
    <Section
      title={t.rows}
      id="list"
      aside={
        <FileLinks
          path={`/reporting-rounds/${round.id}/expectations`}
          query={{ level: level && [level], partyId: party ? [party] : undefined, state, asOf }}
        />
      }
    >
      <FilterBar
        result={t.found(total)}
        tags={[
          ...(level
            ? [
                {
                  key: 'level',
                  label: t.levels[level].many,
                  onRemove: () => narrow({ level: undefined }),
                },
              ]
            : []),
          ...(party
            ? [
                {
                  key: 'party',
                  label: look(party).name,
                  onRemove: () => narrow({ party: undefined }),
                },
              ]
            : []),
          ...(state ?? []).map((each) => ({
            key: each,
            label: t.standings[each],
            onRemove: () => {
              const rest = state?.filter((other) => other !== each);
              narrow({ state: rest && rest.length > 0 ? rest : undefined });
            },
          })),
        ]}
        onClear={() => narrow({ level: undefined, party: undefined, state: undefined })}
      >
        <Select
          small
          label={t.level}
          options={[
            { value: '', label: t.all },
            ...levels.map((value) => ({ value, label: t.levels[value].many })),
          ]}
          value={level ?? ''}
          onChange={(value) => narrow({ level: value || undefined })}
        />
        <Select
          small
          label={t.party}
          options={[
            { value: '', label: t.all },
            ...round.parties.map((value) => ({ value, label: look(value).name })),
          ]}
          value={party ?? ''}
          onChange={(value) => narrow({ party: value || undefined })}
        />
        <Select<Standing | ''>
          small
          label={t.stands}
          options={[
            { value: '', label: t.all },
            ...standings.map((value) => ({ value, label: t.standings[value] })),
          ]}
          value={state?.length === 1 ? (state[0] ?? '') : ''}
          onChange={(value) => narrow({ state: value ? [value] : undefined })}
        />
      </FilterBar>
      <Loaded query={list} loading={t.loading}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <EmptyState title={t.noRows} />
          ) : (
            <>
              <Rows round={round} items={items} />
              <LoadMore
                shown={items.length}
                total={total}
                hasMore={list.hasNextPage}
                loading={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
              />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Rows({ round, items }: { round: Round; items: readonly Expectation[] }) {
  const texts = useTexts();
  const t = texts.rounds;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const now = useMe().data?.now;
  const today = now ? dateOf(now) : undefined;
  const asOf = useAsOf();
  const [open, setOpen] = useState<string>();
  const acting = !asOf && items.some(({ permissions }) => permissions.length > 0);
  const columns: Column<Expectation>[] = [
    { key: 'thing', kind: 'name', header: t.thing, render: (row) => <Thing of={row} /> },
    {
      key: 'who',
      header: t.who,
      render: ({ level, partyId, post }) => (
        <Who party={look(partyId)}>
          {level === 'plan' ? (
            t.coordinator
          ) : post ? (
            <PostLink post={post} />
          ) : (
            <span className="meta">{t.nobody}</span>
          )}
        </Who>
      ),
    },
    {
      key: 'stands',
      header: t.stands,
      render: ({ state, dueOn, reportedOn }) => (
        <>
          <span className={state === 'missing' ? 'late-w' : undefined}>{t.standings[state]}</span>
          <span className="meta df">
            {reportedOn ? (
              <DateText date={reportedOn} />
            ) : state === 'missing' && round.state === 'open' && today && !asOf ? (
              t.overdue(daysBetween(dueOn, today))
            ) : (
              <>
                {t.dueOn} <DateText date={dueOn} />
              </>
            )}
          </span>
        </>
      ),
    },
    { key: 'said', header: t.said, render: (row) => <Said of={row} /> },
    ...(acting
      ? [
          {
            key: 'do',
            header: t.do,
            hiddenHeader: true,
            className: 'nb',
            render: (row: Expectation) => (
              <Act row={row} onReport={() => setOpen(rowKey(row))} open={open === rowKey(row)} />
            ),
          },
        ]
      : []),
  ];
  return (
    <DataTable
      className="asked"
      caption={t.rows}
      columns={columns}
      groups={[{ key: 'all', rows: items }]}
      rowKey={rowKey}
      selected={(row) => open === rowKey(row)}
      expanded={(row) =>
        open === rowKey(row) && (
          <RoundReportForm roundId={round.id} row={row} onClose={() => setOpen(undefined)} />
        )
      }
    />
  );
}

/** What the party said: of an action its status, of the others its assessment and account. */
function Said({ of }: { of: Expectation }) {
  const texts = useTexts();
  const t = texts.rounds;
  const what = of.assessment
    ? t.assessments[of.assessment]
    : of.status
      ? `${texts.actions.statuses[of.status]}, ${of.progress ?? 0}\u00a0%`
      : '';
  if (!what && !of.text) return '–';
  return (
    <>
      {what}
      {of.text && (
        <span className="meta df said">
          <T text={of.text} />
        </span>
      )}
      {of.text && !of.textPublic && of.visibility === 'public' && <InternalMark />}
    </>
  );
}

interface ActProps {
  row: Expectation;
  open: boolean;
  onReport: () => void;
}

function Act({ row, open, onReport }: ActProps) {
  const t = useTexts().rounds;
  const lang = useLang();
  if (open) return null;
  if (row.permissions.includes('round.report')) {
    return (
      <Button variant="secondary" small onClick={onReport}>
        <span className="vh">{localised(row.title, lang).value}: </span>
        {row.reportedOn ? t.report.again : t.do}
      </Button>
    );
  }
  if (row.permissions.includes('action.report')) {
    return (
      <PathLink path={`/actions/${row.no ?? ''}`}>
        <span aria-hidden="true">{t.report.update}</span>
        <span className="vh">{t.report.updateOf(row.no ?? 0)}</span>
      </PathLink>
    );
  }
  return null;
}
