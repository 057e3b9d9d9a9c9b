import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { themesQuery, type Plan } from '../../api/terms';
import { DraftBar, useDraftedEditing } from '../../content/drafting';
import { goalRow } from '../../content/goalRows';
import { GoalTable } from '../../content/GoalTable';
import { GroundMark } from '../../content/GroundMark';
import { History } from '../../content/History';
import { CaseList, Cases, LegalBases } from '../../content/References';
import { rhythmText } from '../../content/RhythmField';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button, LinkButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Breadcrumb, DateText, Section, SideColumn } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { PathLink } from '../../content/PathLink';
import { EmptyState, ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { CarriedGoals } from './CarriedGoals';
import { PlanForm } from './PlanForm';
import { endedGoalsQuery, planGoalsQuery, planQuery, useSavePlan, type PlanInput } from './queries';
import './plan.css';

/** One plan: whether it is in force, what it is made of, what came before and comes after it. */
export function OnePlanPage() {
  const { key } = useParams({ from: '/$lang/plan/$key' });
  const t = useTexts().plan;
  const plan = useQuery(planQuery(key, useAsOf()));
  return (
    <>
      {!plan.data && <PageHead title={t.title} />}
      <Loaded query={plan} loading={t.loading}>
        {(shown) => <PlanView key={shown.id} plan={shown} />}
      </Loaded>
    </>
  );
}

function PlanView({ plan }: { plan: Plan }) {
  const {
    plan: t,
    rounds,
    freshness: { rhythm },
  } = useTexts();
  const lang = useLang();
  const asOf = useAsOf();
  const toast = useToast();
  const staff = useMe().data?.hasRole ?? false;
  const { edit } = useSearch({ from: '/$lang/plan/$key' });
  const mayEdit = plan.permissions.includes('plan.edit') && !asOf;
  const [editing, setEditing] = useState(edit === true && mayEdit);
  const save = useSavePlan(plan.id);
  const drafts = useDraftedEditing<PlanInput>('plan', plan);
  const name = localised(plan.title, lang).value;
  const head = (
    <PageHead
      title={name}
      above={
        <>
          <Breadcrumb items={[{ label: t.title, link: { to: '/$lang/plan', params: { lang } } }]} />
          <p className="meta">
            <b>{t.states[plan.state]}</b> · {t.councilTerm} {plan.councilTerm} ·{' '}
            <DateText date={plan.startsOn} />–<DateText date={plan.endsOn} />
          </p>
          <p className="meta">
            {rhythm.label}: {rhythmText(rhythm, plan.freshness)}
          </p>
          {plan.visibility === 'internal' && <GroundMark ground={plan.visibilityGround} />}
        </>
      }
      actions={
        !editing && (
          <>
            <LinkButton
              variant="quiet"
              to="/$lang/plan/$key/compare"
              params={{ lang, key: plan.key }}
            >
              {t.compare}
            </LinkButton>
            <LinkButton variant="quiet" to="/$lang/rounds" params={{ lang }}>
              {rounds.planRounds}
            </LinkButton>
            {mayEdit && drafts.ready && (
              <Button
                variant="secondary"
                aria-label={t.editPlan(name)}
                onClick={() => setEditing(true)}
              >
                {t.edit}
              </Button>
            )}
          </>
        )
      }
    />
  );
  if (editing && drafts.ready) {
    return (
      <>
        {head}
        <PlanForm
          plan={plan}
          drafting={drafts.drafting}
          save={(body, version, key) => drafts.direct(save.mutateAsync({ body, version, key }))}
          onSaved={() => {
            toast(t.saved);
            setEditing(false);
          }}
          onCancel={() => setEditing(false)}
        />
      </>
    );
  }
  return (
    <>
      {head}
      <DraftBar draft={drafts.open} />
      <div className="stack plan">
        <Goals plan={plan} />
        {plan.predecessor && !asOf && <CarriedGoals plan={plan} of={plan} />}
        {plan.successor && !asOf && <CarriedGoals plan={plan} of={plan.successor} />}
        {!plan.successor && <EndedGoals plan={plan} />}
        <SideColumn
          side={
            <>
              <Chain plan={plan} />
              <LegalBases ids={plan.legalBasisIds} />
              <Cases cases={plan.cases} />
            </>
          }
        >
          <Revisions plan={plan} />
          <Cycle events={plan.events} />
          {staff && <History kind="plan" id={plan.id} version={plan.version} />}
        </SideColumn>
      </div>
    </>
  );
}

/** The goals by theme with the condition of the actions for them. */
function Goals({ plan }: { plan: Plan }) {
  const t = useTexts().plan;
  const lang = useLang();
  const asOf = useAsOf();
  const goals = useQuery(planGoalsQuery(plan.id, asOf));
  const themes = useQuery(themesQuery(asOf)).data ?? [];
  return (
    <Section
      title={t.goals}
      aside={
        <>
          <Link to="/$lang/goals" params={{ lang }} search={{ plan: plan.id }}>
            {t.goalRegister}
          </Link>
          {' · '}
          <Link to="/$lang/actions" params={{ lang }} search={{ planId: [plan.id] }}>
            {t.allActions}
          </Link>
        </>
      }
    >
      <Loaded query={goals}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.noGoals} />
          ) : (
            <GoalTable goals={items.map((goal) => goalRow(goal, themes))} level={3} />
          )
        }
      </Loaded>
    </Section>
  );
}

/** The goals that have ended: why, and where the work goes on. Nothing while none has. */
function EndedGoals({ plan }: { plan: Plan }) {
  const { plan: t, goals: words } = useTexts();
  const lang = useLang();
  const goals = useQuery(endedGoalsQuery(plan.id, useAsOf()));
  if (goals.error) {
    return <ErrorState error={goals.error} onRetry={() => void goals.refetch()} />;
  }
  if (!goals.data?.length) return null;
  return (
    <Section title={t.endedGoals}>
      <ul className="hl row-text">
        {goals.data.map(({ id, no, title, ending }) => (
          <li key={id}>
            <PathLink className="q" path={`/goals/${no}`}>
              {no} <T text={title} />
            </PathLink>
            {ending && (
              <span className="meta">
                {words.ending.ended[ending.kind](formatDate(ending.on, lang))}{' '}
                {ending.goal && (
                  <PathLink path={`/goals/${ending.goal.no}`}>
                    {ending.goal.no} <T text={ending.goal.title} />
                  </PathLink>
                )}{' '}
                <T text={ending.reason} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The plans before and after, as far as the reader may see them. */
function Chain({ plan }: { plan: Plan }) {
  const t = useTexts().plan;
  const lang = useLang();
  const { predecessor, successor } = plan;
  if (!predecessor && !successor) return null;
  const neighbour = (label: string, link: NonNullable<Plan['predecessor']>) => (
    <li key={link.id}>
      <span className="meta">{label}</span>
      <Link className="q" to="/$lang/plan/$key" params={{ lang, key: link.key }}>
        <T text={link.title} />
      </Link>
      <span className="meta">
        {link.councilTerm} ·{' '}
        {link.adoptedOn ? t.adoptedOn(formatDate(link.adoptedOn, lang)) : t.notAdopted}
      </span>
    </li>
  );
  return (
    <Section title={t.chain}>
      <ul className="hl row-text plan-chain">
        {predecessor && neighbour(t.before, predecessor)}
        {successor && neighbour(t.after, successor)}
      </ul>
    </Section>
  );
}

function Revisions({ plan }: { plan: Plan }) {
  const t = useTexts().plan;
  return (
    <Section title={t.revisions}>
      {plan.revisions.length === 0 ? (
        <EmptyState title={t.noRevisions} />
      ) : (
        <DataTable
          caption={t.revisions}
          columns={[
            { key: 'no', kind: 'name', header: t.revision, render: ({ no }) => t.revisionNo(no) },
            { key: 'year', kind: 'figure', header: t.year, render: ({ year }) => year },
            {
              key: 'adopted',
              kind: 'figure',
              header: t.adopted,
              render: ({ adoptedOn }) => <DateText date={adoptedOn} />,
            },
            {
              key: 'note',
              header: t.note,
              render: ({ description = {} }) => <T text={description} />,
            },
            {
              key: 'cases',
              header: t.decisions,
              render: ({ cases = [] }) => (cases.length > 0 ? <CaseList cases={cases} /> : '–'),
            },
          ]}
          groups={[{ key: 'all', rows: plan.revisions }]}
          rowKey={({ no }) => no}
        />
      )}
    </Section>
  );
}

function Cycle({ events }: Pick<Plan, 'events'>) {
  const t = useTexts().plan;
  return (
    <Section title={t.cycle}>
      {events.length === 0 ? (
        <p className="meta">{t.noEvents}</p>
      ) : (
        <ol className="cycle">
          {t.months.map((month, index) => {
            const inMonth = events.filter((event) => event.month === index + 1);
            return (
              <li key={month} className={inMonth.length === 0 ? 'none' : undefined}>
                <b>{month}</b>
                {inMonth.map((event) => (
                  <span key={event.key}>
                    <T text={event.title} />
                  </span>
                ))}
              </li>
            );
          })}
        </ol>
      )}
    </Section>
  );
}
