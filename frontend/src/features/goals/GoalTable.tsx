import { useQuery } from '@tanstack/react-query';
import { partiesQuery, usePartyLooks } from '../../api/parties';
import type { PostRef } from '../../api/posts';
import { T, useLang, useTexts } from '../../i18n';
import type { ISODate } from '../../lib/dates';
import { localised, type LocalisedText } from '../../lib/text';
import { ConditionStrip, type ConditionValue } from '../../ui/Condition';
import { DateText } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { InternalMark } from '../../ui/Visibility';
import { useMedia } from '../../ui/useNarrow';
import { PathLink } from '../../content/PathLink';
import './goals.css';

/** A goal as the table shows it. */
export interface GoalRow {
  id: string;
  no: number;
  title: LocalisedText;
  visibility: 'public' | 'internal';
  theme: { id: string; title: LocalisedText };
  leads: readonly PostRef[];
  /** The first of them; `actionCount` counts all. */
  actions: readonly { no: number; title: LocalisedText; condition: ConditionValue }[];
  actionCount: number;
  nextDueOn?: ISODate;
}

interface GoalTableProps {
  /** By theme, in the order in which they are shown. */
  goals: readonly GoalRow[];
}

/** The table has seven columns; on paper it stays one. */
const tooNarrow = 'screen and (max-width: 63.9375em)';

/** Who answers for which goal, and in which condition its actions are. */
export function GoalTable({ goals }: GoalTableProps) {
  return useMedia(tooNarrow) ? <AsList goals={goals} /> : <AsTable goals={goals} />;
}

function AsTable({ goals }: GoalTableProps) {
  const t = useTexts().goals.table;
  const lang = useLang();
  const principals = usePrincipals();
  return (
    <table className="t gt-t">
      <caption className="vh">{t.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.theme}</th>
          <th scope="col" className="no">
            <span className="vh">{t.no}</span>
          </th>
          <th scope="col">{t.goal}</th>
          {principals.map((party) => (
            <th key={party.id} scope="col">
              {t.leads(localised(party.shortName, lang).value)}
            </th>
          ))}
          <th scope="col">{t.actions}</th>
          <th scope="col" className="num d">
            {t.nextDue}
          </th>
        </tr>
      </thead>
      {byTheme(goals).map((rows) => (
        <tbody key={rows[0]?.theme.id}>
          {rows.map((goal, index) => (
            <tr key={goal.id}>
              {index === 0 && (
                <th className="th" rowSpan={rows.length} scope="rowgroup">
                  <T text={goal.theme.title} />
                </th>
              )}
              <td className="no">{goal.no}</td>
              <th scope="row">
                <Title goal={goal} />
              </th>
              {principals.map((party) => (
                <td key={party.id}>
                  <Leads posts={goal.leads.filter(({ partyId }) => partyId === party.id)} />
                </td>
              ))}
              <td>
                <Actions goal={goal} />
              </td>
              <td className="num nb d">
                <DateText date={goal.nextDueOn} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function AsList({ goals }: GoalTableProps) {
  const t = useTexts().goals.table;
  const principals = usePrincipals();
  return byTheme(goals).map((rows) => (
    <section key={rows[0]?.theme.id} className="gt-th">
      <h2>
        <T text={rows[0]?.theme.title} />
      </h2>
      <ul>
        {rows.map((goal) => (
          <li key={goal.id}>
            <span className="no">{goal.no}</span>
            <div>
              <p className="gt-name">
                <Title goal={goal} />
              </p>
              {principals.map((party) => (
                <Leads
                  key={party.id}
                  posts={goal.leads.filter(({ partyId }) => partyId === party.id)}
                />
              ))}
              <p className="gt-foot">
                <Actions goal={goal} />
                <span className="meta">
                  {t.next} <DateText date={goal.nextDueOn} />
                </span>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  ));
}

function usePrincipals() {
  return (useQuery(partiesQuery).data ?? []).filter(({ principal }) => principal);
}

function Title({ goal }: { goal: GoalRow }) {
  return (
    <>
      <PathLink className="q" path={`/goals/${goal.no}`}>
        <T text={goal.title} />
      </PathLink>
      {goal.visibility === 'internal' && <InternalMark />}
    </>
  );
}

function Leads({ posts }: { posts: readonly PostRef[] }) {
  const look = usePartyLooks(useLang());
  if (posts.length === 0) return '–';
  return (
    <ul>
      {posts.map((post) => (
        <li key={post.id}>
          <Who party={look(post.partyId)}>
            <T text={post.title} />
          </Who>
        </li>
      ))}
    </ul>
  );
}

function Actions({ goal }: { goal: GoalRow }) {
  const t = useTexts().goals.table;
  const lang = useLang();
  if (goal.actionCount === 0) return '–';
  return (
    <>
      <ConditionStrip
        items={goal.actions.map(({ no, title, condition }) => ({
          id: String(no),
          value: condition,
          name: `${no} ${localised(title, lang).value}`,
          link: { to: '/$lang/actions/$no', params: { lang, no: String(no) } } as never,
        }))}
      />
      {goal.actionCount > goal.actions.length && (
        <span className="meta">{t.more(goal.actionCount - goal.actions.length)}</span>
      )}
    </>
  );
}

function byTheme(goals: readonly GoalRow[]): GoalRow[][] {
  const groups: GoalRow[][] = [];
  for (const goal of goals) {
    const last = groups.at(-1);
    if (last?.[0]?.theme.id === goal.theme.id) last.push(goal);
    else groups.push([goal]);
  }
  return groups;
}
