import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Plan } from '../../api/terms';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { formatDate } from '../../lib/dates';
import { LinkButton } from '../../ui/Button';
import { Section } from '../../ui/layout';
import { ErrorState } from '../../ui/states';
import { carryOverQuery, type CarriedGoal, type CarryOver } from './queries';

/** What became of the goals between a plan and the one after or before it. Nothing while no goal is decided on. */
export function CarriedGoals({
  plan,
  of,
}: {
  plan: Plan;
  of: NonNullable<Plan['successor']> | Plan;
}) {
  const t = useTexts().plan.carryOver;
  const lang = useLang();
  const carryOver = useQuery(carryOverQuery(of.key));
  if (carryOver.error) {
    return <ErrorState error={carryOver.error} onRetry={() => void carryOver.refetch()} />;
  }
  if (!carryOver.data) return null;
  const { from, to, before, permissions, goals } = carryOver.data;
  const mayDecide = permissions.includes('draft.edit');
  if (goals.length === 0) return null;
  const count = (state: CarriedGoal['state']) =>
    goals.filter((goal) => goal.state === state).length;
  return (
    <Section
      title={plan.id === from.id ? t.toNext : t.fromBefore}
      aside={
        <Link
          to="/$lang/plan/$key/compare"
          params={{ lang, key: to.key }}
          search={{ before: from.key, from: before }}
        >
          {t.compare}
        </Link>
      }
    >
      <p>{t.summary(count('carried'), count('dropped'), count('undecided') + count('waiting'))}</p>
      <Decided carryOver={carryOver.data} level={3} />
      {mayDecide && (
        <p className="btns">
          <LinkButton
            variant="secondary"
            to="/$lang/plan/$key/carry-over"
            params={{ lang, key: to.key }}
          >
            {t.open}
          </LinkButton>
        </p>
      )}
    </Section>
  );
}

/** The goals that were carried over, and those that were dropped with the reason. */
export function Decided({ carryOver, level = 2 }: { carryOver: CarryOver; level?: 2 | 3 }) {
  const { plan, goals: words } = useTexts();
  const t = plan.carryOver;
  const lang = useLang();
  const of = (state: CarriedGoal['state']) =>
    carryOver.goals.filter((goal) => goal.state === state);
  const carried = of('carried');
  const dropped = of('dropped');
  return (
    <>
      {dropped.length > 0 && (
        <Section title={t.dropped} level={level} aside={t.count(dropped.length)}>
          <ul className="hl row-text">
            {dropped.map((goal) => (
              <li key={goal.id}>
                <PathLink className="q" path={`/goals/${goal.no}`}>
                  {goal.no} <T text={goal.title} />
                </PathLink>{' '}
                <span className="meta">
                  {goal.ending &&
                    goal.on &&
                    words.ending.ended[goal.ending](formatDate(goal.on, lang))}{' '}
                  {goal.goal && (
                    <PathLink path={`/goals/${goal.goal.no}`}>
                      {goal.goal.no} <T text={goal.goal.title} />
                    </PathLink>
                  )}{' '}
                  {goal.reason && <T text={goal.reason} />}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {carried.length > 0 && (
        <Section title={t.carried} level={level} aside={t.count(carried.length)}>
          <ul className="hl row-text">
            {carried.map((goal) => (
              <li key={goal.id}>
                <PathLink className="q" path={`/goals/${goal.no}`}>
                  {goal.no} <T text={goal.title} />
                </PathLink>{' '}
                {goal.on && <span className="meta">{formatDate(goal.on, lang)}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
