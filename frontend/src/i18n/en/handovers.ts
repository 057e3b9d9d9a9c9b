import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const handovers: Texts['handovers'] = {
  title: 'Hand-over',
  list: {
    title: 'Hand-overs',
    lead: 'Where a resident passes from one service to another, how well that works and whether the parties have agreed on it.',
    caption: 'The hand-overs of all service chains, by chain',
  },
  words: 'The hand-overs in words',
  caption: 'Hand-overs from one stage to another',
  none: 'No hand-overs have been recorded for the chain.',
  key: 'The figure is the target time of the hand-over. A break in the line shows a gap. A hand-over that the parties have not yet agreed on carries their marks.',
  from: 'From',
  to: 'To',
  way: 'From – to',
  what: 'What is passed on',
  channel: 'Channel',
  target: 'Target',
  targetDays: 'Target time in days',
  gap: 'Gap',
  gapReason: 'Reason for the gap',
  acceptance: 'Acceptance',
  review: 'Review',
  nextReview: 'Next review',
  evidence: 'Evidence that it works',
  noEvidence: 'No evidence has been recorded.',
  noReason: 'No reason has been recorded.',
  checkedOn: (day) => `checked on ${day}`,
  noTarget: 'no target time',
  noReview: 'not agreed',
  reviewLate: 'review overdue',
  days: (n) => (n === 1 ? '1 day' : `${num(n)} days`),
  toStage: (no) => `To stage ${no}`,
  fromTo: (from, to) => `Hand-over from stage ${from} to stage ${to}.`,
  actionsOf: (all, late) =>
    `${all === 0 ? 'No actions' : all === 1 ? 'One action' : `${num(all)} actions`}${late === 0 ? '' : late === all ? ', late' : `, of which ${late} late`}.`,
  summary: (stages, handovers) =>
    `The chain has ${stages === 1 ? 'one stage' : `${stages} stages`} and ${handovers === 1 ? 'one hand-over' : `${handovers} hand-overs`}.`,
  summaryMajor: (n) =>
    n === 1 ? 'One hand-over has a major gap' : `${num(n)} hand-overs have a major gap`,
  summaryBetween: (n, major) =>
    n === major
      ? major === 1
        ? ', and it lies between the parties.'
        : ', all of them between the parties.'
      : n === 0
        ? '.'
        : `, ${n === 1 ? 'one of them' : `${num(n)} of them`} between the parties.`,
  summaryOpen: (n) =>
    n === 1
      ? 'One hand-over has not yet been accepted.'
      : `${num(n)} hand-overs have not yet been accepted.`,
  standingsShort: {
    proposed: 'not accepted',
    declined: 'declined',
    in_force: 'in force',
    reopened: 'change open',
    change_declined: 'change declined',
  },
  majorGaps: 'Major gaps',
  allGaps: 'Where does it break?',
  forResidents: 'For residents',
  forResidentsLong: 'Guide for residents: where to start and what happens next',
  freshness: 'How fresh the chain is',
  changed: 'The chain was last changed',
  reviewed: 'Next review of a hand-over',
  reviewsLate: (n) =>
    n === 1
      ? 'The review of one hand-over is overdue'
      : `The review of ${num(n)} hand-overs is overdue`,
  reviewsMissing: (n) =>
    n === 1
      ? 'No review is agreed for one hand-over'
      : `No review is agreed for ${num(n)} hand-overs`,
  lastMeeting: (day) => `Last on ${day}`,
  nextMeeting: (day) => `Next on ${day}`,
  noForum: 'No forum follows the chain.',
  pinnedGoals: (n) => (n === 1 ? '1 goal' : `${num(n)} goals`),
  pinnedForums: (n) => (n === 1 ? '1 forum' : `${num(n)} forums`),
  pinnedGoal: 'Goal',
  pinnedForum: 'Forum',
  targetGroup: 'For whom',
  stageChannel: 'How one comes to the service',
  languages: 'Languages of the service',
  detail: {
    close: 'Close the hand-over',
    gone: 'The hand-over is not part of the chain on that day. It may have ended.',
    notInForce: 'The hand-over is a proposal. It is not yet in force.',
    withdrawHint:
      'What was accepted last stays in force. Where there is nothing such, the hand-over leaves the chain.',
    responsible: 'Responsible for the hand-over',
    actions: 'Actions that treat it',
    noActions: 'No action treats this hand-over yet.',
    createAction: 'Create an action for this',
    edit: 'Edit the hand-over',
  },
  form: {
    handovers: 'Hand-overs',
    handoversHint:
      'A hand-over that is left out ends. If you change what is passed on, from where to where, by which channel or in what time, the giving and the receiving party accept the change. Until then what was accepted last stays in force.',
    add: 'Add a hand-over',
    end: 'End the hand-over',
    endOf: (name) => `End the hand-over: ${name}`,
    no: (n) => `Hand-over ${num(n)}`,
    newHandover: 'new hand-over',
    sameStage: 'The hand-over begins and ends at the same stage. Choose another stage.',
    targetHint: 'In whole days, 3650 at most. Empty: no target time has been agreed.',
    addEvidence: 'Add evidence',
    evidenceTitle: 'What the evidence is',
    evidenceUrl: 'Address',
    evidenceChecked: 'Checked on',
    removeEvidence: (name) => `Remove the evidence: ${name}`,
    remove: 'Remove',
    languagesHint: 'Codes of the languages with commas between, such as fi, sv, en',
    split: 'Split in two',
    splitOf: (name) => `Split in two: ${name}`,
    splitDone:
      'The stage has been split. The hand-overs that left it now leave its second part, and a hand-over between the parts has been added.',
    undo: 'Undo',
    redo: 'Redo',
    undone: 'The change has been undone.',
    redone: 'The change has been made again.',
    moved: (name, place) => `${name} is now stage ${place}.`,
    moveHint: 'The keys Alt + arrow up and Alt + arrow down move a stage as well.',
    ending: (name) => `Ending the stage: ${name}`,
    endingHint: 'Hand-overs belong to the stage. Choose what becomes of each of them.',
    endHandover: 'The hand-over ends',
    goesTo: (name) => `Goes to stage ${name}`,
    leavesFrom: (name) => `Leaves from stage ${name}`,
    preview: 'The chain as it will be saved',
  },
  guide: {
    title: (chain) => `${chain}: where to start`,
    lead: 'This page tells in order which service you can start with, what happens after that and which organisation is responsible.',
    others: 'Other guides',
    first: 'Start here',
    steps: 'The stages in order',
    firstStep: 'You can start here',
    step: (no) => `Stage ${no}`,
    answers: 'Responsible for the service',
    nobody: 'No responsible post has been named',
    leadNotAgreed: (parties) =>
      `${parties}: a responsible post has been proposed, but it has not been agreed yet.`,
    address: 'Service address',
    forWhom: 'For whom',
    how: 'How to get in touch',
    languages: 'Languages of the service',
    next: 'What happens next',
    end: 'The chain ends here. You can come back to the service by getting in touch again.',
    nextTo: 'The next service is',
    by: 'How it is done',
    within: (days) =>
      days === 0
        ? 'Target: within the same day'
        : days === 1
          ? 'Target: within one day'
          : `Target: within ${days} days`,
    noTime: 'No target time has been agreed.',
    unsure: 'The parties have not yet agreed on this hand-over together.',
    weak: 'This hand-over does not work as agreed yet. You may have to get in touch yourself.',
    notPromise:
      'The times are targets shared by the parties. They do not replace the time limits laid down by law.',
    emergency: 'In an emergency, call 112.',
    partners: 'Also taking part',
  },
};
