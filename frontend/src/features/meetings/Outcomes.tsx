import { createContext, memo, useContext, useId, useState, type SyntheticEvent } from 'react';
import { usePartyLooks } from '../../api/parties';
import { ConditionOf } from '../../content/ConditionOf';
import { StandingMark } from '../../content/AgreementMark';
import { ChangedBy } from '../../content/ChangedBy';
import { PathLink } from '../../content/PathLink';
import { PostLink } from '../../content/PostLink';
import { T, useLang, useTexts } from '../../i18n';
import { formatDateTime, formatPrecise, formatTime } from '../../lib/dates';
import { useFocusAfter, useFocusFirst } from '../../lib/focus';
import { languages } from '../../lib/lang';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { ConflictPanel } from '../../ui/forms/ConflictPanel';
import { TextArea } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Icon } from '../../ui/Icon';
import { Who } from '../../ui/PartyMark';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { ActionForm } from './ActionForm';
import { useTyped } from './desk';
import { DissentForm } from './DissentForm';
import { Ending } from './Ending';
import { OutcomeDetails, type OutcomeMode } from './OutcomeDetails';
import { OutcomeTargets } from './OutcomeTargets';
import { outcomeBody, outcomeInput, whole, type OutcomeBody } from './forms';
import {
  useCorrect,
  useRecord,
  type ActionLink,
  type AgendaItem,
  type Meeting,
  type Outcome,
  type OutcomeType,
} from './queries';
import { outcomeTypes } from './words';

/** The forum whose meeting the outcomes are of. */
const InForum = createContext('');

interface OutcomesProps {
  meeting: Meeting;
  item: AgendaItem;
}

/** What came of the item in hand, and the form for more. */
export function Outcomes({ meeting, item }: OutcomesProps) {
  const t = useTexts().meetings.outcomes;
  const may = item.permissions.includes('meeting.record');
  const late = meeting.status !== 'in_progress';
  const [adding, setAdding] = useState(may && !late && item.outcomes.length === 0);
  const [asked, setAsked] = useState(0);
  const bar = useFocusAfter<HTMLParagraphElement>(adding, '[data-key="outcome"]');
  const open = item.outcomes.filter((outcome) => outcome.open).length;
  return (
    <InForum.Provider value={meeting.forum.id}>
      <h3 className="oh">
        {t.title} <span>{t.count(item.outcomes.length, open)}</span>
      </h3>
      {item.outcomes.map((outcome) => (
        <OutcomeCard key={outcome.id} outcome={outcome} dissents={may} />
      ))}
      {may && adding && (
        <NewOutcome item={item} late={late} asked={asked} onClose={() => setAdding(false)} />
      )}
      <p className="btns out-b" ref={bar}>
        {may && !adding && (
          <Button
            variant="secondary"
            small
            data-key="outcome"
            onClick={() => {
              setAdding(true);
              setAsked(asked + 1);
            }}
          >
            {late ? t.newLate : t.add}
          </Button>
        )}
      </p>
    </InForum.Provider>
  );
}

/** One outcome with what followed; its secretary corrects it or makes an action from it. */
export const OutcomeCard = memo(function OutcomeCard({
  outcome,
  readOnly,
  dissents,
}: {
  outcome: Outcome;
  readOnly?: boolean;
  /** Dissenting opinions and reservations can be recorded at it. */
  dissents?: boolean;
}) {
  const texts = useTexts();
  const t = texts.meetings.outcomes;
  const lang = useLang();
  const [mode, setMode] = useState<OutcomeMode>('read');
  const [back, setBack] = useState('');
  const may = readOnly ? [] : outcome.permissions;
  const card = useFocusAfter<HTMLElement>(mode !== 'read', `[data-opens~="${back}"]`);
  const open = (form: OutcomeMode) => {
    setMode(form);
    setBack(form);
  };
  const close = () => setMode('read');
  const closeAt = (named: string) => {
    setMode('read');
    setBack(named);
  };
  return (
    <article className="out" ref={card} id={`outcome-${outcome.id}`}>
      <div className="hd">
        <b>
          {outcome.no} {t.types[outcome.type]}
        </b>
        <span className="meta">
          {outcome.lateEntry
            ? `${t.late} ${formatDateTime(outcome.recordedAt, lang)}`
            : !readOnly && t.recordedAt(formatTime(outcome.recordedAt, lang))}
        </span>
      </div>
      {mode === 'correct' ? (
        <CorrectOutcome outcome={outcome} onDone={close} />
      ) : (
        <>
          <p className="out-t">
            <T text={outcome.text} />
          </p>
          <OutcomeDetails
            outcome={outcome}
            work={readOnly ? undefined : { mode, open, close, closeAt }}
          />
          <FollowUps outcome={outcome} />
          <Ending outcome={outcome} />
        </>
      )}
      {mode === 'action' && <ActionForm outcome={outcome} onDone={close} />}
      {mode === 'dissent' && <DissentForm outcome={outcome} onDone={close} />}
      {mode === 'read' && (may.length > 0 || dissents) && (
        <p className="btns">
          {may.includes('action.create') && needsEnding(outcome.type) && (
            <Button
              variant={outcome.open ? 'secondary' : 'quiet'}
              small
              data-key={outcome.open ? 'action' : undefined}
              data-opens="action"
              onClick={() => open('action')}
            >
              {t.makeAction}
            </Button>
          )}
          {may.includes('meeting.record') && (
            <Button variant="quiet" small data-opens="correct" onClick={() => open('correct')}>
              {outcome.open ? `${t.correct} / ${t.noAction}` : t.correct}
            </Button>
          )}
          {dissents && (
            <Button variant="quiet" small data-opens="dissent" onClick={() => open('dissent')}>
              {texts.agenda.dissent.add}
            </Button>
          )}
        </p>
      )}
    </article>
  );
});

function needsEnding(type: OutcomeType): boolean {
  return type === 'decision' || type === 'assignment' || type === 'recommendation';
}

/** What followed: the actions with their condition, or why none; or that something is missing. */
export function FollowUps({ outcome }: { outcome: Outcome }) {
  const texts = useTexts();
  const t = texts.meetings.outcomes;
  return (
    <>
      {outcome.actions.map((action) => (
        <ActionLine key={action.id} action={action} />
      ))}
      {outcome.noActionReason && (
        <p className="meta fu">
          <Icon name="arrow" />
          <span>
            {t.noActionBecause} <T text={outcome.noActionReason} />
          </span>
        </p>
      )}
      {outcome.open && (
        <p className="fu">
          <span className="c c-late">
            <Icon name="error" />
            {texts.meetings.closing.without}
          </span>
        </p>
      )}
    </>
  );
}

/** An action that came from an outcome: its name, who leads it, by when, and how it stands. */
export function ActionLine({ action }: { action: ActionLink }) {
  const t = useTexts().meetings.outcomes;
  const lang = useLang();
  const look = usePartyLooks(lang);
  return (
    <div className="fu">
      <Icon name="arrow" />
      <div>
        <p>
          {t.followUp}:{' '}
          <PathLink path={`/actions/${action.no}`}>
            {t.action(action.no)}, <T text={action.title} />
          </PathLink>
        </p>
        <p className="meta fu-m">
          {action.lead && (
            <Who party={look(action.lead.partyId)}>
              <PostLink post={action.lead} /> <StandingMark standing={action.leadStanding} />
            </Who>
          )}
          {action.dueOn && (
            <span>{t.due(formatPrecise(action.dueOn, action.duePrecision, lang))}</span>
          )}
          <ConditionOf no={action.no} value={action.condition} />
        </p>
      </div>
    </div>
  );
}

interface NewOutcomeProps {
  item: AgendaItem;
  late: boolean;
  /** How many times somebody asked for the form; none when it stood there from the start. */
  asked: number;
  onClose: () => void;
}

function NewOutcome({ item, late, asked, onClose }: NewOutcomeProps) {
  const texts = useTexts();
  const t = texts.meetings.outcomes;
  const record = useRecord(item.id);
  const form = useFocusFirst<HTMLFormElement>(asked, 'textarea');
  const kept = useTyped(`outcome.${item.id}`, outcomeBody());
  const next = (item.outcomes.at(-1)?.no ?? 0) + 1;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (record.isPending) return;
    whenSaved(record.mutateAsync(outcomeInput(kept.body)), () => {
      kept.clear();
      onClose();
    });
  };
  return (
    <form
      className="out new"
      ref={form}
      tabIndex={-1}
      data-key="outcome"
      aria-label={late ? t.newLate : t.new}
      onSubmit={submit}
      noValidate
    >
      <div className="hd">
        <b>
          {next} {late ? t.newLate : t.new}
        </b>
        <Button variant="quiet" small onClick={onClose}>
          {texts.ui.close}
        </Button>
      </div>
      {late && <p className="meta">{t.lateText}</p>}
      <OutcomeFields body={kept.body} set={kept.set} problem={record.error} keys />
      <p className="btns">
        <Button type="submit" small aria-disabled={record.isPending}>
          {t.record}
        </Button>
      </p>
    </form>
  );
}

function CorrectOutcome({ outcome, onDone }: { outcome: Outcome; onDone: () => void }) {
  const texts = useTexts();
  const t = texts.meetings.outcomes;
  const correct = useCorrect(outcome.id);
  const form = useFocusFirst<HTMLFormElement>();
  const [body, setBody] = useState(() => outcomeBody(outcome));
  const [version, setVersion] = useState(outcome.version);
  const [problem, setProblem] = useState<unknown>(null);
  const send = (based: number) => {
    if (correct.isPending) return;
    whenSaved(
      correct.mutateAsync({ body: outcomeInput(body), version: based }),
      onDone,
      setProblem,
    );
  };
  const stale = problem instanceof Problem && problem.status === 412 ? problem : undefined;
  const saved = stale?.current as Outcome | undefined;
  if (stale && saved) {
    const theirs = describeOutcome(outcomeBody(saved), texts);
    return (
      <ConflictPanel
        fields={describeOutcome(body, texts).flatMap((field, index) => {
          const other = theirs[index]?.yours ?? '';
          return other === field.yours ? [] : [{ ...field, saved: other }];
        })}
        savedBy={stale.changed && <ChangedBy changed={stale.changed} />}
        saving={correct.isPending}
        onTakeMine={() => send(saved.version)}
        onKeepSaved={onDone}
        onByHand={() => {
          setVersion(saved.version);
          setProblem(null);
        }}
      />
    );
  }
  return (
    <form
      className="out-f"
      ref={form}
      aria-label={t.correctLabel(outcome.no)}
      onSubmit={(event) => {
        event.preventDefault();
        send(version);
      }}
      noValidate
    >
      <OutcomeFields
        body={body}
        set={(part) => setBody({ ...body, ...part })}
        problem={problem}
        followed={outcome.actions.length > 0}
      />
      <p className="btns">
        <Button type="submit" small aria-disabled={correct.isPending}>
          {texts.ui.save}
        </Button>
        <Button variant="quiet" small onClick={onDone}>
          {texts.ui.cancel}
        </Button>
      </p>
    </form>
  );
}

function describeOutcome(body: OutcomeBody, texts: ReturnType<typeof useTexts>) {
  const t = texts.meetings.outcomes;
  return [
    { key: 'type', label: t.type, yours: t.types[body.type] },
    { key: 'fi', label: t.textFi, yours: body.text.fi },
    { key: 'sv', label: t.textSv, yours: body.text.sv ?? '' },
    { key: 'en', label: t.textEn, yours: body.text.en ?? '' },
    ...languages.map((lang) => ({
      key: `reason/${lang}`,
      label: texts.content.inLanguage(t.noActionReason, texts.ui.languageNames[lang]),
      yours: body.noActionReason[lang] ?? '',
    })),
  ];
}

interface OutcomeFieldsProps {
  body: OutcomeBody;
  set: (part: Partial<OutcomeBody>) => void;
  problem: unknown;
  /** An action follows already: there is no reason to give why none does. */
  followed?: boolean;
  /** The keys of the workspace choose the type here. */
  keys?: boolean;
}

function OutcomeFields({ body, set, problem, followed, keys }: OutcomeFieldsProps) {
  const texts = useTexts();
  const t = texts.meetings.outcomes;
  const forumId = useContext(InForum);
  const [stated, setStated] = useState(localised(body.noActionReason, 'fi').value !== '');
  const error = (pointer: string) => fieldError(problem, pointer, texts);
  const write = (part: Partial<OutcomeBody['text']>) => set({ text: { ...body.text, ...part } });
  const decides = body.type === 'decision' || body.type === 'assignment';
  const field =
    ['/type', '/noActionReason', '/toPostId', '/dueOn', '/toMeetingId', '/toForumId'].some(error) ||
    languages.some((lang) => error(`/text/${lang}`) ?? error(`/noActionReason/${lang}`));
  return (
    <>
      <Types value={body.type} onChange={(type) => set({ type })} keys={keys} />
      <div className="g2">
        <TextArea
          label={t.textFi}
          lang="fi"
          rows={3}
          value={body.text.fi}
          onChange={(fi) => write({ fi })}
          error={error('/text/fi')}
        />
        <TextArea
          label={t.textSv}
          lang="sv"
          rows={3}
          value={body.text.sv ?? ''}
          onChange={(sv) => write({ sv })}
          error={error('/text/sv')}
        />
      </div>
      <details className="more">
        <summary>{t.textEn}</summary>
        <TextArea
          label={t.textEn}
          hiddenLabel
          lang="en"
          rows={3}
          value={body.text.en ?? ''}
          onChange={(en) => write({ en })}
          error={error('/text/en')}
        />
      </details>
      <OutcomeTargets forumId={forumId} body={body} set={set} error={error} />
      {decides && !followed && (
        <>
          <label className="check">
            <input
              type="checkbox"
              checked={stated}
              onChange={({ target }) => {
                setStated(target.checked);
                if (!target.checked) set({ noActionReason: whole(undefined) });
              }}
            />
            <span>{t.noAction}</span>
          </label>
          {stated ? (
            <LocalisedField
              label={t.noActionReason}
              multiline
              value={body.noActionReason}
              onChange={(reason) => set({ noActionReason: whole(reason) })}
              errors={Object.fromEntries(
                languages.map((lang) => [lang, error(`/noActionReason/${lang}`)]),
              )}
            />
          ) : (
            <p className="meta">{t.endsHere}</p>
          )}
        </>
      )}
      {problem !== null && problem !== undefined && !field && (
        <ErrorState error={problem} title={texts.problems.saveTitle} />
      )}
    </>
  );
}

interface TypesProps {
  value: OutcomeType;
  onChange: (type: OutcomeType) => void;
  keys?: boolean;
}

/** The type as joined segments; Alt and a digit press them. */
function Types({ value, onChange, keys }: TypesProps) {
  const t = useTexts().meetings.outcomes;
  const name = useId();
  return (
    <fieldset>
      <legend className="vh">{t.type}</legend>
      <div className="seg sm">
        {outcomeTypes.map((type, index) => (
          <label key={type} className={type === value ? 'on' : undefined}>
            <input
              className="vh"
              type="radio"
              name={name}
              checked={type === value}
              onChange={() => onChange(type)}
              data-key={keys ? `type-${index + 1}` : undefined}
            />
            {t.types[type]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
