import { useEffect, useState } from 'react';

/**
 * When the words beside something are shown: while the pointer is on it or on them, while it has
 * the focus, and by a press where nothing hovers. Escape puts them away without moving pointer or
 * focus (WCAG 1.4.13).
 */
export function useTip(onAsk?: () => void) {
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const [dismissed, setDismissed] = useState(false);
  const open = (hovered || focused) && !dismissed;

  useEffect(() => {
    if (!open) return;
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // It closes this alone, not the panel or form around it.
      event.stopPropagation();
      setDismissed(true);
    };
    document.addEventListener('keydown', escape, true);
    return () => document.removeEventListener('keydown', escape, true);
  }, [open]);

  return {
    open,
    /** Of what holds both. */
    frame: {
      onPointerEnter: () => {
        onAsk?.();
        setDismissed(false);
        setHovered(true);
      },
      onPointerLeave: () => setHovered(false),
    },
    /** Of what is explained. */
    trigger: {
      onFocus: () => {
        onAsk?.();
        setDismissed(false);
        setFocused(true);
      },
      onBlur: () => setFocused(false),
    },
    again: () => setDismissed(false),
  };
}
