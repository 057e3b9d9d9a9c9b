import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useState, type SyntheticEvent } from 'react';
import { useMe } from '../api/me';
import { useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { dateOf, formatDate, formatDateTime, isISODate, type ISODate } from '../lib/dates';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Popup } from '../ui/Popup';

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
      {asOf && (
        <div className="past" role="status">
          <div className="wrap">
            <b>{t.pastDay(formatDate(asOf, lang))}</b>{' '}
            <Link to="." search={(search) => ({ ...search, asOf: undefined })}>
              {t.backToToday}
            </Link>
          </div>
        </div>
      )}
    </>
  );
}

/** Chooses the day. The browser's own date control: it knows each person's calendar. */
function DayForm({ today, onChoose }: { today: ISODate; onChoose: () => void }) {
  const t = useTexts().app;
  const asOf = useAsOf();
  const navigate = useNavigate();
  const id = useId();

  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const day = new FormData(event.currentTarget).get('day');
    void navigate({
      to: '.',
      search: (search) => ({ ...search, asOf: isISODate(day) && day < today ? day : undefined }),
    });
    onChoose();
  };

  return (
    <form className="day-form" onSubmit={submit}>
      <div className="f">
        <label htmlFor={id}>{t.day}</label>
        <input
          id={id}
          className="in"
          type="date"
          name="day"
          max={today}
          defaultValue={asOf ?? today}
          required
        />
      </div>
      <Button type="submit">{t.showDay}</Button>
    </form>
  );
}
