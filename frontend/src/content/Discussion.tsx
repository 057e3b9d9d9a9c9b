import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { usePartyLooks } from '../api/parties';
import {
  commentsQuery,
  responsibilityQuery,
  useSayOfProposal,
  type ResponsibilityComment,
  type ResponsibilityItem,
} from '../api/responsibilities';
import { T, useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { dateOf, formatDate, formatDateTime } from '../lib/dates';
import { complete, noText } from '../lib/text';
import { whenSaved } from '../lib/whenSaved';
import { Button } from '../ui/Button';
import { LocalisedField } from '../ui/forms/LocalisedField';
import { Who } from '../ui/PartyMark';
import { fieldError } from '../ui/problemTexts';
import { ErrorState, Loaded } from '../ui/states';
import { useToast } from '../ui/Toast';
import { useShownDay } from './AgreementMark';
import { daysSince } from './drafting';
import { PostLink } from './PostLink';
import './responsibilities.css';

interface DiscussionProps {
  item: ResponsibilityItem;
  /** What the responsibility is called, for the names of what opens. */
  name: string;
  /** The item is of a list, which does not tell what the reader may do. */
  listed?: boolean;
}

/**
 * What staff of the parties say of a proposal before it is answered, and who asks for changes of it.
 * Nothing for the public, and where nothing waits.
 */
export function Discussion({ item, name, listed = false }: DiscussionProps) {
  const t = useTexts().responsibilities.talk;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const asOf = useAsOf();
  const today = useShownDay();
  const [opened, setOpened] = useState(false);
  const { discussion } = item;
  const told = useQuery({ ...responsibilityQuery(item.id, asOf), enabled: listed && opened });
  if (!discussion) return null;
  const { comments, lastAt, requests } = discussion;
  const mayComment = !asOf && (listed || item.permissions.includes('agreement.comment'));
  if (comments === 0 && !mayComment) return null;
  return (
    <>
      {requests.map(({ partyId, at }) => (
        <p key={partyId} className="note soon">
          <b>{t.asks(look(partyId).name)}</b>{' '}
          <span className="meta">
            {t.askedAt(formatDate(dateOf(at), lang), daysSince(at, today))}
          </span>
        </p>
      ))}
      <details
        className="rsp-talk"
        onToggle={({ currentTarget }) => {
          if (currentTarget.open) setOpened(true); // what is typed stays when it is folded again
        }}
      >
        <summary>
          {comments === 0 ? t.begin : t.count(comments)}
          <span className="vh">: {name}</span>{' '}
          {lastAt && <span className="meta">{t.latest(daysSince(lastAt, today))}</span>}
        </summary>
        {opened && (
          <>
            <Said id={item.id} count={comments} revision={item.waiting?.revision} />
            {listed ? (
              <Loaded query={told}>{(one) => <Say item={one} name={name} />}</Loaded>
            ) : (
              <Say item={item} name={name} />
            )}
          </>
        )}
      </details>
    </>
  );
}

/** What has been said of the words that wait, the latest first. */
function Said({ id, count, revision }: { id: string; count: number; revision?: number }) {
  const query = useInfiniteQuery({ ...commentsQuery(id, useAsOf()), enabled: count > 0 });
  if (count === 0) return null;
  return (
    <Loaded query={query}>
      {({ pages }) => (
        <>
          <CommentList
            comments={pages.flatMap(({ items }) => items).filter(({ waiting }) => waiting)}
            revision={revision}
          />
          <More query={query} />
        </>
      )}
    </Loaded>
  );
}

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Fetches what was said before what is shown, where there is more. */
export function More({ query }: { query: Paged }) {
  const t = useTexts().responsibilities.talk;
  if (!query.hasNextPage) return null;
  return (
    <p className="btns">
      <Button
        small
        variant="secondary"
        aria-disabled={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        {t.more}
      </Button>
    </p>
  );
}

interface CommentListProps {
  comments: readonly ResponsibilityComment[];
  /** The version beside which they stand: another one is named. */
  revision?: number;
}

export function CommentList({ comments, revision }: CommentListProps) {
  const t = useTexts().responsibilities.talk;
  const lang = useLang();
  const look = usePartyLooks(lang);
  if (comments.length === 0) return null;
  return (
    <ul className="rsp-said">
      {comments.map((comment) => (
        <li key={comment.id}>
          <Who party={look(comment.post.partyId)}>
            <PostLink post={comment.post} />
          </Who>{' '}
          <span className="meta">
            <b>{t.kinds[comment.kind]}</b>, {formatDateTime(comment.at, lang)}
            {comment.revision !== revision && `, ${t.version(comment.revision)}`}
          </span>
          <p>
            <T text={comment.text} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Says something of the version that is shown. The text stays whatever the server answers. */
function Say({ item, name }: { item: ResponsibilityItem; name: string }) {
  const texts = useTexts();
  const t = texts.responsibilities.talk;
  const tell = useToast();
  const asOf = useAsOf();
  const [text, setText] = useState(noText);
  const { mutateAsync, isPending, error } = useSayOfProposal(item);
  if (asOf || !item.permissions.includes('agreement.comment')) return null;
  const say = (kind: ResponsibilityComment['kind']) => {
    if (isPending) return;
    whenSaved(mutateAsync({ kind, text }), () => {
      tell(t.said[kind]);
      setText(noText);
    });
  };
  return (
    <form
      className="upd"
      aria-label={t.formOf(name)}
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        say('comment');
      }}
      noValidate
    >
      <LocalisedField
        label={t.text}
        hint={t.hint}
        value={text}
        onChange={(next) => setText(complete(next))}
        errors={{
          fi: fieldError(error, '/text/fi', texts),
          sv: fieldError(error, '/text/sv', texts),
          en: fieldError(error, '/text/en', texts),
        }}
        multiline
        maxLength={2000}
      />
      {error !== null && <ErrorState error={error} title={texts.problems.saveTitle} />}
      <div className="btns">
        <Button type="submit" variant="secondary" small aria-disabled={isPending}>
          {t.comment}
        </Button>
        {item.permissions.includes('agreement.ask_changes') && (
          <Button
            variant="secondary"
            small
            aria-disabled={isPending}
            onClick={() => say('changes_requested')}
          >
            {t.ask}
          </Button>
        )}
      </div>
    </form>
  );
}
