import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { usePhasePoints } from '../../content/phases';
import { thingLabel } from '../../content/ThingPicker';
import { useLang, useTexts, type Texts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { formatDate, formatDateTime } from '../../lib/dates';
import { useFocusBack } from '../../lib/focus';
import type { Lang } from '../../lib/lang';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Select } from '../../ui/filters';
import { ConflictPanel, type ConflictField } from '../../ui/forms/ConflictPanel';
import type { ComboOption } from '../../ui/forms/ComboBox';
import { InlineField } from '../../ui/forms/InlineField';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { Note } from '../../ui/layout';
import type { PhasePoint } from '../../ui/PhaseLine';
import { fieldError } from '../../ui/problemTexts';
import { Segments } from '../../ui/Segments';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { InternalMark } from '../../ui/Visibility';
import {
  actionKeys,
  actionQuery,
  useConfirmAction,
  useReport,
  type Action,
  type ActionStatus,
  type ActionSummary,
  type StatusReportInput,
} from './queries';
import { ForwardField } from './ForwardField';
import { useUndo } from './undo';
import { isClosed } from './words';

const statuses: readonly ActionStatus[] = [
  'not_started',
  'in_progress',
  'paused',
  'done',
  'cancelled',
  'merged',
  'superseded',
];

interface ActionUpdateProps {
  action: ActionSummary;
  /** What the form begins with instead of what stands, where somebody asked for that. */
  to?: { status?: ActionStatus; phaseId?: string };
  /** What is told of a saved report, where that is not the usual sentence. */
  told?: (saved: Action) => string;
  /** Called when it is saved or confirmed, with what it is now, or given up. */
  onClose: (saved?: Action) => void;
  /** What was saved is taken back by the note that tells of it. */
  onUndo?: () => void;
}

/** What is typed. The texts are in the language of the page. */
interface Draft {
  status: ActionStatus;
  progress: string;
  text: string;
  result: string;
  reason: string;
  /** Where a merged or superseded action goes on. */
  forwardTo: ComboOption[];
  public: boolean;
  /** Empty: as it is. */
  phaseId: string;
}

/**
 * Reports the status of an action in place: in its row, in my work and on its page. Where another
 * party has a say too, it begins with what one's own said last, which lists do not tell.
 */
export function ActionUpdate({ action, ...rest }: ActionUpdateProps) {
  const t = useTexts().together;
  const mine = useMe().data?.partyId;
  const known = isWhole(action) ? action : undefined;
  const shared = action.statusesDiffer || action.others.some(({ part }) => part === 'shared');
  const whole = useQuery({ ...actionQuery(String(action.no), ofNow), enabled: shared && !known });
  const current = known ?? (shared ? whole.data : action);
  if (!current) return whole.error ? <ErrorState error={whole.error} /> : <p>{t.loading}</p>;
  const parties = isWhole(current) ? current.partyStatuses : [];
  const own = parties.find(({ partyId }) => partyId === mine);
  return (
    <UpdateForm
      key={action.id}
      action={current}
      own={own ?? current}
      party={parties.length > 1 ? own?.partyId : undefined}
      {...rest}
    />
  );
}

function isWhole(action: ActionSummary): action is Action {
  return 'partyStatuses' in action;
}

interface UpdateFormProps extends ActionUpdateProps {
  /** What one's own party says now. */
  own: Pick<ActionSummary, 'status' | 'progress' | 'forwardedTo'>;
  /** The party that one reports for, where others report too. */
  party: string | undefined;
}

/** What is typed stays until it is saved or given up; two versions of it are put side by side. */
function UpdateForm({ action, own, party, to, told, onClose, onUndo }: UpdateFormProps) {
  const texts = useTexts();
  const t = texts.actions;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const tell = useToast();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => ({
    status: to?.status ?? own.status,
    progress: String(own.progress),
    text: '',
    result: '',
    reason: '',
    forwardTo: own.forwardedTo.map((each) => ({ id: each.id, label: thingLabel(each, lang) })),
    public: action.visibility === 'public',
    phaseId: to?.phaseId ?? '',
  }));
  const [based, setBased] = useState<ActionSummary>(action);
  const [conflict, setConflict] = useState<Problem | null>(null);
  const report = useReport();
  const confirm = useConfirmAction(action.id);
  const undo = useUndo(onUndo);
  const pointsOf = usePhasePoints();
  useFocusBack();
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });

  const onError = (error: unknown) => {
    if (error instanceof Problem && error.status === 412) setConflict(error);
  };
  const send = (version: number) =>
    whenSaved(
      report.mutateAsync({ id: action.id, version, body: bodyOfDraft(draft, lang) }),
      (saved) => {
        tell(told?.(saved) ?? t.update.saved(action.no), undo(saved));
        onClose(saved);
      },
      onError,
    );
  const stillTrue = () =>
    whenSaved(
      confirm.mutateAsync(based.version),
      (saved) => {
        tell(t.update.confirmed(action.no), undo(saved));
        onClose(saved);
      },
      onError,
    );

  if (conflict) {
    const saved = conflict.current as Action;
    const { changed } = conflict;
    return (
      <ConflictPanel
        fields={conflictFields(draft, saved, texts, lang, pointsOf(saved))}
        savedBy={
          changed &&
          t.update.savedBy(
            localised(changed.post, lang).value,
            formatDateTime(changed.at, lang, { short: true }),
          )
        }
        saving={report.isPending}
        onTakeMine={() => send(saved.version)}
        onKeepSaved={() => {
          void client.invalidateQueries({ queryKey: actionKeys.all });
          void client.invalidateQueries({ queryKey: actionKeys.work });
          onClose();
        }}
        onByHand={() => {
          setBased(saved);
          setConflict(null);
          report.reset();
          confirm.reset();
        }}
      />
    );
  }

  const error = report.error ?? confirm.error;
  const reasonError = fieldError(error, '/reason', texts);
  const options = statuses.map((value) => ({ value, label: t.statuses[value] }));
  const { condition } = based;
  const phases = pointsOf(based);
  return (
    <InlineUpdateForm
      label={t.list.updateOne(action.no)}
      onSave={() => send(based.version)}
      onStillTrue={isClosed(own) ? undefined : stillTrue}
      onCancel={() => onClose()}
      saving={report.isPending || confirm.isPending}
      error={error}
      aside={
        action.visibility === 'internal' ? (
          <InternalMark />
        ) : (
          <label className="chk">
            <input
              type="checkbox"
              checked={draft.public}
              onChange={(event) => set({ public: event.target.checked })}
            />
            {t.update.isPublic}
          </label>
        )
      }
    >
      {party && <p className="meta">{texts.together.youReport(looks(party).name)}</p>}
      <div className="upd-grid">
        <Segments
          small
          label={t.update.status}
          options={options}
          value={draft.status}
          onChange={(status) => set({ status })}
        />
        {draft.status !== 'done' && (
          <InlineField
            label={t.update.progress}
            inputMode="numeric"
            value={draft.progress}
            onChange={(progress) => set({ progress })}
            error={fieldError(error, '/progress', texts)}
          />
        )}
        {phases.length > 0 && (
          <Select
            small
            label={t.update.phase}
            hint={party && t.update.phaseHint}
            options={[
              ...(based.phaseId ? [] : [{ value: '', label: t.update.noPhase }]),
              ...phases.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={draft.phaseId || (based.phaseId ?? '')}
            onChange={(phaseId) => set({ phaseId: phaseId === based.phaseId ? '' : phaseId })}
            error={fieldError(error, '/phaseId', texts)}
          />
        )}
        <InlineField
          multiline
          className="upd-text"
          label={t.update.text}
          value={draft.text}
          onChange={(text) => set({ text })}
          error={fieldError(error, `/text/${lang}`, texts)}
        />
        {draft.status === 'done' && (
          <InlineField
            multiline
            className="upd-wide"
            label={t.update.result}
            hint={t.update.resultHint}
            value={draft.result}
            onChange={(result) => set({ result })}
            error={
              fieldError(error, '/result/fi', texts) ?? fieldError(error, `/result/${lang}`, texts)
            }
          />
        )}
        {goesOn(draft.status) && (
          <ForwardField
            value={draft.forwardTo}
            onChange={(forwardTo) => set({ forwardTo })}
            error={forwardError(error, texts)}
          />
        )}
        {(based.reasonStatuses.includes(draft.status) || reasonError) && (
          <InlineField
            className="upd-wide"
            label={t.update.reason}
            hint={t.update.reasonHint}
            value={draft.reason}
            onChange={(reason) => set({ reason })}
            error={reasonError}
          />
        )}
      </div>
      {condition.value === 'late' && !ends(draft.status) && condition.explanation.on && (
        <Note tone="late">
          {condition.explanation.task
            ? t.update.lateTask(
                condition.explanation.task.kind,
                localised(condition.explanation.task.title, lang).value,
                formatDate(condition.explanation.on, lang),
              )
            : t.update.late(formatDate(condition.explanation.on, lang))}
        </Note>
      )}
    </InlineUpdateForm>
  );
}

/** Whether the status ends the work, and with it the lateness. */
function ends(status: ActionStatus): boolean {
  return status === 'done' || status === 'cancelled' || goesOn(status);
}

/** Whether the work goes on in another action. */
function goesOn(status: ActionStatus): boolean {
  return status === 'merged' || status === 'superseded';
}

/** What is wrong with one of the actions in which it is to go on, or with all of them. */
function forwardError(error: unknown, texts: Texts): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  if (error.code === 'forward_circle') return error.state;
  const wrong = error.errors.find(({ pointer }) => pointer.startsWith('/forwardTo'));
  return wrong && fieldError(error, wrong.pointer, texts);
}

function localisedBody(value: string, lang: Lang) {
  return { fi: '', [lang]: value.trim() };
}

function bodyOfDraft(draft: Draft, lang: Lang): StatusReportInput {
  const progress = Number(draft.progress.replace('%', '').trim());
  return {
    status: draft.status,
    progress: draft.status === 'done' || draft.progress.trim() === '' ? undefined : progress,
    text: localisedBody(draft.text, lang),
    result: draft.status === 'done' ? localisedBody(draft.result, lang) : undefined,
    reason: draft.reason.trim() || undefined,
    forwardTo: goesOn(draft.status) ? draft.forwardTo.map(({ id }) => id) : undefined,
    public: draft.public,
    phaseId: draft.phaseId || undefined,
  };
}

function conflictFields(
  draft: Draft,
  saved: Action,
  texts: Texts,
  lang: Lang,
  phases: readonly PhasePoint[],
): ConflictField[] {
  const t = texts.actions;
  const standing = saved.reports.find(({ withdrawn }) => !withdrawn);
  const latest = localised(standing?.text, lang).value;
  const phase = (id: string | undefined) => phases.find((each) => each.id === id)?.name ?? '';
  return [
    {
      key: 'status',
      label: t.update.status,
      yours: t.statuses[draft.status],
      saved: t.statuses[saved.status],
    },
    {
      key: 'progress',
      label: t.update.progress,
      yours: draft.status === 'done' ? '100' : draft.progress,
      saved: String(saved.progress),
    },
    {
      key: 'phase',
      label: t.update.phase,
      yours: phase(draft.phaseId || saved.phaseId),
      saved: phase(saved.phaseId),
    },
    { key: 'text', label: t.update.text, yours: draft.text, saved: latest },
    {
      key: 'result',
      label: t.fields.result ?? '',
      yours: draft.result,
      saved: localised(saved.result, lang).value,
    },
  ].filter(({ yours, saved: now }) => yours !== now);
}
