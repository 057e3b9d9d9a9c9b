import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useMe } from '../api/me';
import { partiesQuery } from '../api/parties';
import { SearchBox, useSearchKeys } from '../features/search/SearchBox';
import { useLang, useTexts } from '../i18n';
import { useAsOf, useChosenDay } from '../lib/asOf';
import { languages } from '../lib/lang';
import { Icon } from '../ui/Icon';
import { Popup } from '../ui/Popup';
import { navigation, type NavigationEntry } from './navigation';
import { Account } from './Account';
import { ServiceNotice } from './ServiceNotice';
import { SessionNotice } from './SessionNotice';
import { StateBar } from './StateBar';

interface ShellProps {
  /** Only the page itself, as for a screen that a room looks at. */
  bare?: boolean;
  children: ReactNode;
}

/** The frame of every page: header, state bar, footer. */
export function Shell({ bare, children }: ShellProps) {
  const t = useTexts().app;
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  // Every page draws the parties' marks: asked with the frame, they come before its own data.
  const day = useAsOf();
  const chosen = useChosenDay();
  useQuery({ ...partiesQuery(day), enabled: day === chosen });

  // A reader of the screen is taken to the new page, as a full load of it would do.
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <>
      {!bare && (
        <>
          <a className="skip" href="#main">
            {t.skip}
          </a>
          <header>
            <Top />
            <StateBar />
          </header>
        </>
      )}
      <main id="main" ref={main} tabIndex={-1}>
        <div className={bare ? undefined : 'wrap'}>{children}</div>
      </main>
      {!bare && <Footer />}
      <div className="notices">
        <SessionNotice />
        <ServiceNotice />
      </div>
    </>
  );
}

function Top() {
  const t = useTexts();
  const lang = useLang();
  const entries = useEntries();
  const onSearch = useLocation({ select: ({ pathname }) => pathname === `/${lang}/search` });
  useSearchKeys();
  return (
    <div className="top">
      <div className="wrap top-in">
        <Link className="mark" to="/$lang" params={{ lang }}>
          <Mark />
          <b>{t.app.name}</b>
          <span>{t.app.tagline}</span>
        </Link>
        <span className="sp" />
        {!onSearch && <SearchBox />}
        <div className="top-links">
          {!onSearch && (
            <Link className="srch-link" to="/$lang/search" params={{ lang }}>
              <Icon name="search" />
              {t.search.search}
            </Link>
          )}
          <LanguageSwitch />
          <span className="txt">
            <Account />
          </span>
          <Popup
            wide
            className="btn quiet menu-btn"
            label={
              <>
                <Icon name="menu" />
                {t.app.menu}
              </>
            }
          >
            {(close) => <NarrowMenu entries={entries} onChoose={close} />}
          </Popup>
        </div>
      </div>
      {entries.length > 0 && (
        <div className="wrap">
          <nav className="nav" aria-label={t.app.mainMenu}>
            <Entries entries={entries} />
          </nav>
        </div>
      )}
    </div>
  );
}

function useEntries(): readonly NavigationEntry[] {
  const me = useMe().data;
  return navigation.filter(
    ({ own, permission }) =>
      (!own || me?.hasRole) && (!permission || me?.permissions.some((held) => held === permission)),
  );
}

interface EntriesProps {
  entries: readonly NavigationEntry[];
  onChoose?: () => void;
}

function Entries({ entries, onChoose }: EntriesProps) {
  const texts = useTexts();
  const lang = useLang();
  const at = useLocation({ select: ({ pathname }) => pathname });
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.to} className={entry.own ? 'own' : undefined}>
          <Link
            to={entry.to}
            params={{ lang }}
            activeOptions={{ exact: entry.to === '/$lang', includeSearch: false }}
            onClick={onChoose}
            {...(entry.also?.some((path) => at.startsWith(`/${lang}${path}`)) && {
              'aria-current': 'page',
            })}
          >
            {entry.label(texts)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function NarrowMenu({ entries, onChoose }: EntriesProps) {
  const t = useTexts().app;
  return (
    <div className="menu">
      {entries.length > 0 && (
        <nav aria-label={t.mainMenu}>
          <Entries entries={entries} onChoose={onChoose} />
        </nav>
      )}
      <LanguageSwitch full />
      <Account open onChoose={onChoose} />
    </div>
  );
}

/** The same page in another language: the rest of the address stays. */
function LanguageSwitch({ full }: { full?: boolean }) {
  const t = useTexts().app;
  const current = useLang();
  return (
    <nav className={full ? 'langs full' : 'langs'} aria-label={t.language}>
      {languages.map((lang) => (
        <Link
          key={lang}
          to="."
          params={(params) => ({ ...params, lang })}
          search
          lang={lang}
          hrefLang={lang}
          aria-current={lang === current ? 'true' : undefined}
          aria-label={full ? undefined : t.languages[lang]}
        >
          {full ? t.languages[lang] : lang.toUpperCase()}
        </Link>
      ))}
    </nav>
  );
}

function Mark() {
  return (
    <svg width="34" height="20" viewBox="0 0 34 20" aria-hidden="true">
      <rect x="1" y="2" width="16" height="16" fill="var(--e)" />
      <circle cx="25" cy="10" r="8" fill="var(--l)" />
    </svg>
  );
}

function Footer() {
  const t = useTexts().app;
  const lang = useLang();
  const synthetic = useMe().data?.synthetic;
  return (
    <footer className="foot">
      <div className="wrap">
        {synthetic && (
          <p className="demo">
            <b>{t.demo.title}</b> {t.demo.text}
          </p>
        )}
        <nav aria-label={t.footer}>
          <ul>
            <li>
              <Link to="/$lang/components" params={{ lang }}>
                {t.visualLanguage}
              </Link>
            </li>
            <li>
              <a href="/api/docs">{t.apiReference}</a>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  );
}
