import { useTexts } from '../i18n';

export interface PhasePoint {
  id: string;
  name: string;
  /** When it was reached, as text; without it the phase is to come or was passed over. */
  on?: string;
}

interface PhaseLineProps {
  /** All phases in their order. */
  phases: readonly PhasePoint[];
  /** The one under way; none if it is not said. */
  current: string | undefined;
  /** Dots and the one word, for a row of a table; else every phase with its day. */
  compact?: boolean;
}

/**
 * How far something has come: a dot for each phase, filled up to the present one, which is larger.
 * The words say it too: the dots alone are for the eye.
 */
export function PhaseLine({ phases, current, compact }: PhaseLineProps) {
  const t = useTexts().ui;
  const at = phases.findIndex(({ id }) => id === current);
  const stateOf = (index: number, on?: string) =>
    index === at ? 'n' : index < at && (compact || on) ? 'd' : undefined;
  if (compact) {
    const now = phases[at];
    if (!now) return null;
    return (
      <span className="phl-c">
        <span className="phl-dots" aria-hidden="true">
          {phases.map(({ id }, index) => (
            <i key={id} className={stateOf(index)} />
          ))}
        </span>
        <span>
          {now.name}
          <span className="vh">, {t.phaseOf(at + 1, phases.length)}</span>
        </span>
      </span>
    );
  }
  return (
    <ol className="phl">
      {phases.map(({ id, name, on }, index) => (
        <li
          key={id}
          className={stateOf(index, on)}
          aria-current={index === at ? 'step' : undefined}
        >
          <i aria-hidden="true" />
          <span>
            <b>{name}</b>
            <small>{on ?? (index < at ? t.phasePassedOver : t.phaseToCome)}</small>
          </span>
        </li>
      ))}
    </ol>
  );
}
