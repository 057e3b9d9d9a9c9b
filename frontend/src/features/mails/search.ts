export const mailStates = [
  'queued',
  'sending',
  'sent',
  'failed',
  'withheld',
  'not_configured',
  'no_address',
  'superseded',
] as const;
export const mailKinds = [
  'meeting_called',
  'meeting_changed',
  'meeting_cancelled',
  'approval_asked',
  'meeting_published',
  'substitute_released',
  'member_released',
  'digest',
  'token_made',
  'access_given',
  'access_taken',
] as const;

export type MailState = (typeof mailStates)[number];
export type MailKind = (typeof mailKinds)[number];

/** How the sent log is narrowed; the names are those of the address. */
export interface MailSearch {
  state?: MailState;
  kind?: MailKind;
}

/** Reads the filters from the address; what is no filter is left out. */
export function readMailSearch(search: Record<string, unknown>): MailSearch {
  return {
    state: mailStates.find((state) => state === search.state),
    kind: mailKinds.find((kind) => kind === search.kind),
  };
}
