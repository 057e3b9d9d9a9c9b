import type { ReactNode } from 'react';

/** How a party is drawn: the first principal party, the second, or anyone else. */
export type PartyShape = 'square' | 'circle' | 'outline';

export interface PartyLook {
  shape: PartyShape;
  /** One capital letter. */
  letter: string;
  /** Said aloud and shown on pointing. */
  name: string;
}

const shapes: Record<PartyShape, string> = { square: 'p-e', circle: 'p-l', outline: 'p-o' };

/** The mark of a party. Shape and letter carry it; colour only confirms. */
export function PartyMark({ party }: { party: PartyLook }) {
  return (
    <abbr className={`p ${shapes[party.shape]}`} title={party.name}>
      {party.letter}
    </abbr>
  );
}

/** Both marks side by side: a joint thing has no third colour. Square first. */
export function PartyMarks({ parties }: { parties: readonly PartyLook[] }) {
  return (
    <span className="pp">
      {parties.map((party) => (
        <PartyMark key={party.name} party={party} />
      ))}
    </span>
  );
}

/** A post (or whoever is meant) beside the mark of its party. Never cut short. */
export function Who({ party, children }: { party: PartyLook; children: ReactNode }) {
  return (
    <span className="who">
      <PartyMark party={party} />
      <span>{children}</span>
    </span>
  );
}
