import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { legalBasesQuery, tagsQuery } from '../../api/terms';
import { ChangedBy } from '../../content/ChangedBy';
import { inEachLanguage } from '../../content/describe';
import { ReferencesField } from '../../content/ReferencesField';
import { PinsField } from '../../content/PinsField';
import { usePlacesLine } from '../../content/pins';
import { TagsField } from '../../content/TagsField';
import { VisibilityField } from '../../content/VisibilityField';
import { useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { complete, localised, noText, type LocalisedText } from '../../lib/text';
import { Select } from '../../ui/filters';
import { CheckList } from '../../ui/forms/CheckList';
import { EditForm } from '../../ui/forms/EditForm';
import { TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import {
  chainChoicesQuery,
  forumListQuery,
  goalChoicesQuery,
  useSaveForum,
  type Forum,
  type ForumInput,
} from './queries';
import { levels } from './search';

/** What the form holds: the request, with the rhythm as it is typed. */
type Body = Required<Omit<ForumInput, 'meetingsPerYear' | 'referralDays'>> & {
  meetingsPerYear: string;
  referralDays: string;
};

const empty: Body = {
  key: '',
  title: noText,
  purpose: noText,
  mandate: noText,
  level: 'thematic',
  reach: 'bilateral',
  paper: 'memo',
  meetingsPerYear: '4',
  referralDays: '14',
  parentId: '',
  chainId: '',
  goalIds: [],
  stageIds: [],
  handoverIds: [],
  tagIds: [],
  legalBasisIds: [],
  cases: [],
  visibility: 'public',
  visibilityGround: '',
};

function bodyOfForum(forum: Forum): Body {
  return {
    key: forum.key,
    title: forum.title,
    purpose: forum.purpose,
    mandate: forum.mandate,
    level: forum.level,
    reach: forum.reach,
    paper: forum.paper,
    meetingsPerYear: String(forum.meetingsPerYear),
    referralDays: String(forum.referralDays),
    parentId: forum.parent?.id ?? '',
    chainId: forum.chain?.id ?? '',
    goalIds: forum.goals.map(({ id }) => id),
    stageIds: forum.stageIds,
    handoverIds: forum.handoverIds,
    tagIds: forum.tagIds,
    legalBasisIds: forum.legalBasisIds,
    cases: forum.cases,
    visibility: forum.visibility,
    visibilityGround: forum.visibilityGround ?? '',
  };
}

function inputOf(body: Body): ForumInput {
  return {
    ...body,
    meetingsPerYear: Number(body.meetingsPerYear.trim() || 'x'),
    referralDays: Number(body.referralDays.trim() || 'x'),
    parentId: body.parentId || undefined,
    chainId: body.chainId || undefined,
    visibilityGround: body.visibility === 'internal' ? body.visibilityGround : '',
  };
}

interface ForumFormProps {
  /** Left out for a new forum. */
  forum?: Forum;
  onSaved: (forum: Forum) => void;
  onCancel: () => void;
}

/** Creates a forum or changes one; its members are changed in their own place. */
export function ForumForm({ forum, onSaved, onCancel }: ForumFormProps) {
  const texts = useTexts();
  const t = texts.forums;
  const lang = useLang();
  const save = useSaveForum(forum?.id);
  const forums = useInfiniteQuery(forumListQuery({ asOf: ofNow })).data?.pages.flatMap(
    ({ items }) => items,
  );
  const chains = useQuery(chainChoicesQuery(ofNow)).data ?? [];
  const current = useQuery(goalChoicesQuery).data ?? [];
  // What has ended stays to be taken away.
  const ended = (forum?.goals ?? []).filter(({ id }) => !current.some((goal) => goal.id === id));
  const goals = [...current, ...ended];
  const bases = useQuery(legalBasesQuery(ofNow)).data ?? [];
  const tags = useQuery(tagsQuery(ofNow)).data ?? [];
  const placesLine = usePlacesLine(forum?.pins);
  const name = (text: LocalisedText) => localised(text, lang).value;
  const names = (items: readonly { id: string; title: LocalisedText }[]) => [
    { value: '', label: t.form.none },
    ...items.map(({ id, title }) => ({ value: id, label: name(title) })),
  ];
  const parents = names((forums ?? []).filter(({ id }) => id !== forum?.id));
  const chainNames = names(chains);
  const goalName = ({ no, title }: { no: number; title: LocalisedText }) => `${no} ${name(title)}`;
  const labelOf = (options: { value: string; label: string }[], value: string) =>
    value && (options.find((option) => option.value === value)?.label ?? '');
  const listed = (ids: readonly string[], items: readonly { id: string; label: string }[]) =>
    items
      .filter(({ id }) => ids.includes(id))
      .map(({ label }) => label)
      .join('; ');
  const describe = (body: Body) => [
    ...(['title', 'purpose', 'mandate'] as const).flatMap((field) =>
      inEachLanguage(texts, field, t.form[field], body[field]),
    ),
    { key: 'key', label: t.form.key, text: body.key },
    { key: 'level', label: t.form.level, text: t.levels[body.level] },
    { key: 'reach', label: t.form.reach, text: t.reaches[body.reach] },
    { key: 'paper', label: t.form.paper, text: t.papers[body.paper] },
    { key: 'rhythm', label: t.form.rhythm, text: body.meetingsPerYear },
    { key: 'referralDays', label: t.form.referralDays, text: body.referralDays },
    { key: 'parent', label: t.form.parent, text: labelOf(parents, body.parentId) },
    { key: 'chain', label: t.form.chain, text: labelOf(chainNames, body.chainId) },
    {
      key: 'goals',
      label: t.goals,
      text: listed(
        body.goalIds,
        goals.map((goal) => ({ id: goal.id, label: goalName(goal) })),
      ),
    },
    {
      key: 'pins',
      label: texts.content.pins.title,
      text: placesLine([...body.stageIds, ...body.handoverIds]),
    },
    {
      key: 'legalBases',
      label: texts.content.legalBases,
      text: listed(
        body.legalBasisIds,
        bases.map(({ id, title }) => ({ id, label: name(title) })),
      ),
    },
    {
      key: 'cases',
      label: texts.content.cases,
      text: body.cases
        .map(({ registryNo, urlFi, urlSv }) => [registryNo, urlFi, urlSv].filter(Boolean).join(' '))
        .join('; '),
    },
    {
      key: 'visibility',
      label: texts.content.visibility,
      text: [texts.content[body.visibility], body.visibilityGround].filter(Boolean).join(', '),
    },
  ];
  return (
    <EditForm<Body, Forum>
      label={forum ? t.editForum : t.create}
      initial={forum ? bodyOfForum(forum) : empty}
      version={forum?.version}
      save={(body, version) => save.mutateAsync({ version, body: inputOf(body) })}
      onSaved={onSaved}
      onCancel={onCancel}
      current={(resource) => {
        const saved = resource as Forum;
        return { body: bodyOfForum(saved), version: saved.version };
      }}
      savedBy={(changed) => <ChangedBy changed={changed} />}
      describe={describe}
    >
      {({ body, set, error, errors }) => (
        <>
          <LocalisedField
            label={t.form.title}
            value={body.title}
            onChange={(title) => set({ title: complete(title) })}
            errors={errors('/title')}
            maxLength={300}
          />
          <LocalisedField
            label={t.form.purpose}
            value={body.purpose}
            onChange={(purpose) => set({ purpose: complete(purpose) })}
            errors={errors('/purpose')}
            maxLength={1000}
            multiline
          />
          <LocalisedField
            label={t.form.mandate}
            value={body.mandate}
            onChange={(mandate) => set({ mandate: complete(mandate) })}
            errors={errors('/mandate')}
            maxLength={5000}
            multiline
          />
          <div className="fields">
            <Select
              label={t.form.level}
              value={body.level}
              options={levels.map((value) => ({ value, label: t.levels[value] }))}
              onChange={(level) => set({ level })}
              error={error('/level')}
            />
            <Select
              label={t.form.reach}
              value={body.reach}
              options={(['bilateral', 'regional'] as const).map((value) => ({
                value,
                label: t.reaches[value],
              }))}
              onChange={(reach) => set({ reach })}
              error={error('/reach')}
            />
            <Select
              label={t.form.paper}
              value={body.paper}
              options={(['memo', 'minutes'] as const).map((value) => ({
                value,
                label: t.papers[value],
              }))}
              onChange={(paper) => set({ paper })}
              error={error('/paper')}
            />
          </div>
          <div className="fields">
            <TextField
              label={t.form.rhythm}
              hint={t.form.rhythmHint}
              value={body.meetingsPerYear}
              onChange={(meetingsPerYear) => set({ meetingsPerYear })}
              error={error('/meetingsPerYear')}
            />
            <TextField
              label={t.form.referralDays}
              value={body.referralDays}
              onChange={(referralDays) => set({ referralDays })}
              error={error('/referralDays')}
            />
            <TextField
              label={t.form.key}
              hint={t.form.keyHint}
              value={body.key}
              onChange={(key) => set({ key })}
              error={error('/key')}
            />
          </div>
          <div className="fields">
            <Select
              label={t.form.parent}
              value={body.parentId}
              options={parents}
              onChange={(parentId) => set({ parentId })}
              error={error('/parentId')}
            />
            <Select
              label={t.form.chain}
              value={body.chainId}
              options={chainNames}
              onChange={(chainId) => set({ chainId })}
              error={error('/chainId')}
            />
          </div>
          <CheckList
            legend={t.goals}
            options={goals.map((goal) => ({ id: goal.id, label: goalName(goal) }))}
            value={body.goalIds}
            onChange={(goalIds) => set({ goalIds })}
            error={error('/goalIds')}
          />
          <PinsField
            stageIds={body.stageIds}
            handoverIds={body.handoverIds}
            before={forum?.pins}
            onChange={set}
            error={error}
          />
          <TagsField
            tags={tags}
            value={body.tagIds}
            before={forum?.tagIds}
            onChange={(tagIds) => set({ tagIds })}
            error={error('/tagIds')}
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
        </>
      )}
    </EditForm>
  );
}
