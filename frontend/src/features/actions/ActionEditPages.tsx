import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay, useMe } from '../../api/me';
import { rhythmText } from '../../content/RhythmField';
import { useLang, useTexts, type Texts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { formatDateTime } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { ConflictPanel, type ConflictField } from '../../ui/forms/ConflictPanel';
import { Breadcrumb } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { ActionForm, type ActionDraft } from './ActionForm';
import './actions.css';
import {
  actionQuery,
  useCreateAction,
  useSaveAction,
  type Action,
  type ActionChange,
} from './queries';
import { dueText, may, startText } from './words';

const empty: ActionDraft = {
  body: {
    title: { fi: '' },
    description: { fi: '' },
    startsPrecision: 'day',
    duePrecision: 'day',
    visibility: 'public',
  },
  posts: [],
  cases: [],
};

/** A new action. */
export function ActionNewPage() {
  const t = useTexts().actions;
  const lang = useLang();
  const me = useMe().data;
  const mayCreate = useMay('action.create');
  const navigate = useNavigate();
  const tell = useToast();
  const create = useCreateAction();
  const { stageId, handoverId } = useSearch({ from: '/$lang/actions/new' });
  const back = () => void navigate({ to: '/$lang/actions', params: { lang } });
  return (
    <>
      <PageHead
        title={t.form.newTitle}
        lead={t.form.newLead}
        above={
          <Breadcrumb
            items={[{ label: t.title, link: { to: '/$lang/actions', params: { lang } } }]}
          />
        }
      />
      {me && !mayCreate ? (
        <EmptyState title={t.form.forbidden} />
      ) : (
        <ActionForm
          initial={{ ...empty, body: { ...empty.body, stageId, handoverId } }}
          mayAssign
          submitLabel={t.form.create}
          saving={create.isPending}
          error={create.error}
          onCancel={back}
          onSubmit={(body) => {
            whenSaved(create.mutateAsync(body), ({ no }) => {
              tell(t.form.created(no));
              void navigate({ to: '/$lang/actions/$no', params: { lang, no: String(no) } });
            });
          }}
        />
      )}
    </>
  );
}

/** An action with everything that an edit may change. */
export function ActionEditPage() {
  const t = useTexts().actions;
  const lang = useLang();
  const { no } = useParams({ from: '/$lang/actions/$no/edit' });
  const action = useQuery(actionQuery(no, ofNow));
  return (
    <>
      <PageHead
        title={t.form.editTitle(Number(no))}
        above={
          <Breadcrumb
            items={[
              { label: t.title, link: { to: '/$lang/actions', params: { lang } } },
              {
                label: t.one(Number(no)),
                link: { to: '/$lang/actions/$no', params: { lang, no } },
              },
            ]}
          />
        }
      />
      <Loaded query={action} loading={t.form.loading}>
        {(data) =>
          may(data, 'action.edit') ? (
            <Edit key={data.id} action={data} />
          ) : (
            <EmptyState title={t.form.forbidden} />
          )
        }
      </Loaded>
    </>
  );
}

function Edit({ action }: { action: Action }) {
  const texts = useTexts();
  const t = texts.actions;
  const lang = useLang();
  const navigate = useNavigate();
  const tell = useToast();
  const save = useSaveAction(action.id);
  const [initial] = useState(() => draftOf(action, lang));
  const [version, setVersion] = useState(action.version);
  const [conflict, setConflict] = useState<{ problem: Problem; body: ActionChange } | null>(null);
  const leave = () =>
    void navigate({ to: '/$lang/actions/$no', params: { lang, no: String(action.no) } });
  const send = (body: ActionChange, based: number) =>
    whenSaved(
      save.mutateAsync({ version: based, body }),
      () => {
        tell(t.form.saved(action.no));
        leave();
      },
      (error) => {
        if (error instanceof Problem && error.status === 412) {
          setConflict({ problem: error, body });
        }
      },
    );
  const saved = conflict?.problem.current as Action | undefined;
  const changed = conflict?.problem.changed;
  return (
    <>
      {conflict && saved && (
        <ConflictPanel
          fields={conflictFields(conflict.body, saved, texts, lang)}
          savedBy={
            changed &&
            t.update.savedBy(
              localised(changed.post, lang).value,
              formatDateTime(changed.at, lang, { short: true }),
            )
          }
          saving={save.isPending}
          onTakeMine={() => send(conflict.body, saved.version)}
          onKeepSaved={leave}
          onByHand={() => {
            setVersion(saved.version);
            setConflict(null);
            save.reset();
          }}
        />
      )}
      <div hidden={conflict !== null}>
        <ActionForm
          existing
          hasTasks={action.tasks.length > 0}
          initial={initial}
          mayAssign={may(action, 'responsibility.edit')}
          submitLabel={texts.ui.save}
          saving={save.isPending}
          error={conflict ? null : save.error}
          onCancel={leave}
          onSubmit={(body) => send(body, version)}
        />
      </div>
    </>
  );
}

function draftOf(action: Action, lang: Lang): ActionDraft {
  return {
    body: {
      title: action.title,
      description: action.description,
      goalIds: action.goalIds,
      startsOn: action.startsOn,
      startsPrecision: action.startsPrecision,
      dueOn: action.dueOn,
      duePrecision: action.duePrecision,
      ownFreshness: action.ownFreshness,
      phaseId: action.phaseId,
      forumId: action.forumId,
      stageId: action.stageId,
      handoverId: action.handoverId,
      targetGroupIds: action.targetGroupIds,
      districtIds: action.districtIds,
      tagIds: action.tagIds,
      legalBasisIds: action.legalBasisIds,
      visibility: action.visibility,
      visibilityGround: action.visibilityGround,
    },
    posts: action.responsibilities.map(({ post, part, wording }, key) => ({
      key,
      part,
      wording,
      post: { id: post.id, label: localised(post.title, lang).value, partyId: post.partyId },
    })),
    cases: action.cases.map((each, key) => ({ ...each, key })),
  };
}

/** What differs in words; what is only chosen from lists stays as the form has it. */
function conflictFields(
  body: ActionChange,
  saved: Action,
  texts: Texts,
  lang: Lang,
): ConflictField[] {
  const t = texts.actions.fields;
  const word = (text: Parameters<typeof localised>[0]) => localised(text, lang).value;
  const { rhythm } = texts.freshness;
  const ownText = (own: Action['ownFreshness']) => (own ? rhythmText(rhythm, own) : rhythm.ofPlan);
  const schedule = {
    startsOn: body.startsOn,
    startsPrecision: body.startsPrecision,
    dueOn: body.dueOn,
    duePrecision: body.duePrecision,
  };
  return [
    { key: 'title', label: t.title ?? '', yours: word(body.title), saved: word(saved.title) },
    {
      key: 'description',
      label: t.description ?? '',
      yours: word(body.description),
      saved: word(saved.description),
    },
    {
      key: 'startsOn',
      label: t.startsOn ?? '',
      yours: startText(schedule, lang),
      saved: startText(saved, lang),
    },
    {
      key: 'dueOn',
      label: t.dueOn ?? '',
      yours: dueText(schedule, lang),
      saved: dueText(saved, lang),
    },
    {
      key: 'freshness',
      label: texts.freshness.rhythm.label,
      yours: ownText(body.ownFreshness),
      saved: ownText(saved.ownFreshness),
    },
    {
      key: 'responsibilities',
      label: t.responsibilities ?? '',
      yours: (body.responsibilities ?? [])
        .map(({ postId, part, wording }) => {
          const known = saved.responsibilities.find(({ post }) => post.id === postId);
          return [texts.ui.parts[part].name, word(known?.post.title), word(wording)].join(' ');
        })
        .join('\n'),
      saved: saved.responsibilities
        .map(({ post, part, wording }) =>
          [texts.ui.parts[part].name, word(post.title), word(wording)].join(' '),
        )
        .join('\n'),
    },
  ].filter(({ yours, saved: now }) => yours !== now);
}
