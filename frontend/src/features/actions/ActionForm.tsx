import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { useParties, partyLook } from '../../api/parties';
import { phasesQuery, tagsQuery } from '../../api/terms';
import { GroundField } from '../../content/GroundField';
import { RhythmField } from '../../content/RhythmField';
import { offered, useTermName, type NamedTerm } from '../../content/terms';
import { useLang, useTexts, type Texts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { useFocusOnError } from '../../lib/focus';
import { languages, type Lang } from '../../lib/lang';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { FieldError, Select } from '../../ui/filters';
import { DateField, TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Section } from '../../ui/layout';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { PostBox, type PostChoice } from './PostBox';
import {
  chainsQuery,
  districtsQuery,
  forumsQuery,
  goalsQuery,
  legalBasesQuery,
  targetGroupsQuery,
  type ActionChange,
} from './queries';

type Body = ActionChange;
type Part = NonNullable<Body['responsibilities']>[number]['part'];
type Precision = NonNullable<Body['duePrecision']>;
type Case = NonNullable<Body['cases']>[number];

/** A responsible post in the form: the server's words and what the page calls the post. */
export interface PostRow {
  key: number;
  post: PostChoice | null;
  part: Part;
  wording: { fi: string; sv?: string; en?: string };
}

/** What the form holds; set once, from an action or empty. */
export interface ActionDraft {
  body: Omit<Body, 'responsibilities' | 'cases'>;
  posts: PostRow[];
  cases: (Case & { key: number })[];
}

interface ActionFormProps {
  initial: ActionDraft;
  /** Asks for the reason of a change. */
  existing?: boolean;
  /** Whether it has tasks, which become public with it. */
  hasTasks?: boolean;
  /** Whether the responsible posts may be changed. */
  mayAssign: boolean;
  submitLabel: string;
  saving: boolean;
  error: unknown;
  onSubmit: (body: Body) => void;
  onCancel: () => void;
}

const parts: readonly Part[] = ['lead', 'shared', 'support', 'informed'];
const precisions: readonly Precision[] = ['day', 'month', 'quarter', 'year'];
const visibilities = ['public', 'internal'] as const;

/** Everything of an action but its status. What is typed stays whatever the server answers. */
export function ActionForm(props: ActionFormProps) {
  const { initial, existing, hasTasks, mayAssign, submitLabel, saving } = props;
  const { error, onSubmit, onCancel } = props;
  const texts = useTexts();
  const t = texts.actions;
  const lang = useLang();
  const [draft, setDraft] = useState(initial);
  const { body, posts, cases } = draft;
  const set = (change: Partial<ActionDraft['body']>) =>
    setDraft((now) => ({ ...now, body: { ...now.body, ...change } }));
  const setPosts = (next: PostRow[]) => setDraft((now) => ({ ...now, posts: next }));
  const setCases = (next: ActionDraft['cases']) => setDraft((now) => ({ ...now, cases: next }));

  const goals = useQuery(goalsQuery(ofNow)).data ?? [];
  const groups = useQuery(targetGroupsQuery(ofNow)).data ?? [];
  const districts = useQuery(districtsQuery(ofNow)).data ?? [];
  const bases = useQuery(legalBasesQuery(ofNow)).data ?? [];
  const forums = useQuery(forumsQuery(ofNow)).data ?? [];
  const chains = useQuery(chainsQuery(ofNow)).data ?? [];
  const parties = useParties().data ?? [];
  const phases = useQuery(phasesQuery(ofNow)).data ?? [];
  const tagTerms = useQuery(tagsQuery(ofNow)).data ?? [];
  const nameOf = useTermName();
  const termChoices = (terms: readonly NamedTerm[], chosen: string[] = [], before: string[] = []) =>
    offered(terms, [...chosen, ...before]).map((term) => ({ id: term.id, label: nameOf(term) }));
  const word = (text: Parameters<typeof localised>[0]) => localised(text, lang).value;
  const at = (pointer: string) => fieldError(error, pointer, texts);
  const nothing = { value: '', label: t.form.nothing };

  const form = useRef<HTMLFormElement>(null);
  useFocusOnError(form, error);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (saving) return;
    onSubmit({
      ...body,
      startsOn: body.startsOn || undefined,
      dueOn: body.dueOn || undefined,
      reason: body.reason?.trim() || undefined,
      visibilityGround: body.visibility === 'internal' ? body.visibilityGround : undefined,
      responsibilities: posts.flatMap(({ post, part, wording }) =>
        post ? [{ postId: post.id, part, wording }] : [],
      ),
      cases: cases.map(({ partyId, registryNo, urlFi, urlSv }) => ({
        partyId,
        registryNo,
        urlFi,
        urlSv,
      })),
    });
  };

  return (
    <form className="stack act-form" ref={form} onSubmit={submit} noValidate>
      <Section title={t.form.content}>
        <div className="one-f">
          <LocalisedField
            label={t.fields.title ?? ''}
            hint={t.form.titleHint}
            value={body.title}
            onChange={(title) => set({ title: whole(title) })}
            errors={localisedErrors('/title', error, texts)}
            maxLength={300}
          />
          <LocalisedField
            multiline
            label={t.fields.description ?? ''}
            value={body.description ?? { fi: '' }}
            onChange={(description) => set({ description: whole(description) })}
            errors={localisedErrors('/description', error, texts)}
          />
        </div>
      </Section>
      <Section title={t.form.schedule}>
        <div className="two-f">
          <DateField
            optional
            label={t.fields.startsOn ?? ''}
            value={body.startsOn ?? ''}
            onChange={(startsOn) => set({ startsOn })}
            error={at('/startsOn')}
          />
          <Select
            label={t.form.precisionOf(t.page.starts)}
            options={precisions.map((value) => ({ value, label: t.precisions[value] }))}
            value={body.startsPrecision}
            onChange={(startsPrecision) => set({ startsPrecision })}
          />
          <DateField
            optional
            label={t.fields.dueOn ?? ''}
            value={body.dueOn ?? ''}
            onChange={(dueOn) => set({ dueOn })}
            error={at('/dueOn')}
          />
          <Select
            label={t.form.precisionOf(t.page.due)}
            options={precisions.map((value) => ({ value, label: t.precisions[value] }))}
            value={body.duePrecision}
            onChange={(duePrecision) => set({ duePrecision })}
          />
          <RhythmField
            optional
            value={body.ownFreshness}
            onChange={(ownFreshness) => set({ ownFreshness })}
            hint={texts.freshness.rhythm.actionHint}
            targetError={at('/ownFreshness/target')}
            limitError={at('/ownFreshness/limit')}
          />
        </div>
        {existing && (
          <TextField
            optional
            label={t.form.reason}
            hint={t.form.reasonHint}
            value={body.reason ?? ''}
            onChange={(reason) => set({ reason })}
            error={at('/reason')}
          />
        )}
      </Section>
      <Section title={t.form.responsible}>
        <p className="hint meta">{mayAssign ? t.form.responsibleHint : t.form.mayNotResponsible}</p>
        {at('/responsibilities') && <FieldError>{at('/responsibilities')}</FieldError>}
        <ul className="post-rows">
          {posts.map((row) => {
            const change = (next: Partial<PostRow>) =>
              setPosts(posts.map((each) => (each.key === row.key ? { ...each, ...next } : each)));
            return (
              <li key={row.key}>
                {mayAssign ? (
                  <>
                    <PostBox
                      label={t.form.post}
                      value={row.post}
                      onChange={(post) => change({ post })}
                    />
                    <Select
                      label={t.form.part}
                      options={parts.map((value) => ({ value, label: texts.ui.parts[value].name }))}
                      value={row.part}
                      onChange={(part) => change({ part })}
                    />
                    <Button
                      variant="quiet"
                      small
                      aria-label={t.form.removePost(row.post?.label ?? '')}
                      onClick={() => setPosts(posts.filter(({ key }) => key !== row.key))}
                    >
                      {t.form.remove}
                    </Button>
                    <LocalisedField
                      label={t.form.wording}
                      value={row.wording}
                      onChange={(wording) => change({ wording: whole(wording) })}
                    />
                  </>
                ) : (
                  <p>
                    {texts.ui.parts[row.part].name}: {row.post?.label}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
        {mayAssign && (
          <Button
            variant="secondary"
            small
            onClick={() =>
              setPosts([
                ...posts,
                {
                  key: nextKey(posts),
                  post: null,
                  part: posts.some(({ part }) => part === 'lead') ? 'shared' : 'lead',
                  wording: { fi: '' },
                },
              ])
            }
          >
            {t.form.addPost}
          </Button>
        )}
      </Section>
      <Section title={t.form.place}>
        <div className="two-f">
          {phases.length > 0 && (
            <Select
              label={t.update.phase}
              options={[
                nothing,
                ...termChoices(phases, [body.phaseId ?? ''], [initial.body.phaseId ?? '']).map(
                  ({ id, label }) => ({ value: id, label }),
                ),
              ]}
              value={body.phaseId ?? ''}
              onChange={(phaseId) => set({ phaseId: phaseId || undefined })}
              error={at('/phaseId')}
            />
          )}
          <Select
            label={t.form.forum}
            options={[
              nothing,
              ...forums.map(({ id, title }) => ({ value: id, label: word(title) })),
            ]}
            value={body.forumId ?? ''}
            onChange={(forumId) => set({ forumId: forumId || undefined })}
            error={at('/forumId')}
          />
          <Select
            label={t.form.stage}
            options={[
              nothing,
              ...chains.flatMap((chain) =>
                chain.stages.map(({ id, title }, index) => ({
                  value: id,
                  label: `${word(chain.title)}: ${index + 1} ${word(title)}`,
                })),
              ),
            ]}
            value={body.stageId ?? ''}
            onChange={(stageId) => set({ stageId: stageId || undefined })}
            error={at('/stageId')}
          />
          <Select
            label={t.form.handover}
            options={[
              nothing,
              ...chains.flatMap((chain) =>
                chain.handovers.map(({ id, fromStageId, toStageId }) => {
                  const title = (stage: string) =>
                    word(chain.stages.find((each) => each.id === stage)?.title);
                  return {
                    value: id,
                    label: `${word(chain.title)}: ${t.form.between(title(fromStageId), title(toStageId))}`,
                  };
                }),
              ),
            ]}
            value={body.handoverId ?? ''}
            onChange={(handoverId) => set({ handoverId: handoverId || undefined })}
            error={at('/handoverId')}
          />
        </div>
        <Choices
          label={t.form.goals}
          options={goals
            .filter(({ id, ending }) => !ending || initial.body.goalIds?.includes(id))
            .map(({ id, no, title, partyId }) => ({
              id,
              label: [no, word(title), partyId && `(${partyLook(parties, partyId, lang).name})`]
                .filter(Boolean)
                .join(' '),
            }))}
          chosen={body.goalIds ?? []}
          onChange={(goalIds) => set({ goalIds })}
          error={at('/goalIds')}
        />
        <Choices
          label={t.form.targetGroups}
          options={termChoices(groups, body.targetGroupIds, initial.body.targetGroupIds)}
          chosen={body.targetGroupIds ?? []}
          onChange={(targetGroupIds) => set({ targetGroupIds })}
          error={at('/targetGroupIds')}
        />
        <Choices
          label={t.form.districts}
          options={termChoices(districts, body.districtIds, initial.body.districtIds)}
          chosen={body.districtIds ?? []}
          onChange={(districtIds) => set({ districtIds })}
          error={at('/districtIds')}
        />
        {tagTerms.length > 0 && (
          <Choices
            label={texts.content.tags}
            options={termChoices(tagTerms, body.tagIds, initial.body.tagIds)}
            chosen={body.tagIds ?? []}
            onChange={(tagIds) => set({ tagIds })}
            error={at('/tagIds')}
          />
        )}
        <Choices
          label={t.form.legalBases}
          options={bases.map(({ id, act, title }) => ({ id, label: `${word(title)} (${act})` }))}
          chosen={body.legalBasisIds ?? []}
          onChange={(legalBasisIds) => set({ legalBasisIds })}
        />
      </Section>
      <Section title={t.form.cases}>
        {at('/cases') && <FieldError>{at('/cases')}</FieldError>}
        <ul className="post-rows">
          {cases.map((row) => {
            const change = (next: Partial<Case>) =>
              setCases(cases.map((each) => (each.key === row.key ? { ...each, ...next } : each)));
            return (
              <li key={row.key}>
                <Select
                  label={t.form.caseParty}
                  options={parties.map(({ id, shortName }) => ({
                    value: id,
                    label: word(shortName),
                  }))}
                  value={row.partyId}
                  onChange={(partyId) => change({ partyId })}
                />
                <TextField
                  label={t.form.registryNo}
                  value={row.registryNo}
                  onChange={(registryNo) => change({ registryNo })}
                />
                <Button
                  variant="quiet"
                  small
                  aria-label={t.form.removeCase(row.registryNo)}
                  onClick={() => setCases(cases.filter(({ key }) => key !== row.key))}
                >
                  {t.form.remove}
                </Button>
                <TextField
                  optional
                  label={t.form.urlFi}
                  value={row.urlFi}
                  onChange={(urlFi) => change({ urlFi })}
                />
                <TextField
                  optional
                  label={t.form.urlSv}
                  value={row.urlSv}
                  onChange={(urlSv) => change({ urlSv })}
                />
              </li>
            );
          })}
        </ul>
        <Button
          variant="secondary"
          small
          onClick={() =>
            setCases([
              ...cases,
              {
                key: nextKey(cases),
                partyId: parties[0]?.id ?? '',
                registryNo: '',
                urlFi: '',
                urlSv: '',
              },
            ])
          }
        >
          {t.form.addCase}
        </Button>
      </Section>
      <Section title={t.form.visibility}>
        <div className="two-f">
          <Select
            label={t.form.visibility}
            options={visibilities.map((value) => ({ value, label: t.visibilities[value] }))}
            value={body.visibility}
            onChange={(visibility) => set({ visibility })}
          />
          {body.visibility === 'internal' && (
            <GroundField
              value={body.visibilityGround ?? ''}
              onChange={(visibilityGround) => set({ visibilityGround })}
              error={at('/visibilityGround')}
            />
          )}
        </div>
        {hasTasks && initial.body.visibility === 'internal' && body.visibility === 'public' && (
          <p className="hint meta" role="status">
            {t.tasks.becomePublic}
          </p>
        )}
      </Section>
      {error !== null && error !== undefined && (
        <ErrorState error={error} title={texts.problems.saveTitle} />
      )}
      <div className="btns">
        <Button type="submit" aria-disabled={saving}>
          {submitLabel}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          {texts.ui.cancel}
        </Button>
      </div>
    </form>
  );
}

function nextKey(rows: readonly { key: number }[]): number {
  return Math.max(0, ...rows.map(({ key }) => key)) + 1;
}

/** The text as the contract wants it: Finnish always there, if empty. */
function whole(text: { fi?: string | null; sv?: string | null; en?: string | null }) {
  return { fi: text.fi ?? '', sv: text.sv ?? '', en: text.en ?? '' };
}

function localisedErrors(
  pointer: string,
  error: unknown,
  texts: Texts,
): Partial<Record<Lang, string>> {
  return Object.fromEntries(
    languages.flatMap((lang) => {
      const found = fieldError(error, `${pointer}/${lang}`, texts);
      return found ? [[lang, found]] : [];
    }),
  );
}

interface ChoicesProps {
  label: string;
  options: readonly { id: string; label: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  error?: string;
}

/** Any number of few: boxes to tick. */
function Choices({ label, options, chosen, onChange, error }: ChoicesProps) {
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      {error && <FieldError>{error}</FieldError>}
      <div>
        {options.map(({ id, label: name }) => (
          <label key={id} className="chk">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(
                  event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id),
                )
              }
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
