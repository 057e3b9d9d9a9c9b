import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type SyntheticEvent } from 'react';
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
import { Problem } from '../lib/problem';
import { complete, isWritten, noText } from '../lib/text';
import { whenSaved } from '../lib/whenSaved';
import { Button } from '../ui/Button';
import { LocalisedField } from '../ui/forms/LocalisedField';
import { Who } from '../ui/PartyMark';
import { fieldError } from '../ui/problemTexts';
import { ErrorState, Loaded } from '../ui/states';
import { useToast } from '../ui/Toast';
import { InternalMark } from '../ui/Visibility';
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
  /** Whether something is typed that has not been sent: what shows this has to stay. */
  onWriting?: (writing: boolean) => void;
}

/**
 * What staff of the parties say of a proposal before it is answered, and who asks for changes of it.
 * Nothing for the public, and where nothing waits; but what is typed stays although the proposal
 * was settled meanwhile.
 */
export function Discussion({ item, name, listed = false, onWriting }: DiscussionProps) {
  const texts = useTexts();
  const t = texts.responsibilities.talk;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const asOf = useAsOf();
  const today = useShownDay();
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState(noText);
  const saying = useSayOfProposal(item); // of the words that are shown, whatever is saved by now
  const { discussion } = item;
  const told = useQuery({
    ...responsibilityQuery(item.id, asOf),
    enabled: listed && opened && discussion !== undefined,
  });
  const typed = isWritten(text);
  const permissions = listed ? told.data?.permissions : item.permissions;
  const refused = permissions !== undefined && !permissions.includes('agreement.comment');
  const over = !discussion || (listed && told.data !== undefined && !told.data.discussion);
  const comments = discussion?.comments ?? 0;
  // Of an item of a list it is known only when it was opened: then it says so in words.
  const offered = discussion !== undefined && !asOf && (listed || !refused);
  if (!typed && comments === 0 && !offered) return null;
  const write = (next: typeof noText) => {
    setText(next);
    onWriting?.(isWritten(next));
    if (!discussion && !isWritten(next)) saying.reset();
  };
  const requests = discussion?.requests.length ?? 0;
  const inside = opened || comments > 0 || requests > 0;
  return (
    <div className={inside ? 'internal' : undefined}>
      {inside && (
        <InternalMark what={texts.content.insiders.discussion} ground={texts.ui.visibility.staff} />
      )}
      {discussion?.requests.map(({ partyId, at }) => (
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
          {!discussion
            ? t.unsent
            : comments > 0
              ? t.count(comments)
              : listed && refused
                ? t.none
                : t.begin}
          <span className="vh">: {name}</span>{' '}
          {discussion?.lastAt && (
            <span className="meta">{t.latest(daysSince(discussion.lastAt, today))}</span>
          )}
        </summary>
        {opened && (
          <>
            <Said id={item.id} count={comments} revision={item.waiting?.revision} />
            {listed && discussion && <Loaded query={told}>{() => null}</Loaded>}
            {over ? (
              <p>
                {t.settled} {typed && t.copy}
              </p>
            ) : (
              (listed || typed) &&
              refused &&
              !asOf && (
                <p>
                  {t.mayNot} {typed && t.copy}
                </p>
              )
            )}
            {(typed || (discussion && !asOf && permissions && !refused)) && (
              <Say
                name={name}
                text={text}
                onChange={write}
                saying={saying}
                kinds={
                  !discussion || asOf || !permissions || refused
                    ? []
                    : permissions.includes('agreement.ask_changes')
                      ? ['comment', 'changes_requested']
                      : ['comment']
                }
              />
            )}
          </>
        )}
      </details>
    </div>
  );
}

interface SaidProps {
  id: string;
  /** How many there are of the words that wait. */
  count: number;
  revision?: number;
}

/** What has been said of the words that wait, the latest first. */
function Said({ id, count, revision }: SaidProps) {
  const query = useInfiniteQuery({ ...commentsQuery(id, useAsOf()), enabled: count > 0 });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const shown = data?.pages.flatMap(({ items }) => items.filter(({ waiting }) => waiting)) ?? [];
  const more = hasNextPage && shown.length < count;
  // A page may be all of other words: the next one is fetched until something is shown of it.
  const bare = data?.pages.at(-1)?.items.every(({ waiting }) => !waiting) ?? false;
  const seeks = bare && more && !isFetching && !isError;
  useEffect(() => {
    if (seeks) void fetchNextPage();
  }, [seeks, fetchNextPage]);
  if (count === 0) return null;
  return (
    <Loaded query={query}>
      {() => (
        <>
          <CommentList comments={shown} revision={revision} />
          {more && <More query={query} />}
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

type Kind = ResponsibilityComment['kind'];

interface SayProps {
  name: string;
  text: typeof noText;
  onChange: (text: typeof noText) => void;
  saying: ReturnType<typeof useSayOfProposal>;
  /** What can be said; nothing where the text can only be read any more. */
  kinds: readonly Kind[];
}

/** Says something of the version that is shown. The text stays whatever the server answers. */
function Say({ name, text, onChange, saying, kinds }: SayProps) {
  const texts = useTexts();
  const t = texts.responsibilities.talk;
  const tell = useToast();
  const { mutateAsync, isPending, error } = saying;
  const say = (kind: Kind) => {
    if (isPending || !kinds.includes(kind)) return;
    whenSaved(mutateAsync({ kind, text }), () => {
      tell(t.said[kind]);
      onChange(noText);
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
        onChange={(next) => onChange(complete(next))}
        errors={{
          fi: fieldError(error, '/text/fi', texts),
          sv: fieldError(error, '/text/sv', texts),
          en: fieldError(error, '/text/en', texts),
        }}
        multiline
        maxLength={2000}
        oneIsEnough
      />
      {error !== null && (
        <ErrorState error={error} title={texts.problems.saveTitle}>
          {error instanceof Problem && error.status === 412 && t.readAgain}
        </ErrorState>
      )}
      <div className="btns">
        {kinds.includes('comment') && (
          <Button type="submit" variant="secondary" small aria-disabled={isPending}>
            {t.comment}
          </Button>
        )}
        {kinds.includes('changes_requested') && (
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
