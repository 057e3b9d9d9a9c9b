import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ChangedBy } from '../../content/ChangedBy';
import { PathLink } from '../../content/PathLink';
import { ReferencesField } from '../../content/ReferencesField';
import { VisibilityField } from '../../content/VisibilityField';
import { useLang, useTexts, type Texts } from '../../i18n';
import { languages } from '../../lib/lang';
import { localised, type LocalisedText } from '../../lib/text';
import { Select } from '../../ui/filters';
import { CheckList } from '../../ui/forms/CheckList';
import { EditForm, type Editing } from '../../ui/forms/EditForm';
import { TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { PageHead } from '../../ui/Page';
import { Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import {
  chainOptionsQuery,
  forumListQuery,
  forumQuery,
  goalOptionsQuery,
  useSaveForum,
  type Forum,
  type ForumInput,
} from './queries';
import { levels } from './search';

type Text = { fi: string; sv: string; en: string };

interface ForumBody {
  key: string;
  title: Text;
  purpose: Text;
  mandate: Text;
  level: Forum['level'];
  reach: Forum['reach'];
  paper: Forum['paper'];
  /** As typed. */
  meetingsPerYear: string;
  /** Empty: none. */
  parentId: string;
  chainId: string;
  goalIds: string[];
  legalBasisIds: string[];
  cases: Forum['cases'];
  visibility: Forum['visibility'];
  visibilityGround: string;
}

function whole(text?: LocalisedText): Text {
  return { fi: text?.fi ?? '', sv: text?.sv ?? '', en: text?.en ?? '' };
}

function bodyOf(forum?: Forum): ForumBody {
  return {
    key: forum?.key ?? '',
    title: whole(forum?.title),
    purpose: whole(forum?.purpose),
    mandate: whole(forum?.mandate),
    level: forum?.level ?? 'thematic',
    reach: forum?.reach ?? 'bilateral',
    paper: forum?.paper ?? 'memo',
    meetingsPerYear: String(forum?.meetingsPerYear ?? 4),
    parentId: forum?.parent?.id ?? '',
    chainId: forum?.chain?.id ?? '',
    goalIds: forum?.goals.map(({ id }) => id) ?? [],
    legalBasisIds: forum?.legalBasisIds ?? [],
    cases: forum?.cases ?? [],
    visibility: forum?.visibility ?? 'public',
    visibilityGround: forum?.visibilityGround ?? '',
  };
}

/** The request. What is no number goes as one that the server refuses beside its field. */
function inputOf({ meetingsPerYear, parentId, chainId, ...body }: ForumBody): ForumInput {
  return {
    ...body,
    meetingsPerYear: /^\d{1,4}$/.test(meetingsPerYear.trim()) ? Number(meetingsPerYear) : -1,
    ...(parentId && { parentId }),
    ...(chainId && { chainId }),
  };
}

/** A new forum. */
export function NewForumPage() {
  const t = useTexts().forums;
  return (
    <>
      <Head title={t.create} />
      <Form />
    </>
  );
}

/** The facts of a forum, to edit. */
export function EditForumPage() {
  const t = useTexts().forums;
  const lang = useLang();
  const { id } = useParams({ strict: false });
  const forum = useQuery(forumQuery(id ?? ''));
  return (
    <Loaded query={forum} loading={t.loadingOne}>
      {(data) => (
        <>
          <Head title={t.editForum} forum={data} name={localised(data.title, lang).value} />
          <Form forum={data} />
        </>
      )}
    </Loaded>
  );
}

function Head({ title, forum, name }: { title: string; forum?: Forum; name?: string }) {
  const t = useTexts().forums;
  return (
    <PageHead
      title={title}
      above={
        <p className="crumb meta">
          <PathLink path="/forums">{t.title}</PathLink>
          {forum && (
            <>
              {' '}
              / <PathLink path={`/forums/${forum.key}`}>{name}</PathLink>
            </>
          )}
        </p>
      }
    />
  );
}

function Form({ forum }: { forum?: Forum }) {
  const texts = useTexts();
  const t = texts.forums;
  const lang = useLang();
  const tell = useToast();
  const navigate = useNavigate();
  const save = useSaveForum();
  const open = (key: string | undefined) =>
    void navigate({ to: key ? `/${lang}/forums/${key}` : `/${lang}/forums` });
  return (
    <EditForm
      label={t.editLabel}
      initial={bodyOf(forum)}
      version={forum?.version}
      save={(body, version) => save.mutateAsync({ id: forum?.id, version, body: inputOf(body) })}
      onSaved={(saved) => {
        tell(t.saved);
        open(saved.key);
      }}
      onCancel={() => open(forum?.key)}
      current={(resource) => {
        const current = resource as Forum;
        return { body: bodyOf(current), version: current.version };
      }}
      describe={(body) => describe(body, texts)}
      savedBy={(changed) => <ChangedBy changed={changed} />}
    >
      {(editing) => <Fields {...editing} forum={forum} />}
    </EditForm>
  );
}

function Fields({ body, set, error, errors, forum }: Editing<ForumBody> & { forum?: Forum }) {
  const texts = useTexts();
  const t = texts.forums.form;
  const lang = useLang();
  const forums = useQuery(forumListQuery({})).data ?? [];
  const chains = useQuery(chainOptionsQuery).data ?? [];
  const goals = useQuery(goalOptionsQuery).data ?? [];
  const none = { value: '', label: t.none };
  return (
    <>
      <LocalisedField
        label={t.title}
        value={body.title}
        onChange={(title) => set({ title: whole(title) })}
        errors={errors('/title')}
      />
      <LocalisedField
        label={t.purpose}
        value={body.purpose}
        onChange={(purpose) => set({ purpose: whole(purpose) })}
        errors={errors('/purpose')}
        multiline
      />
      <LocalisedField
        label={t.mandate}
        value={body.mandate}
        onChange={(mandate) => set({ mandate: whole(mandate) })}
        errors={errors('/mandate')}
        multiline
      />
      <div className="fields">
        <Select
          label={t.level}
          value={body.level}
          options={levels.map((value) => ({ value, label: texts.forums.levels[value] }))}
          onChange={(level) => set({ level })}
          error={error('/level')}
        />
        <Select
          label={t.reach}
          value={body.reach}
          options={(['bilateral', 'regional'] as const).map((value) => ({
            value,
            label: texts.forums.reachNames[value],
          }))}
          onChange={(reach) => set({ reach })}
        />
        <Select
          label={t.paper}
          value={body.paper}
          options={(['memo', 'minutes'] as const).map((value) => ({
            value,
            label: texts.forums.papers[value],
          }))}
          onChange={(paper) => set({ paper })}
        />
        <TextField
          label={t.rhythm}
          value={body.meetingsPerYear}
          onChange={(meetingsPerYear) => set({ meetingsPerYear })}
          error={error('/meetingsPerYear')}
        />
      </div>
      <div className="fields">
        <Select
          label={t.parent}
          value={body.parentId}
          options={[
            none,
            ...forums
              .filter(({ id }) => id !== forum?.id)
              .map(({ id, title }) => ({ value: id, label: localised(title, lang).value })),
          ]}
          onChange={(parentId) => set({ parentId })}
          error={error('/parentId')}
        />
        <Select
          label={t.chain}
          value={body.chainId}
          options={[
            none,
            ...chains.map(({ id, title }) => ({ value: id, label: localised(title, lang).value })),
          ]}
          onChange={(chainId) => set({ chainId })}
          error={error('/chainId')}
        />
        <TextField
          label={t.key}
          hint={t.keyHint}
          value={body.key}
          onChange={(key) => set({ key })}
          error={error('/key')}
        />
      </div>
      <CheckList
        legend={t.goals}
        options={goals.map(({ id, no, title }) => ({
          id,
          label: `${no} ${localised(title, lang).value}`,
        }))}
        value={body.goalIds}
        onChange={(goalIds) => set({ goalIds })}
        error={error('/goalIds')}
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
  );
}

/** A form as texts, for comparing two versions. */
function describe(body: ForumBody, texts: Texts) {
  const t = texts.forums.form;
  const words = (['title', 'purpose', 'mandate'] as const).flatMap((name) =>
    languages.map((lang) => ({
      key: `${name}/${lang}`,
      label: texts.content.inLanguage(t[name], texts.ui.languageNames[lang]),
      text: body[name][lang],
    })),
  );
  return [
    ...words,
    { key: 'level', label: t.level, text: texts.forums.levels[body.level] },
    { key: 'reach', label: t.reach, text: texts.forums.reachNames[body.reach] },
    { key: 'paper', label: t.paper, text: texts.forums.papers[body.paper] },
    { key: 'rhythm', label: t.rhythm, text: body.meetingsPerYear },
    { key: 'key', label: t.key, text: body.key },
    { key: 'visibility', label: texts.content.visibility, text: texts.content[body.visibility] },
  ];
}
