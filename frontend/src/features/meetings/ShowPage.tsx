import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate } from '../../lib/dates';
import { useFocusAfter } from '../../lib/focus';
import { localised } from '../../lib/text';
import { Button, LinkButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { PageHead, useTitle } from '../../ui/Page';
import { EmptyState, Loaded } from '../../ui/states';
import { useLive } from './live';
import { useMeetingWithAgenda, type AgendaItem, type Meeting } from './queries';
import { ShownItem, ShownTitle } from './ShownItem';
import { isConfidential, itemNo, unhandledOf } from './words';
import './show.css';

/**
 * A meeting on the screen of the room: one item at a time, as it is being handled. Nothing that is
 * confidential stands here, not even for who may read it: others look at the same screen.
 */
export function ShowPage() {
  const texts = useTexts();
  const t = texts.papers.presentation;
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const asOf = useAsOf();
  const both = useMeetingWithAgenda(id, asOf);
  useLive(both.data?.meeting, asOf === undefined);
  return (
    <div className="pg-show">
      {asOf && <p className="note soon">{texts.app.pastDay(formatDate(asOf, lang))}</p>}
      {!both.data && <PageHead title={t.title} />}
      <Loaded query={both} loading={texts.meetings.loading}>
        {({ meeting, items }) => (
          <Show meeting={meeting} items={items} live={asOf === undefined && !meeting.closedAt} />
        )}
      </Loaded>
      {!both.data && (
        <p className="btns">
          <LinkButton to="/$lang/meetings/$id" params={{ lang, id }} variant="secondary">
            {t.back}
          </LinkButton>
        </p>
      )}
    </div>
  );
}

interface ShowProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  /** The clock counts. */
  live: boolean;
}

function Show({ meeting, items, live }: ShowProps) {
  const texts = useTexts();
  const t = texts.papers.presentation;
  const lang = useLang();
  const navigate = useNavigate();
  const { item: asked } = useSearch({ strict: false });
  const matters = items.filter(({ kind }) => kind === 'item');
  const inHand = meeting.status === 'in_progress' ? unhandledOf(items)[0]?.id : undefined;
  // The item in hand when the view opened: it does not run away while people read it.
  const [opened] = useState(inHand);
  const at =
    [asked, opened, inHand]
      .map((wanted) => matters.findIndex(({ id }) => id === wanted))
      .find((place) => place >= 0) ?? 0;
  const current = matters[at];
  const [overview, setOverview] = useState(false);
  const foot = useFocusAfter<HTMLElement>(overview, '[aria-expanded]');
  const name = texts.meetings.name(meeting.number, meeting.year);
  useTitle(`${name}, ${localised(meeting.forum.title, lang).value}`);

  const choose = (id: string | undefined) => {
    setOverview(false);
    if (id === undefined) return;
    void navigate({ to: '.', search: (search) => ({ ...search, item: id }), replace: true });
  };
  const back = () =>
    void navigate({
      to: '/$lang/meetings/$id',
      params: { lang, id: meeting.id },
      search: current ? { item: current.id } : {},
    });
  const next = () => choose(matters[at + 1]?.id);
  const previous = () => choose(matters[at - 1]?.id);
  useShowKeys({
    next,
    previous,
    overview: () => setOverview(!overview),
    escape: () => (overview ? setOverview(false) : back()),
    inOverview: overview,
  });
  useEffect(() => window.scrollTo(0, 0), [current?.id]);

  const heading = current && headingOf(items, current);
  return (
    <>
      <header className="sh-top">
        <p>
          <b>
            <T text={meeting.forum.title} />
          </b>{' '}
          {name}
        </p>
        {current && <p className="sh-pos">{t.position(at + 1, matters.length)}</p>}
      </header>
      <p className="vh" role="status">
        {current && !overview && (
          <>
            {t.position(at + 1, matters.length)}: <ShownTitle item={current} />
          </>
        )}
      </p>
      {!current ? (
        <>
          <h1>{name}</h1>
          <EmptyState title={meeting.papers ? t.nothing : texts.meetings.reader.notYet} />
        </>
      ) : overview ? (
        <Overview items={items} current={current.id} onChoose={choose} />
      ) : (
        <ShownItem
          key={current.id}
          meeting={meeting}
          item={current}
          under={heading}
          next={matters[at + 1]}
          live={live}
        />
      )}
      <footer className="sh-foot" ref={foot}>
        {current && (
          <nav className="btns" aria-label={t.steps}>
            <Button
              variant="secondary"
              aria-disabled={at === 0 || overview}
              onClick={overview ? undefined : previous}
            >
              <span className="sh-prev">
                <Icon name="arrow" />
              </span>
              {t.backward}
            </Button>
            <Button
              aria-disabled={at === matters.length - 1 || overview}
              onClick={overview ? undefined : next}
            >
              {t.forward} <Icon name="arrow" />
            </Button>
            <Button
              variant="secondary"
              aria-expanded={overview}
              onClick={() => setOverview(!overview)}
            >
              {overview ? t.overviewClose : t.overview}
            </Button>
          </nav>
        )}
        <p className="btns">
          <Button variant="quiet" onClick={back}>
            {t.back}
          </Button>
        </p>
        {current && <p className="meta sh-keys">{t.keys}</p>}
      </footer>
    </>
  );
}

/** The heading that an item stands below on the agenda. */
function headingOf(items: readonly AgendaItem[], item: AgendaItem): AgendaItem | undefined {
  return items.slice(0, items.indexOf(item)).findLast(({ kind }) => kind === 'heading');
}

interface ShowKeys {
  next: () => void;
  previous: () => void;
  overview: () => void;
  escape: () => void;
  inOverview: boolean;
}

/**
 * The keys of the view, also those of a presenter's remote. Down and PageDown first show the rest
 * of an item that is longer than the screen.
 */
function useShowKeys(keys: ShowKeys) {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { next, previous, overview, escape, inOverview } = latest.current;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.altKey) {
        if (event.code !== 'KeyM') return;
        overview();
      } else if (event.key === 'Escape') {
        escape();
      } else if (inOverview) {
        if (event.key === 'ArrowDown') focusBeside(1);
        else if (event.key === 'ArrowUp') focusBeside(-1);
        else return;
      } else if (event.key === 'ArrowRight') {
        next();
      } else if (event.key === 'ArrowLeft') {
        previous();
      } else if (event.key === 'ArrowDown' || event.key === 'PageDown') {
        if (isMore(1)) return;
        next();
      } else if (event.key === 'ArrowUp' || event.key === 'PageUp') {
        if (isMore(-1)) return;
        previous();
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Whether the page goes on below or above what the screen shows. */
function isMore(direction: 1 | -1): boolean {
  const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
  return direction === 1 ? scrollTop + clientHeight < scrollHeight - 1 : scrollTop > 0;
}

/** Moves the focus to the next or previous item of the overview. */
function focusBeside(step: 1 | -1) {
  const buttons = [...document.querySelectorAll<HTMLElement>('.sh-all button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus();
}

interface OverviewProps {
  items: readonly AgendaItem[];
  current: string;
  onChoose: (id: string) => void;
}

/** The whole agenda, to see where the meeting is and to go elsewhere. */
function Overview({ items, current, onChoose }: OverviewProps) {
  const t = useTexts().meetings;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => list.current?.querySelector<HTMLElement>('[aria-current]')?.focus(), []);
  return (
    <section className="sh-all">
      <h1>{t.agenda.title}</h1>
      <ol ref={list}>
        {items.map((item) => (
          <li key={item.id} className={item.parentId ? 'sub' : undefined}>
            {item.kind === 'heading' ? (
              !isConfidential(item) && (
                <h2>
                  <T text={item.title} />
                </h2>
              )
            ) : (
              <button
                type="button"
                aria-current={item.id === current ? 'step' : undefined}
                onClick={() => onChoose(item.id)}
              >
                <span>{itemNo(item)}</span>
                <span>
                  <ShownTitle item={item} />
                </span>
                {item.outcomes.length > 0 && (
                  <span className="sh-done">
                    <Icon name="check" />
                    {t.outcomes.count(item.outcomes.length, 0)}
                  </span>
                )}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
