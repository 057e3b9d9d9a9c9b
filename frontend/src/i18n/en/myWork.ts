import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'en');

const numbers = ['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
const dayCount = (days: number) => (days === 1 ? '1 day' : `${days} days`);

export const myWork: Texts['myWork'] = {
  title: pages.myWork,
  loading: 'Fetching what waits for you…',
  lead: {
    nothing: 'Nothing waits for you right now.',
    waiting: (count) =>
      count === 1
        ? 'One thing waits for you.'
        : `${numbers[count] ?? num(count)} things wait for you.`,
    late: (days) => `The most urgent has been late for ${dayCount(days)}.`,
    approval: 'The most urgent is to approve the papers of a meeting.',
    amendment: 'The most urgent is to approve an amendment.',
    comments: 'The most urgent is to answer what was said of the papers.',
    acceptance: 'The most urgent is a proposal that waits for your acceptance.',
    changes: 'The most urgent is a proposal that the other party asks to be changed.',
    draft: 'The most urgent is a draft that waits for your view.',
    reply_late: 'The most urgent is a referral that was not answered in time.',
    reply: 'The most urgent is a referral that waits for an answer.',
    returned: 'The most urgent is a referral that the other forum has refused.',
    unanswered: 'The most urgent is a referral that the other forum has not answered in time.',
    unclosed: 'The most urgent is a meeting that has not been closed.',
    unapproved: 'The most urgent is a paper that not everybody has approved.',
    unpublished: 'The most urgent is an approved paper that has not been published.',
    stale: 'The most urgent is information that has not been confirmed in time.',
    start_passed: 'The most urgent is an action that should have started.',
    confirm: 'The most urgent is information that waits to be confirmed.',
    report: 'The nearest is a report that an open reporting round asks for.',
    report_late: 'The most urgent is a report whose last day has passed.',
    narrowed: (count) =>
      count === 1 ? 'One thing meets the filter.' : `${num(count)} things meet the filter.`,
    others: (count) =>
      count === 1
        ? 'In one matter you wait for others.'
        : `In ${numbers[count]?.toLowerCase() ?? num(count)} matters you wait for others.`,
    due_soon: (days) =>
      days === 0
        ? 'The nearest due date is today.'
        : `The nearest due date is in ${dayCount(days)}.`,
  },
  deputyOf: 'You act as deputy',
  signIn: {
    title: 'My work is for people who have signed in',
    text: 'Sign in with your organisation’s account. You see what waits for you in your post.',
  },
  noPost: {
    title: 'You hold no post',
    text: 'My work is put together by post. If you hold a post, ask your organisation’s administrator to record it.',
  },
  awaiting: {
    days: (n) =>
      n === 0 ? 'Waiting since today' : `Waiting ${num(n)} ${n === 1 ? 'day' : 'days'}`,
    proposed: (party, day) => (party ? `${party} proposed it on ${day}` : day),
  },
  waiting: 'Waiting for you',
  waitingMeta: (count) => (count === 1 ? '1' : `${num(count)}, most urgent first`),
  nothingWaiting: 'Nothing waits for you. Your responsibilities are below.',
  more: (count) => `Show more (${num(count)})`,
  rest: (shown, total) =>
    `These are the ${num(shown)} most urgent. ${num(total)} things wait in all; the rest appear as these are dealt with.`,
  nothingNarrowed: 'Nothing that waits for you meets the filter.',
  narrow: 'What is shown',
  allReasons: 'Everything',
  reasonGroups: {
    late: 'Late',
    acceptance: 'To be accepted, and drafts',
    papers: 'Papers of meetings',
    referrals: 'Referrals',
    stale: 'To be confirmed',
    due_soon: 'Due soon',
    rounds: 'Reporting rounds',
  },
  unit: {
    scope: 'Whose work',
    scopes: { own: 'My own', unit: 'My unit' },
    title: 'Actions of your unit',
    nothing: 'Nothing in your unit is late, out of date or due soon.',
    lead: (count) =>
      count === 0
        ? 'Nothing in your unit is late, out of date or due soon.'
        : count === 1
          ? 'One action of your unit is late, out of date or due soon.'
          : `${num(count)} actions of your unit are late, out of date or due soon.`,
    all: (count) => `All these actions (${num(count)})`,
    byUnit: 'By unit',
    byPost: 'By post',
    unit: 'Unit',
    post: 'Post',
    below: 'The figures of a unit include the units below it.',
    freshness: 'Freshness of information',
    some: (shown, total) => `The list has ${num(shown)} of ${num(total)}.`,
    conditions: {
      late: 'Late',
      stale: 'Out of date',
      due_soon: 'Due soon',
    },
    show: (name, condition, count) => `${name}, ${condition.toLowerCase()}: ${num(count)}, show`,
  },
  awaited: {
    title: 'You wait for others',
    loading: 'Fetching what you wait for from others…',
    meta: (count) => (count === 1 ? '1' : `${num(count)}, the longest waiting first`),
    nothing: 'You wait for nothing from others right now.',
    more: (count) => `Show the rest (${num(count)})`,
    rest: (shown, total) =>
      `The list has the ${num(shown)} that have waited longest, of ${num(total)}.`,
    since: (days, on) =>
      days === 0
        ? `awaited since ${on}`
        : `awaited since ${on}, ${days === 1 ? '1 working day' : `${days} working days`}`,
    open: {
      acceptance: 'Open and comment',
      draft: 'Open the draft',
      reply: 'Open the meeting',
      answer: 'Open',
      minutes: 'Open the meeting',
      report: 'Open the action',
      predecessor: 'Open the action',
    },
    why: {
      acceptance: 'The proposal awaits acceptance.',
      draft: 'The draft awaits a view.',
      reply: (on) => `The referral is to be answered by ${on}:`,
      answer: 'What you said has not been answered yet.',
      report: 'What the other party says of it is out of date.',
      unclosed: 'The meeting has not been closed yet.',
      unapproved: (pending) =>
        pending === 1
          ? 'The paper awaits the approval of one approver.'
          : `The paper awaits the approval of ${pending} approvers.`,
      unpublished: 'The paper is approved and has not been published.',
      predecessor: (on, own) => `It was due on ${on}. Your own action waits for it: ${own}.`,
    },
  },
  round: { one: 'Asked by the reporting round', report: 'Report' },
  reasons: {
    late: 'Late',
    approval: 'To approve',
    amendment: 'Amendment to approve',
    comments: 'To answer',
    acceptance: 'To accept',
    changes: 'Changes asked for',
    draft: 'Draft to comment on',
    reply_late: 'Referral late',
    reply: 'Referral to answer',
    returned: 'Referral refused',
    unanswered: 'Referral not answered',
    unclosed: 'Meeting to close',
    unapproved: 'Approval missing',
    unpublished: 'To publish',
    stale: 'Out of date',
    start_passed: 'Start has passed',
    confirm: 'To confirm',
    due_soon: 'Due soon',
    report: 'To be reported',
    report_late: 'Report late',
  },
  alsoReason: (reason, since) => `Also: ${reason.toLowerCase()}${since && `, ${since}`}`,
  since: {
    late: dayCount,
    approval: (days) => (days === 0 ? 'today' : dayCount(days)),
    stale: (on) => `limit passed on ${on}`,
    start_passed: dayCount,
    confirm: (on) => `limit passes on ${on}`,
    due_soon: (on) => `by ${on}`,
    report: (days, on) =>
      days === 0
        ? `the last day is ${on}`
        : `${days === 1 ? '1 working day' : `${days} working days`} left, by ${on}`,
    report_late: (days) =>
      days === 0
        ? 'the last day has passed'
        : days === 1
          ? '1 working day'
          : `${days} working days`,
  },
  why: {
    late: 'The due date has passed. Write an update, or agree a new due date on the action’s page.',
    stale: 'The status has not been confirmed within the limit. Is it still correct?',
    lateTask: (kind, title, on, ofOther) =>
      `The ${kind} “${title}” was due on ${on}. ${
        ofOther
          ? `The other party is responsible for the ${kind}. Agree on it with them.`
          : 'Mark it as done, or agree a new due date on the action’s page.'
      }`,
    soonTask: (kind, title, on) => `The ${kind} “${title}” is due on ${on}.`,
    start_passed: (on) => `Was to start on ${on}. Has the work begun?`,
    confirm: (status) => `${status}. Is this still correct?`,
    due_soon: 'Will it be done in time? Write an update.',
    report: (action) =>
      action
        ? 'Write an update or confirm that it is still true.'
        : 'Assess what the period has achieved.',
    report_late: (action, on) =>
      `The last day was ${on}. The ${action ? 'update' : 'report'} will be marked late.`,
    draft: (party) => `${party} proposes a change. Read the draft and say what you think.`,
    unclosed: 'The time of the meeting has passed. Record its results and close it.',
    unapproved: (pending) =>
      pending === 1
        ? 'One approver has not approved the paper yet. Remind them.'
        : `${pending} approvers have not approved the paper yet. Remind them.`,
    unpublished: 'The paper is approved. Publish it.',
    chair: 'The meeting is closed. As the chair you approve its papers before they are published.',
    inspector:
      'The meeting is closed. As an inspector you approve its papers before they are published.',
    amendment:
      'An amendment of the approved paper is proposed. It is published when the approvers have approved it.',
    comments: (comments, returns) =>
      [
        comments === 0
          ? ''
          : comments === 1
            ? 'The paper has one open comment.'
            : `The paper has ${comments} open comments.`,
        returns === 0
          ? ''
          : returns === 1
            ? 'One approver has returned it.'
            : `${returns} approvers have returned it.`,
      ]
        .filter(Boolean)
        .join(' '),
  },
  dueMeta: (due, confirmed) => [due, confirmed].filter(Boolean).join(' · '),
  due: (date) => `Due ${date}`,
  confirmed: (days) => (days === 0 ? 'confirmed today' : `confirmed ${dayCount(days)} ago`),
  update: 'Write an update',
  readPaper: 'Read and approve',
  readPaperOf: (name) => `Read and approve: ${name}`,
  answerPaper: 'Read and answer',
  answerPaperOf: (name) => `Read and answer: ${name}`,
  readDraft: 'Read the draft',
  readDraftOf: (name) => `Read the draft: ${name}`,
  openMeeting: 'Open the meeting',
  openMeetingOf: (name) => `Open the meeting: ${name}`,
  ownTasks: 'Your own tasks',
  meeting: (forum, number, year) => `${forum} ${number}/${year}`,
  duties: 'Your responsibilities',
  dutiesCaption: 'My own actions',
  allMine: 'All my own actions',
  allMineOf: (count) => `All my own actions (${num(count)})`,
  noActions: 'You have no unfinished actions.',
  columns: { no: 'No.', action: 'Action', status: 'Status', due: 'Due', condition: 'Condition' },
  also: 'Also',
  allDuties: (count) => `all responsibilities (${num(count)})`,
  moreMeetings: (count) => `More meetings: ${num(count)}. To the calendar`,
  moreDeadlines: (count) => `More due dates: ${num(count)}`,
  duty: {
    goal: (no) => `goal ${no}`,
    stages: (count) =>
      count === 1 ? 'one stage in the chain' : `${num(count)} stages in the chain`,
    chair: 'chair',
    secretary: 'secretary',
    lead: 'lead',
    shared: 'shared',
  },
  keys: {
    title: 'Keys',
    off: 'The keys are turned off.',
    all: 'all keys',
    on: 'The keys are on in this browser',
    next: 'next row',
    previous: 'previous row',
    update: 'write an update',
    confirm: 'confirm: still correct',
    accept: 'do what the row asks for; to accept, press Enter after it',
    undo: 'undo the latest',
    open: 'open what the row is about',
    help: 'these keys',
  },
  weeks: 'The coming weeks',
  today: 'Today',
  nothingComing: 'There are no meetings or due dates within four weeks.',
  dueOf: (no) => `Due date of action ${no}`,
  recent: 'Changes within a week',
  noRecent: 'Nobody else has reported on your actions within a week.',
  reported: (no, status) => `updated action ${no}: ${status}`,
};
