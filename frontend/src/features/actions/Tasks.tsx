import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import { PostLink } from '../../content/PostLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate, formatPrecise } from '../../lib/dates';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Condition } from '../../ui/Condition';
import { DataTable, type Column } from '../../ui/DataTable';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { ErrorState, LoadingLines } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { actionKeys, useCompleteTask, useReopenTask, type Action, type Task } from './queries';
import { isClosed, may } from './words';

// Forms are heavy, and most readers open none.
const TaskForm = lazy(() => import('./TaskForm').then((module) => ({ default: module.TaskForm })));
const WithdrawForm = lazy(() =>
  import('./TaskForm').then((module) => ({ default: module.WithdrawForm })),
);

/** Which form is open: one for a new task, or one below the row of a task. */
type Open = { form: 'new' } | { form: 'edit' | 'withdraw'; id: string } | null;

/**
 * The tasks and milestones of an action, each with who does it and by when; edited in place. Those
 * that were withdrawn stay below.
 */
export function Tasks({ action }: { action: Action }) {
  const texts = useTexts();
  const t = texts.actions.tasks;
  const lang = useLang();
  const asOf = useAsOf();
  const looks = usePartyLooks(lang);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const mayAdd = !asOf && !isClosed(action) && may(action, 'task.edit');
  const standing = action.tasks.filter(({ withdrawnOn }) => !withdrawnOn);
  const withdrawn = action.tasks.filter(({ withdrawnOn }) => withdrawnOn);
  if (action.tasks.length === 0 && !mayAdd) return null;
  const { total, done } = action.taskFigures;

  const columns: Column<Task>[] = [
    {
      key: 'title',
      kind: 'name',
      header: t.title,
      render: ({ title, kind }) => (
        <>
          <T text={title} />
          {kind === 'milestone' && <span className="meta tk-kind">{t.kinds.milestone}</span>}
        </>
      ),
    },
    {
      key: 'post',
      header: t.post,
      className: 'w',
      render: ({ post }) =>
        post ? (
          <Who party={looks(post.partyId)}>
            <PostLink post={post} />
          </Who>
        ) : (
          <span className="meta">{t.nobody}</span>
        ),
    },
    {
      key: 'due',
      kind: 'figure',
      header: t.due,
      render: ({ dueOn, duePrecision }) => formatPrecise(dueOn, duePrecision, lang),
    },
    {
      key: 'condition',
      header: t.condition,
      className: 'k',
      render: ({ condition, doneOn, withdrawnOn }) => (
        <>
          <Condition value={condition} />{' '}
          {(withdrawnOn ?? doneOn) && (
            <span className="meta du">{formatDate(withdrawnOn ?? doneOn ?? '', lang)}</span>
          )}
        </>
      ),
    },
  ];
  if (!asOf && action.tasks.some(({ permissions }) => permissions.length > 0)) {
    columns.push({
      key: 'do',
      header: t.change,
      hiddenHeader: true,
      className: 'u',
      render: (task) => (
        <div className="btns">
          <TaskButton task={task} />
          {may(task, 'task.edit') && !task.withdrawnOn && (
            <Button
              small
              variant="quiet"
              aria-expanded={isOpen(open, 'edit', task)}
              aria-label={t.editOne(localised(task.title, lang).value)}
              onClick={() =>
                setOpen(isOpen(open, 'edit', task) ? null : { form: 'edit', id: task.id })
              }
            >
              {t.edit}
            </Button>
          )}
          {may(task, 'task.withdraw') && !task.withdrawnOn && (
            <Button
              small
              variant="quiet"
              aria-expanded={isOpen(open, 'withdraw', task)}
              aria-label={t.withdrawOne(localised(task.title, lang).value)}
              onClick={() =>
                setOpen(isOpen(open, 'withdraw', task) ? null : { form: 'withdraw', id: task.id })
              }
            >
              {t.withdraw}
            </Button>
          )}
        </div>
      ),
    });
  }
  return (
    <Section
      title={t.heading}
      aside={
        <>
          {total > 0 && <span className="meta">{t.doneOf(done, total)}</span>}
          {mayAdd && (
            <Button
              small
              variant="secondary"
              aria-expanded={open?.form === 'new'}
              onClick={() => setOpen(open?.form === 'new' ? null : { form: 'new' })}
            >
              {t.add}
            </Button>
          )}
        </>
      }
    >
      {open?.form === 'new' && (
        <div className="writing">
          <Suspense fallback={<LoadingLines />}>
            <TaskForm action={action} onClose={close} />
          </Suspense>
        </div>
      )}
      {standing.length === 0 && open?.form !== 'new' && <p className="meta">{t.none}</p>}
      {standing.length > 0 && (
        <DataTable
          className="tk"
          caption={t.heading}
          rowKey={({ id }) => id}
          groups={[{ key: 'all', rows: standing }]}
          columns={columns}
          selected={({ id }) => open !== null && open.form !== 'new' && open.id === id}
          expanded={(task) =>
            open !== null &&
            open.form !== 'new' &&
            open.id === task.id && (
              <Suspense fallback={<LoadingLines />}>
                {open.form === 'edit' ? (
                  <TaskForm action={action} task={task} onClose={close} />
                ) : (
                  <WithdrawForm task={task} onClose={close} />
                )}
              </Suspense>
            )
          }
        />
      )}
      {withdrawn.length > 0 && (
        <details className="tk-gone">
          <summary>{t.withdrawnCount(withdrawn.length)}</summary>
          <DataTable
            className="tk"
            caption={t.withdrawnCaption}
            rowKey={({ id }) => id}
            groups={[{ key: 'all', rows: withdrawn }]}
            columns={columns}
          />
        </details>
      )}
    </Section>
  );
}

function isOpen(open: Open, form: 'edit' | 'withdraw', task: Task): boolean {
  return open?.form === form && open.id === task.id;
}

/**
 * Says in one press that a task is done, and takes it back in one; the same button, so that the
 * focus stays. The note offers to undo it as well.
 */
export function TaskButton({ task, onUndo }: { task: Task; onUndo?: () => void }) {
  const texts = useTexts();
  const t = texts.actions.tasks;
  const lang = useLang();
  const tell = useToast();
  const client = useQueryClient();
  const complete = useCompleteTask();
  const reopen = useReopenTask();
  const over = Boolean(task.doneOn ?? task.withdrawnOn);
  if (!may(task, task.withdrawnOn ? 'task.edit' : 'task.complete')) return null;
  const title = localised(task.title, lang).value;
  const words = task.withdrawnOn
    ? { button: t.putBack, of: t.putBackOne }
    : task.doneOn
      ? { button: t.reopen, of: t.reopenOne }
      : { button: t.complete, of: t.completeOne };
  const pending = complete.isPending || reopen.isPending;
  const failed = (error: unknown) => {
    if (error instanceof Problem && (error.status === 412 || error.status === 409)) {
      void client.invalidateQueries({ queryKey: actionKeys.all });
    }
  };
  const takeBack = (done: Task) =>
    whenSaved(
      reopen.mutateAsync(done),
      () => tell(done.withdrawnOn ? t.broughtBack(title) : t.reopened(title)),
      failed,
    );
  const press = () => {
    if (pending) return;
    complete.reset();
    reopen.reset();
    if (over) takeBack(task);
    else {
      whenSaved(
        complete.mutateAsync(task),
        (done) =>
          tell(t.doneNow(title), {
            label: texts.ui.undo,
            onPress: () => {
              onUndo?.();
              takeBack(done);
            },
          }),
        failed,
      );
    }
  };
  const error = complete.error ?? reopen.error;
  return (
    <>
      <Button
        small
        variant={over ? 'quiet' : 'secondary'}
        data-key={over ? undefined : 'accept'}
        aria-disabled={pending}
        aria-label={words.of(title)}
        onClick={press}
      >
        {words.button}
      </Button>
      {error && <ErrorState error={error} title={texts.problems.saveTitle} />}
    </>
  );
}

/** The tasks in short, beside a list: what is open first by due date, with its button. */
export function TaskList({ action }: { action: Action }) {
  const t = useTexts().actions.tasks;
  const lang = useLang();
  const asOf = useAsOf();
  const standing = action.tasks.filter(({ withdrawnOn }) => !withdrawnOn);
  if (standing.length === 0) return null;
  const { total, done } = action.taskFigures;
  return (
    <>
      <h3>
        {t.heading} <span className="meta">{t.doneOf(done, total)}</span>
      </h3>
      <ul className="tk-list">
        {standing.map((task) => (
          <li key={task.id}>
            <span>
              <T text={task.title} />
              {task.kind === 'milestone' && (
                <span className="meta tk-kind">{t.kinds.milestone}</span>
              )}
            </span>
            <span className="tk-when">
              <Condition value={task.condition} />
              <span className="meta du">
                {task.doneOn
                  ? formatDate(task.doneOn, lang)
                  : formatPrecise(task.dueOn, task.duePrecision, lang)}
              </span>
              {!asOf && <TaskButton task={task} />}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
