import { Link } from '@tanstack/react-router';
import { useParties, partyLook, type Party } from '../api/parties';
import type { PostRef } from '../api/posts';
import { T, useLang, useTexts } from '../i18n';
import { daysBetween, type ISODate } from '../lib/dates';
import { localised, type LocalisedText } from '../lib/text';
import { Acceptance } from '../ui/Acceptance';
import { ConditionCounts, ConditionStrip, conditions, type ConditionValue } from '../ui/Condition';
import { ConditionReason } from './ConditionOf';
import { DateText } from '../ui/layout';
import { Who } from '../ui/PartyMark';
import { InternalMark } from '../ui/Visibility';
import { useMedia } from '../ui/useNarrow';
import { UnacceptedMark } from './AgreementMark';
import './goalTable.css';
import { ReservationMark } from './ReservationPanel';

/** A goal as the table shows it. */
export interface GoalRow {
  id: string;
  no: number;
  title: LocalisedText;
  visibility: 'public' | 'internal';
  theme: { id: string; title: LocalisedText };
  /** Whose goal it is, under a shared one. */
  partyId?: string;
  /** Number of the shared goal above it, if the reader may see that. */
  sharedNo?: number;
  leads: readonly PostRef[];
  /** How many of its responsibilities a party has not accepted. */
  unaccepted: number;
  /** How far the parties have agreed; without it the goal has no cell of its own for that. */
  acceptance?: 'accepted' | 'open' | 'none';
  /** What each party says of all its responsibilities. */
  answers?: readonly {
    partyId: string;
    answer: 'open' | 'accepted' | 'declined' | 'reopened';
    since?: ISODate;
  }[];
  /** Named if they are few; `byCondition` counts all. */
  actions: readonly { no: number; title: LocalisedText; condition: ConditionValue }[];
  actionCount: number;
  byCondition: Readonly<Record<ConditionValue, number>>;
  nextDueOn?: ISODate;
}

/** The table has seven or eight columns; on paper it stays one. */
const tooNarrow = 'screen and (max-width: 63.9375em)';

interface GoalTableProps {
  /** By theme, in the order in which they are shown. */
  goals: readonly GoalRow[];
  /** Level of the themes' headings, where there is no room for a table. */
  level: 2 | 3;
  /** The day for which it is told how long a party has been waited for. */
  day?: ISODate;
}

interface ThemeGroup {
  theme: GoalRow['theme'];
  goals: GoalRow[];
}

/** The goals by theme with the leads of the principal parties and one sign per action. */
export function GoalTable({ goals, level, day }: GoalTableProps) {
  const parties = useParties().data ?? [];
  const groups: ThemeGroup[] = [];
  for (const goal of byLevel(goals)) {
    const last = groups.at(-1);
    if (last?.theme.id === goal.theme.id) last.goals.push(goal);
    else groups.push({ theme: goal.theme, goals: [goal] });
  }
  const props = { groups, parties, day };
  return useMedia(tooNarrow) ? <AsList {...props} level={level} /> : <AsTable {...props} />;
}

/** The goals in their order, but those of parties after the shared goal above them in its theme. */
function byLevel(goals: readonly GoalRow[]): GoalRow[] {
  const numbered = new Map(goals.map((goal) => [goal.no, goal]));
  const under = new Map<string, GoalRow[]>();
  const first = goals.filter((goal) => {
    const above = goal.sharedNo === undefined ? undefined : numbered.get(goal.sharedNo);
    if (above?.theme.id !== goal.theme.id) return true;
    under.set(above.id, [...(under.get(above.id) ?? []), goal]);
    return false;
  });
  return first.flatMap((goal) => [goal, ...(under.get(goal.id) ?? [])]);
}

interface ViewProps {
  groups: readonly ThemeGroup[];
  parties: readonly Party[];
  day: ISODate | undefined;
}

function AsTable({ groups, parties, day }: ViewProps) {
  const t = useTexts().content.goalTable;
  const lang = useLang();
  const principals = parties.filter(({ principal }) => principal);
  const told = groups.some(({ goals }) => goals.some(({ acceptance }) => acceptance));
  return (
    <table className="t gt-t">
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
          {told && (
            <th scope="col" className="acc">
              {t.acceptance}
            </th>
          )}
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
                <Name goal={goal} parties={parties} />
                <AlsoLeads goal={goal} parties={parties} />
              </th>
              {principals.map((party) => (
                <td key={party.id}>
                  <Leads goal={goal} parties={parties} of={[party.id]} />
                </td>
              ))}
              {told && (
                <td>
                  <GoalAcceptance goal={goal} parties={parties} day={day} />
                </td>
              )}
              <td>
                <Strip goal={goal} />
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

function AsList({ groups, parties, day, level }: ViewProps & Pick<GoalTableProps, 'level'>) {
  const Heading = `h${level}` as const;
  const t = useTexts().content.goalTable;
  const principals = parties.filter(({ principal }) => principal).map(({ id }) => id);
  return groups.map(({ theme, goals }) => (
    <section key={theme.id} className="gt-theme" aria-labelledby={`goal-theme-${theme.id}`}>
      <Heading id={`goal-theme-${theme.id}`}>
        <T text={theme.title} />
      </Heading>
      <ul>
        {goals.map((goal) => (
          <li key={goal.id}>
            <span className="no">{goal.no}</span>
            <div className="gt-goal">
              <div className="gt-name">
                <Name goal={goal} parties={parties} />
              </div>
              <Leads
                goal={goal}
                parties={parties}
                of={goal.partyId ? [goal.partyId] : principals}
              />
              <AlsoLeads goal={goal} parties={parties} />
              {goal.acceptance && goal.acceptance !== 'accepted' && (
                <GoalAcceptance goal={goal} parties={parties} day={day} />
              )}
              <div className="gt-foot">
                <Strip goal={goal} />
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
  goal: GoalRow;
  parties: readonly Party[];
}

function Name({ goal, parties }: CellProps) {
  const t = useTexts().content.goalTable;
  const lang = useLang();
  return (
    <>
      <Link className="q" to="/$lang/goals/$no" params={{ lang, no: String(goal.no) }}>
        <T text={goal.title} />
      </Link>
      {goal.visibility === 'internal' && <InternalMark />}
      <ReservationMark id={goal.id} />
      {goal.partyId && (
        <div className="gt-level">
          <Who party={partyLook(parties, goal.partyId, lang)}>
            {goal.sharedNo ? t.under(goal.sharedNo) : ''}
          </Who>
        </div>
      )}
      {!goal.acceptance && goal.unaccepted > 0 && (
        <div>
          <UnacceptedMark count={goal.unaccepted} />
        </div>
      )}
    </>
  );
}

/** What both parties say of the goal, and for how long somebody has been waited for. */
function GoalAcceptance({ goal, parties, day }: CellProps & { day: ISODate | undefined }) {
  const t = useTexts().content.goalTable;
  const ui = useTexts().ui;
  const lang = useLang();
  const answers = goal.answers ?? [];
  if (answers.length > 0) {
    const waited = answers.flatMap(({ since }) => (since && day ? [daysBetween(since, day)] : []));
    return (
      <Acceptance
        slots={answers.map(({ partyId, answer }) => ({
          party: partyLook(parties, partyId, lang),
          state: answer === 'declined' ? 'returned' : answer,
        }))}
        openDays={waited.length > 0 ? Math.max(...waited) : undefined}
      />
    );
  }
  if (goal.acceptance === 'open') return <UnacceptedMark count={goal.unaccepted} />;
  return (
    <span className="meta">
      {goal.acceptance === 'accepted' ? ui.acceptance.inForce : t.noResponsibilities}
    </span>
  );
}

/** Who leads the goal besides the principal parties. */
function AlsoLeads({ goal, parties }: CellProps) {
  const t = useTexts().content.goalTable;
  const known = parties.filter(({ principal }) => !principal).map(({ id }) => id);
  const others = goal.leads.map(({ partyId }) => partyId).filter((id) => known.includes(id));
  if (others.length === 0) return null;
  return (
    <div className="gt-also">
      <span className="meta">{t.alsoLeads}</span>
      <Leads goal={goal} parties={parties} of={others} />
    </div>
  );
}

/** The goal's leads of these parties, in this order; a dash for a party without one. */
function Leads({ goal, parties, of }: CellProps & { of: readonly string[] }) {
  const t = useTexts().content.goalTable;
  const lang = useLang();
  return (
    <ul className="gt-leads">
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

/** One sign for each action; of more than the server names, how many are in each condition. */
function Strip({ goal }: { goal: GoalRow }) {
  const t = useTexts().content.goalTable;
  const lang = useLang();
  if (goal.actionCount === 0) return <span className="meta">{t.noActions}</span>;
  if (goal.actions.length === goal.actionCount) {
    return (
      <ConditionStrip
        explain={({ id, value }) => <ConditionReason no={Number(id)} value={value} />}
        items={goal.actions.map(({ no, title, condition }) => ({
          id: String(no),
          value: condition,
          name: `${no} ${localised(title, lang).value}`,
          link: { to: '/$lang/actions/$no', params: { lang, no: String(no) } },
        }))}
      />
    );
  }
  const rows = { to: '/$lang/actions', params: { lang } } as const;
  return (
    <div>
      <ConditionCounts
        counts={conditions.map((value) => ({
          value,
          count: goal.byCondition[value],
          link: { ...rows, search: { goalId: [goal.id], condition: [value] } },
        }))}
      />
      <Link className="gt-rest" {...rows} search={{ goalId: [goal.id] }}>
        {t.allActions(goal.actionCount)}
      </Link>
    </div>
  );
}
