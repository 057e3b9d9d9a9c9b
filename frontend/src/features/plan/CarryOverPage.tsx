import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { ThingPicker } from '../../content/ThingPicker';
import { T, useLang, useTexts } from '../../i18n';
import { useFocusOnError } from '../../lib/focus';
import { whenSaved } from '../../lib/whenSaved';
import { complete, localised, noText } from '../../lib/text';
import { useKept } from '../../lib/useKept';
import { Button } from '../../ui/Button';
import type { ComboOption } from '../../ui/forms/ComboBox';
import { CheckList } from '../../ui/forms/CheckList';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Select } from '../../ui/filters';
import { Breadcrumb, Note, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { fieldError, problemText } from '../../ui/problemTexts';
import { EmptyState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { Decided } from './CarriedGoals';
import { carryOverQuery, useCarryOver, type CarriedGoal, type CarryOver } from './queries';
import './plan.css';

/** What becomes of each goal of the plan before: decided in steps, each of as many goals as one likes. */
export function CarryOverPage() {
  const { key } = useParams({ from: '/$lang/plan/$key/carry-over' });
  const t = useTexts().plan.carryOver;
  const { title } = useTexts().plan;
  const lang = useLang();
  const carryOver = useQuery(carryOverQuery(key));
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        above={
          <Breadcrumb
            items={[
              { label: title, link: { to: '/$lang/plan', params: { lang } } },
              ...(carryOver.data
                ? [
                    {
                      label: localised(carryOver.data.to.title, lang).value,
                      link: { to: '/$lang/plan/$key' as const, params: { lang, key } },
                    },
                  ]
                : []),
            ]}
          />
        }
      />
      <div className="stack plan">
        <Loaded query={carryOver}>{(shown) => <Steps planKey={key} carryOver={shown} />}</Loaded>
      </div>
    </>
  );
}

function Steps({ planKey, carryOver }: { planKey: string; carryOver: CarryOver }) {
  const t = useTexts().plan.carryOver;
  const lang = useLang();
  const me = useMe().data;
  const { goals, from, to } = carryOver;
  // Whoever decides by the keyboard goes on from here: what was chosen is no longer in its list.
  const progress = useRef<HTMLParagraphElement>(null);
  const onSaved = () => progress.current?.focus();
  const undecided = goals.filter(({ state }) => state === 'undecided');
  const waiting = goals.filter(({ state }) => state === 'waiting');
  return (
    <>
      <p ref={progress} tabIndex={-1}>
        <T text={from.title} /> → <T text={to.title} />.{' '}
        {goals.length > 0 &&
          t.progress(goals.length - undecided.length - waiting.length, goals.length)}
      </p>
      <Section title={t.undecided} aside={t.count(undecided.length)}>
        {undecided.length === 0 ? (
          <EmptyState
            title={goals.length === 0 ? t.noGoals : t.nothingLeft}
            text={goals.length === 0 ? t.noGoalsText : undefined}
          />
        ) : (
          <Choose
            planKey={planKey}
            goals={undecided}
            all={goals}
            choices={['carry', 'drop']}
            onSaved={onSaved}
          />
        )}
      </Section>
      {waiting.length > 0 && (
        <Section title={t.waiting} aside={t.count(waiting.length)}>
          <Choose
            planKey={planKey}
            goals={waiting}
            all={goals}
            choices={['agree']}
            onSaved={onSaved}
            closed={({ draft }) => draft?.partyId === me?.partyId}
          />
        </Section>
      )}
      <Section title={t.actions}>
        <p className="row-text">{t.actionsText}</p>
        <p>
          <Link
            to="/$lang/actions"
            params={{ lang }}
            search={{
              planId: [from.id, to.id],
              status: ['not_started', 'in_progress', 'paused'],
            }}
          >
            {t.openActions}
          </Link>
        </p>
      </Section>
      <Decided carryOver={carryOver} />
    </>
  );
}

type Choice = 'carry' | 'drop' | 'agree';

interface ChooseProps {
  planKey: string;
  goals: readonly CarriedGoal[];
  /** All of the plan before. */
  all: readonly CarriedGoal[];
  choices: readonly Choice[];
  onSaved: () => void;
  /** What is shown, but not this reader's to choose. */
  closed?: (goal: CarriedGoal) => boolean;
}

interface Decision {
  choice: Choice;
  chosen: string[];
  reason: typeof noText;
  ending: Ending;
  into: ComboOption | null;
}

/** As on the page of a goal. */
const endings = ['cancelled', 'merged', 'superseded'] as const;
type Ending = (typeof endings)[number];

/** Goals that are chosen, and one decision on all of them. It outlives the page until it is saved. */
function Choose({ planKey, goals, all, choices, onSaved, closed }: ChooseProps) {
  const texts = useTexts();
  const t = texts.plan.carryOver;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const toast = useToast();
  const save = useCarryOver(planKey);
  const me = useMe().data;
  const start: Decision = {
    choice: choices[0] ?? 'carry',
    chosen: [],
    reason: noText,
    ending: 'cancelled',
    into: null,
  };
  const [decision, setDecision] = useKept(me?.id, `carry-over/${planKey}/${start.choice}`, start);
  const { choice, chosen, reason } = decision;
  // What was kept before there were kinds of endings has none.
  const { ending = 'cancelled', into = null } = decision as Partial<Decision>;
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFocusOnError(form, save.error ?? (missing || undefined));
  const decide = (part: Partial<Decision>) => {
    setMissing(false);
    setDecision({ ...decision, ...part });
  };
  const setChosen = (ids: readonly string[]) => decide({ chosen: [...ids] });
  // A goal of a party follows its shared goal, and another open draft is settled first.
  const why = (goal: CarriedGoal) => {
    if (!goal.permissions.includes('goal.edit')) return t.notYours;
    if (choices[0] !== 'agree' && goal.draft) return t.otherDraft;
    if (closed?.(goal)) return t.yourProposal;
    if (goal.hidden && (choice === 'carry' || goal.draft?.choice === 'carry')) return t.hidden;
    if (choice === 'agree' && goal.draft?.more) return t.readDraft;
    const above = all.find(({ id }) => id === goal.sharedGoalId);
    if (choice !== 'carry' || !above || above.state === 'carried') return undefined;
    return above.state === 'dropped' ? t.sharedEnded : t.afterShared(above.no);
  };
  const open = goals.filter((goal) => !why(goal));
  const sent = open.filter(({ id }) => chosen.includes(id));
  const name = (goal: CarriedGoal) => (
    <>
      <Link to="/$lang/goals/$no" params={{ lang, no: String(goal.no) }}>
        {goal.no} <T text={goal.title} />
      </Link>{' '}
      <span className="meta">
        {[
          goal.partyId && look(goal.partyId).name,
          t.actionCount(goal.actionCount),
          goal.draft?.choice && t.proposed[goal.draft.choice],
        ]
          .filter(Boolean)
          .join(' · ')}
        {goal.draft?.reason && (
          <>
            {' '}
            <T text={goal.draft.reason} />
          </>
        )}
        {goal.draft && (
          <>
            {' '}
            <Link to="/$lang/drafts/$id" params={{ lang, id: goal.draft.id }}>
              {t.draft(goal.no)}
            </Link>
          </>
        )}
      </span>
    </>
  );
  return (
    <form
      ref={form}
      className="stack carry"
      onSubmit={(event) => {
        event.preventDefault();
        if (save.isPending) return;
        const why = choice !== 'drop' || Object.values(reason).some((text) => text.trim() !== '');
        setMissing(!why);
        if (!why) return;
        whenSaved(
          save.mutateAsync(
            sent.map((goal) => ({
              goalId: goal.id,
              version: choice === 'agree' && goal.draft ? goal.draft.version : goal.version,
              choice,
              ...(choice === 'drop' && {
                reason,
                ending,
                intoId: ending === 'cancelled' ? undefined : into?.id,
              }),
            })),
          ),
          () => {
            toast(t.saved);
            setDecision(undefined);
            onSaved();
          },
        );
      }}
      noValidate
    >
      {open.length > 0 && (
        <CheckList
          legend={t.choose}
          options={open.map((goal) => ({ id: goal.id, label: name(goal) }))}
          value={sent.map(({ id }) => id)}
          onChange={setChosen}
        />
      )}
      {open.length > 1 && (
        <p className="btns">
          <Button
            variant="secondary"
            small
            onClick={() => setChosen(sent.length === open.length ? [] : open.map(({ id }) => id))}
          >
            {sent.length === open.length ? t.none : t.all}
          </Button>
        </p>
      )}
      {goals.length > open.length && (
        <ul className="hl row-text">
          {goals
            .filter((goal) => why(goal))
            .map((goal) => (
              <li key={goal.id}>
                {name(goal)} <span className="meta">{why(goal)}</span>
              </li>
            ))}
        </ul>
      )}
      {choices.length > 1 && (
        <Select
          label={t.decision}
          value={choice}
          options={choices.map((value) => ({ value, label: t.choices[value] }))}
          onChange={(value) => decide({ choice: value })}
        />
      )}
      {choice === 'drop' && (
        <Select
          label={t.ending}
          value={ending}
          options={endings.map((value) => ({ value, label: texts.goals.ending.kinds[value] }))}
          onChange={(value) => decide({ ending: value })}
        />
      )}
      {choice === 'drop' && ending !== 'cancelled' && (
        <ThingPicker
          kind="goal"
          label={t.into}
          value={into}
          onChange={(goal) => decide({ into: goal })}
        />
      )}
      {choice === 'drop' && (
        <LocalisedField
          label={t.reason}
          hint={t.reasonHint}
          value={reason}
          onChange={(text) => decide({ reason: complete(text) })}
          errors={missing ? { fi: texts.problems.fields.required } : undefined}
          maxLength={1000}
          multiline
        />
      )}
      {save.error && (
        <div role="alert" tabIndex={-1}>
          <Note tone="late">
            <p>{problemText(save.error, texts)}</p>
            {save.variables.map(({ goalId }, index) => {
              const wrong = fieldError(save.error, `/items/${index}`, texts);
              const goal = goals.find(({ id }) => id === goalId);
              return (
                wrong &&
                goal && (
                  <p key={goalId}>
                    {goal.no} <T text={goal.title} />: {wrong}
                  </p>
                )
              );
            })}
          </Note>
        </div>
      )}
      {open.length > 0 && (
        <p className="btns">
          <Button type="submit" disabled={sent.length === 0} aria-disabled={save.isPending}>
            {t.confirm[choice](sent.length)}
          </Button>
        </p>
      )}
    </form>
  );
}
