import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useLang, useTexts } from '../../i18n';
import type { Lang } from '../../lib/lang';
import { formatNumber } from '../../lib/numbers';
import { useChosenDay } from '../../lib/asOf';
import { isTyping, useKeysOn } from '../../lib/keys';
import { Icon } from '../../ui/Icon';
import { pathTo } from '../../ui/PathLink';
import { MarkedText, placeOf, SnippetText, whereOf } from './hits';
import { searchQuery, type SearchGroup, type SearchHit } from './queries';
import { maxText, type SearchKind } from './search';
import './search.css';

/** Short enough to feel immediate, long enough not to ask for each key. */
const pauseMs = 180;

/** How many of each kind are offered while typing. */
const offered = 3;

/** What was typed, once typing has stopped for a moment. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/**
 * The one search box, in the header of every page: offers what it finds while one types, by kind.
 * Arrow keys choose, Enter opens what is chosen or else the page of all results, Escape closes.
 */
export function SearchBox() {
  const texts = useTexts();
  const t = texts.search;
  const lang = useLang();
  const asOf = useChosenDay();
  const navigate = useNavigate();
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const q = useSettled(text);
  const query = useQuery(searchQuery({ q, lang, asOf, limit: offered }));
  const found = text.trim() === '' ? undefined : query.data;
  const groups = found?.groups.filter(({ items }) => items.length > 0) ?? [];
  const options = [...groups.flatMap(({ items }) => items.map(keyOf)), 'all'];
  const shown = open && text.trim() !== '';

  useEffect(() => {
    if (!shown) return;
    const leave = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [shown]);

  const leave = () => {
    setOpen(false);
    setActive(null);
    setText('');
  };
  const openAll = (kind?: SearchKind) => {
    if (text.trim() === '') return;
    const asked = text.trim();
    leave();
    void navigate({ to: '/$lang/search', params: { lang }, search: { q: asked, kind } });
  };
  const openHit = (hit: SearchHit) => {
    const { path, search, hash } = placeOf(hit);
    leave();
    void navigate({ to: pathTo(lang, path).to, search: search as never, hash });
  };
  const move = (by: number) => {
    setOpen(true);
    const at = active === null ? (by > 0 ? -1 : options.length) : options.indexOf(active);
    setActive(options[(at + by + options.length) % options.length] ?? null);
  };
  const onKey = (event: KeyboardEvent) => {
    switch (event.key) {
      case 'ArrowDown':
        move(1);
        break;
      case 'ArrowUp':
        move(-1);
        break;
      case 'Enter': {
        if (event.nativeEvent.isComposing) return;
        const hit = groups.flatMap(({ items }) => items).find((item) => keyOf(item) === active);
        if (shown && hit) openHit(hit);
        else openAll();
        break;
      }
      case 'Escape':
        if (shown) setOpen(false);
        else setText('');
        setActive(null);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  const idOf = (key: string) => `${id}-${key}`;
  const waiting = query.isFetching || q !== text;
  const state =
    query.error && !waiting
      ? t.failed
      : waiting
        ? t.searching
        : found?.tooShort
          ? t.tooShort
          : groups.length === 0
            ? t.nothing(text.trim())
            : found?.near
              ? t.near
              : t.offers(groups.reduce((sum, { items }) => sum + items.length, 0));

  return (
    <div className="srch" ref={root} role="search" aria-label={t.title}>
      <label className="vh" htmlFor={`${id}-in`}>
        {t.label}
      </label>
      <Icon name="search" />
      <input
        id={`${id}-in`}
        className="in"
        type="search"
        data-search
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? `${id}-list` : undefined}
        aria-activedescendant={shown && active ? idOf(active) : undefined}
        aria-keyshortcuts="/ Control+K Meta+K"
        autoComplete="off"
        spellCheck={false}
        maxLength={maxText}
        placeholder={t.placeholder}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setActive(null);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={onKey}
      />
      <kbd aria-hidden="true">/</kbd>
      {shown && (
        <p className="vh" role="status">
          {waiting ? '' : state}
        </p>
      )}
      {shown && (
        <div className="srch-pop" ref={keepInside}>
          {(groups.length === 0 || found?.near || query.error !== null) && (
            <p className="srch-state meta">{state}</p>
          )}
          <div role="listbox" id={`${id}-list`} aria-label={t.results} aria-busy={waiting}>
            {groups.map((group) => (
              <div key={group.kind} role="group" aria-labelledby={idOf(`h-${group.kind}`)}>
                <p className="srch-kind" id={idOf(`h-${group.kind}`)} role="presentation">
                  {t.kinds[group.kind]} <span className="meta">{countOf(group, lang)}</span>
                </p>
                {group.items.map((hit) => (
                  <Offer
                    key={hit.id}
                    id={idOf(keyOf(hit))}
                    hit={hit}
                    active={active === keyOf(hit)}
                    onActive={() => setActive(keyOf(hit))}
                    onOpen={() => openHit(hit)}
                  />
                ))}
              </div>
            ))}
            {/* Focus stays in the field, as in every combobox: keys are its own. */}
            {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
            <div
              role="option"
              id={idOf('all')}
              aria-selected={active === 'all'}
              className="srch-opt srch-all"
              onPointerMove={() => setActive('all')}
              onClick={() => openAll()}
            >
              <Icon name="arrow" />
              {t.all(text.trim())}
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

/** The offers hang from the right end of the box: they end before the left edge of the window. */
function keepInside(pop: HTMLDivElement | null) {
  const box = pop?.parentElement;
  if (pop && box) pop.style.maxWidth = `${box.getBoundingClientRect().right - 16}px`;
}

const keyOf = (hit: SearchHit) => `${hit.kind}-${hit.id}`;

export const countOf = ({ count, more }: Pick<SearchGroup, 'count' | 'more'>, lang: Lang) =>
  more ? `${formatNumber(count, lang)}+` : formatNumber(count, lang);

interface OfferProps {
  id: string;
  hit: SearchHit;
  active: boolean;
  onActive: () => void;
  onOpen: () => void;
}

function Offer({ id, hit, active, onActive, onOpen }: OfferProps) {
  const texts = useTexts();
  const lang = useLang();
  const option = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) option.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // Focus stays in the field, as in every combobox: keys are its own.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      ref={option}
      role="option"
      id={id}
      aria-selected={active}
      className="srch-opt"
      onPointerMove={onActive}
      onClick={onOpen}
    >
      <MarkedText text={hit.title} />
      {hit.internal && (
        <>
          {' '}
          <span className="vis">
            <Icon name="lock" size={14} /> {texts.ui.visibility.internal}
          </span>
        </>
      )}
      {hit.snippet && (
        <span className="meta df">
          <SnippetText hit={hit} />
        </span>
      )}
      <span className="meta df">{whereOf(hit, texts, lang)}</span>
    </div>
  );
}

/**
 * The keys of search on every page: "/", unless keys are turned off or text is being typed, and
 * Ctrl or Cmd with K. Where the box is not shown they open the page of results, which has its own.
 */
export function useSearchKeys() {
  const lang = useLang();
  const navigate = useNavigate();
  const { on } = useKeysOn();
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target, defaultPrevented } = event;
      const slash = key === '/' && on && !ctrlKey && !metaKey && !altKey && !isTyping(target);
      const k = key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey;
      if (defaultPrevented || (!slash && !k)) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      const box = [...document.querySelectorAll<HTMLInputElement>('input[data-search]')].find(
        (each) => getComputedStyle(each.closest('[role="search"]') ?? each).display !== 'none',
      );
      if (box) {
        box.focus();
        box.select();
      } else void navigate({ to: '/$lang/search', params: { lang } });
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [on, lang, navigate]);
}
