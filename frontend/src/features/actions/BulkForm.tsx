import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tagsQuery } from '../../api/terms';
import { offered, useTermName } from '../../content/terms';
import { useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { useEscape, useFocusFirst, useFocusOnError } from '../../lib/focus';
import type { Lang } from '../../lib/lang';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { CheckList } from '../../ui/forms/CheckList';
import { DateField } from '../../ui/forms/fields';
import { InlineField } from '../../ui/forms/InlineField';
import { fieldError, problemText } from '../../ui/problemTexts';
import { Segments } from '../../ui/Segments';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { BulkPreview } from './BulkPreview';
import {
  useCheckBulk,
  useMakeBulk,
  useWithdrawWords,
  type BulkChange,
  type BulkChangeInput,
} from './bulkQueries';
import { PostBox, type PostChoice } from './PostBox';
import type { ActionSummary } from './queries';
import type { Selection } from './selection';

const kinds = ['status', 'dates', 'posts', 'tags'] as const;
/** What a report of several can say: merged and superseded name where each goes on. */
type BulkStatus = NonNullable<BulkChangeInput['report']>['status'];
const statuses: readonly BulkStatus[] = [
  'not_started',
  'in_progress',
  'paused',
  'done',
  'cancelled',
];
const precisions = ['day', 'month', 'quarter', 'year'] as const;
const modes = ['keep', 'set', 'clear'] as const;
const parts = ['shared', 'support', 'informed'] as const;

interface DateDraft {
  mode: (typeof modes)[number];
  on: string;
  precision: (typeof precisions)[number];
}

/** What is typed. Texts are in the language of the page. */
interface Draft {
  kind: (typeof kinds)[number];
  status: BulkStatus;
  progress: string;
  text: string;
  result: string;
  public: boolean;
  starts: DateDraft;
  due: DateDraft;
  lead: PostChoice | null;
  add: PostChoice | null;
  part: (typeof parts)[number];
  remove: string;
  addTags: string[];
  removeTags: string[];
}

const asIs: DateDraft = { mode: 'keep', on: '', precision: 'day' };

interface BulkFormProps {
  selection: Selection<ActionSummary>;
  onDone: () => void;
  onCancel: () => void;
}

/**
 * Says what is to become of the chosen actions, shows what that changes and what stands in its way,
 * and then does it: all of them or none. What is seen is what is sent.
 */
export default function BulkForm({ selection, onDone, onCancel }: BulkFormProps) {
  const texts = useTexts();
  const t = texts.bulk;
  const lang = useLang();
  const tell = useToast();
  const form = useFocusFirst<HTMLFormElement>(1, 'input:checked');
  const [draft, setDraft] = useState<Draft>({
    kind: 'status',
    status: 'in_progress',
    progress: '',
    text: '',
    result: '',
    public: true,
    starts: asIs,
    due: { ...asIs, mode: 'set' },
    lead: null,
    add: null,
    part: 'shared',
    remove: '',
    addTags: [],
    removeTags: [],
  });
  const [reason, setReason] = useState('');
  const [seen, setSeen] = useState<{ body: BulkChangeInput; told: BulkChange } | null>(null);
  const check = useCheckBulk();
  const make = useMakeBulk();
  const withdraw = useWithdrawWords();
  const escape = useEscape(onCancel);
  useFocusOnError(form, check.error ?? make.error);
  const set = (change: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...change }));
    setSeen(null);
    check.reset();
    make.reset();
  };

  const preview = (rows: readonly ActionSummary[]) => {
    if (check.isPending) return;
    make.reset();
    const body = {
      ...bodyOfDraft(draft, lang),
      items: rows.map(({ id, version }) => ({ id, version })),
      reason: reason.trim() || undefined,
    };
    whenSaved(check.mutateAsync(body), (told) => setSeen({ body, told }));
  };
  const leaveOut = () => {
    const out = seen?.told.rows.filter(({ state }) => state === 'refused').map(({ id }) => id);
    if (!out) return;
    selection.leave(out);
    form.current?.querySelector<HTMLElement>('[type="submit"]')?.focus(); // the button goes
    const rest = selection.rows.filter(({ id }) => !out.includes(id));
    if (rest.length > 0) preview(rest);
    else onCancel();
  };
  const undo = (made: BulkChange) => {
    const items = made.rows.flatMap(({ id, wordId }) => (wordId ? [{ id, wordId }] : []));
    return items.length === 0
      ? undefined
      : {
          label: texts.ui.undo,
          onPress: () =>
            whenSaved(
              withdraw.mutateAsync(items),
              ({ withdrawn }) => tell(t.undone(withdrawn)),
              (error) => tell(`${t.notUndone} ${problemText(error, texts)}`),
            ),
        };
  };
  const send = () => {
    if (!seen || make.isPending) return;
    whenSaved(
      make.mutateAsync({ ...seen.body, reason: reason.trim() || undefined }),
      (made) => {
        tell(t.done(made.changed), undo(made));
        onDone();
      },
      () => undefined,
    );
  };

  const at = (pointer: string) =>
    fieldError(check.error, pointer, texts) ?? fieldError(make.error, pointer, texts);
  // Who chooses other rows looks again: what is changed is what is chosen.
  const same =
    seen?.body.items.map(({ id }) => id).join() === selection.rows.map(({ id }) => id).join();
  const told = same ? seen.told : undefined;
  const ready =
    told !== undefined &&
    told.refused === 0 &&
    told.changed > 0 &&
    (!told.needsReason || reason.trim() !== '');
  return (
    <form
      ref={form}
      className="upd bulk-form"
      aria-label={t.change}
      noValidate
      {...escape}
      onSubmit={(event) => {
        event.preventDefault();
        preview(selection.rows);
      }}
    >
      <Segments
        small
        label={t.what}
        options={kinds.map((value) => ({ value, label: t.kinds[value] }))}
        value={draft.kind}
        onChange={(kind) => set({ kind })}
      />
      {draft.kind === 'status' && <StatusFields draft={draft} set={set} at={at} />}
      {draft.kind === 'dates' && (
        <div className="bulk-dates">
          <DateFields
            name={texts.actions.page.due}
            value={draft.due}
            onChange={(due) => set({ due })}
            error={at('/edit/due/on')}
          />
          <DateFields
            name={texts.actions.page.starts}
            value={draft.starts}
            onChange={(starts) => set({ starts })}
            error={at('/edit/starts/on')}
          />
        </div>
      )}
      {draft.kind === 'posts' && <PostFields draft={draft} set={set} rows={selection.rows} />}
      {draft.kind === 'tags' && <TagFields draft={draft} set={set} />}
      {at('/edit') && <p role="alert">{t.nothingSaid}</p>}
      {(draft.kind !== 'tags' || told?.needsReason) && (
        <InlineField
          className="upd-wide"
          label={texts.actions.update.reason}
          hint={t.reasonHint}
          value={reason}
          onChange={setReason}
          error={
            at('/reason') ?? (told?.needsReason && reason.trim() === '' ? t.needsReason : undefined)
          }
        />
      )}
      {check.error && <ErrorState error={check.error} title={t.notChecked} />}
      {told && <BulkPreview told={told} />}
      {make.error && (
        <ErrorState error={make.error} title={t.notMade}>
          {make.error instanceof Problem && make.error.code === 'bulk_change_refused' && t.again}
        </ErrorState>
      )}
      <div className="btns">
        <Button
          type="submit"
          small
          variant={ready ? 'secondary' : 'primary'}
          aria-disabled={check.isPending}
        >
          {check.isPending ? t.checking : told ? t.checkAgain : t.check}
        </Button>
        {told !== undefined && told.refused > 0 && (
          <Button small variant="secondary" onClick={leaveOut}>
            {t.leaveOut(told.refused)}
          </Button>
        )}
        {ready && (
          <Button small aria-disabled={make.isPending} onClick={send}>
            {make.isPending ? t.making : t.make(told.changed)}
          </Button>
        )}
        <Button small variant="quiet" onClick={onCancel}>
          {texts.ui.cancel}
        </Button>
      </div>
    </form>
  );
}

interface FieldsProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

function StatusFields({
  draft,
  set,
  at,
}: FieldsProps & { at: (pointer: string) => string | undefined }) {
  const texts = useTexts();
  const t = texts.actions.update;
  const lang = useLang();
  return (
    <div className="upd-grid">
      <Segments
        small
        label={t.status}
        options={statuses.map((value) => ({ value, label: texts.actions.statuses[value] }))}
        value={draft.status}
        onChange={(status) => set({ status })}
      />
      {draft.status !== 'done' && (
        <InlineField
          label={t.progress}
          hint={texts.bulk.progressHint}
          inputMode="numeric"
          value={draft.progress}
          onChange={(progress) => set({ progress })}
          error={at('/report/progress')}
        />
      )}
      <InlineField
        multiline
        className="upd-text"
        label={t.text}
        value={draft.text}
        onChange={(text) => set({ text })}
        error={at(`/report/text/${lang}`)}
      />
      {draft.status === 'done' && (
        <InlineField
          multiline
          className="upd-wide"
          label={t.result}
          hint={texts.bulk.resultHint}
          value={draft.result}
          onChange={(result) => set({ result })}
        />
      )}
      <label className="chk">
        <input
          type="checkbox"
          checked={draft.public}
          onChange={(event) => set({ public: event.target.checked })}
        />
        {t.isPublic}
      </label>
    </div>
  );
}

interface DateFieldsProps {
  name: string;
  value: DateDraft;
  onChange: (value: DateDraft) => void;
  error?: string;
}

function DateFields({ name, value, onChange, error }: DateFieldsProps) {
  const texts = useTexts();
  const t = texts.bulk;
  return (
    <div className="fields">
      <Select
        small
        label={name}
        options={modes.map((mode) => ({ value: mode, label: t.modes[mode] }))}
        value={value.mode}
        onChange={(mode) => onChange({ ...value, mode })}
      />
      {value.mode === 'set' && (
        <>
          <DateField
            label={t.newDate(name)}
            value={value.on}
            onChange={(on) => onChange({ ...value, on })}
            error={error}
          />
          <Select
            small
            label={texts.actions.form.precisionOf(name)}
            options={precisions.map((each) => ({
              value: each,
              label: texts.actions.precisions[each],
            }))}
            value={value.precision}
            onChange={(precision) => onChange({ ...value, precision })}
          />
        </>
      )}
    </div>
  );
}

function PostFields({ draft, set, rows }: FieldsProps & { rows: readonly ActionSummary[] }) {
  const texts = useTexts();
  const t = texts.bulk;
  const lang = useLang();
  const taking = new Map<string, string>();
  for (const { lead, others } of rows) {
    for (const post of [...(lead ? [lead] : []), ...others.map((other) => other.post)])
      taking.set(post.id, localised(post.title, lang).value);
  }
  const names = [...taking].toSorted(([, a], [, b]) => a.localeCompare(b, lang));
  return (
    <div className="bulk-posts">
      <PostBox label={t.lead} value={draft.lead} onChange={(lead) => set({ lead })} />
      <PostBox label={t.add} value={draft.add} onChange={(add) => set({ add })} />
      <Select
        small
        label={t.part}
        options={parts.map((value) => ({ value, label: texts.ui.parts[value].name }))}
        value={draft.part}
        onChange={(part) => set({ part })}
      />
      <Select
        small
        label={t.remove}
        options={[
          { value: '', label: t.nobody },
          ...names.map(([value, label]) => ({ value, label })),
        ]}
        value={draft.remove}
        onChange={(remove) => set({ remove })}
      />
      <p className="meta">{t.postsHint}</p>
    </div>
  );
}

function TagFields({ draft, set }: FieldsProps) {
  const t = useTexts().bulk;
  const nameOf = useTermName();
  const tags = useQuery(tagsQuery(ofNow)).data;
  if (tags?.length === 0) return <p className="meta">{t.noTags}</p>;
  const options = (terms: NonNullable<typeof tags>) =>
    terms.map((tag) => ({ id: tag.id, label: nameOf(tag) }));
  return (
    <div className="two-f">
      <CheckList
        legend={t.addTags}
        options={options(offered(tags ?? [], []))}
        value={draft.addTags}
        onChange={(addTags) => set({ addTags })}
      />
      <CheckList
        legend={t.removeTags}
        options={options(tags ?? [])}
        value={draft.removeTags}
        onChange={(removeTags) => set({ removeTags })}
      />
    </div>
  );
}

function bodyOfDraft(draft: Draft, lang: Lang): Omit<BulkChangeInput, 'items'> {
  const inLang = (value: string) => ({ fi: '', [lang]: value.trim() });
  const period = ({ mode, on, precision }: DateDraft) =>
    mode === 'keep' ? undefined : { on: mode === 'set' ? on : '', precision };
  switch (draft.kind) {
    case 'status': {
      const progress = draft.progress.replace('%', '').trim();
      return {
        report: {
          status: draft.status,
          progress: draft.status === 'done' || progress === '' ? undefined : Number(progress),
          text: inLang(draft.text),
          result: draft.status === 'done' ? inLang(draft.result) : undefined,
          public: draft.public,
        },
      };
    }
    case 'dates':
      return { edit: { starts: period(draft.starts), due: period(draft.due) } };
    case 'posts':
      return {
        edit: {
          leadPostId: draft.lead?.id,
          addPosts: draft.add ? [{ postId: draft.add.id, part: draft.part }] : undefined,
          removePostIds: draft.remove ? [draft.remove] : undefined,
        },
      };
    case 'tags':
      return { edit: { addTagIds: draft.addTags, removeTagIds: draft.removeTags } };
  }
}
