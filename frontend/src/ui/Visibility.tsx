import type { ReactNode } from 'react';
import { useTexts } from '../i18n';
import { Icon } from './Icon';

interface InternalProps {
  /** What it is, where the place alone does not tell. */
  what?: string;
  /** The ground in law, such as "JulkL 24 § 1 mom. 20 k". */
  ground?: string;
  children: ReactNode;
}

/**
 * What the public does not see. Only this is marked: whatever stands without the shading,
 * everybody can read.
 */
export function Internal({ what, ground, children }: InternalProps) {
  return (
    <div className="internal">
      <InternalMark what={what} ground={ground} />
      {children}
    </div>
  );
}

/** What is never public, whatever it is about: for the staff of the parties, or for those who may. */
export function Insiders({ what, only, children }: InsidersProps) {
  const t = useTexts().ui.visibility;
  return (
    <Internal what={what} ground={only ?? t.staff}>
      {children}
    </Internal>
  );
}

interface InsidersProps {
  what: string;
  /** Who alone reads it, where that is not the whole staff. */
  only?: string;
  children?: ReactNode;
}

/** The lock and the word, where a single line is internal. */
export function InternalMark({ what, ground }: Omit<InternalProps, 'children'>) {
  const t = useTexts().ui.visibility;
  const word = what ? t.of(what) : t.internal;
  return (
    <p className="vis">
      <Icon name="lock" size={14} />
      {ground ? `${word} · ${ground}` : word}
    </p>
  );
}
