import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { formatTime } from '../../lib/dates';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Who } from '../../ui/PartyMark';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { localised } from '../../lib/text';
import { useDesk } from './desk';
import { usePen, type DeskState, type Meeting } from './queries';
import type { Saving } from './writing';

/** Above the desk: who writes, who watches, and where what is typed is. */
export function DeskBar({ meeting }: { meeting: Meeting }) {
  const { state } = useDesk();
  const t = useTexts().meetings.desk;
  const look = usePartyLooks(useLang());
  const watchers = state?.watchers ?? [];
  return (
    <div className="desk">
      {meeting.status === 'in_progress' && state && <PenState meeting={meeting} state={state} />}
      {watchers.length > 0 && (
        <p className="meta desk-w">
          <span>{t.watching}</span>
          {watchers.slice(0, 3).map(({ post }) => (
            <Who key={post.id} party={look(post.partyId)}>
              <T text={post.title} />
            </Who>
          ))}
          {watchers.length > 3 && <span>{t.more(watchers.length - 3)}</span>}
        </p>
      )}
      <SaveState />
    </div>
  );
}

function PenState({ meeting, state }: { meeting: Meeting; state: DeskState }) {
  const texts = useTexts();
  const t = texts.meetings.desk;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const { desk } = useDesk();
  const tell = useToast();
  const { take, ask, keep, pass } = usePen(meeting.id);
  const [passing, setPassing] = useState(false);
  const { pen } = state;
  const now = useNow(pen?.asking !== undefined, state.now);
  const failed = [take, ask, keep, pass].find(({ error }) => error !== null)?.error;
  const heirs = state.watchers.filter(({ writes }) => writes);

  // Who had the pen and has it no more is told, once.
  const held = useRef(false);
  const mine = pen?.mine ?? false;
  const taker = pen && !pen.mine ? localised(pen.holder.title, lang).value : undefined;
  useEffect(() => {
    if (mine) held.current = true;
    if (!held.current || taker === undefined) return;
    held.current = false;
    tell(t.taken(taker));
  }, [mine, taker, t, tell]);

  const give = (postId?: string) => {
    setPassing(false);
    // What was typed becomes content before somebody else writes.
    void desk.flush().then(() => pass.mutate(postId));
  };
  const busy = take.isPending || ask.isPending || keep.isPending || pass.isPending;
  const press = (what: () => void) => () => {
    if (!busy) what();
  };
  return (
    <div className="desk-p">
      <p role="status">
        <Icon name="pen" size={14} />
        {!pen ? (
          <span>{t.free}</span>
        ) : pen.mine ? (
          <b>{t.mine}</b>
        ) : (
          <>
            <span>{t.writes}</span>
            <Who party={look(pen.holder.partyId)}>
              <T text={pen.holder.title} />
            </Who>
          </>
        )}
      </p>
      <span className="btns">
        {!pen && (
          <Button variant="quiet" small data-key="pen" onClick={press(() => take.mutate())}>
            {t.take}
          </Button>
        )}
        {pen?.mine && !pen.asking && (
          <Button
            variant="quiet"
            small
            data-key="pen"
            aria-expanded={heirs.length > 0 ? passing : undefined}
            onClick={press(() => (heirs.length > 0 ? setPassing(!passing) : give()))}
          >
            {heirs.length > 0 ? t.pass : t.lay}
          </Button>
        )}
        {passing && pen?.mine && (
          <>
            {heirs.map(({ post }) => (
              <Button key={post.id} variant="secondary" small onClick={press(() => give(post.id))}>
                {t.passTo(localised(post.title, lang).value)}
              </Button>
            ))}
            <Button variant="quiet" small onClick={press(() => give())}>
              {t.lay}
            </Button>
          </>
        )}
        {pen && !pen.mine && !pen.asking && (
          <Button variant="quiet" small data-key="pen" onClick={press(() => ask.mutate())}>
            {t.ask}
          </Button>
        )}
        {pen?.asking?.mine &&
          (now >= Date.parse(pen.asking.takesFrom) ? (
            <>
              <span className="meta">{t.noAnswer}</span>
              <Button variant="secondary" small data-key="pen" onClick={press(() => take.mutate())}>
                {t.takeAnyway}
              </Button>
            </>
          ) : (
            <span className="meta">{t.asked}</span>
          ))}
      </span>
      {pen?.mine && pen.asking && (
        <div className="desk-ask" role="alert">
          <p>{t.asks(localised(pen.asking.post.title, lang).value)}</p>
          <span className="btns">
            <Button small data-key="pen" onClick={press(() => give(pen.asking?.post.id))}>
              {t.give}
            </Button>
            <Button variant="quiet" small onClick={press(() => keep.mutate())}>
              {t.keep}
            </Button>
          </span>
        </div>
      )}
      {failed && <ErrorState error={failed} title={t.failed} />}
    </div>
  );
}

/** The service's clock while something waits for it, else as it was last told. */
function useNow(waits: boolean, told: string): number {
  const [passed, setPassed] = useState({ told, milliseconds: 0 });
  useEffect(() => {
    if (!waits) return;
    const since = Date.now();
    const timer = setInterval(() => setPassed({ told, milliseconds: Date.now() - since }), 1_000);
    return () => clearInterval(timer);
  }, [waits, told]);
  return Date.parse(told) + (passed.told === told ? passed.milliseconds : 0);
}

/** How often the state of saving is spoken, at most, in milliseconds. */
const spokenAfter = 60_000;

/** Where what is typed is: shown at once, spoken once a minute at most, bad news at once. */
export function SaveState() {
  const t = useTexts().meetings.desk;
  const lang = useLang();
  const { desk, ahead } = useDesk();
  const saving = useSyncExternalStore(desk.subscribe, () => desk.saving);
  const text = savingText(saving, ahead, t, lang);
  const [spoken, setSpoken] = useState({ text: '', at: 0, state: 'saved' });
  useEffect(() => {
    if (saving.state === 'typing' || text === spoken.text) return;
    const wait =
      saving.state === spoken.state ? Math.max(0, spoken.at + spokenAfter - Date.now()) : 0;
    const timer = setTimeout(() => setSpoken({ text, at: Date.now(), state: saving.state }), wait);
    return () => clearTimeout(timer);
  }, [text, saving.state, spoken]);
  const good = saving.state === 'saved' || saving.state === 'typing';
  return (
    <>
      <p className={good ? 'save' : 'save bad'} data-saving={saving.state} aria-hidden="true">
        {text && <Icon name={good ? 'check' : 'error'} size={14} />}
        {text}
      </p>
      <p className="vh" role="status">
        {spoken.text}
      </p>
    </>
  );
}

function savingText(
  saving: Saving,
  ahead: number,
  t: ReturnType<typeof useTexts>['meetings']['desk'],
  lang: ReturnType<typeof useLang>,
): string {
  switch (saving.state) {
    case 'saved':
      return saving.at === undefined ? '' : t.saved(formatTime(new Date(saving.at + ahead), lang));
    case 'typing':
      return t.typing;
    default:
      return t[saving.state];
  }
}
