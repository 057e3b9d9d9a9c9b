import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type SyntheticEvent } from 'react';
import { partiesQuery } from '../../api/parties';
import type { PostRef } from '../../api/posts';
import { PostPicker } from '../../content/PostPicker';
import { useLang, useTexts } from '../../i18n';
import { languages } from '../../lib/lang';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { fieldError } from '../../ui/problemTexts';
import { Segments } from '../../ui/Segments';
import { ErrorState } from '../../ui/states';
import { useRecordDissent, type Dissent } from './agendaQueries';
import { useTyped } from './desk';
import { useFocusFirst } from './focus';
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

/** A party's or post's dissenting opinion or reservation; what is typed stays until it is recorded. */
export function DissentForm({ outcome, onDone }: { outcome: Outcome; onDone: () => void }) {
  const texts = useTexts();
  const t = texts.agenda.dissent;
  const lang = useLang();
  const parties = useQuery(partiesQuery).data ?? [];
  const record = useRecordDissent(outcome.id);
  const form = useFocusFirst<HTMLFormElement>();
  const kept = useTyped(`dissent.${outcome.id}`, empty);
  const { body, set } = kept;
  const [unsaid, setUnsaid] = useState(false);
  const error = (pointer: string) => fieldError(record.error, pointer, texts);
  const errors = Object.fromEntries(languages.map((each) => [each, error(`/text/${each}`)]));
  const field =
    ['/partyId', '/postId', '/kind'].some(error) ||
    languages.some((each) => errors[each] !== undefined);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (record.isPending) return;
    const { post, partyId, ...said } = body;
    setUnsaid(partyId === '');
    if (partyId === '') {
      form.current?.querySelector('select')?.focus();
      return;
    }
    whenSaved(record.mutateAsync({ ...said, partyId, ...(post && { postId: post.id }) }), () => {
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
          value={body.partyId}
          options={[
            { value: '', label: texts.agenda.targets.notChosen },
            ...parties.map(({ id, shortName }) => ({
              value: id,
              label: localised(shortName, lang).value,
            })),
          ]}
          onChange={(partyId) => set({ partyId })}
          error={unsaid && body.partyId === '' ? texts.problems.fields.required : error('/partyId')}
        />
        <PostPicker
          label={t.post}
          value={body.post}
          onChange={(post) => set({ post })}
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
