import type { Texts } from '../fi';

const numbers = ['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
const dayCount = (days: number) => (days === 1 ? '1 day' : `${days} days`);

export const myWork: Texts['myWork'] = {
  title: 'My work',
  loading: 'Fetching what waits for you…',
  lead: {
    nothing: 'Nothing waits for you right now.',
    waiting: (count) =>
      count === 1
        ? 'One thing waits for you.'
        : `${numbers[count] ?? String(count)} things wait for you.`,
    late: (days) => `The most urgent has been late for ${dayCount(days)}.`,
    approval: 'The most urgent is to approve the papers of a meeting.',
    amendment: 'The most urgent is to approve an amendment.',
    comments: 'The most urgent is to answer what was said of the papers.',
    stale: 'The most urgent is information that has not been confirmed in time.',
    start_passed: 'The most urgent is an action that should have started.',
    confirm: 'The most urgent is information that waits to be confirmed.',
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
  past: {
    title: 'My work always shows today',
    text: 'Go back to today to see what waits for you.',
  },
  awaiting: {
    title: 'Waiting for my acceptance',
    count: (n) => (n === 0 ? '' : n === 1 ? '1 proposal' : `${n} proposals`),
    nothing: 'Nothing waits for your acceptance.',
    days: (n) => (n === 0 ? 'Waiting since today' : `Waiting ${n} ${n === 1 ? 'day' : 'days'}`),
    proposed: (party, day) => (party ? `${party} proposed it on ${day}` : day),
  },
  changesAsked: {
    title: 'Changes are asked for in your proposals',
    count: (n) => (n === 1 ? '1 proposal' : `${n} proposals`),
  },
  waiting: 'Waiting for you',
  waitingMeta: (count) => (count === 1 ? '1' : `${count}, most urgent first`),
  nothingWaiting: 'Nothing waits for you. Your responsibilities are below.',
  reasons: {
    late: 'Late',
    approval: 'To approve',
    amendment: 'Amendment to approve',
    comments: 'To answer',
    stale: 'Out of date',
    start_passed: 'Start has passed',
    confirm: 'To confirm',
    due_soon: 'Due soon',
  },
  since: {
    late: dayCount,
    approval: (days) => (days === 0 ? 'today' : dayCount(days)),
    stale: (on) => `limit passed on ${on}`,
    start_passed: dayCount,
    confirm: (on) => `limit passes on ${on}`,
    due_soon: (on) => `by ${on}`,
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
  meeting: (forum, number, year) => `${forum} ${number}/${year}`,
  duties: 'Your responsibilities',
  dutiesCaption: 'My own actions',
  allMine: 'All my own actions',
  noActions: 'You have no unfinished actions.',
  columns: { no: 'No.', action: 'Action', status: 'Status', due: 'Due', condition: 'Condition' },
  also: 'Also',
  duty: {
    goal: (no) => `goal ${no}`,
    stages: (count) => (count === 1 ? 'one stage in the chain' : `${count} stages in the chain`),
    chair: 'chair',
    secretary: 'secretary',
    lead: 'lead',
    shared: 'shared',
  },
  weeks: 'The coming weeks',
  today: 'Today',
  nothingComing: 'There are no meetings or due dates within four weeks.',
  dueOf: (no) => `Due date of action ${no}`,
  recent: 'Changes within a week',
  noRecent: 'Nobody else has reported on your actions within a week.',
  reported: (no, status) => `updated action ${no}: ${status}`,
};
