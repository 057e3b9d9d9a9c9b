import type { PartyAppearance } from '../../api/parties';
import type { AcceptanceSlot } from '../../ui/Acceptance';
import type { MatrixRow, ResponsibilityItem } from './queries';

type Answer = MatrixRow['acceptance'][number]['answer'];
type Agreement = NonNullable<ResponsibilityItem['waiting']>;

/** What a party says, as the mark of acceptance draws it. */
const states: Record<Answer, AcceptanceSlot['state']> = {
  accepted: 'accepted',
  open: 'open',
  declined: 'returned',
  reopened: 'reopened',
};

export function slotsOf(
  acceptance: MatrixRow['acceptance'],
  look: (partyId: string) => PartyAppearance,
): AcceptanceSlot[] {
  return acceptance.map(({ partyId, answer }) => ({ party: look(partyId), state: states[answer] }));
}

/** The answers to one content; of a change to what is in force the open ones are drawn as reopened. */
export function agreementSlots(
  agreement: Agreement,
  change: boolean,
  look: (partyId: string) => PartyAppearance,
): AcceptanceSlot[] {
  return agreement.acceptances.map(({ partyId, answer }) => ({
    party: look(partyId),
    state: change && answer === 'open' ? 'reopened' : states[answer],
  }));
}
