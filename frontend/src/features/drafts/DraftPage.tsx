import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  draftCommentsQuery,
  draftQuery,
  useDiscardDraft,
  usePublishDraft,
  useSayOfDraft,
  type CommentKind,
  type Draft,
} from '../../api/drafts';
import { usePartyLooks } from '../../api/parties';
import { useShownDay } from '../../content/AgreementMark';
import { daysSince } from '../../content/drafting';
import { PostLink } from '../../content/PostLink';
import { subjectKind, SubjectLink } from '../../content/SubjectLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate, formatDateTime } from '../../lib/dates';
import { complete, localised, noText } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button, LinkButton } from '../../ui/Button';
import { TextArea } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Modal } from '../../ui/forms/Modal';
import { Note, Section } from '../../ui/layout';
import { markWords } from '../../ui/markWords';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { fieldError } from '../../ui/problemTexts';
import { EmptyState, ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { InternalMark } from '../../ui/Visibility';
import { differenceLines } from './differences';
import './drafts.css';

/** One draft: what it would change, what the parties say of it, and what becomes of it. */
export function DraftPage() {
  const { id } = useParams({ from: '/$lang/drafts/$id' });
  const t = useTexts().drafts;
  const draft = useQuery(draftQuery(id, useAsOf()));
  return (
    <>
      {!draft.data && <PageHead title={t.states.open} />}
      <Loaded query={draft} loading={t.loading}>
        {(shown) => <DraftView key={shown.id} draft={shown} />}
      </Loaded>
    </>
  );
}

function DraftView({ draft }: { draft: Draft }) {
  const texts = useTexts();
  const t = texts.drafts;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const today = useShownDay();
  const asOf = useAsOf();
  const settled = draft.settledAt ? formatDate(dateOf(draft.settledAt), lang) : '';
  const lead = {
    open: t.lead(
      look(draft.post.partyId).name,
      formatDate(dateOf(draft.savedAt), lang),
      daysSince(draft.savedAt, today),
    ),
    published: t.publishedOn(settled),
    discarded: t.discardedOn(settled),
  }[draft.state];
  const name = `${subjectKind(draft.subject, texts)}, ${localised(draft.subject.title, lang).value}`;
  return (
    <div className="pg-draft">
      <PageHead
        title={t.title(name)}
        lead={lead}
        above={
          <>
            <p className="meta">
              <SubjectLink subject={draft.subject} />
            </p>
            <InternalMark what={texts.content.insiders.draft} ground={texts.ui.visibility.staff} />
          </>
        }
        actions={!asOf && draft.state === 'open' && <Decisions draft={draft} />}
      />
      <div className="stack">
        {draft.reason && <p>{t.reason(draft.reason)}</p>}
        {draft.state === 'open' && (
          <Note tone={draft.standing === 'changes_requested' ? 'late' : undefined}>
            <p>
              <b>{t.standings[draft.standing]}.</b>{' '}
              {draft.standing === 'changes_requested' && t.blocked}
            </p>
            {draft.missing.length > 0 && (
              <p>
                {(draft.subject.kind === 'plan' ? t.missingPlan : t.missing)(
                  draft.missing.map((id) => look(id).name).join(', '),
                )}
              </p>
            )}
            {draft.outdated && (
              <p>
                <b>{t.outdated}</b> {t.outdatedHelp}
              </p>
            )}
          </Note>
        )}
        {localised(draft.note, lang).value && (
          <p className="prose">
            <T text={draft.note} />
          </p>
        )}
        <Differences draft={draft} />
        <Comments draft={draft} />
      </div>
    </div>
  );
}

function Differences({ draft }: { draft: Draft }) {
  const texts = useTexts();
  const t = texts.drafts;
  const lines = differenceLines(draft, texts, useLang());
  const side = (title: string, from: 'published' | 'drafted', to: 'published' | 'drafted') => (
    <div>
      <h3 className="draft-side">{title}</h3>
      {lines.map((line) => (
        <div key={line.key}>
          <p className="cfl">{line.label}</p>
          <p className="cft">
            {line[to] === '' ? <i>{t.nothing}</i> : markWords(line[from], line[to])}
          </p>
        </div>
      ))}
    </div>
  );
  return (
    <Section title={t.differences} aside={lines.length > 0 && t.differencesMeta(lines.length)}>
      {lines.length === 0 ? (
        <EmptyState title={t.none} />
      ) : (
        <div className="cf2">
          {side(draft.state === 'open' ? t.published : t.before, 'drafted', 'published')}
          {side(t.drafted, 'published', 'drafted')}
        </div>
      )}
    </Section>
  );
}

function Comments({ draft }: { draft: Draft }) {
  const t = useTexts().drafts;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const asOf = useAsOf();
  const comments = useInfiniteQuery(draftCommentsQuery(draft.id, asOf));
  const said = comments.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Section title={t.comments} aside={said.length > 1 && t.latestFirst}>
      <Loaded query={comments}>
        {() => (
          <>
            {said.length === 0 && <p className="meta">{t.noComments}</p>}
            <ul className="hl row-text draft-words">
              {said.map((comment) => (
                <li key={comment.id}>
                  <Who party={look(comment.post.partyId)}>
                    <PostLink post={comment.post} />
                  </Who>
                  <span className="meta">
                    <b>{t.kinds[comment.kind]}</b>, {t.version(comment.version)},{' '}
                    {formatDateTime(comment.at, lang)}
                  </span>
                  {localised(comment.text, lang).value && (
                    <p>
                      <T text={comment.text} />
                    </p>
                  )}
                </li>
              ))}
            </ul>
            {comments.hasNextPage && (
              <p className="btns">
                <Button
                  small
                  variant="secondary"
                  aria-disabled={comments.isFetchingNextPage}
                  onClick={() => void comments.fetchNextPage()}
                >
                  {t.moreComments}
                </Button>
              </p>
            )}
          </>
        )}
      </Loaded>
      {!asOf && draft.permissions.includes('draft.comment') && <Say draft={draft} />}
    </Section>
  );
}

/** Says something of the version that is shown. The text stays whatever the server answers. */
function Say({ draft }: { draft: Draft }) {
  const texts = useTexts();
  const t = texts.drafts;
  const tell = useToast();
  const [text, setText] = useState(noText);
  const { mutateAsync, isPending, error } = useSayOfDraft(draft);
  const say = (kind: CommentKind) => {
    if (isPending) return;
    whenSaved(mutateAsync({ kind, text }), () => {
      tell(t.said[kind]);
      setText(noText);
    });
  };
  return (
    <form
      className="draft-say upd"
      aria-label={t.comment}
      onSubmit={(event) => {
        event.preventDefault();
        say('comment');
      }}
      noValidate
    >
      <LocalisedField
        label={t.text}
        hint={t.textHint}
        value={text}
        onChange={(next) => setText(complete(next))}
        errors={{
          fi: fieldError(error, '/text/fi', texts),
          sv: fieldError(error, '/text/sv', texts),
          en: fieldError(error, '/text/en', texts),
        }}
        multiline
        maxLength={2000}
        oneIsEnough
      />
      {error !== null && <ErrorState error={error} title={texts.problems.saveTitle} />}
      <div className="btns">
        <Button type="submit" variant="secondary" small aria-disabled={isPending}>
          {t.comment}
        </Button>
        {draft.permissions.includes('draft.answer') && (
          <>
            <Button
              variant="secondary"
              small
              aria-disabled={isPending}
              onClick={() => say('changes_requested')}
            >
              {t.requestChanges}
            </Button>
            <Button small aria-disabled={isPending} onClick={() => say('agreed')}>
              {t.agree}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}

/** What becomes of the draft: published, written on, discarded. */
function Decisions({ draft }: { draft: Draft }) {
  const texts = useTexts();
  const t = texts.drafts;
  const lang = useLang();
  const tell = useToast();
  const publish = usePublishDraft(draft);
  const discard = useDiscardDraft(draft);
  const [asking, setAsking] = useState<'publish' | 'discard' | null>(null);
  const [reason, setReason] = useState('');
  const { kind, id, no, key } = draft.subject;
  const close = () => setAsking(null);
  return (
    <>
      {draft.permissions.includes('draft.publish') && (
        <Button onClick={() => setAsking('publish')}>{t.publish}</Button>
      )}
      {draft.permissions.includes('draft.edit') && (
        <>
          {kind === 'plan' ? (
            <LinkButton
              variant="secondary"
              to="/$lang/plan/$key"
              params={{ lang, key: key ?? id }}
              search={{ edit: true }}
            >
              {t.edit}
            </LinkButton>
          ) : kind === 'goal' ? (
            <LinkButton
              variant="secondary"
              to="/$lang/goals/$no"
              params={{ lang, no: String(no ?? id) }}
              search={{ edit: true }}
            >
              {t.edit}
            </LinkButton>
          ) : (
            <LinkButton
              variant="secondary"
              to="/$lang/chains/$id"
              params={{ lang, id }}
              search={{ edit: true }}
            >
              {t.edit}
            </LinkButton>
          )}
          <Button variant="quiet" onClick={() => setAsking('discard')}>
            {t.discard}
          </Button>
        </>
      )}
      <Modal
        title={t.publishQuestion}
        open={asking === 'publish'}
        onEscape={close}
        actions={
          <>
            <Button
              aria-disabled={publish.isPending}
              onClick={() => {
                if (publish.isPending) return;
                whenSaved(publish.mutateAsync(), () => {
                  tell(t.publishDone);
                  close();
                });
              }}
            >
              {t.publish}
            </Button>
            <Button variant="secondary" onClick={close}>
              {texts.ui.cancel}
            </Button>
          </>
        }
      >
        <p>
          {t.publishText} {draft.standing === 'waiting' && t.waitingText}
        </p>
        {publish.error !== null && (
          <ErrorState error={publish.error} title={texts.problems.saveTitle} />
        )}
      </Modal>
      <Modal
        title={t.discard}
        open={asking === 'discard'}
        onEscape={reason === '' ? close : undefined}
        actions={
          <>
            <Button
              variant="danger"
              aria-disabled={discard.isPending}
              onClick={() => {
                if (discard.isPending) return;
                whenSaved(discard.mutateAsync(reason), () => {
                  tell(t.discardDone);
                  close();
                });
              }}
            >
              {t.discard}
            </Button>
            <Button variant="secondary" onClick={close}>
              {texts.ui.cancel}
            </Button>
          </>
        }
      >
        <p className="below-s">{t.discardText}</p>
        <TextArea
          label={t.discardReason}
          rows={2}
          value={reason}
          onChange={setReason}
          maxLength={500}
          error={fieldError(discard.error, '/reason', texts)}
        />
        {discard.error !== null && (
          <ErrorState error={discard.error} title={texts.problems.saveTitle} />
        )}
      </Modal>
    </>
  );
}
