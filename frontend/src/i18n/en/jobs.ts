import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const jobs: Texts['jobs'] = {
  title: 'Scheduled work',
  lead: 'What the service does by itself: it sends messages, makes the daily digests and reads the decision services. The work is common to the parties, and each sees all of it.',
  loading: 'Fetching the work…',
  notAllowed: {
    title: 'This page is for administrators and auditors',
    text: 'An administrator sees whether the service’s scheduled work runs.',
  },
  empty: { title: 'There is no work', text: 'The service told of no work at all.' },
  at: (time) => `As of ${time}. The page updates itself.`,
  allWell: 'All work runs.',
  attention: (names) => `Needs attention: ${names}.`,
  columns: { work: 'Work', health: 'State', last: 'Last', next: 'Next', actions: 'Actions' },
  kinds: {
    outbox_drain: {
      name: 'Collecting messages',
      text: 'Makes messages of what has happened at meetings, and hands over those that are due.',
    },
    mail_deliver: {
      name: 'Sending messages',
      text: 'Hands a message to the mail server and notes how that went.',
    },
    digests_look: {
      name: 'Times of digests',
      text: 'Looks whose daily digest is due. The digest also has the reminders of reporting rounds.',
    },
    digest_make: {
      name: 'Making digests',
      text: 'Makes one person’s digest, if there is something to tell.',
    },
    decision_feeds_look: {
      name: 'Times of decision services',
      text: 'Looks which addresses of decision services are to be read.',
    },
    decision_feed_fetch: {
      name: 'Reading decision services',
      text: 'Reads what is new at one address.',
    },
    mail_sweep: {
      name: 'Removing old texts',
      text: 'Removes the texts of messages older than a month, and the answers older than a day that are kept in case the same request is sent again.',
    },
  },
  every: {
    seconds: (n) => `Every ${num(n)} seconds`,
    minutes: (n) => `Every ${num(n)} minutes`,
    hour: 'Every hour',
  },
  whenNeeded: 'When there is something to do',
  healths: {
    failing: 'Failed',
    overdue: 'Overdue',
    troubled: 'Partly failing',
    no_server: 'No mail server is set',
    unseen: 'Has not run yet',
    well: 'In order',
  },
  noServer:
    'Messages are noted as not sent until the operator sets a mail server. What was not sent is told in the next digest.',
  running: 'Running now',
  waiting: {
    outbox_drain: (n, since) =>
      n === 1 ? `1 event waiting, since ${since}` : `${num(n)} events waiting, since ${since}`,
    mail_deliver: (n, since) =>
      n === 1 ? `1 message waiting, since ${since}` : `${num(n)} messages waiting, since ${since}`,
  },
  feedsDue: (n) => (n === 1 ? '1 address is to be read' : `${num(n)} addresses are to be read`),
  mailsFailed: (n) =>
    n === 1
      ? '1 message was not delivered in the last week'
      : `${num(n)} messages were not delivered in the last week`,
  feedsFailed: (n) =>
    n === 1 ? '1 address could not be read' : `${num(n)} addresses could not be read`,
  seeMails: 'Your own organisation’s messages that were not delivered',
  seeFeeds: 'Addresses of decision services',
  lastDone: (time) => `Succeeded ${time}`,
  lastFailed: (time) => `Failed ${time}`,
  lastInterrupted: (time) => `Cut off, began ${time}`,
  doneBefore: (time) => `Last succeeded ${time}`,
  neverDone: 'Has never succeeded',
  never: 'Not yet',
  next: (time) => `About ${time}`,
  causes: {
    timeout: 'The run took too long',
    stopped: 'The service was stopped during the run',
    database: 'The database did not answer or refused the run',
    panic: 'There is an error in the program',
    killed: 'The service ended during the run. Another run finishes the work.',
    other: 'The cause stands in the server’s log',
  },
  detail: (code) => `database code ${code}`,
  no: (no, attempt) => `Job ${no} in the log, attempt ${attempt}`,
  failures: (n) => (n === 1 ? 'Show 1 failure' : `Show ${num(n)} failures`),
  failuresOf: (n, name) => `${n === 1 ? 'Show 1 failure' : `Show ${num(n)} failures`}: ${name}`,
  hide: 'Hide the failures',
  kept: 'The last 20 failures are kept. The exact error stands in the server’s log under the same number. It is not shown here, since it may hold personal data.',
  runNow: 'Run now',
  runNowOf: (name) => `Run now: ${name}`,
  tryMails: 'Send what waits now',
  asked: (name) => `The work was put into the queue: ${name}. The result shows in a moment.`,
  failed: 'The work could not be put into the queue',
};
