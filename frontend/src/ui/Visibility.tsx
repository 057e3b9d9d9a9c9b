import type { ReactNode } from 'react';
import { useTexts } from '../i18n';
import { Icon } from './Icon';

interface InternalProps {
  /** The ground in law, such as "JulkL 24 § 1 mom. 20 k". */
  ground?: string;
  children: ReactNode;
}

/**
 * What the public does not see. Only this is marked: whatever stands without the shading,
 * everybody can read.
 */
export function Internal({ ground, children }: InternalProps) {
  return (
    <div className="internal">
      <InternalMark ground={ground} />
      {children}
    </div>
  );
}

/** The lock and the word, where a single line is internal. */
export function InternalMark({ ground }: { ground?: string }) {
  const t = useTexts().ui.visibility;
  return (
    <p className="vis">
      <Icon name="lock" size={14} />
      {ground ? `${t.internal} · ${ground}` : t.internal}
    </p>
  );
}
