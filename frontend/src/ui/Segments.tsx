import { useId } from 'react';

interface SegmentsProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value | undefined;
  onChange: (value: Value) => void;
  small?: boolean;
  /** The label is only spoken. */
  hiddenLabel?: boolean;
}

/** One of few, all in sight: a radio group in the form of joined segments. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, options, value, onChange, small, hiddenLabel } = props;
  const name = useId();
  return (
    <fieldset>
      <legend className={hiddenLabel ? 'vh' : undefined}>{label}</legend>
      <div className={small ? 'seg sm' : 'seg'}>
        {options.map((option) => (
          <label key={option.value} className={option.value === value ? 'on' : undefined}>
            <input
              className="vh"
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
