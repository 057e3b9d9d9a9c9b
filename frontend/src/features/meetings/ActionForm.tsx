import { useQuery } from '@tanstack/react-query';
import type { SyntheticEvent } from 'react';
import { useLang, useTexts } from '../../i18n';
import { useFocusFirst } from '../../lib/focus';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { DateField, TextArea, TextField } from '../../ui/forms/fields';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { whole } from './forms';
import { PostPicker } from '../../content/PostPicker';
import { useTyped } from './desk';
import { goalOptionsQuery, useMakeAction, type AgendaItem, type Outcome } from './queries';

interface ActionFormProps {
  outcome: Outcome;
  onDone: () => void;
}

interface ActionBody {
  title: Required<Outcome['text']>;
  lead: NonNullable<AgendaItem['presenter']> | null;
  dueOn: string;
  /** Empty: none. */
  goalId: string;
  wording: Required<Outcome['text']>;
}

/** The id that names no post: the server answers that the lead is missing, beside its field. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** The action that follows from an outcome: what, whose, by when, for which goal. */
export function ActionForm({ outcome, onDone }: ActionFormProps) {
  const texts = useTexts();
  const t = texts.meetings.action;
  const lang = useLang();
  const tell = useToast();
  const goals = useQuery(goalOptionsQuery).data ?? [];
  const make = useMakeAction(outcome.id);
  const form = useFocusFirst<HTMLFormElement>();
  const empty: ActionBody = {
    title: whole(undefined),
    lead: null,
    dueOn: '',
    goalId: '',
    wording: whole(undefined),
  };
  const { body, set, clear } = useTyped(`action.${outcome.id}`, empty);
  const error = (pointer: string) => fieldError(make.error, pointer, texts);
  const noDate = body.dueOn === '' && error('/dueOn') ? texts.problems.fields.required : undefined;
  const beside = ['/title/fi', '/title/sv', '/leadPostId', '/dueOn', '/goalIds'].some(error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (make.isPending) return;
    whenSaved(
      make.mutateAsync({
        title: body.title,
        leadPostId: body.lead?.id ?? nobody,
        dueOn: body.dueOn,
        goalIds: body.goalId ? [body.goalId] : [],
        wording: body.wording,
      }),
      (item) => {
        clear();
        const actions = item.outcomes.find(({ id }) => id === outcome.id)?.actions ?? [];
        tell(t.created(Math.max(0, ...actions.map(({ no }) => no))));
        onDone();
      },
    );
  };
  return (
    <form
      className="out-f"
      ref={form}
      aria-label={texts.meetings.outcomes.makeActionOf(outcome.no)}
      onSubmit={submit}
      noValidate
    >
      <div className="g2">
        <TextArea
          rows={2}
          oneLine
          label={t.titleFi}
          lang="fi"
          value={body.title.fi}
          onChange={(fi) => set({ title: { ...body.title, fi } })}
          error={error('/title/fi')}
        />
        <TextArea
          rows={2}
          oneLine
          label={t.titleSv}
          lang="sv"
          value={body.title.sv}
          onChange={(sv) => set({ title: { ...body.title, sv } })}
          error={error('/title/sv')}
        />
        <PostPicker
          label={t.lead}
          value={body.lead}
          onChange={(lead) => set({ lead })}
          error={error('/leadPostId')}
        />
        <DateField
          label={t.dueOn}
          value={body.dueOn}
          onChange={(dueOn) => set({ dueOn })}
          error={noDate ?? error('/dueOn')}
        />
        <Select
          label={t.goal}
          value={body.goalId}
          options={[
            { value: '', label: t.noGoal },
            ...goals.map((goal) => ({
              value: goal.id,
              label: `${goal.no} ${localised(goal.title, lang).value}`,
            })),
          ]}
          onChange={(goalId) => set({ goalId })}
          error={error('/goalIds')}
        />
      </div>
      <details className="more">
        <summary>
          {t.titleEn}, {t.wording}
        </summary>
        <div className="g2">
          <TextArea
            rows={2}
            oneLine
            label={t.titleEn}
            lang="en"
            value={body.title.en}
            onChange={(en) => set({ title: { ...body.title, en } })}
          />
          <TextField
            label={texts.content.inLanguage(t.wording, texts.ui.languageNames.fi)}
            lang="fi"
            value={body.wording.fi}
            onChange={(fi) => set({ wording: { ...body.wording, fi } })}
          />
          <TextField
            label={texts.content.inLanguage(t.wording, texts.ui.languageNames.sv)}
            lang="sv"
            value={body.wording.sv}
            onChange={(sv) => set({ wording: { ...body.wording, sv } })}
          />
        </div>
      </details>
      <p className="meta">{t.internal}</p>
      {make.error !== null && !beside && (
        <ErrorState error={make.error} title={texts.problems.saveTitle} />
      )}
      <p className="btns">
        <Button type="submit" small aria-disabled={make.isPending}>
          {t.create}
        </Button>
        <Button variant="quiet" small onClick={onDone}>
          {texts.ui.cancel}
        </Button>
      </p>
    </form>
  );
}
