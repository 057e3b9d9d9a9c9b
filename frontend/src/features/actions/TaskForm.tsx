import { useMe } from '../../api/me';
import { useParties } from '../../api/parties';
import type { PostRef } from '../../api/posts';
import { PostPicker } from '../../content/PostPicker';
import { useLang, useTexts, type Texts } from '../../i18n';
import { formatDate, formatPrecise } from '../../lib/dates';
import { useFocusBack, useFocusFirst } from '../../lib/focus';
import type { Lang } from '../../lib/lang';
import { complete, localised, noText, type LocalisedText } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Select } from '../../ui/filters';
import { EditForm } from '../../ui/forms/EditForm';
import { DateField, TextArea } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { useToast } from '../../ui/Toast';
import {
  useAddTask,
  useReopenTask,
  useSaveTask,
  useWithdrawTask,
  type Action,
  type Task,
} from './queries';
import { may } from './words';

type Precision = Task['duePrecision'];

const kinds = ['task', 'milestone'] as const;
const precisions: readonly Precision[] = ['day', 'month', 'quarter', 'year'];

interface TaskBody {
  kind: Task['kind'];
  title: LocalisedText;
  dueOn: string;
  duePrecision: Precision;
  post: PostRef | null;
  reason: string;
}

const empty: TaskBody = {
  kind: 'task',
  title: noText,
  dueOn: '',
  duePrecision: 'day',
  post: null,
  reason: '',
};

function bodyOfTask(task: Task): TaskBody {
  const { kind, title, dueOn, duePrecision, post } = task;
  return { kind, title, dueOn, duePrecision, post: post ?? null, reason: '' };
}

interface TaskFormProps {
  action: Pick<Action, 'id' | 'visibility'>;
  /** The one that is edited; without it a new one. */
  task?: Task;
  onClose: () => void;
}

/** A new task, or another wording, post or due date of one that stands. */
export function TaskForm({ action, task, onClose }: TaskFormProps) {
  const texts = useTexts();
  const t = texts.actions;
  const lang = useLang();
  const tell = useToast();
  const add = useAddTask(action.id);
  const save = useSaveTask(task?.id ?? '');
  const me = useMe().data;
  const parties = useParties().data;
  const own = me && parties?.filter(({ id, principal }) => id === me.partyId || !principal);
  const frame = useFocusFirst<HTMLDivElement>();
  useFocusBack();
  const initial = task ? bodyOfTask(task) : empty;
  return (
    <div ref={frame}>
      <EditForm
        label={task ? t.tasks.editOne(localised(task.title, lang).value) : t.tasks.add}
        initial={initial}
        version={task?.version}
        save={({ post, reason, ...body }, version) => {
          const input = {
            ...body,
            title: complete(body.title),
            dueOn: body.dueOn || undefined,
            postId: post?.id,
          };
          return task
            ? save.mutateAsync({ version, body: { ...input, reason: reason.trim() || undefined } })
            : add.mutateAsync(input);
        }}
        onSaved={(saved) => {
          tell(t.tasks.saved(localised(saved.title, lang).value));
          onClose();
        }}
        onCancel={onClose}
        current={(resource) => {
          const now = resource as Task;
          return { body: bodyOfTask(now), version: now.version };
        }}
        describe={(body) => describe(body, texts, lang)}
        savedBy={({ post, at }) =>
          t.update.savedBy(localised(post, lang).value, formatDate(at.slice(0, 10), lang))
        }
        below={action.visibility === 'public' && <p className="hint meta">{t.tasks.publicHint}</p>}
      >
        {({ body, set, error, errors }) => {
          const moved =
            task && (body.dueOn !== task.dueOn || body.duePrecision !== task.duePrecision);
          return (
            <>
              <LocalisedField
                label={t.tasks.title}
                value={body.title}
                onChange={(title) => set({ title: complete(title) })}
                errors={errors('/title')}
                maxLength={300}
              />
              <div className="two-f">
                <Select
                  label={t.tasks.kind}
                  options={kinds.map((value) => ({ value, label: t.tasks.kinds[value] }))}
                  value={body.kind}
                  onChange={(kind) => set({ kind })}
                />
                <PostPicker
                  label={t.tasks.post}
                  hint={t.tasks.postHint}
                  partyIds={own?.map(({ id }) => id) ?? []}
                  waiting={!own?.length}
                  value={body.post}
                  onChange={(post) => set({ post })}
                  error={error('/postId')}
                />
                <DateField
                  label={t.tasks.due}
                  value={body.dueOn}
                  onChange={(dueOn) => set({ dueOn })}
                  error={error('/dueOn')}
                />
                <Select
                  label={t.form.precisionOf(t.tasks.due)}
                  options={precisions.map((value) => ({ value, label: t.precisions[value] }))}
                  value={body.duePrecision}
                  onChange={(duePrecision) => set({ duePrecision })}
                />
              </div>
              {(moved || error('/reason')) && (
                <TextArea
                  rows={2}
                  label={t.form.reason}
                  hint={t.form.reasonHint}
                  value={body.reason}
                  onChange={(reason) => set({ reason })}
                  error={error('/reason')}
                  maxLength={1000}
                />
              )}
            </>
          );
        }}
      </EditForm>
    </div>
  );
}

function describe(body: TaskBody, texts: Texts, lang: Lang) {
  const t = texts.actions;
  return [
    { key: 'kind', label: t.tasks.kind, text: t.tasks.kinds[body.kind] },
    { key: 'title', label: t.tasks.title, text: localised(body.title, lang).value },
    { key: 'post', label: t.tasks.post, text: localised(body.post?.title, lang).value },
    { key: 'due', label: t.tasks.due, text: formatPrecise(body.dueOn, body.duePrecision, lang) },
  ];
}

/** Takes a task off the list with a reason. It stays readable and can be brought back. */
export function WithdrawForm({ task, onClose }: { task: Task; onClose: () => void }) {
  const texts = useTexts();
  const t = texts.actions.tasks;
  const lang = useLang();
  const tell = useToast();
  const withdraw = useWithdrawTask(task.id);
  const reopen = useReopenTask();
  const frame = useFocusFirst<HTMLDivElement>();
  useFocusBack();
  const title = localised(task.title, lang).value;
  return (
    <div ref={frame}>
      <EditForm
        label={t.withdrawOne(title)}
        initial={{ reason: '' }}
        version={task.version}
        save={({ reason }, version) => withdraw.mutateAsync({ version, reason: reason.trim() })}
        onSaved={(gone) => {
          const undo = () =>
            whenSaved(
              reopen.mutateAsync(gone),
              () => tell(t.broughtBack(title)),
              () => tell(t.notBroughtBack(title)),
            );
          // What the other party does is brought back by that party alone.
          tell(
            t.withdrawnNow(title),
            may(gone, 'task.edit') ? { label: texts.ui.undo, onPress: undo } : undefined,
          );
          onClose();
        }}
        onCancel={onClose}
        current={(resource) => ({ body: { reason: '' }, version: (resource as Task).version })}
        saveLabel={t.withdraw}
      >
        {({ body, set, error }) => (
          <TextArea
            rows={2}
            label={t.withdrawReason}
            hint={t.withdrawHint}
            value={body.reason}
            onChange={(reason) => set({ reason })}
            error={error('/reason')}
            maxLength={1000}
          />
        )}
      </EditForm>
    </div>
  );
}
