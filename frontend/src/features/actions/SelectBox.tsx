import { useRef } from 'react';

interface SelectBoxProps {
  label: string;
  checked: boolean;
  onChange: (on: boolean, range: boolean) => void;
}

/** Chooses a row; with Shift, by mouse or Space, also all up to the row chosen last. */
export function SelectBox({ label, checked, onChange }: SelectBoxProps) {
  const shift = useRef(false);
  return (
    <label className="pick">
      <span className="vh">{label}</span>
      <input
        type="checkbox"
        checked={checked}
        onPointerDown={(event) => {
          shift.current = event.shiftKey;
        }}
        onKeyDown={(event) => {
          shift.current = event.shiftKey;
        }}
        onChange={(event) => onChange(event.target.checked, shift.current)}
      />
    </label>
  );
}
