import { useState } from 'react';

const kept = 'yhdyspinta.keys';

function readOn(): boolean {
  try {
    return localStorage.getItem(kept) !== 'off';
  } catch {
    return true;
  }
}

/** Whether keys without a field to type in do anything: whom they disturb turns them off (WCAG 2.1.4). */
export function useKeysOn() {
  const [on, setOn] = useState(readOn);
  return {
    on,
    turn: (value: boolean) => {
      setOn(value);
      try {
        localStorage.setItem(kept, value ? 'on' : 'off');
      } catch {
        return;
      }
    },
  };
}

/** Whether what is pressed in it is text, or moves a choice. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type="checkbox"]), textarea, select, [role="combobox"]'))
  );
}
