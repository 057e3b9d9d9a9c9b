import { useRef, useState, type ReactNode } from 'react';
import { useTexts, type Texts } from '../i18n';
import { useFocusOnError } from '../lib/focus';
import { Problem } from '../lib/problem';
import { Button } from '../ui/Button';
import { DateField } from '../ui/forms/fields';
import { fieldError } from '../ui/problemTexts';
import { EmptyState } from '../ui/states';
import './compare.css';

/** Two days, as they are typed or stand in the address; an empty later one is today. */
export interface ComparedDays {
  from: string;
  to: string;
}

interface CompareDaysProps {
  from: string;
  to: string;
  /** Days to choose at one press; none of them holds while something else is compared. */
  quick: readonly (ComparedDays & { key: string; label: string })[];
  noneHolds?: boolean;
  /** What else is chosen, before the days. */
  children?: ReactNode;
  /** What the server said of the chosen days. */
  error: unknown;
  /** How the days were chosen: at one press, or typed with what else is chosen. */
  onGo: (days: ComparedDays, by: 'quick' | 'typed') => void;
}

/**
 * The choice of two days to compare: at one press, or typed. The fields stay when other days are
 * chosen, and with them the focus, which goes to a typed day that is refused; what was emptied is
 * again what stood there.
 */
export function CompareDays({
  from,
  to,
  quick,
  noneHolds,
  children,
  error,
  onGo,
}: CompareDaysProps) {
  const texts = useTexts();
  const t = texts.content.compareDays;
  const [first, setFirst] = useState(from);
  const [second, setSecond] = useState(to);
  const form = useRef<HTMLFormElement>(null);
  // Whoever follows a link to days that are refused has typed nothing yet.
  const [typed, setTyped] = useState(false);
  useFocusOnError(form, typed ? error : null);
  // Other days in the address are those of the fields.
  const [shown, setShown] = useState({ from, to });
  if (shown.from !== from || shown.to !== to) {
    setShown({ from, to });
    setFirst(from);
    setSecond(to);
  }
  return (
    <form
      ref={form}
      className="compare-days"
      aria-label={t.days}
      onSubmit={(event) => {
        event.preventDefault();
        setTyped(true);
        setFirst(first || from);
        setSecond(second || to);
        onGo({ from: first || from, to: second || to }, 'typed');
      }}
      noValidate
    >
      {quick.length > 0 && (
        <div className="btns" role="group" aria-label={t.quick}>
          {quick.map(({ key, label, ...days }) => (
            <Button
              key={key}
              variant="secondary"
              small
              aria-pressed={!noneHolds && days.from === from && days.to === to}
              onClick={() => onGo(days, 'quick')}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
      <div className="fields">
        {children}
        <DateField
          label={t.from}
          value={first}
          onChange={setFirst}
          error={fieldError(error, 'from', texts)}
        />
        <DateField
          label={t.to}
          value={second}
          onChange={setSecond}
          error={fieldError(error, 'to', texts)}
        />
        <Button type="submit">{t.compare}</Button>
      </div>
    </form>
  );
}

/**
 * Why nothing is compared, if the server said so of what was asked: of the days at their fields, of
 * another field by its name, here with the reason. Undefined for what may be tried again.
 */
export function refusedComparison(
  error: unknown,
  field: string,
  texts: Texts,
): { title: string; text?: string } | undefined {
  if (!(error instanceof Problem) || error.errors.length === 0) return undefined;
  const t = texts.content.compareDays;
  if (error.errors.every(({ pointer }) => pointer === 'from' || pointer === 'to'))
    return { title: t.refused, text: t.refusedText };
  return { title: fieldError(error, field, texts) ?? texts.problems.fields.not_comparable };
}

/** Says why nothing is compared. */
export function ComparisonRefused({ title, text }: { title: string; text?: string }) {
  return (
    <div role="alert">
      <EmptyState title={title} text={text} />
    </div>
  );
}
