import { useEffect, useId, useRef, useState, type ReactNode } from 'react';

interface PopupProps {
  /** What stands on the button. */
  label: ReactNode;
  /** Spoken name of the button where the label alone does not tell. */
  name?: string;
  className?: string;
  /** Width of the whole page instead of a small panel under the button. */
  wide?: boolean;
  children: (close: () => void) => ReactNode;
}

/**
 * A button that opens a small panel. Escape and a press elsewhere close it; Escape gives the
 * focus back to the button.
 */
export function Popup({ label, name, className, wide, children }: PopupProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
      document.removeEventListener('keydown', escape);
    };
  }, [open]);

  return (
    <div className={wide ? 'popup wide' : 'popup'} ref={root}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={name}
        onClick={() => setOpen(!open)}
      >
        {label}
      </button>
      {open && (
        <div className="popup-panel" id={id}>
          {children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}
