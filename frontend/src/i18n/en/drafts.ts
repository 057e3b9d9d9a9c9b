import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const drafts: Texts['drafts'] = {
  loading: 'Fetching the draft…',
  title: (name) => `Draft: ${name}`,
  save: 'Save draft',
  saved: 'The draft has been saved. The other party sees it.',
  note: 'Note to the other party',
  noteHint: 'Optional. Say why the change is made.',
  explain:
    'The content is public, so your change is saved as a draft. The public sees it only once it is published.',
  bar: (party, days) =>
    `A draft is waiting: ${party} proposes a change, ${days === 0 ? 'today' : `${days} d`}`,
  open: 'Open the draft',
  standings: {
    waiting: 'Waiting for the other party’s position',
    changes_requested: 'The other party asks for changes',
    agreed: 'The other party agrees',
  },
  states: { open: 'Draft', published: 'Published', discarded: 'Discarded' },
  lead: (party, day, days) =>
    `${party} proposes a change. Saved on ${day}${days > 0 ? `, ${days} d ago` : ''}.`,
  publishedOn: (day) => `The draft was published on ${day}.`,
  discardedOn: (day) => `The draft was discarded on ${day}.`,
  reason: (text) => `Reason: ${text}`,
  version: (n) => `version ${num(n)}`,
  differences: 'What changes',
  differencesMeta: (n) => (n === 1 ? '1 change' : `${num(n)} changes`),
  none: 'The draft does not differ from what is published.',
  published: 'Published',
  before: 'Before the change',
  drafted: 'Draft',
  nothing: 'nothing',
  added: 'new',
  removed: 'removed',
  place: (kind, place, title) => `${kind} ${place}, ${title}`,
  order: (list) => `${list}, order`,
  outdated: 'What is published has changed since the draft was saved.',
  outdatedHelp: 'Open the draft for editing and save it on top of the present content.',
  blocked: 'The draft cannot be published until a new version of it has been saved.',
  missing: (parties: string) =>
    `The draft takes away or moves something that belongs to ${parties} or that it has accepted. The draft can be published only when that party has said that it agrees.`,
  missingPlan: (parties) =>
    `The draft changes which plan is in force. It can be published only once ${parties} has said that it agrees.`,
  comments: 'Comments',
  noComments: 'Nobody has commented on the draft.',
  latestFirst: 'The latest first',
  moreComments: 'Show earlier comments',
  kinds: { comment: 'Comment', changes_requested: 'Asks for changes', agreed: 'Agrees' },
  text: 'Comment',
  textHint: 'One language is enough. Agreeing needs no explanation.',
  comment: 'Comment',
  requestChanges: 'Request changes',
  agree: 'Agree',
  said: {
    comment: 'The comment has been saved.',
    changes_requested: 'The request for changes has been saved.',
    agreed: 'Your position has been saved: the draft is agreed to.',
  },
  edit: 'Edit the draft',
  publish: 'Publish',
  publishQuestion: 'Publish the draft?',
  publishText: 'The change takes effect at once and is visible to the public.',
  waitingText: 'The other party has not yet stated its position.',
  publishDone: 'The draft has been published.',
  discard: 'Discard draft',
  discardText: 'The draft is closed. Staff can still see it, and it stays in the log.',
  discardReason: 'Why the draft is discarded',
  discardDone: 'The draft has been discarded.',
};
