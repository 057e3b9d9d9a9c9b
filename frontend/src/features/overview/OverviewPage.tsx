import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { GoalTable } from '../../content/GoalTable';
import { useParties } from '../../api/parties';
import { termTags, TermSelects, useTermFields } from '../../content/TermFilters';
import { useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import { useAsOf } from '../../lib/asOf';
import { formatNumber } from '../../lib/numbers';
import { ConditionBar, conditions } from '../../ui/Condition';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Icon } from '../../ui/Icon';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { EmptyState, Loaded } from '../../ui/states';
import { Changes } from './Changes';
import { Comings } from './Comings';
import { ChainGaps } from './ChainGaps';
import { Decisions } from './Decisions';
import { Groups } from './Groups';
import { overviewLinks, type OverviewLinks } from './links';
import './overview.css';
import { chainTitlesQuery, overviewQuery, type ActionStatus, type Overview } from './queries';
import {
  breakdowns,
  filterOf,
  isNarrowed,
  overviewQueryOf,
  withoutFilters,
  type OverviewFilter,
  type OverviewSearch,
} from './search';
import { Sentence } from './Sentence';
import { Waiting } from './Waiting';

const route = getRouteApi('/$lang/');

/** Who answers for what, in which condition it is, what was decided last and what comes next. */
export function OverviewPage() {
  const t = useTexts().overview;
  const lang = useLang();
  const search = route.useSearch();
  const filter = filterOf(search);
  const query = useQuery(overviewQuery(filter, useAsOf()));
  const data = query.data;
  return (
    <div className="pg-overview">
      <PageHead
        title={t.title}
        lead={
          data && (
            <Lead
              overview={data}
              links={overviewLinks(lang, data, filter)}
              narrowed={isNarrowed(filter)}
            />
          )
        }
      />
      <Narrow search={search} actions={data?.counts.actions} />
      <Loaded query={query} loading={t.loading}>
        {(overview) => (
          <Content
            overview={overview}
            links={overviewLinks(lang, overview, filter)}
            search={search}
            filter={filter}
          />
        )}
      </Loaded>
    </div>
  );
}

interface PartProps {
  overview: Overview;
  links: OverviewLinks;
}

/** The filters: folded until somebody wants them, for most read the whole. */
function Narrow({ search, actions }: NarrowProps) {
  const t = useTexts().overview;
  const [open, setOpen] = useState(isNarrowed(filterOf(search)));
  return (
    <details
      className="ov-more ov-narrow"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t.narrow}</summary>
      {open && <Filters search={search} actions={actions} />}
    </details>
  );
}

interface NarrowProps {
  search: OverviewSearch;
  actions: number | undefined;
}

function Filters({ search, actions }: NarrowProps) {
  const texts = useTexts();
  const words = texts.content;
  const lang = useLang();
  const navigate = route.useNavigate();
  const fields = useTermFields(search);
  const parties = useParties().data ?? [];
  const chains = useQuery(chainTitlesQuery(useAsOf())).data ?? [];
  const narrow = (part: OverviewSearch) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  const selects = [
    {
      key: 'partyId',
      label: words.kinds.party,
      options: parties.map(({ id, shortName }) => ({
        value: id,
        label: localised(shortName, lang).value,
      })),
      none: texts.overview.noLead,
    },
    {
      key: 'chainId',
      label: words.kinds.chain,
      options: chains.map(({ id, title }) => ({ value: id, label: localised(title, lang).value })),
      none: words.none,
    },
  ] as const;
  const tags = selects.flatMap(({ key, label, options, none }): FilterTag[] => {
    const value = search[key];
    if (value === undefined) return [];
    const name =
      value === 'none' ? none : (options.find((option) => option.value === value)?.label ?? '…');
    return [{ key, label: `${label}: ${name}`, onRemove: () => narrow({ [key]: undefined }) }];
  });
  return (
    <FilterBar
      result={actions === undefined ? '' : texts.actions.count(actions)}
      tags={[...tags, ...termTags(fields, search, narrow)]}
      onClear={() => narrow(withoutFilters)}
    >
      {selects.map(({ key, label, options, none }) => (
        <Select
          key={key}
          small
          label={label}
          value={search[key] ?? ''}
          options={[
            { value: '', label: words.all },
            ...options,
            ...(options.length > 0 ? [{ value: 'none', label: none }] : []),
          ]}
          onChange={(value) => narrow({ [key]: value || undefined })}
        />
      ))}
      <TermSelects fields={fields} search={search} onChange={narrow} />
    </FilterBar>
  );
}

function Lead({
  overview: { counts, next, gaps },
  links,
  narrowed,
}: PartProps & { narrowed: boolean }) {
  const t = useTexts().overview;
  const { late, done } = counts.byCondition;
  const major = gaps.reduce((sum, chain) => sum + chain.major, 0);
  const handovers = gaps.reduce((sum, { minor, none }) => sum + minor + none, major);
  const figures = { goals: counts.goals, actions: counts.actions, late, done, due: next.actions };
  if (counts.goals === 0 && counts.actions === 0) return narrowed ? t.leadNarrowed : t.leadEmpty;
  return (
    <Sentence
      parts={[
        ...t.lead(figures),
        ...t.acceptanceLead(counts.acceptance),
        ...(handovers > 0 ? t.gapsLead({ handovers, major }) : []),
      ]}
      links={{
        accepted: links.goalsBy('accepted'),
        open: links.goalsBy('open'),
        goals: links.goals,
        actions: links.actions,
        late: links.condition('late'),
        done: links.condition('done'),
        due: links.due,
        major: links.gap('major'),
      }}
    />
  );
}

interface ContentProps extends PartProps {
  search: OverviewSearch;
  filter: OverviewFilter;
}

function Content({ overview, links, search, filter }: ContentProps) {
  const t = useTexts().overview;
  const { counts, day } = overview;
  const narrowed = Object.keys(filter).length > 0;
  return (
    <>
      {counts.actions > 0 && (
        <section aria-labelledby="overview-conditions">
          <h2 id="overview-conditions" className="vh">
            {t.byCondition}
          </h2>
          <ConditionBar
            counts={conditions.map((value) => ({
              value,
              count: counts.byCondition[value],
              link: links.condition(value),
            }))}
          />
          <Statuses overview={overview} links={links} />
          <Phases overview={overview} links={links} />
        </section>
      )}
      <Who overview={overview} links={links} search={search} filter={filter} />
      {!narrowed && <Changes day={day} since={search.since} />}
      {narrowed && <p className="meta ov-note">{t.notNarrowed}</p>}
      <div className="ov-2">
        {!narrowed && <Waiting day={day} />}
        <ChainGaps overview={overview} links={links} />
        <Decisions overview={overview} links={links} />
        <Comings overview={overview} links={links} />
      </div>
      <Freshness overview={overview} links={links} />
    </>
  );
}

const statuses: readonly ActionStatus[] = [
  'not_started',
  'in_progress',
  'paused',
  'done',
  'cancelled',
  'merged',
  'superseded',
];

/** What people report, in one line: beside the condition that follows from it. */
function Statuses({ overview: { counts }, links }: PartProps) {
  const texts = useTexts();
  const lang = useLang();
  return (
    <p className="meta ov-status">
      {texts.overview.byStatus}{' '}
      {statuses
        .filter((status) => counts.byStatus[status] > 0)
        .map((status, index) => (
          <Fragment key={status}>
            <span className="nb">
              {index > 0 && '· '}
              <Link className="q" {...links.status(status)}>
                {texts.actions.statuses[status]} {formatNumber(counts.byStatus[status], lang)}
              </Link>
            </span>{' '}
          </Fragment>
        ))}
    </p>
  );
}

/** How far the implementation has come, in one line; nothing while no action is in a phase. */
function Phases({ overview: { counts }, links }: PartProps) {
  const t = useTexts().overview;
  const lang = useLang();
  if (counts.byPhase.length === 0) return null;
  return (
    <p className="meta ov-status">
      {t.byPhase}{' '}
      {counts.byPhase.map(({ id, title, actions }, index) => (
        <Fragment key={id ?? ''}>
          <span className="nb">
            {index > 0 && '· '}
            <Link className="q" {...links.phase(id)}>
              {id ? localised(title, lang).value : t.noPhase} {formatNumber(actions, lang)}
            </Link>
          </span>{' '}
        </Fragment>
      ))}
    </p>
  );
}

/** Who answers for what: the goals by theme, or the figures by chain or by party. */
function Who({ overview: { goals, plan, day }, search, filter }: ContentProps) {
  const texts = useTexts();
  const t = texts.overview;
  const lang = useLang();
  const asOf = useAsOf();
  const navigate = route.useNavigate();
  const { by, acceptance } = search;
  const shown = acceptance ? goals.filter((goal) => goal.acceptance === acceptance) : goals;
  return (
    <section aria-labelledby="overview-goals">
      <div className="ov-h">
        <h2 id="overview-goals">{t.goals.title}</h2>
        {plan && <span className="meta">{localised(plan.title, lang).value}</span>}
        <FileLinks
          path={by ? '/overview-groups' : '/overview'}
          query={{ ...overviewQueryOf(filter), by, asOf }}
        />
      </div>
      <nav className="tabs" aria-label={t.breakdown}>
        {breakdowns.map((one) => (
          <Link
            key={one}
            from="/$lang/"
            to="/$lang"
            params={{ lang }}
            search={(old) => ({ ...old, by: one === 'theme' ? undefined : one })}
            replace
            resetScroll={false}
            activeOptions={{ exact: true }}
            aria-current={one === (by ?? 'theme') ? 'page' : undefined}
          >
            {t.breakdowns[one]}
          </Link>
        ))}
      </nav>
      {!by && acceptance && (
        <p className="ov-only">
          <b role="status">{texts.goals.count(shown.length)}</b>{' '}
          <span className="tag">
            {`${texts.goals.acceptance}: ${texts.goals.acceptances[acceptance]}`}
            <button
              type="button"
              aria-label={texts.ui.removeFilter(texts.goals.acceptances[acceptance])}
              onClick={() =>
                void navigate({
                  search: (old) => ({ ...old, acceptance: undefined }),
                  replace: true,
                  resetScroll: false,
                })
              }
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        </p>
      )}
      {by ? (
        <Groups by={by} filter={filter} planId={plan?.id} />
      ) : shown.length > 0 ? (
        <GoalTable goals={shown} level={3} day={day} />
      ) : goals.length > 0 || isNarrowed(filter) ? (
        <EmptyState />
      ) : (
        <EmptyState title={t.goals.none} text={t.goals.noneText} />
      )}
    </section>
  );
}

function Freshness({ overview: { freshness }, links }: PartProps) {
  const texts = useTexts();
  const t = texts.overview;
  const lang = useLang();
  const { total, inTarget, inLimit, stale } = freshness;
  return (
    <p className="ov-fresh meta">
      {total === 0 ? (
        t.freshnessNone
      ) : (
        <Sentence
          parts={t.freshness({ total, inTarget, inLimit, stale })}
          links={{
            total: links.open,
            inTarget: inTarget > 0 ? links.confirmedInTarget : undefined,
            inLimit: inLimit > 0 ? links.confirmedInLimit : undefined,
            stale: stale > 0 ? links.confirmedEarlier : undefined,
          }}
        />
      )}{' '}
      <Link {...links.help}>{t.how}</Link>
      <span aria-hidden="true"> · </span>
      <Link to="/$lang/radar" params={{ lang }}>
        {texts.pages.radar}
      </Link>
    </p>
  );
}
