import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type SyntheticEvent } from 'react';
import { useMe } from '../api/me';
import { useLang, useTexts } from '../i18n';
import { useAsOf, useChosenDay } from '../lib/asOf';
import { addDays, dateOf, formatDate, formatDateTime, isISODate, type ISODate } from '../lib/dates';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Popup } from '../ui/Popup';
import { DayLink, DayNotice } from './DayNotice';

/** Who looks, and at which day. A past day is said in so many words. */
export function StateBar() {
  const t = useTexts().app;
  const lang = useLang();
  const asOf = useAsOf();
  const me = useMe().data;
  const staff = me?.hasRole; // without a role one sees what the public sees
  const [opened] = useState(() => new Date());
  const now = me?.now ?? opened;

  return (
    <>
      <div className="statebar">
        <div className="wrap">
          <span>
            <Icon name={staff ? 'lock' : 'eye'} size={14} />
            <b>{staff ? t.signedInView : t.publicView}</b>
            {staff && t.internalShaded}
          </span>
          <span className="sp" />
          <span>
            {t.situation}{' '}
            <b>
              {asOf
                ? formatDate(asOf, lang, { weekday: true })
                : formatDateTime(now, lang, { weekday: true })}
            </b>
          </span>
          <Popup className="linkish" label={t.otherDay}>
            {(close) => <DayForm today={dateOf(now)} onChoose={close} />}
          </Popup>
        </div>
      </div>
      <DayNotice today={dateOf(now)} />
    </>
  );
}

/** The first day that the service knows. */
const firstDay = '1900-01-01';

/** Chooses the day. The browser's own date control: it knows each person's calendar. */
function DayForm({ today, onChoose }: { today: ISODate; onChoose: () => void }) {
  const t = useTexts().app;
  const chosen = useChosenDay();
  const navigate = useNavigate();
  const [error, setError] = useState('');
  const id = useId();
  const yesterday = addDays(today, -1);

  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const day = new FormData(event.currentTarget).get('day');
    if (!isISODate(day) || day < firstDay) {
      setError(t.past.noDay);
      return;
    }
    if (day >= today) {
      setError(day === today ? t.past.isToday : t.past.isComing);
      return;
    }
    void navigate({
      to: '.',
      search: (search) => ({ ...search, asOf: day }),
      hash: true,
      resetScroll: false,
    });
    onChoose();
  };

  return (
    <form className="day-form" onSubmit={submit} noValidate>
      <div className="f">
        <label htmlFor={id}>{t.day}</label>
        <input
          id={id}
          className="in"
          type="date"
          name="day"
          min={firstDay}
          max={yesterday}
          defaultValue={chosen ?? yesterday}
          aria-invalid={error !== ''}
          aria-describedby={error ? `${id}-error` : undefined}
        />
        {error && (
          <p className="errt" id={`${id}-error`} role="alert">
            {error}
          </p>
        )}
      </div>
      <Button type="submit">{t.showDay}</Button>
      {!chosen && (
        <p className="day-near">
          <DayLink day={yesterday} onChoose={onChoose}>
            {t.past.yesterday}
          </DayLink>{' '}
          <DayLink day={addDays(today, -7)} onChoose={onChoose}>
            {t.past.weekAgo}
          </DayLink>
        </p>
      )}
    </form>
  );
}
