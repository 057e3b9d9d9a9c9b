import { useEffect, useState, type SyntheticEvent } from 'react';
import { useParties } from '../../api/parties';
import type { PostRef } from '../../api/posts';
import { ChangedBy } from '../../content/ChangedBy';
import { PostPicker } from '../../content/PostPicker';
import { useLang, useTexts } from '../../i18n';
import { useFocusFirst } from '../../lib/focus';
import { languages, type Lang } from '../../lib/lang';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { EditForm } from '../../ui/forms/EditForm';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { fieldError } from '../../ui/problemTexts';
import { Segments } from '../../ui/Segments';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import {
  useCorrectDissent,
  useRecordDissent,
  useWithdrawDissent,
  type Dissent,
  type DissentInput,
} from './agendaQueries';
import { useTyped } from './desk';
import { whole } from './forms';
import type { Outcome } from './queries';

interface DissentBody {
  kind: Dissent['kind'];
  /** Empty: not chosen yet. */
  partyId: string;
  /** None: the whole party. */
  post: PostRef | null;
  text: ReturnType<typeof whole>;
}

const empty: DissentBody = { kind: 'dissent', partyId: '', post: null, text: whole(undefined) };

function dissentBody({ kind, partyId, post, text }: Dissent): DissentBody {
  return { kind, partyId, post: post ?? null, text: whole(text) };
}

function dissentInput({ post, ...said }: DissentBody): DissentInput {
  return { ...said, ...(post && { postId: post.id }) };
}

/** A party's or post's dissenting opinion or reservation; what is typed stays until it is recorded. */
export function DissentForm({ outcome, onDone }: { outcome: Outcome; onDone: () => void }) {
  const texts = useTexts();
  const t = texts.agenda.dissent;
  const record = useRecordDissent(outcome.id);
  const form = useFocusFirst<HTMLFormElement>();
  const kept = useTyped(`dissent.${outcome.id}`, empty);
  const { body, set } = kept;
  const [unsaid, setUnsaid] = useState(false);
  const error = (pointer: string) =>
    pointer === '/partyId' && unsaid && body.partyId === ''
      ? texts.problems.fields.required
      : fieldError(record.error, pointer, texts);
  const errors = Object.fromEntries(languages.map((each) => [each, error(`/text/${each}`)]));
  const field =
    ['/partyId', '/postId', '/kind'].some(error) ||
    languages.some((each) => errors[each] !== undefined);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (record.isPending) return;
    setUnsaid(body.partyId === '');
    if (body.partyId === '') {
      form.current?.querySelector('select')?.focus();
      return;
    }
    whenSaved(record.mutateAsync(dissentInput(body)), () => {
      kept.clear();
      onDone();
    });
  };
  useEffect(() => {
    if (record.error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [record.error, form]);
  return (
    <form
      className="out-f"
      ref={form}
      aria-label={t.addOf(outcome.no)}
      onSubmit={submit}
      noValidate
    >
      <DissentFields body={body} set={set} error={error} errors={errors} />
      {record.error !== null && !field && (
        <ErrorState error={record.error} title={texts.problems.saveTitle} />
      )}
      <p className="btns">
        <Button type="submit" small aria-disabled={record.isPending}>
          {texts.meetings.outcomes.record}
        </Button>
        <Button variant="quiet" small onClick={onDone}>
          {texts.ui.close}
        </Button>
      </p>
    </form>
  );
}

interface StepProps {
  dissent: Dissent;
  /** Spoken name of the form. */
  label: string;
  onDone: () => void;
}

/** The same form filled in; both versions where somebody saved in between. */
export function CorrectDissent({ dissent, label, onDone }: StepProps) {
  const texts = useTexts();
  const t = texts.agenda.dissent;
  const lang = useLang();
  const parties = useParties().data ?? [];
  const correct = useCorrectDissent(dissent.id);
  const frame = useFocusFirst<HTMLDivElement>(1, 'input:checked');
  return (
    <div ref={frame}>
      <EditForm
        label={label}
        initial={dissentBody(dissent)}
        version={dissent.version}
        save={(body, version) => correct.mutateAsync({ body: dissentInput(body), version })}
        onSaved={onDone}
        onCancel={onDone}
        current={(resource) => {
          const saved = resource as Dissent;
          return { body: dissentBody(saved), version: saved.version };
        }}
        describe={(body) => [
          { key: 'kind', label: t.kind, text: t.kinds[body.kind] },
          {
            key: 'party',
            label: t.party,
            text: localised(parties.find(({ id }) => id === body.partyId)?.shortName, lang).value,
          },
          { key: 'post', label: t.post, text: localised(body.post?.title, lang).value },
          ...languages.map((each) => ({
            key: `text/${each}`,
            label: texts.content.inLanguage(t.text, texts.ui.languageNames[each]),
            text: body.text[each],
          })),
        ]}
        savedBy={(changed) => <ChangedBy changed={changed} />}
      >
        {({ body, set, error, errors }) => (
          <DissentFields body={body} set={set} error={error} errors={errors('/text')} />
        )}
      </EditForm>
    </div>
  );
}

/** Takes a dissenting opinion or reservation back with a reason; both stay readable. */
export function WithdrawDissent(props: StepProps & { onWithdrawn: () => void }) {
  const { dissent, label, onDone, onWithdrawn } = props;
  const t = useTexts().agenda.dissent;
  const tell = useToast();
  const withdraw = useWithdrawDissent(dissent);
  const frame = useFocusFirst<HTMLDivElement>();
  return (
    <div ref={frame}>
      <EditForm
        label={label}
        initial={{ reason: whole(undefined) }}
        save={({ reason }) => withdraw.mutateAsync(reason)}
        onSaved={() => {
          tell(t.withdrawnNow[dissent.kind]);
          onWithdrawn();
        }}
        onCancel={onDone}
      >
        {({ body, set, errors }) => (
          <LocalisedField
            multiline
            label={t.withdrawReason}
            hint={t.withdrawHint}
            value={body.reason}
            onChange={(reason) => set({ reason: whole(reason) })}
            maxLength={1000}
            errors={errors('/reason')}
          />
        )}
      </EditForm>
    </div>
  );
}

interface DissentFieldsProps {
  body: DissentBody;
  set: (part: Partial<DissentBody>) => void;
  error: (pointer: string) => string | undefined;
  /** Of the text, in each language. */
  errors: Partial<Record<Lang, string>>;
}

function DissentFields({ body, set, error, errors }: DissentFieldsProps) {
  const texts = useTexts();
  const t = texts.agenda.dissent;
  const lang = useLang();
  const parties = useParties().data ?? [];
  const { partyId, post } = body;
  return (
    <>
      <Segments
        small
        label={t.kind}
        value={body.kind}
        options={(['dissent', 'reservation'] as const).map((kind) => ({
          value: kind,
          label: t.kinds[kind],
        }))}
        onChange={(kind) => set({ kind })}
      />
      <div className="g2">
        <Select
          label={t.party}
          value={partyId}
          options={[
            ...(partyId === '' ? [{ value: '', label: texts.agenda.targets.notChosen }] : []),
            ...parties.map(({ id, shortName }) => ({
              value: id,
              label: localised(shortName, lang).value,
            })),
          ]}
          onChange={(chosen) =>
            set({ partyId: chosen, post: post?.partyId === chosen ? post : null })
          }
          error={error('/partyId')}
        />
        <PostPicker
          key={partyId} // what was sought among another party's posts is over
          label={t.post}
          partyId={partyId}
          value={post}
          onChange={(chosen) => set({ post: chosen })}
          error={error('/postId')}
        />
      </div>
      <LocalisedField
        multiline
        label={t.text}
        value={body.text}
        onChange={(text) => set({ text: whole(text) })}
        errors={errors}
      />
    </>
  );
}
