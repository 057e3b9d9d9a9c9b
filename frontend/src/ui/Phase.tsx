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
