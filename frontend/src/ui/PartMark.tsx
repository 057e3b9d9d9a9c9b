import { useTexts } from '../i18n';
import type { PartyLook } from './PartyMark';

/** What a post does for a thing, from the strongest part to the weakest. */
export type Part = 'lead' | 'shared' | 'support' | 'informed';

const parts: Record<Part, string> = {
  lead: 'part-p',
  shared: 'part-y',
  support: 'part-t',
  informed: 'part-i',
};
const shapes = { square: 'pe', circle: 'pl', outline: 'po' };

interface PartMarkProps {
  part: Part;
  party: PartyLook;
  /** A part that not every party has accepted is dashed, whatever it is. */
  waiting?: boolean;
}

/** The letter of a part in the shape of its party. A filled surface is a lead in force. */
export function PartMark({ part, party, waiting }: PartMarkProps) {
  const t = useTexts().ui.parts;
  const { letter, name } = t[part];
  const spoken = `${party.name}: ${waiting ? t.waiting(name) : name}`;
  return (
    <span
      className={`part ${parts[part]} ${shapes[party.shape]}${waiting ? ' wait' : ''}`}
      title={spoken}
    >
      <span aria-hidden="true">{letter}</span>
      <span className="vh">{spoken}</span>
    </span>
  );
}
