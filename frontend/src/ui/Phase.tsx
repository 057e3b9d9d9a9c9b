import type { CSSProperties } from 'react';

export interface PhaseStep {
  id: string;
  name: string;
  /** When, as text. */
  period: string;
  /** Length against the other phases, such as its days. */
  share: number;
  /** An overdue phase has passed its end and goes on. */
  state: 'done' | 'now' | 'coming' | 'overdue';
  /** How much of the present phase has passed, 0 to 100. */
  passed?: number;
}

const states = { done: 'd', now: 'n', coming: undefined, overdue: 'x' };

/** The phases in proportion to their time; upright on a narrow screen. */
export function PhaseBar({ steps }: { steps: readonly PhaseStep[] }) {
  const columns = steps.map(({ share }) => `${Math.max(share, 1)}fr`).join(' ');
  return (
    <div className="phase" style={{ '--cols': columns } as CSSProperties}>
      <ol>
        {steps.map(({ id, name, period, state, passed = 0 }) => (
          <li
            key={id}
            className={states[state]}
            style={state === 'now' ? ({ '--at': `${passed}%` } as CSSProperties) : undefined}
            aria-current={state === 'now' || state === 'overdue' ? 'step' : undefined}
          >
            <b>{name}</b>
            <small>{period}</small>
          </li>
        ))}
      </ol>
    </div>
  );
}

interface PhaseMiniProps {
  /** Which of the phases is under way, from 0; the number of phases when all have ended. */
  step: number;
  /** How many phases there are. */
  of?: number;
  /** The word of the phase. Always said; shown where there is room. */
  name: string;
  /** The word stands below the segments. */
  below?: boolean;
}

/** Four small segments and the word. */
export function PhaseMini({ step, of = 4, name, below }: PhaseMiniProps) {
  const segments = (
    <span className="ph" aria-hidden="true">
      {Array.from({ length: of }, (_, index) => (
        <i key={index} className={index < step ? 'd' : index === step ? 'n' : undefined} />
      ))}
    </span>
  );
  return below ? (
    <>
      <span className="phm">{segments}</span>
      <span className="meta vw">{name}</span>
    </>
  ) : (
    <span className="phm">
      {segments}
      {name}
    </span>
  );
}
