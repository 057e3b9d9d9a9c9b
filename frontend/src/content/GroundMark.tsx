import type { ReactNode } from 'react';
import { useGroundIn } from '../api/grounds';
import { Internal, InternalMark } from '../ui/Visibility';

/** The mark of what is internal, with its ground as the reader's language has it. */
export function GroundMark({ ground }: { ground: string | undefined }) {
  const groundIn = useGroundIn();
  return <InternalMark ground={groundIn(ground)} />;
}

/** What is internal, under its mark. */
export function Grounded({
  ground,
  children,
}: {
  ground: string | undefined;
  children: ReactNode;
}) {
  const groundIn = useGroundIn();
  return <Internal ground={groundIn(ground)}>{children}</Internal>;
}
