import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { partiesQuery, partyLook, type Party } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import { ConditionStrip } from '../../ui/Condition';
import { DateText } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { InternalMark } from '../../ui/Visibility';
import { useMedia } from '../../ui/useNarrow';
import type { OverviewLinks } from './links';
import type { OverviewGoal } from './queries';

/** The table has seven columns; on paper it stays one. */
const tooNarrow = 'screen and (max-width: 63.9375em)';

interface GoalsProps {
  goals: readonly OverviewGoal[];
  links: OverviewLinks;
}

interface ThemeGroup {
  theme: OverviewGoal['theme'];
  goals: OverviewGoal[];
}

/** The goals by theme with the leads of the principal parties and one sign per action. */
export function Goals({ goals, links }: GoalsProps) {
  const parties = useQuery(partiesQuery).data ?? [];
  const groups: ThemeGroup[] = [];
  for (const goal of goals) {
    const last = groups.at(-1);
    if (last?.theme.id === goal.theme.id) last.goals.push(goal);
    else groups.push({ theme: goal.theme, goals: [goal] });
  }
  const props = { groups, parties, links };
  return useMedia(tooNarrow) ? <AsList {...props} /> : <AsTable {...props} />;
}

interface ViewProps {
  groups: readonly ThemeGroup[];
  parties: readonly Party[];
  links: OverviewLinks;
}

function AsTable({ groups, parties, links }: ViewProps) {
  const t = useTexts().overview.goals;
  const lang = useLang();
  const principals = parties.filter(({ principal }) => principal);
  const many = groups.some(({ goals }) => goals.some(({ actions }) => actions.length > 10));
  return (
    <table className={many ? 't ov-t many' : 't ov-t'}>
      <caption className="vh">{t.caption}</caption>
      <thead>
        <tr>
          <th scope="col" className="theme">
            {t.theme}
          </th>
          <th scope="col" className="no">
            <span className="vh">{t.number}</span>
          </th>
          <th scope="col">{t.goal}</th>
          {principals.map((party) => (
            <th key={party.id} scope="col" className="lead">
              {t.leads(localised(party.shortName, lang).value)}
            </th>
          ))}
          <th scope="col" className="acts">
            {t.actions}
          </th>
          <th scope="col" className="num due">
            {t.nextDue}
          </th>
        </tr>
      </thead>
      {groups.map(({ theme, goals }) => (
        <tbody key={theme.id}>
          {goals.map((goal, index) => (
            <tr key={goal.id}>
              {index === 0 && (
                <th className="theme" scope="rowgroup" rowSpan={goals.length}>
                  <T text={theme.title} />
                </th>
              )}
              <td className="no">{goal.no}</td>
              <th scope="row">
                <Name goal={goal} links={links} />
                <AlsoLeads goal={goal} parties={parties} />
              </th>
              {principals.map((party) => (
                <td key={party.id}>
                  <Leads goal={goal} parties={parties} of={[party.id]} />
                </td>
              ))}
              <td>
                <Strip goal={goal} links={links} />
              </td>
              <td className="num">
                <DateText date={goal.nextDueOn} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function AsList({ groups, parties, links }: ViewProps) {
  const t = useTexts().overview.goals;
  const principals = parties.filter(({ principal }) => principal).map(({ id }) => id);
  return groups.map(({ theme, goals }) => (
    <section key={theme.id} className="ov-theme" aria-labelledby={`overview-theme-${theme.id}`}>
      <h3 id={`overview-theme-${theme.id}`}>
        <T text={theme.title} />
      </h3>
      <ul>
        {goals.map((goal) => (
          <li key={goal.id}>
            <span className="no">{goal.no}</span>
            <div className="ov-goal">
              <div className="ov-name">
                <Name goal={goal} links={links} />
              </div>
              <Leads goal={goal} parties={parties} of={principals} />
              <AlsoLeads goal={goal} parties={parties} />
              <div className="ov-foot">
                <Strip goal={goal} links={links} />
                {goal.nextDueOn && (
                  <span className="meta due">
                    {t.next} <DateText date={goal.nextDueOn} />
                  </span>
                )}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  ));
}

interface CellProps {
  goal: OverviewGoal;
  parties: readonly Party[];
}

function Name({ goal, links }: { goal: OverviewGoal; links: OverviewLinks }) {
  return (
    <>
      <Link className="q" {...links.goal(goal.no)}>
        <T text={goal.title} />
      </Link>
      {goal.visibility === 'internal' && <InternalMark />}
    </>
  );
}

/** Who leads the goal besides the principal parties. */
function AlsoLeads({ goal, parties }: CellProps) {
  const t = useTexts().overview.goals;
  const known = parties.filter(({ principal }) => !principal).map(({ id }) => id);
  const others = goal.leads.map(({ partyId }) => partyId).filter((id) => known.includes(id));
  if (others.length === 0) return null;
  return (
    <div className="ov-also">
      <span className="meta">{t.alsoLeads}</span>
      <Leads goal={goal} parties={parties} of={others} />
    </div>
  );
}

/** The goal's leads of these parties, in this order; a dash for a party without one. */
function Leads({ goal, parties, of }: CellProps & { of: readonly string[] }) {
  const t = useTexts().overview.goals;
  const lang = useLang();
  return (
    <ul className="ov-leads">
      {[...new Set(of)].flatMap((partyId) => {
        const look = partyLook(parties, partyId, lang);
        const leads = goal.leads.filter((lead) => lead.partyId === partyId);
        return leads.length === 0
          ? [
              <li key={partyId}>
                <Who party={look}>
                  <span aria-hidden="true">–</span>
                  <span className="vh">{t.noLead}</span>
                </Who>
              </li>,
            ]
          : leads.map((lead) => (
              <li key={lead.id}>
                <Who party={look}>
                  <T text={lead.title} />
                </Who>
              </li>
            ));
      })}
    </ul>
  );
}

function Strip({ goal, links }: { goal: OverviewGoal; links: OverviewLinks }) {
  const t = useTexts().overview.goals;
  const lang = useLang();
  const more = goal.actionCount - goal.actions.length;
  if (goal.actionCount === 0) return <span className="meta">{t.noActions}</span>;
  return (
    <>
      <ConditionStrip
        items={goal.actions.map(({ no, title, condition }) => ({
          id: String(no),
          value: condition,
          name: `${no} ${localised(title, lang).value}`,
          link: links.action(no),
        }))}
      />
      {more > 0 && (
        <Link className="ov-rest" {...links.ofGoal(goal.id)}>
          {t.moreActions(more)}
        </Link>
      )}
    </>
  );
}
