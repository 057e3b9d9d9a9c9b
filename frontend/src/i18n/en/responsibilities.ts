import type { Texts } from '../fi';

export const responsibilities: Texts['responsibilities'] = {
  post: 'Post',
  part: 'Part',
  wording: 'Wording',
  validFrom: 'In force from',
  validTo: 'In force until',
  wordings: 'Wordings and acceptances',
  summary: (all, waiting) =>
    waiting === 0
      ? all === 1
        ? '1 responsibility, in force'
        : `${all} responsibilities, all in force`
      : `${all === 1 ? '1 responsibility' : `${all} responsibilities`}, ${waiting === 1 ? 'one waits' : `${waiting} wait`} for acceptance`,
  loading: 'Fetching responsibilities…',
  notYet: 'A proposal that is not yet in force.',
  valid: (period) => `In force ${period}`,
  changeWaits: 'The content in force and the proposed one',
  inForceNow: 'In force now',
  proposal: 'Proposal',
  revision: (n) => `, version ${n}`,
  widened: (parties) => `The content is unchanged. Acceptance is now also awaited from ${parties}.`,
  declinedBy: (party, day) => `${party} returned the proposal on ${day}.`,
  accept: 'Accept',
  acceptOf: (name) => `Accept: ${name}`,
  decline: 'Return',
  declineOf: (name) => `Return: ${name}`,
  declineReason: 'Why the proposal is returned',
  declineHint:
    'The reason is shown to everyone who sees the responsibility. Write in Finnish or Swedish.',
  answerFailed: 'The answer could not be saved',
  readAgain: 'The proposal changed in the meantime. Read the new content and answer that.',
  acceptedInForce: 'The acceptance is saved. The responsibility is in force.',
  acceptedWaits: (parties) => `The acceptance is saved. Still awaited: ${parties}.`,
  declined: 'The proposal has been returned with its reason.',
  change: 'Propose a change',
  changeOf: (name) => `Propose a change: ${name}`,
  proposeNew: 'Propose a new responsibility',
  proposalHint:
    'What is saved is a proposal. It is in force when every principal party that it concerns has accepted the same content. Until then what was accepted last stays in force.',
  proposed: (parties) => `The proposal is saved. Acceptance is awaited from: ${parties}.`,
  inForceAtOnce: 'The responsibility is saved and in force.',
  withdraw: 'Take back the proposal',
  withdrawOf: (name) => `Take back the proposal: ${name}`,
  withdrawHint: 'The proposal is taken back. What was accepted last stays in force.',
  withdrawGoneHint:
    'The proposal is taken back and no responsibility is left. Its content stays in the log.',
  withdrawReason: 'Reason',
  withdrawn: 'The proposal has been taken back. What was accepted last is in force.',
  withdrawnGone: 'The proposal has been taken back.',
  past: 'History of the agreement',
  revisionOf: (n, state) => `Version ${n}: ${state}`,
  proposedBy: (party, at) => `${party} proposed it on ${at}`,
  imported: (day) => `Imported on ${day}`,
  whoWas: 'Who was responsible on a given day',
  states: {
    open: 'waiting for acceptance',
    in_force: 'in force',
    declined: 'returned',
    withdrawn: 'taken back',
    superseded: 'replaced by a newer one',
  },
  answers: { open: 'Open', accepted: 'Has accepted', declined: 'Has returned it' },
  standings: {
    in_force: 'In force',
    proposed: 'Waiting for acceptance',
    declined: 'Returned',
    reopened: 'A change waits for acceptance',
    change_declined: 'A change was returned',
  },
};
