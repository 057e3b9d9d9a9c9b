import type { CSSProperties, ReactNode } from 'react';
import { useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { formatDate } from '../lib/dates';
import { Problem } from '../lib/problem';
import { Button } from './Button';
import { Icon } from './Icon';
import { PathLink } from './PathLink';
import { problemText } from './problemTexts';

interface EmptyStateProps {
  /** What is not there, as a sentence. Says by default that the filters let nothing through. */
  title?: string;
  /** What one can do about it. */
  text?: ReactNode;
  actions?: ReactNode;
}

/** Nothing to show, and why. */
export function EmptyState({ title, text, actions }: EmptyStateProps) {
  const t = useTexts().ui.empty;
  const more = text ?? (title ? null : t.text);
  return (
    <div className="bx">
      <p className="bx-t">{title ?? t.title}</p>
      {more && <p className="meta">{more}</p>}
      {actions && <div className="btns">{actions}</div>}
    </div>
  );
}

/** The place of what is being fetched. The lines stand still. */
export function LoadingLines({ text, lines = 3 }: { text?: string; lines?: number }) {
  const t = useTexts().ui;
  const widths = [90, 70, 80, 60];
  return (
    <div className="bx" aria-busy="true">
      <p className="meta" role="status">
        {text ?? t.loading}
      </p>
      {Array.from({ length: lines }, (_, index) => (
        <span
          key={index}
          className="sk"
          style={{ '--w': `${widths[index % widths.length] ?? 80}%` } as CSSProperties}
        />
      ))}
    </div>
  );
}

interface ErrorStateProps {
  error: unknown;
  /** Heading; says by default that the information could not be fetched. */
  title?: string;
  /** More to know, such as from when the shown content is. */
  children?: ReactNode;
  onRetry?: () => void;
}

/**
 * What went wrong in the reader's language, a way to try again, and the number to quote. What is not
 * there is not tried again: the search leads on. What was saved although its answer got lost is not
 * told as a failure: its page leads on.
 */
export function ErrorState({ error, title, children, onRetry }: ErrorStateProps) {
  const texts = useTexts();
  const t = texts.problems;
  const lang = useLang();
  const asOf = useAsOf();
  const id = error instanceof Problem ? error.instance : '';
  const saved = error instanceof Problem ? error.saved?.path : undefined;
  const gone = onRetry !== undefined && error instanceof Problem && error.status === 404;
  const text = saved
    ? t.savedText
    : gone && asOf
      ? t.goneThen(formatDate(asOf, lang))
      : problemText(error, texts);
  return (
    <div className={saved ? 'bx' : 'bx err'} role="alert" tabIndex={-1}>
      <p className={saved ? 'bx-t' : 'errt'}>
        {!saved && <Icon name="error" />}
        {saved ? t.savedTitle : (title ?? (gone ? t.goneTitle : t.title))}
      </p>
      <p>
        {text} {children}
      </p>
      {(onRetry !== undefined || id !== '' || saved) && (
        <p className="btns">
          {saved && <PathLink path={saved}>{t.toSaved}</PathLink>}
          {gone ? (
            <PathLink path="/search">{t.toSearch}</PathLink>
          ) : (
            onRetry && (
              <Button variant="secondary" small onClick={onRetry}>
                {t.retry}
              </Button>
            )
          )}
          {id && <span className="meta">{t.requestId(id)}</span>}
        </p>
      )}
    </div>
  );
}

interface Loadable<Data> {
  data: Data | undefined;
  error: unknown;
  isFetching: boolean;
  refetch: () => unknown;
}

interface LoadedProps<Data> {
  /** What TanStack Query gives. */
  query: Loadable<Data>;
  /** Said while there is nothing yet, such as "Haetaan toimenpiteitä…". */
  loading?: string;
  children: (data: Data) => ReactNode;
}

/**
 * Shows what a query gave, in each of its states: nothing yet, failed, and being fetched again.
 * What is shown stays when a later fetch fails or goes on.
 */
export function Loaded<Data>({ query, loading, children }: LoadedProps<Data>) {
  const t = useTexts().ui;
  const { data, error, isFetching, refetch } = query;
  const failed = error !== null && error !== undefined && !isFetching;
  if (data === undefined) {
    return failed ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <LoadingLines text={loading} />
    );
  }
  return (
    <>
      {failed && <ErrorState error={error} onRetry={() => void refetch()} />}
      <p className="refetch meta" role="status">
        {isFetching ? t.refetching : ''}
      </p>
      {children(data)}
    </>
  );
}

interface LoadMoreProps {
  shown: number;
  /** Known only where the server counted. */
  total?: number;
  hasMore: boolean;
  loading?: boolean;
  onMore: () => void;
}

/** The next page of a list below what is already there. */
export function LoadMore({ shown, total, hasMore, loading, onMore }: LoadMoreProps) {
  const t = useTexts().ui;
  if (!hasMore && total === undefined) return null;
  return (
    <div className="btns more">
      {hasMore && (
        <Button variant="secondary" onClick={onMore} aria-disabled={loading}>
          {loading ? t.loading : t.loadMore}
        </Button>
      )}
      {total !== undefined && (
        <span className="meta" role="status">
          {t.shown(shown, total)}
        </span>
      )}
    </div>
  );
}
