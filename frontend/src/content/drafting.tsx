import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import {
  draftQuery,
  openDraftQuery,
  useCreateDraft,
  useSaveDraft,
  type Draft,
  type DraftKind,
  type DraftSummary,
} from '../api/drafts';
import { useMe } from '../api/me';
import { usePartyLooks } from '../api/parties';
import type { Responsibility } from '../api/posts';
import { useLang, useTexts } from '../i18n';
import { ofNow, useAsOf } from '../lib/asOf';
import { dateOf, daysBetween, type ISODate } from '../lib/dates';
import { Problem } from '../lib/problem';
import { complete, noText } from '../lib/text';
import { LinkButton } from '../ui/Button';
import { LocalisedField } from '../ui/forms/LocalisedField';
import { Note } from '../ui/layout';
import { fieldError } from '../ui/problemTexts';
import { useToast } from '../ui/Toast';
import { Insiders } from '../ui/Visibility';
import { useShownDay } from './AgreementMark';
import './drafts.css';

/** The content of a draft, or of what is published, with the posts that it names. */
export interface Drafted<Content> {
  content: Content;
  posts: Draft['posts'];
}

/** How a form saves the change of something public: as a draft. */
export interface Drafting<Content> {
  /** The draft that the form goes on with; undefined for a first version. */
  opened: Drafted<Content> | undefined;
  save: (content: Content) => Promise<undefined>;
  /** What is saved or published by now, of a 412. */
  current: (resource: unknown) => Drafted<Content>;
  saveLabel: string;
  below: ReactNode;
}

type DraftResponsibility = Pick<Responsibility, 'part'> & {
  postId: string;
  wording?: Partial<Responsibility['wording']>;
};

/** The responsibilities of a draft with the names of their posts. */
export function namedResponsibilities(
  said: readonly DraftResponsibility[] | undefined,
  posts: Draft['posts'],
): Responsibility[] {
  return (said ?? []).map(({ postId, part, wording }) => ({
    post: posts.find(({ id }) => id === postId) ?? { id: postId, title: noText, partyId: '' },
    part,
    wording: complete(wording ?? {}),
    standing: 'in_force',
  }));
}

interface Thing {
  id: string;
  version: number;
  visibility: 'public' | 'internal';
}

/**
 * Editing a thing that may be public: `drafting` for its form where the change is a draft first,
 * and the draft that waits, if there is one. `ready` once that is known.
 */
export function useDraftedEditing<Content>(kind: DraftKind, thing: Thing) {
  const asOf = useAsOf();
  const staff = useMe().data?.hasRole ?? false;
  const asked = staff && asOf === undefined;
  const open = useQuery({ ...openDraftQuery(kind, thing.id, ofNow), enabled: asked });
  const waiting = asked ? open.data : undefined;
  const draft = useQuery({ ...draftQuery(waiting?.id ?? '', ofNow), enabled: Boolean(waiting) });
  // Something internal that once was public: the server tells when it is asked to change it.
  const [refused, setRefused] = useState(false);
  const drafting = useDrafting<Content>(kind, thing, waiting ? draft.data : undefined);
  return {
    open: waiting ?? undefined,
    ready: open.data !== undefined && (waiting === null || draft.data !== undefined),
    drafting: thing.visibility === 'public' || refused || waiting ? drafting : undefined,
    /** A direct write; if it is refused, the same form saves a draft. */
    direct: async <Saved,>(write: Promise<Saved>): Promise<Saved> => {
      try {
        return await write;
      } catch (failure) {
        if (failure instanceof Problem && failure.code === 'draft_required') setRefused(true);
        throw failure;
      }
    },
  };
}

/** Saves the content of a form as the first or the next version of a draft, and goes to its page. */
function useDrafting<Content>(
  kind: DraftKind,
  thing: Thing,
  draft: Draft | undefined,
): Drafting<Content> {
  const texts = useTexts();
  const t = texts.drafts;
  const lang = useLang();
  const navigate = useNavigate();
  const tell = useToast();
  const create = useCreateDraft();
  const again = useSaveDraft();
  const [note, setNote] = useState<typeof noText>();
  // The versions that the form was opened on, until it is chosen to save upon newer ones.
  const versions = useRef<{ draft?: number; base?: number }>({});
  const written = note ?? complete(draft?.note ?? {});
  const failure = draft ? again.error : create.error;
  return {
    opened: draft && { content: draft.content as Content, posts: draft.posts },
    saveLabel: t.save,
    current: (resource) => resource as Drafted<Content>,
    below: (
      <>
        <LocalisedField
          label={t.note}
          hint={t.noteHint}
          value={written}
          onChange={(text) => setNote(complete(text))}
          errors={{
            fi: fieldError(failure, '/note/fi', texts),
            sv: fieldError(failure, '/note/sv', texts),
            en: fieldError(failure, '/note/en', texts),
          }}
          multiline
          maxLength={1000}
        />
        <p className="meta">{t.explain}</p>
      </>
    ),
    save: async (content) => {
      const known = versions.current;
      known.draft ??= draft?.version;
      known.base ??= draft?.baseVersion ?? thing.version;
      const body = { baseVersion: known.base, content, note: written };
      try {
        const saved = draft
          ? await again.mutateAsync({ id: draft.id, version: known.draft ?? 0, body })
          : await create.mutateAsync({ subjectKind: kind, subjectId: thing.id, ...body });
        tell(t.saved);
        await navigate({ to: '/$lang/drafts/$id', params: { lang, id: saved.id } });
      } catch (refusal) {
        if (refusal instanceof Problem && refusal.status === 412) {
          const current = refusal.current as { version: number; baseVersion?: number };
          if (refusal.code === 'base_changed') known.base = current.version;
          else known.draft = current.version;
        }
        throw inForm(refusal);
      }
      return undefined;
    },
  };
}

/** The same refusal with its fields placed as the form knows them: without the draft around. */
function inForm(refusal: unknown): unknown {
  if (!(refusal instanceof Problem) || refusal.errors.length === 0) return refusal;
  const { status, code, title, detail, instance, current, changed, state } = refusal;
  const errors = refusal.errors.map((field) => ({
    ...field,
    pointer: field.pointer.replace(/^\/content(?=\/|$)/, ''),
  }));
  return new Problem({ status, code, title, detail, instance, current, changed, state, errors });
}

/** How many days ago, by the calendar. */
export function daysSince(instant: string, today: ISODate): number {
  return Math.max(0, daysBetween(dateOf(instant), today));
}

/** Tells staff that a draft of the thing waits, and since when. */
export function DraftBar({ draft }: { draft: DraftSummary | undefined }) {
  const { drafts: t, content } = useTexts();
  const lang = useLang();
  const look = usePartyLooks(lang);
  const today = useShownDay();
  if (!draft) return null;
  return (
    <div className="draft-note">
      <Insiders what={content.insiders.draft}>
        <Note tone={draft.standing === 'changes_requested' ? 'late' : 'soon'}>
          <div className="draft-bar">
            <p>
              <b>{t.bar(look(draft.post.partyId).name, daysSince(draft.savedAt, today))}</b>{' '}
              <span className="meta">{t.standings[draft.standing]}</span>
            </p>
            <LinkButton
              small
              variant="secondary"
              to="/$lang/drafts/$id"
              params={{ lang, id: draft.id }}
            >
              {t.open}
            </LinkButton>
          </div>
        </Note>
      </Insiders>
    </div>
  );
}
