import type { ReactNode } from 'react';
import { useTexts, type Texts } from '../i18n';
import type { PartyLook, PartyShape } from './PartyMark';

/** What one party has said of the present wording. */
export type AcceptanceState = 'open' | 'accepted' | 'returned' | 'reopened';

export interface AcceptanceSlot {
  party: PartyLook;
  state: AcceptanceState;
}

interface AcceptanceProps {
  /** One slot per party, the square first. */
  slots: readonly AcceptanceSlot[];
  /** Days for which somebody has been waited for. */
  openDays?: number;
  /** Names those who have accepted as well, beside those who are waited for. */
  full?: boolean;
}

const step = 16;

/** The party shapes, empty or filled, joined by a bar when every party has accepted. */
export function Acceptance({ slots, openDays, full }: AcceptanceProps) {
  const t = useTexts();
  return (
    <span className="seal">
      <AcceptanceSeal slots={slots} />
      <span>{acceptanceText(slots, openDays, t, full)}</span>
    </span>
  );
}

/** The shapes alone; only beside their words. */
export function AcceptanceSeal({ slots }: Pick<AcceptanceProps, 'slots'>) {
  if (slots.length === 0) return null;
  const width = slots.length * step;
  return (
    <svg
      viewBox={`0 0 ${width} ${step}`}
      style={{ width: `${slots.length}rem` }}
      aria-hidden="true"
    >
      {slots.every(({ state }) => state === 'accepted') && (
        <path d={`M13 8H${width - 13}`} stroke="var(--ink)" strokeWidth="2" />
      )}
      {slots.map(({ party, state }, index) => (
        <g key={party.name} transform={`translate(${index * step} 0)`}>
          <Slot shape={party.shape} state={state} />
        </g>
      ))}
    </svg>
  );
}

const fills: Record<PartyShape, string> = {
  square: 'var(--e)',
  circle: 'var(--l)',
  outline: 'var(--o)',
};

const strokes: Record<Exclude<AcceptanceState, 'accepted'>, string> = {
  open: 'var(--ink-2)',
  returned: 'var(--late)',
  reopened: 'var(--ink)',
};

function Slot({ shape, state }: { shape: PartyShape; state: AcceptanceState }): ReactNode {
  if (state === 'accepted') {
    return shape === 'circle' ? (
      <circle cx="8" cy="8" r="6.5" fill={fills[shape]} />
    ) : (
      <rect x="2" y="2" width="12" height="12" fill={fills[shape]} />
    );
  }
  const outline = {
    fill: '#fff',
    stroke: strokes[state],
    strokeWidth: 1.5,
    strokeDasharray: state === 'reopened' ? '2.5 2' : undefined,
  };
  return (
    <>
      {shape === 'circle' ? (
        <circle cx="8" cy="8" r="5.75" {...outline} />
      ) : (
        <rect x="2.75" y="2.75" width="10.5" height="10.5" {...outline} />
      )}
      {state === 'returned' && (
        <path d="M5.5 5.5l5 5m0-5l-5 5" stroke="var(--late)" strokeWidth="1.5" />
      )}
    </>
  );
}

/** The state of the agreement in words. A refusal comes first, then what is waited for. */
export function acceptanceText(
  slots: readonly AcceptanceSlot[],
  openDays: number | undefined,
  texts: Texts,
  full?: boolean,
): string {
  const t = texts.ui.acceptance;
  const returned = slots.find(({ state }) => state === 'returned');
  if (returned) return t.returnedBy(returned.party.name);
  const waiting = slots.filter(({ state }) => state !== 'accepted');
  const [first] = waiting;
  if (!first) return t.inForce;
  const accepted = slots.filter(({ state }) => state === 'accepted');
  const acceptedBy = t.acceptedBy(accepted.map(({ party }) => party.name).join(', '));
  if (openDays !== undefined) {
    if (slots.length > 1 && accepted.length === 0) return t.allOpen(openDays);
    const openAt = t.openAt(waiting.map(({ party }) => party.name).join(', '), openDays);
    return full && accepted.length > 0 ? `${acceptedBy}, ${openAt}` : openAt;
  }
  if (waiting.some(({ state }) => state === 'reopened')) return t.reopened;
  return accepted.length === 0 ? t.proposed : acceptedBy;
}
