import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { GoalTable } from '../../content/GoalTable';
import { termTags, TermSelects, useTermFields, withoutTerms } from '../../content/TermFilters';
import { readTermSearch, type TermSearch } from '../../content/termSearch';
import { useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import { useAsOf } from '../../lib/asOf';
import { ConditionBar, conditions } from '../../ui/Condition';
import { PageHead } from '../../ui/Page';
import { FilterBar } from '../../ui/filters';
import { EmptyState, Loaded } from '../../ui/states';
import { Comings } from './Comings';
import { ChainGaps } from './ChainGaps';
import { Decisions } from './Decisions';
import { overviewLinks, type OverviewLinks } from './links';
import './overview.css';
import { overviewQuery, type Overview } from './queries';
import { Sentence } from './Sentence';
import { Waiting } from './Waiting';

const route = getRouteApi('/$lang/');

/** Who answers for what, in which condition it is, what was decided last and what comes next. */
export function OverviewPage() {
  const t = useTexts().overview;
  const lang = useLang();
  const search = route.useSearch();
  const terms = readTermSearch({ ...search });
  const query = useQuery(overviewQuery(terms, useAsOf()));
  const data = query.data;
  return (
    <div className="pg-overview">
      <PageHead
        title={t.title}
        lead={data && <Lead overview={data} links={overviewLinks(lang, data, terms)} />}
      />
      <Narrow terms={terms} actions={data?.counts.actions} />
      <Loaded query={query} loading={t.loading}>
        {(overview) => (
          <Content
            overview={overview}
            links={overviewLinks(lang, overview, terms)}
            narrowed={Object.keys(terms).length > 0}
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

/** The filters by terms: folded until somebody wants them, for most read the whole. */
function Narrow({ terms, actions }: NarrowProps) {
  const t = useTexts().overview;
  const [open, setOpen] = useState(Object.keys(terms).length > 0);
  return (
    <details
      className="ov-more ov-narrow"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t.narrow}</summary>
      {open && <Filters terms={terms} actions={actions} />}
    </details>
  );
}

interface NarrowProps {
  terms: TermSearch;
  actions: number | undefined;
}

function Filters({ terms, actions }: NarrowProps) {
  const texts = useTexts();
  const navigate = route.useNavigate();
  const fields = useTermFields(terms);
  const narrow = (part: TermSearch) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  return (
    <FilterBar
      result={actions === undefined ? '' : texts.actions.count(actions)}
      tags={termTags(fields, terms, narrow)}
      onClear={() => narrow(withoutTerms)}
    >
      <TermSelects fields={fields} search={terms} onChange={narrow} />
    </FilterBar>
  );
}

function Lead({ overview: { counts, next, gaps }, links }: PartProps) {
  const t = useTexts().overview;
  const { late, done } = counts.byCondition;
  const major = gaps.reduce((sum, chain) => sum + chain.major, 0);
  const handovers = gaps.reduce((sum, { minor, none }) => sum + minor + none, major);
  const figures = { goals: counts.goals, actions: counts.actions, late, done, due: next.actions };
  if (counts.goals === 0 && counts.actions === 0) return t.leadEmpty;
  return (
    <Sentence
      parts={[...t.lead(figures), ...(handovers > 0 ? t.gapsLead({ handovers, major }) : [])]}
      links={{
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

function Content({ overview, links, narrowed }: PartProps & { narrowed: boolean }) {
  const t = useTexts().overview;
  const lang = useLang();
  const { counts, goals, plan } = overview;
  const unaccepted = goals.filter((goal) => goal.unaccepted > 0).length;
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
        </section>
      )}
      <section aria-labelledby="overview-goals">
        <div className="ov-h">
          <h2 id="overview-goals">{t.goals.title}</h2>
          {plan && <span className="meta">{localised(plan.title, lang).value}</span>}
          {unaccepted > 0 && (
            <Link to="/$lang/responsibilities" params={{ lang }} search={{ acceptance: 'waiting' }}>
              {t.unaccepted(unaccepted)}
            </Link>
          )}
        </div>
        {goals.length > 0 ? (
          <GoalTable goals={goals} level={3} />
        ) : (
          <EmptyState title={t.goals.none} text={t.goals.noneText} />
        )}
      </section>
      {narrowed && <p className="meta ov-note">{t.notNarrowed}</p>}
      <div className="ov-2">
        {!narrowed && <Waiting day={overview.day} />}
        <ChainGaps overview={overview} links={links} />
        <Decisions overview={overview} links={links} />
        <Comings overview={overview} links={links} />
      </div>
      <Freshness overview={overview} links={links} />
    </>
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
      <Link {...links.help}>{t.how}</Link>{' '}
      <Link to="/$lang/radar" params={{ lang }}>
        {texts.radar.title}
      </Link>
    </p>
  );
}
