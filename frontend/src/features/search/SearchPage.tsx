import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import { useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatNumber } from '../../lib/numbers';
import { Icon } from '../../ui/Icon';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { PathLink } from '../../ui/PathLink';
import { EmptyState, Loaded } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import { MarkedText, placeOf, SnippetText, whereOf } from './hits';
import { searchQuery, type SearchGroup, type SearchHit } from './queries';
import { countOf, useSettled } from './SearchBox';
import { maxText, type SearchKind } from './search';
import './search.css';

/** How many of each kind are shown together, and of one kind alone. */
const together = 5;
const alone = 50;

/** All that was found, by kind. What is looked for stands in the address. */
export function SearchPage() {
  const t = useTexts().search;
  const lang = useLang();
  const asOf = useAsOf();
  const { q = '', kind } = useSearch({ from: '/$lang/search' });
  const all = useQuery(searchQuery({ q, lang, asOf, limit: together }));
  const one = useQuery({
    ...searchQuery({ q, lang, asOf, kind, limit: alone }),
    enabled: q.trim() !== '' && kind !== undefined,
  });
  const shown = kind ? one : all;
  const total = all.data?.groups.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const more = all.data?.groups.some((group) => group.more);
  const pending = !shown.data || shown.isPlaceholderData || !all.data || all.isPlaceholderData;
  const hits = more ? `${formatNumber(total, lang)}+` : t.count(total);
  // Said once for each search that has settled; an error and what is too short say themselves.
  const told =
    q.trim() === '' || shown.isError || (!pending && shown.data.tooShort)
      ? ''
      : pending
        ? t.searching
        : `${t.results}: ${hits}`;
  return (
    <div className="pg-search">
      <PageHead
        title={t.title}
        lead={
          q !== '' && all.data && !all.isPlaceholderData && !all.data.near && total > 0
            ? t.lead(total, more === true, q)
            : t.intro
        }
        actions={
          q.trim() !== '' &&
          total > 0 && <FileLinks path="/search" query={{ q, kind: kind && [kind], asOf }} />
        }
      />
      <Field key={lang} q={q} kind={kind} />
      <p className="vh" role="status">
        {told}
      </p>
      {q !== '' && (
        <Loaded query={shown} loading={t.searching}>
          {(result) => {
            const groups = result.groups.filter(({ items }) => items.length > 0);
            if (result.tooShort) return <EmptyState title={t.tooShort} text={t.help} />;
            if (total === 0 || groups.length === 0)
              return <EmptyState title={t.nothing(q)} text={<Help />} />;
            return (
              <>
                {result.near && <Near suggestion={result.suggestion} />}
                {all.data && <Facets groups={all.data.groups} q={q} kind={kind} />}
                {groups.map((group) => (
                  <Results key={group.kind} group={group} q={q} kind={kind} />
                ))}
              </>
            );
          }}
        </Loaded>
      )}
    </div>
  );
}

/** The field of the page. The address follows it, once typing has stopped. */
function Field({ q, kind }: { q: string; kind?: SearchKind }) {
  const t = useTexts().search;
  const id = useId();
  const navigate = useNavigate({ from: '/$lang/search' });
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  const [asked, setAsked] = useState(q);
  // Another search from elsewhere, such as the way back, shows in the field.
  if (asked !== q) {
    setAsked(q);
    if (text.trim() !== q.trim()) setText(q);
  }
  const settled = useSettled(text);
  const go = (to: string, replace: boolean) => {
    setAsked(to);
    void navigate({ search: { q: to || undefined, kind }, replace, resetScroll: false });
  };
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  const address = useRef(q);
  useEffect(() => {
    address.current = q;
  }, [q]);
  useEffect(() => {
    if (settled.trim() !== address.current.trim()) latest.current(settled.trim(), true);
  }, [settled]);
  useEffect(() => {
    if (field.current?.value === '') field.current.focus({ preventScroll: true });
  }, []);
  return (
    <form
      className="srch-form"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        go(text.trim(), false);
      }}
    >
      <label htmlFor={id}>{t.label}</label>
      <div className="srch-row">
        <input
          ref={field}
          id={id}
          className="in"
          type="search"
          data-search
          autoComplete="off"
          spellCheck={false}
          maxLength={maxText}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <button type="submit" className="btn">
          <Icon name="search" />
          {t.search}
        </button>
      </div>
    </form>
  );
}

/** The kinds as links, each with how many there are. */
function Facets({ groups, q, kind }: { groups: SearchGroup[]; q: string; kind?: SearchKind }) {
  const t = useTexts().search;
  const lang = useLang();
  const found = groups.filter(({ count }) => count > 0);
  return (
    <nav className="srch-facets" aria-label={t.byKind}>
      <ul>
        <li>
          <Link
            to="/$lang/search"
            params={{ lang }}
            search={{ q }}
            activeOptions={{ exact: true }}
            aria-current={kind ? undefined : 'true'}
          >
            {t.allKinds}
          </Link>
        </li>
        {found.map((group) => (
          <li key={group.kind}>
            <Link
              to="/$lang/search"
              params={{ lang }}
              search={{ q, kind: group.kind }}
              aria-current={kind === group.kind ? 'true' : undefined}
            >
              {t.kinds[group.kind]} <span className="meta">{countOf(group, lang)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface ResultsProps {
  group: SearchGroup;
  q: string;
  /** The kind that is shown alone. */
  kind?: SearchKind;
}

function Results({ group, q, kind }: ResultsProps) {
  const t = useTexts().search;
  const lang = useLang();
  const rest = group.more || group.count > group.items.length;
  return (
    <section aria-labelledby={`found-${group.kind}`}>
      <div className="sec-h">
        <h2 id={`found-${group.kind}`}>{t.kinds[group.kind]}</h2>
        <p className="meta">
          {rest ? t.some(group.items.length, countOf(group, lang)) : t.count(group.count)}
        </p>
      </div>
      <ul className="srch-list">
        {group.items.map((hit) => (
          <Result key={hit.id} hit={hit} />
        ))}
      </ul>
      {rest && !kind && (
        <p>
          <Link to="/$lang/search" params={{ lang }} search={{ q, kind: group.kind }}>
            {t.allOf[group.kind](countOf(group, lang))}
          </Link>
        </p>
      )}
      {rest && kind && (
        <p className="meta">
          {t.narrow}{' '}
          {kind === 'action' && (
            <Link to="/$lang/actions" params={{ lang }} search={{ q }}>
              {t.inList.action}
            </Link>
          )}
          {kind === 'post' && (
            <Link to="/$lang/organisation" params={{ lang }} search={{ q }}>
              {t.inList.post}
            </Link>
          )}
        </p>
      )}
    </section>
  );
}

function Result({ hit }: { hit: SearchHit }) {
  const texts = useTexts();
  const lang = useLang();
  return (
    <li className={hit.internal ? 'internal' : undefined}>
      {hit.internal && <InternalMark />}
      <p className="srch-t">
        <PathLink {...placeOf(hit)}>
          <MarkedText text={hit.title} />
        </PathLink>
      </p>
      {hit.snippet && (
        <p>
          <SnippetText hit={hit} />
        </p>
      )}
      <p className="meta">{whereOf(hit, texts, lang)}</p>
    </li>
  );
}

/** That nothing has the words themselves, and what may have been meant. */
function Near({ suggestion }: { suggestion?: string }) {
  const t = useTexts().search;
  const lang = useLang();
  return (
    <div className="bx">
      <p className="bx-t">{t.near}</p>
      {suggestion && (
        <p>
          {t.meant}{' '}
          <Link to="/$lang/search" params={{ lang }} search={{ q: suggestion }}>
            {suggestion}
          </Link>
        </p>
      )}
    </div>
  );
}

/** What one can do where nothing was found, with the lists to look through. */
function Help() {
  const texts = useTexts();
  const t = texts.search;
  const lang = useLang();
  return (
    <>
      {t.help}{' '}
      <Link to="/$lang/goals" params={{ lang }}>
        {texts.goals.title}
      </Link>
      {', '}
      <Link to="/$lang/actions" params={{ lang }}>
        {texts.actions.title}
      </Link>
      {', '}
      <Link to="/$lang/forums" params={{ lang }}>
        {texts.forums.title}
      </Link>
    </>
  );
}
