import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const mails: Texts['mails'] = {
  title: 'Sent messages',
  administration: 'Pages of administration',
  lead: 'E-mail about meetings and people’s own rights, and daily digests: to whom, why, and what came of it. You see the messages to people of your own organisation. The text is kept for a month, the line for good.',
  loading: 'Fetching messages…',
  count: (n) => (n === 1 ? '1 message' : `${num(n)} messages`),
  notAllowed: {
    title: 'This page is for administrators and auditors',
    text: 'The administrator of your organisation sees which e-mails the service has sent.',
  },
  empty: {
    title: 'There are no messages',
    text: 'A message is made when a meeting is called, moved or cancelled, when its paper awaits approval and when it is published. One is also made when somebody is given a role or post, when it is ended, and when an API token is made in their name. A digest goes out on working days to whomever something waits for.',
  },
  all: 'All',
  state: 'State',
  kind: 'Subject',
  states: {
    queued: 'Queued',
    sending: 'Being sent',
    sent: 'Sent',
    failed: 'Did not arrive',
    withheld: 'Not sent: the right to see it has ended',
    not_configured: 'Not sent: no mail server configured',
    no_address: 'Not sent: no e-mail address',
    superseded: 'Not sent: things had changed',
  },
  kinds: {
    meeting_called: 'Meeting called',
    meeting_changed: 'Meeting changed',
    meeting_cancelled: 'Meeting cancelled',
    approval_asked: 'Paper awaits approval',
    meeting_published: 'Paper published',
    substitute_released: 'Call of a substitute withdrawn',
    member_released: 'Call of a member withdrawn',
    digest: 'Daily digest',
    token_made: 'API token made',
    access_given: 'Role or post given',
    access_taken: 'End of a role or post',
  },
  reasons: {
    holder: 'as the holder of the post',
    deputy: 'as a deputy',
    unit_manager: 'as the manager of the unit, since nobody holds the post',
    coordinator: 'as the coordinator, since nobody holds the post or manages its unit',
    follower: 'as a follower',
    own: 'since it is about the recipient',
  },
  failures: {
    unreachable: 'The server did not answer',
    in_doubt: 'The connection broke before the server answered',
    deferred: 'The server asked to try later',
    refused: 'The server did not take the message',
  },
  inDoubt: 'It may have arrived twice, with the same identifier.',
  attempts: (n) => `${num(n)} attempts`,
  nextTry: (time) => `Next attempt ${time}`,
  columns: {
    subject: 'Message',
    to: 'To',
    state: 'State',
    when: 'Time',
    open: 'Text of the message',
  },
  show: 'Show',
  hide: 'Hide',
  showOf: (subject, person) => `Show the message: ${subject}, ${person}`,
  textWithheld:
    'You may not read the text. It may hold papers of a meeting, or what the recipient follows.',
  textGone: 'The text is removed a month after the message was sent.',
  noText: 'The message was not written.',
  withCalendar: 'With a calendar invitation',
  messageId: 'Identifier',
};
