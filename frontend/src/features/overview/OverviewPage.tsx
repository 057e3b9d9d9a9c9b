import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { GoalTable } from '../../content/GoalTable';
import { useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import { useAsOf } from '../../lib/asOf';
import { ConditionBar, conditions } from '../../ui/Condition';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded } from '../../ui/states';
import { Comings } from './Comings';
import { Decisions } from './Decisions';
import { overviewLinks, type OverviewLinks } from './links';
import './overview.css';
import { overviewQuery, type Overview } from './queries';
import { Sentence } from './Sentence';

/** Who answers for what, in which condition it is, what was decided last and what comes next. */
export function OverviewPage() {
  const t = useTexts().overview;
  const lang = useLang();
  const query = useQuery(overviewQuery(useAsOf()));
  const data = query.data;
  return (
    <div className="pg-overview">
      <PageHead
        title={t.title}
        lead={data && <Lead overview={data} links={overviewLinks(lang, data)} />}
      />
      <Loaded query={query} loading={t.loading}>
        {(overview) => <Content overview={overview} links={overviewLinks(lang, overview)} />}
      </Loaded>
    </div>
  );
}

interface PartProps {
  overview: Overview;
  links: OverviewLinks;
}

function Lead({ overview: { counts, next }, links }: PartProps) {
  const t = useTexts().overview;
  const { late, done } = counts.byCondition;
  const figures = { goals: counts.goals, actions: counts.actions, late, done, due: next.actions };
  if (counts.goals === 0 && counts.actions === 0) return t.leadEmpty;
  return (
    <Sentence
      parts={t.lead(figures)}
      links={{
        goals: links.goals,
        actions: links.actions,
        late: links.condition('late'),
        done: links.condition('done'),
        due: links.due,
      }}
    />
  );
}

function Content({ overview, links }: PartProps) {
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
      <div className="ov-2">
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
