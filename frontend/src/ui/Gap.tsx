import type { ReactNode } from 'react';
import { useTexts } from '../i18n';

export type GapValue = 'none' | 'minor' | 'major';

const lines: Record<GapValue, string> = {
  none: 'M4 6h32',
  minor: 'M4 6h13M23 6h13',
  major: 'M4 6h6M30 6h6M10 2v8M30 2v8',
};

interface GapProps {
  value: GapValue;
  /** Follows the word, such as the target days. */
  children?: ReactNode;
}

/** The line alone; only beside its word. */
export function GapLine({ value }: { value: GapValue }) {
  const colour = value === 'major' ? 'var(--late)' : 'var(--ink)';
  return (
    <svg className="gap-line" width="40" height="12" viewBox="0 0 40 12" aria-hidden="true">
      <path d={lines[value]} stroke={colour} strokeWidth="2" />
      <circle cx="4" cy="6" r="3" fill={colour} />
      <circle cx="36" cy="6" r="3" fill={colour} />
    </svg>
  );
}

/** A gap in a hand-over, drawn as a gap in a line. */
export function Gap({ value, children }: GapProps) {
  const t = useTexts().ui.gaps;
  return (
    <span className={`gap gap-${value}`}>
      <GapLine value={value} />
      {t[value]}
      {children}
    </span>
  );
}
