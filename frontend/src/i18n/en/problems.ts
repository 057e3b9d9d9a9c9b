import type { Texts } from '../fi';

export const problems: Texts['problems'] = {
  title: 'The information could not be fetched',
  saveTitle: 'Saving did not succeed',
  general: 'Something went wrong in the service. Try again in a moment.',
  offline: 'The server did not answer. Check the connection and try again.',
  retry: 'Try again',
  requestId: (id) => `Reference ${id}`,
  codes: {
    malformed: 'The request could not be read.',
    unauthenticated: 'The session has ended. Sign in again; what you wrote is kept.',
    forbidden: 'You do not have the right to this.',
    not_found: 'There is no such thing, or you may not see it.',
    conflict: 'The state of the item does not allow this.',
    stale: 'Somebody saved a change in the meantime.',
    precondition_missing: 'The request did not say which version it changes.',
    too_large: 'What was sent is too large.',
    invalid: 'Check the marked places.',
    limited: 'There have been too many requests. Wait a moment and try again.',
    unavailable: 'The service is out of use for a moment. Try again shortly.',
  },
  fields: {
    required: 'This is missing.',
    too_long: 'The text is too long.',
    too_short: 'The text is too short.',
    date: 'There is no such day.',
    unknown: 'There is no such item.',
    invalid: 'This is not valid.',
  },
};
