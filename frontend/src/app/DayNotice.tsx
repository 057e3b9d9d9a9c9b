import { Link } from '@tanstack/react-router';
import { useLang, useTexts } from '../i18n';
import { addDays, formatDate, type ISODate } from '../lib/dates';
import { useFrameDay } from './day';

/** Which day the page shows, if it is not today or another one was chosen, and the ways to others. */
export function DayNotice({ today }: { today: ISODate }) {
  const texts = useTexts().app;
  const t = texts.past;
  const lang = useLang();
  const { page, address, early, day } = useFrameDay();
  if (!address || (page === 'change' && !early)) return null; // the page itself says it
  const date = formatDate(address, lang);
  return (
    <div className={day.shown ? 'past' : 'past aside'}>
      <div className="wrap">
        <p role="status">
          {early || page === 'change' ? (
            t.notPast(date)
          ) : page === 'shown' ? (
            <b>{texts.pastDay(date)}</b>
          ) : (
            t[page](date)
          )}
        </p>
        <nav aria-label={t.days}>
          <ul>
            {day.shown && <Steps day={day.shown} today={today} />}
            <li>
              <BackToToday />
            </li>
          </ul>
        </nav>
      </div>
    </div>
  );
}

function Steps({ day, today }: { day: ISODate; today: ISODate }) {
  const t = useTexts().app.past;
  const next = addDays(day, 1);
  return (
    <>
      <li>
        <DayLink day={addDays(day, -7)}>{t.weekBack}</DayLink>
      </li>
      <li>
        <DayLink day={addDays(day, -1)}>{t.dayBefore}</DayLink>
      </li>
      {next < today && (
        <li>
          <DayLink day={next}>{t.dayAfter}</DayLink>
        </li>
      )}
    </>
  );
}

interface DayLinkProps {
  day: ISODate;
  onChoose?: () => void;
  children: string;
}

/** The same page on another day. The place on it stays, for comparing. */
export function DayLink({ day, onChoose, children }: DayLinkProps) {
  return (
    <Link
      to="."
      search={(search) => ({ ...search, asOf: day })}
      hash
      resetScroll={false}
      onClick={onChoose}
    >
      {children}
    </Link>
  );
}

/** The same page as it is now. */
export function BackToToday() {
  return (
    <Link
      to="."
      search={(search) => ({ ...search, asOf: undefined })}
      hash
      resetScroll={false}
      // The link goes with the day: who came by the keyboard goes on in the page.
      onClick={() => document.getElementById('main')?.focus({ preventScroll: true })}
    >
      {useTexts().app.backToToday}
    </Link>
  );
}
