import { useState, type ReactNode } from 'react';

interface FoldProps {
  summary: ReactNode;
  /** Open whatever was pressed, as where something within is refused. */
  forced?: boolean;
  /** The fields; they are there only while they are seen, for a chain has hundreds of them. */
  children: () => ReactNode;
}

/** Fields that are folded away until they are wanted. What is typed in them lies in the form. */
export function Fold({ summary, forced = false, children }: FoldProps) {
  const [open, setOpen] = useState(forced);
  const shown = open || forced;
  return (
    <details
      className="ch-fold"
      open={shown}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{summary}</summary>
      {shown && <div className="rows">{children()}</div>}
    </details>
  );
}
