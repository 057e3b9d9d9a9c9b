import { useQuery } from '@tanstack/react-query';
import type { Responsibility } from '../../api/posts';
import { plansQuery, tagsQuery, targetGroupsQuery, themesQuery } from '../../api/terms';
import { ChangedBy } from '../../content/ChangedBy';
import { inEachLanguage } from '../../content/describe';
import { namedResponsibilities, type Drafted, type Drafting } from '../../content/drafting';
import { ReferencesField } from '../../content/ReferencesField';
import { offered, useTermName } from '../../content/terms';
import { ResponsibilitiesField, responsibilityInputs } from '../../content/ResponsibilitiesField';
import { PinsField } from '../../content/PinsField';
import { usePlacesLine } from '../../content/pins';
import { TagsField } from '../../content/TagsField';
import { thingLabel } from '../../content/ThingPicker';
import { thingsQuery, type Thing } from '../../content/things';
import { VisibilityField } from '../../content/VisibilityField';
import { useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import type { Lang } from '../../lib/lang';
import { complete, localised, noText, type LocalisedText } from '../../lib/text';
import { Select } from '../../ui/filters';
import { CheckList } from '../../ui/forms/CheckList';
import { EditForm } from '../../ui/forms/EditForm';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { EndingField, type Ending } from './EndingField';
import { LevelField } from './LevelField';
import type { Goal, GoalInput } from './queries';

/** What the form holds: the request with the posts' names. */
type Body = Required<Omit<GoalInput, 'responsibilities' | 'ending'>> & {
  responsibilities: Responsibility[];
  ending: Ending | null;
};

function bodyOfGoal(goal: Goal, lang: Lang): Body {
  return {
    planId: goal.planId,
    themeId: goal.themeId,
    sharedGoalId: goal.sharedGoal?.id ?? '',
    partyId: goal.partyId ?? '',
    title: goal.title,
    description: goal.description,
    targetGroupIds: goal.targetGroupIds,
    tagIds: goal.tagIds,
    stageIds: goal.stageIds,
    handoverIds: goal.handoverIds,
    responsibilities: goal.responsibilities,
    legalBasisIds: goal.legalBasisIds,
    cases: goal.cases,
    visibility: goal.visibility,
    visibilityGround: goal.visibilityGround ?? '',
    ending: goal.ending
      ? { kind: goal.ending.kind, reason: goal.ending.reason, goal: chosen(goal.ending.goal, lang) }
      : null,
    reason: '',
  };
}

function chosen(goal: { id: string; no?: number; title: LocalisedText } | undefined, lang: Lang) {
  return goal ? { id: goal.id, label: thingLabel(goal, lang) } : null;
}

/** The form as a draft of the goal says it. */
function bodyOfDraft(
  { content, posts }: Drafted<GoalInput>,
  goals: readonly Thing[],
  lang: Lang,
): Body {
  const { ending } = content;
  return {
    planId: content.planId,
    themeId: content.themeId,
    sharedGoalId: content.sharedGoalId ?? '',
    partyId: content.partyId ?? '',
    title: content.title,
    description: complete(content.description ?? {}),
    targetGroupIds: content.targetGroupIds ?? [],
    tagIds: content.tagIds ?? [],
    stageIds: content.stageIds ?? [],
    handoverIds: content.handoverIds ?? [],
    responsibilities: namedResponsibilities(content.responsibilities, posts),
    legalBasisIds: content.legalBasisIds ?? [],
    cases: content.cases ?? [],
    visibility: content.visibility,
    visibilityGround: content.visibilityGround ?? '',
    ending: ending
      ? {
          kind: ending.kind,
          reason: complete(ending.reason),
          goal: chosen(
            goals.find(({ id }) => id === ending.goalId),
            lang,
          ),
        }
      : null,
    reason: content.reason ?? '',
  };
}

interface GoalFormProps {
  /** Left out for a new goal. */
  goal?: Goal;
  /** Where the change is saved as a draft. */
  drafting?: Drafting<GoalInput>;
  save: (body: GoalInput, version: number) => Promise<Goal>;
  onSaved: (goal: Goal) => void;
  onCancel: () => void;
}

/** Creates a goal or changes one. */
export function GoalForm({ goal, drafting, save, onSaved, onCancel }: GoalFormProps) {
  const texts = useTexts();
  const t = texts.goals;
  const lang = useLang();
  const plans = useQuery(plansQuery(ofNow)).data;
  const themes = useQuery(themesQuery(ofNow)).data;
  const groups = useQuery(targetGroupsQuery(ofNow)).data;
  const tags = useQuery(tagsQuery(ofNow)).data ?? [];
  const nameOf = useTermName();
  const placesLine = usePlacesLine(goal?.pins);
  // A draft names the goal in which another goes on by its id alone.
  const named = Boolean(drafting?.opened?.content.ending?.goalId);
  const found = useQuery({ ...thingsQuery('goal', ''), enabled: named }).data;
  const others = named ? found : [];
  if (!plans || !themes || !groups || !others) return null;
  const option = ({ id, title }: { id: string; title: Goal['title'] }) => ({
    value: id,
    label: localised(title, lang).value,
  });
  return (
    <EditForm<Body, Goal | undefined>
      label={goal ? t.editLabel(goal.no) : t.create}
      initial={
        drafting?.opened
          ? bodyOfDraft(drafting.opened, others, lang)
          : goal
            ? bodyOfGoal(goal, lang)
            : {
                planId: plans[0]?.id ?? '',
                themeId: themes.find(({ retired }) => !retired)?.id ?? '',
                sharedGoalId: '',
                partyId: '',
                title: noText,
                description: noText,
                targetGroupIds: [],
                tagIds: [],
                stageIds: [],
                handoverIds: [],
                responsibilities: [],
                legalBasisIds: [],
                cases: [],
                visibility: 'public',
                visibilityGround: '',
                ending: null,
                reason: '',
              }
      }
      version={goal?.version}
      save={(body, version) => {
        const input = {
          ...body,
          sharedGoalId: body.sharedGoalId || undefined,
          partyId: body.partyId || undefined,
          visibilityGround: body.visibility === 'internal' ? body.visibilityGround : '',
          responsibilities: responsibilityInputs(body.responsibilities),
          ending: body.ending
            ? {
                kind: body.ending.kind,
                reason: body.ending.reason,
                goalId: body.ending.goal?.id,
              }
            : undefined,
          reason: body.reason.trim() || undefined,
        };
        return drafting ? drafting.save(input) : save(input, version);
      }}
      saveLabel={drafting?.saveLabel}
      below={drafting?.below}
      onSaved={(saved) => saved && onSaved(saved)}
      onCancel={onCancel}
      current={(resource) => {
        if (drafting) {
          return { body: bodyOfDraft(drafting.current(resource), others, lang), version: 0 };
        }
        const saved = resource as Goal;
        return { body: bodyOfGoal(saved, lang), version: saved.version };
      }}
      savedBy={(changed) => <ChangedBy changed={changed} />}
      describe={(body) => [
        ...(['title', 'description'] as const).flatMap((field) =>
          inEachLanguage(texts, field, t[field], body[field]),
        ),
        {
          key: 'responsibilities',
          label: texts.content.responsible,
          text: body.responsibilities
            .map(
              ({ post, part }) =>
                `${localised(post.title, lang).value} (${texts.ui.parts[part].name})`,
            )
            .join('; '),
        },
        {
          key: 'level',
          label: t.level.field,
          text: [body.partyId, body.sharedGoalId].join(' '),
        },
        {
          key: 'theme',
          label: t.theme,
          text: themes.map(option).find(({ value }) => value === body.themeId)?.label ?? '',
        },
        {
          key: 'pins',
          label: texts.content.pins.title,
          text: placesLine([...body.stageIds, ...body.handoverIds]),
        },
        {
          key: 'visibility',
          label: texts.content.visibility,
          text: texts.content[body.visibility],
        },
        {
          key: 'ending',
          label: t.ending.legend,
          text: body.ending
            ? [t.ending.kinds[body.ending.kind], body.ending.goal?.label].filter(Boolean).join(': ')
            : t.ending.none,
        },
      ]}
    >
      {({ body, set, error, errors }) => (
        <>
          <LocalisedField
            label={t.titleField}
            value={body.title}
            onChange={(title) => set({ title: complete(title) })}
            errors={errors('/title')}
            maxLength={300}
          />
          <LocalisedField
            label={t.description}
            value={body.description}
            onChange={(description) => set({ description: complete(description) })}
            errors={errors('/description')}
            maxLength={5000}
            multiline
          />
          <div className="fields">
            <Select
              label={t.plan}
              value={body.planId}
              options={plans.map(option)}
              onChange={(planId) => set({ planId })}
              error={error('/planId')}
            />
            <Select
              label={t.theme}
              value={body.themeId}
              options={offered(themes, [body.themeId, goal?.themeId ?? '']).map((theme) => ({
                value: theme.id,
                label: nameOf(theme),
              }))}
              onChange={(themeId) => set({ themeId })}
              error={error('/themeId')}
            />
          </div>
          <LevelField
            goalId={goal?.id}
            planId={body.planId}
            partyId={body.partyId}
            sharedGoalId={body.sharedGoalId}
            onChange={set}
            error={error}
          />
          <ResponsibilitiesField
            value={body.responsibilities}
            onChange={(responsibilities) => set({ responsibilities })}
            error={error('/responsibilities')}
          />
          <CheckList
            legend={t.groups}
            options={offered(groups, [...body.targetGroupIds, ...(goal?.targetGroupIds ?? [])]).map(
              (group) => ({ id: group.id, label: nameOf(group) }),
            )}
            value={body.targetGroupIds}
            onChange={(targetGroupIds) => set({ targetGroupIds })}
            error={error('/targetGroupIds')}
          />
          <TagsField
            tags={tags}
            value={body.tagIds}
            before={goal?.tagIds}
            onChange={(tagIds) => set({ tagIds })}
            error={error('/tagIds')}
          />
          <PinsField
            stageIds={body.stageIds}
            handoverIds={body.handoverIds}
            before={goal?.pins}
            onChange={set}
            error={error}
          />
          <ReferencesField
            legalBasisIds={body.legalBasisIds}
            cases={body.cases}
            onChange={set}
            error={error}
          />
          <VisibilityField
            visibility={body.visibility}
            ground={body.visibilityGround}
            onChange={set}
            error={error}
          />
          {goal && (
            <EndingField
              goal={goal}
              ending={body.ending}
              reason={body.reason}
              onChange={set}
              error={error}
              errors={errors}
            />
          )}
        </>
      )}
    </EditForm>
  );
}
