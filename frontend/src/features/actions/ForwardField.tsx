import { useState } from 'react';
import { ThingPicker } from '../../content/ThingPicker';
import { useTexts } from '../../i18n';
import { useFocusStays } from '../../lib/focus';
import { Button } from '../../ui/Button';
import type { ComboOption } from '../../ui/forms/ComboBox';
import { Icon } from '../../ui/Icon';

interface ForwardFieldProps {
  value: readonly ComboOption[];
  onChange: (value: ComboOption[]) => void;
  error?: string;
}

/** The actions in which a merged or superseded one goes on: one after another, each to take off. */
export function ForwardField({ value, onChange, error }: ForwardFieldProps) {
  const t = useTexts().actions.update;
  const [round, setRound] = useState(0);
  const frame = useFocusStays<HTMLDivElement>('.combo input');
  return (
    <div className="f upd-wide forward" ref={frame}>
      {value.length > 0 && (
        <ul aria-label={t.forwardChosen}>
          {value.map((each) => (
            <li key={each.id}>
              {each.label}
              <Button
                variant="quiet"
                small
                aria-label={t.forwardRemove(each.label)}
                onClick={() => onChange(value.filter(({ id }) => id !== each.id))}
              >
                <Icon name="close" size={12} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <ThingPicker
        key={round}
        kind="action"
        label={t.forwardTo}
        hint={t.forwardHint}
        error={error}
        value={null}
        onChange={(action) => {
          if (!action) return;
          if (!value.some(({ id }) => id === action.id)) onChange([...value, action]);
          setRound(round + 1);
        }}
      />
    </div>
  );
}
