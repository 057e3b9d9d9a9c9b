import { useId, type SyntheticEvent } from 'react';
import { useTexts } from '../../i18n';
import { isISODate, type ISODate } from '../../lib/dates';
import { Button } from '../../ui/Button';

interface SinceFormProps {
  /** The day chosen; none while the server has not told which it takes. */
  since?: ISODate;
  /** The day shown: the last that can be chosen. */
  day: ISODate;
  onChoose: (since: ISODate) => void;
}

/** Chooses the day with which the state is compared; a day half typed changes nothing. */
export function SinceForm({ since, day, onChoose }: SinceFormProps) {
  const t = useTexts().overview.changes;
  const id = useId();
  const choose = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).get('since');
    if (isISODate(chosen)) onChoose(chosen);
  };
  return (
    <form className="ov-since" onSubmit={choose}>
      <label htmlFor={id}>{t.compare}</label>
      <input
        key={since}
        id={id}
        className="in sm"
        type="date"
        name="since"
        max={day}
        defaultValue={since}
        required
      />
      <Button type="submit" variant="secondary" small>
        {t.show}
      </Button>
    </form>
  );
}
