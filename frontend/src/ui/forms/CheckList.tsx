import { useId, type ReactNode } from 'react';
import { FieldError } from '../filters';

interface CheckListProps {
  legend: string;
  options: readonly { id: string; label: ReactNode }[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  error?: string;
}

/** Any number of few, all in sight. */
export function CheckList({ legend, options, value, onChange, error }: CheckListProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{legend}</legend>
      <div className="checks-in">
        {options.map((option) => (
          <label key={option.id} className="check">
            <input
              type="checkbox"
              checked={value.includes(option.id)}
              onChange={({ target }) =>
                onChange(
                  target.checked
                    ? [...value, option.id]
                    : value.filter((chosen) => chosen !== option.id),
                )
              }
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  );
}
