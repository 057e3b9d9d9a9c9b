import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import { plansQuery, targetGroupsQuery, themesQuery } from '../../api/terms';
import { StandingMark } from '../../content/AgreementMark';
import { ConditionWhy } from '../../content/ConditionWhy';
import { FollowBar } from '../../content/FollowBar';
import { GroundMark } from '../../content/GroundMark';
import { TagList } from '../../content/TagList';
import { useTermName } from '../../content/terms';
import { DraftBar, useDraftedEditing } from '../../content/drafting';
import { History } from '../../content/History';
import { Owners } from '../../content/Owners';
import { PinList } from '../../content/PinList';
import { PathLink } from '../../content/PathLink';
import { Cases, LegalBases } from '../../content/References';
import { ReservationPanel } from '../../content/ReservationPanel';
import { Agreements } from '../../content/ResponsibilityPanel';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Breadcrumb, DateText, Note, Section, SideColumn } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { GoalForm } from './GoalForm';
import {
  goalActionsQuery,
  goalForumsQuery,
  goalQuery,
  useSaveGoal,
  type Goal,
  type GoalInput,
} from './queries';

/** One goal: who answers for it, what is done for it, what it rests on, what has changed. */
export function GoalPage() {
  const { no } = useParams({ from: '/$lang/goals/$no' });
  const t = useTexts().goals;
  const asOf = useAsOf();
  const goal = useQuery(goalQuery(no, asOf));
  return (
    <>
      {!goal.data && <PageHead title={t.goalNo(Number(no))} />}
      <Loaded query={goal} loading={t.loadingOne}>
        {(shown) => <GoalView key={shown.id} goal={shown} />}
      </Loaded>
    </>
  );
}

function GoalView({ goal }: { goal: Goal }) {
  const texts = useTexts();
  const t = texts.goals;
  const lang = useLang();
  const asOf = useAsOf();
  const toast = useToast();
  const { edit } = useSearch({ from: '/$lang/goals/$no' });
  const mayEdit = goal.permissions.includes('goal.edit') && !asOf;
  const [editing, setEditing] = useState(edit === true && mayEdit);
  const save = useSaveGoal(goal.id);
  const drafts = useDraftedEditing<GoalInput>('goal', goal);
  const theme = useQuery(themesQuery(asOf)).data?.find(({ id }) => id === goal.themeId);
  const groups = (useQuery(targetGroupsQuery(asOf)).data ?? []).filter(({ id }) =>
    goal.targetGroupIds.includes(id),
  );
  const nameOf = useTermName();
  const head = (
    <PageHead
      title={localised(goal.title, lang).value}
      lead={!editing && <T text={goal.description} />}
      above={
        <>
          <Breadcrumb
            items={[{ label: t.title, link: { to: '/$lang/goals', params: { lang } } }]}
          />
          <p className="meta">
            {[t.goalNo(goal.no), !goal.partyId && t.level.shared, theme && nameOf(theme)]
              .concat(groups.map(nameOf).join(', '))
              .filter(Boolean)
              .join(' · ')}
          </p>
          <Level goal={goal} />
          <TagList
            ids={goal.tagIds}
            to={(tag) => ({ to: '/$lang/goals', params: { lang }, search: { tag } })}
          />
          {goal.visibility === 'internal' && <GroundMark ground={goal.visibilityGround} />}
        </>
      }
      actions={
        mayEdit &&
        !editing &&
        drafts.ready && (
          <Button variant="secondary" onClick={() => setEditing(true)}>
            {t.edit}
          </Button>
        )
      }
    />
  );
  if (editing && drafts.ready) {
    return (
      <>
        {head}
        <GoalForm
          goal={goal}
          drafting={drafts.drafting}
          save={(body, version) => drafts.direct(save.mutateAsync({ body, version }))}
          onSaved={({ no }) => {
            toast(t.saved(no));
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
      <GoalEnding goal={goal} />
      <FollowBar kind="goal" id={goal.id} isPublic={goal.visibility === 'public'} />
      <DraftBar draft={drafts.open} />
      <SideColumn side={<Beside goal={goal} />}>
        <Section title={t.whoAnswers}>
          <Owners responsibilities={goal.responsibilities} />
          <Agreements
            subject={{ kind: 'goal', id: goal.id }}
            standings={goal.responsibilities.map(({ standing }) => standing)}
          />
        </Section>
        <ReservationPanel subject={{ kind: 'goal', id: goal.id }} />
        <PartyGoals goal={goal} />
        <GoalActions goal={goal} />
        <History kind="goal" id={goal.id} version={goal.version} />
      </SideColumn>
    </>
  );
}

/** What a reader of a goal that has ended has to know first, and what goes on in this one. */
function GoalEnding({ goal }: { goal: Goal }) {
  const t = useTexts().goals.ending;
  const lang = useLang();
  const { ending, forwardedFrom } = goal;
  return (
    <>
      {ending && (
        <Note>
          <p>
            <b>{t.ended[ending.kind](formatDate(ending.on, lang))}</b>{' '}
            {ending.goal && <GoalLink goal={ending.goal} />}
          </p>
          <p>
            <T text={ending.reason} />
          </p>
          {goal.actionCount > 0 && <p className="meta">{t.actionsStay}</p>}
        </Note>
      )}
      {forwardedFrom.length > 0 && (
        <p className="meta">
          {t.from}{' '}
          {forwardedFrom.map((each, index) => (
            <span key={each.id}>
              {index > 0 && ', '}
              <GoalLink goal={each} />
            </span>
          ))}
        </p>
      )}
    </>
  );
}

function GoalLink({ goal }: { goal: Goal['forwardedFrom'][number] }) {
  return (
    <PathLink path={`/goals/${goal.no}`}>
      {goal.no} <T text={goal.title} />
    </PathLink>
  );
}

/** Whose goal it is and under which shared goal; nothing for a shared goal. */
function Level({ goal }: { goal: Goal }) {
  const t = useTexts().goals.level;
  const look = usePartyLooks(useLang());
  if (!goal.partyId) return null;
  return (
    <p className="meta">
      <Who party={look(goal.partyId)}>
        {goal.sharedGoal && (
          <>
            {t.mark}: <GoalLink goal={goal.sharedGoal} />
          </>
        )}
      </Who>
    </p>
  );
}

/** The goals of the parties under a shared goal. Nothing while there are none. */
function PartyGoals({ goal }: { goal: Goal }) {
  const { goals: t } = useTexts();
  const look = usePartyLooks(useLang());
  if (goal.partyGoals.length === 0) return null;
  return (
    <Section title={t.level.partyGoals}>
      <p className="meta">{t.level.partyGoalsText}</p>
      <ul className="hl row-text">
        {goal.partyGoals.map((each) => (
          <li key={each.id}>
            {each.partyId ? (
              <Who party={look(each.partyId)}>
                <GoalLink goal={each} />
              </Who>
            ) : (
              <GoalLink goal={each} />
            )}{' '}
            {each.ending && <span className="meta">{t.ending.kinds[each.ending]}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function GoalActions({ goal }: { goal: Goal }) {
  const { goals: t, actions: names } = useTexts();
  const lang = useLang();
  const look = usePartyLooks(lang);
  const actions = useQuery(goalActionsQuery(goal.id, useAsOf()));
  return (
    <Section title={t.actions} aside={t.actionCount(goal.actionCount)}>
      <Loaded query={actions}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.noActions} />
          ) : (
            <DataTable
              caption={t.actions}
              columns={[
                {
                  key: 'no',
                  kind: 'number',
                  header: names.number,
                  hiddenHeader: true,
                  render: ({ no }) => no,
                },
                {
                  key: 'title',
                  kind: 'name',
                  header: t.action,
                  render: ({ no, title }) => (
                    <PathLink className="q" path={`/actions/${no}`}>
                      <T text={title} />
                    </PathLink>
                  ),
                },
                {
                  key: 'lead',
                  header: t.leads,
                  render: ({ lead, leadStanding }) =>
                    lead ? (
                      <>
                        <Who party={look(lead.partyId)}>
                          <T text={lead.title} />
                        </Who>{' '}
                        <StandingMark standing={leadStanding} />
                      </>
                    ) : (
                      '–'
                    ),
                },
                {
                  key: 'due',
                  kind: 'figure',
                  header: t.due,
                  render: ({ dueOn, duePrecision }) => (
                    <DateText date={dueOn} precision={duePrecision} />
                  ),
                },
                {
                  key: 'condition',
                  header: t.condition,
                  render: ({ condition }) => <ConditionWhy condition={condition} />,
                },
              ]}
              groups={[{ key: 'all', rows: items }]}
              rowKey={({ id }) => id}
            />
          )
        }
      </Loaded>
    </Section>
  );
}

function Beside({ goal }: { goal: Goal }) {
  const { goals: t, content } = useTexts();
  const lang = useLang();
  const asOf = useAsOf();
  const plan = useQuery(plansQuery(asOf)).data?.find(({ id }) => id === goal.planId);
  const forums = useQuery(goalForumsQuery(goal.id, asOf)).data ?? [];
  return (
    <>
      {plan && (
        <Section title={t.plan}>
          <p className="row-text">
            <PathLink className="q" path={`/plan/${plan.key}`}>
              {localised(plan.title, lang).value}
            </PathLink>
          </p>
        </Section>
      )}
      {goal.stageIds.length + goal.handoverIds.length > 0 && (
        <Section title={content.pins.title}>
          <PinList pins={goal.pins} />
        </Section>
      )}
      <LegalBases ids={goal.legalBasisIds} />
      <Cases cases={goal.cases} />
      {forums.length > 0 && (
        <Section title={t.forums}>
          <ul className="hl row-text">
            {forums.map((forum) => (
              <li key={forum.id}>
                <PathLink className="q" path={`/forums/${forum.id}`}>
                  <T text={forum.title} />
                </PathLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
