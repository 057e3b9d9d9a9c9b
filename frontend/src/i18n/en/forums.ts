import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import type { AnswerFigures, AnswerPart } from '../fi/forums';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'en');

export const forums: Texts['forums'] = {
  responsibilities: 'Responsibilities of the forum',
  noResponsibilities: 'No separate responsibilities have been agreed for the forum.',
  title: pages.forums,
  leadCount: (count) => (count === 1 ? '1 forum' : `${num(count)} forums`),
  leadHeld: (held) => (held === 1 ? '1 meeting' : `${held} meetings`),
  lead: {
    before: 'The parties have ',
    year: (year) => `. In ${year} these have held `,
    agreed: (agreed) => `, with ${agreed} agreed.`,
    next: ' The next to meet is ',
    on: (date) => `, on ${date}.`,
  },
  caption: 'Forums in alphabetical order',
  loading: 'Fetching forums…',
  loadingOne: 'Fetching the forum…',
  loadingMeetings: 'Fetching meetings…',
  loadingDecisions: 'Fetching decisions…',
  none: 'There are no forums.',
  create: 'New forum',
  createForbidden: 'A forum can be created by a party’s wellbeing coordinator.',
  columns: {
    forum: 'Forum',
    parties: 'Parties',
    posts: 'Chair and secretary',
    rhythm: (year) => `Held in ${year ?? ''}`,
    last: 'Last',
    next: 'Next',
  },
  heldOf: (held, agreed) => (agreed > 0 ? `${held} / ${agreed}` : `${held}, no number agreed`),
  filters: { level: 'Level', party: 'Party', chain: 'Service chain', all: 'All' },
  noChain: 'No service chain',
  noMember: 'No members',
  levels: {
    statutory: 'Statutory',
    strategic: 'Strategic',
    thematic: 'Thematic group',
    network: 'Network',
  },
  reaches: { bilateral: 'Two parties', regional: 'Regional' },
  papers: { memo: 'Memorandum', minutes: 'Minutes' },
  roles: { chair: 'chair', secretary: 'secretary', member: 'member' },
  answer: (figures) => [...held(figures), ...decided(figures)],
  mandate: 'Mandate',
  members: 'Members',
  seats: (count) => (count === 1 ? '1 member' : `${num(count)} members, posts and representatives`),
  noMembers: 'There are no members.',
  from: (date) => `from ${date}`,
  until: (date) => `until ${date}`,
  meetings: (year, held, agreed) =>
    agreed > 0
      ? `Meetings ${year}: ${held} held, ${agreed} agreed`
      : `Meetings ${year}: ${held} held`,
  noMeetings: (year) => `No meetings have been entered for ${year}.`,
  earlier: (count) =>
    count === undefined ? 'Earlier meetings' : `Earlier meetings (${num(count)})`,
  hideEarlier: 'Hide earlier meetings',
  earlierCaption: 'Earlier meetings, the latest first',
  meeting: 'Meeting',
  day: 'Day',
  state: 'State',
  states: {
    draft: () => 'draft',
    called: () => 'called',
    in_progress: () => 'in progress',
    closed: (paper) =>
      paper === 'minutes' ? 'held, minutes not approved' : 'held, memorandum not approved',
    approved: (paper) =>
      paper === 'minutes' ? 'held, minutes approved' : 'held, memorandum approved',
    published: (paper) =>
      paper === 'minutes' ? 'held, minutes published' : 'held, memorandum published',
    cancelled: () => 'cancelled',
  },
  attendance: 'Attendance by party',
  attendanceNote:
    'The chair, members and their substitutes are counted. The forum is quorate when somebody from both parties is present.',
  attendanceLatest: (count) => `The last ${num(count)} meetings; total for the whole year`,
  attendanceCaption: 'Attendance at the meetings by party',
  party: 'Party',
  places: 'Seats',
  total: 'Total',
  decisions: 'What was decided and what came of it',
  decisionsCaption: 'Decisions, what followed and its condition, the latest first',
  decisionsNote: 'the latest first',
  section: 'Section',
  itemNo: (no) => `item ${no}`,
  decision: 'Decision',
  followUp: 'What followed',
  conditionNow: 'Condition now',
  nothingToFollow: 'Nothing to follow',
  lacksEnding: 'No follow-up recorded',
  reason: 'Reason:',
  carried: { deferred: 'Deferred', referral: 'Referred', other: 'No action' },
  noDecisions: 'There are no published decisions.',
  outcomes: {
    decision: 'Decision',
    assignment: 'Assignment',
    recommendation: 'Recommendation',
    noted: 'Noted',
    deferred: 'Deferral',
    referral: 'Referral',
  },
  noAction: 'No action',
  open: 'Open',
  pending: 'Also waiting',
  openNote: (count) =>
    count === 1 ? '1 matter' : `${num(count)} matters, the longest waiting first`,
  showAllOpen: (count) => `Show all ${num(count)} matters`,
  openKinds: { unplanned: 'Not agreed', paper: 'Waiting', outcome: 'No follow-up' },
  replacement: (date) => `A meeting to replace the one cancelled on ${date}`,
  waitsApproval: (paper, no) =>
    paper === 'minutes' ? `Approval of minutes ${no}` : `Approval of memorandum ${no}`,
  waitsPublication: (paper, no) =>
    paper === 'minutes' ? `Publication of minutes ${no}` : `Publication of memorandum ${no}`,
  closedOn: (date) => `The meeting ended on ${date}`,
  approvedOn: (date) => `Approved on ${date}`,
  lateAction: (no) => `Action ${no}: `,
  dueWas: (date) => `Was due on ${date}`,
  days: (count) => (count === 1 ? '1 day' : `${num(count)} days`),
  next: 'Next meeting',
  noNext: 'The next meeting has not been called.',
  hiddenItem: 'Internal item',
  agendaLater: 'Members see the agenda once the meeting is called, everybody once it is published.',
  clock: (from, to) => `${from}–${to}`,
  facts: 'Basic facts',
  level: 'Level',
  basis: 'Legal basis',
  reportsTo: 'Reports to',
  rhythm: 'Rhythm',
  rhythmOf: (count) =>
    count === 0
      ? 'None agreed'
      : count === 1
        ? '1 meeting a year'
        : `${num(count)} meetings a year`,
  paper: 'Paper',
  chain: 'Service chain',
  goals: 'Goals',
  goalEnded: (day) => `ended ${day}`,
  since: 'Began',
  documents: 'Documents',
  documentOf: (paper, no) => (paper === 'minutes' ? `Minutes ${no}` : `Memorandum ${no}`),
  publishedOn: (date) => `Published on ${date}`,
  edit: 'Edit',
  editForum: 'Edit the forum',
  editMembers: 'Edit members',
  editMembersDone: 'Stop editing members',
  saved: 'The forum has been saved.',
  created: 'The forum has been created.',
  addMember: 'Add a member',
  memberAdded: 'The member has been added.',
  post: 'Post or representative',
  role: 'Role',
  fromDay: 'From',
  endMembership: 'End the membership',
  endRole: (role) => `End the membership: ${role}`,
  endMembershipOf: (post, role) => `End the membership: ${post}, ${role}`,
  endOn: 'Last day',
  endReason: 'Reason',
  membershipEnded: 'The last day of the membership has been saved.',
  newMeeting: 'New meeting',
  newMeetingText: 'The meeting will be a draft. You can call it on its own page.',
  meetingDay: 'Day',
  startsAt: 'Starts',
  endsAt: 'Ends',
  clockHint: 'As 13:00',
  place: 'Place',
  placeHint: 'Room and address, or remote connection',
  form: {
    key: 'Short name',
    keyHint: 'Lower-case letters a–z, digits and underscores, such as lape',
    title: 'Name',
    purpose: 'Purpose in one sentence',
    mandate: 'Mandate and powers',
    level: 'Level',
    reach: 'Reach',
    paper: 'Paper of its meetings',
    rhythm: 'Meetings a year',
    referralDays: 'Days to answer referrals',
    rhythmHint: '0 if no number has been agreed',
    parent: 'Reports to the forum',
    chain: 'Service chain',
    none: 'None',
  },
};

const words = [
  'none',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
];
const word = (count: number) => words[count] ?? num(count);

function held({ held, agreed }: AnswerFigures): AnswerPart[] {
  if (held === 0) {
    if (agreed === 0) return [{ text: 'The forum has not met this year.' }];
    const none =
      agreed === 1 ? 'held its only meeting' : `held any of its ${word(agreed)} meetings`;
    return [
      { text: 'The forum has not ' },
      { text: none, to: 'meetings' },
      { text: ' this year.' },
    ];
  }
  let what = held === 1 ? 'one meeting' : `${word(held)} meetings`;
  if (agreed > held) what = `${word(held)} of its ${word(agreed)} meetings`;
  else if (agreed === held) {
    what = agreed === 1 ? 'its only agreed meeting' : `all its ${word(agreed)} meetings`;
  } else if (agreed > 0) what += ` (${word(agreed)} agreed)`;
  return [{ text: 'The forum has held ' }, { text: what, to: 'meetings' }, { text: ' this year.' }];
}

function decided({ held, decisions, open, late, latestOnly }: AnswerFigures): AnswerPart[] {
  if (decisions === 0) {
    return held === 0 ? [] : [{ text: ' No decisions have been recorded or published.' }];
  }
  const lateText = late === 1 ? 'one is late' : `${word(late)} are late`;
  if (decisions === 1) {
    if (open > 0) {
      return [
        { text: ' Its only decision ' },
        { text: 'lacks a follow-up', to: 'decisions' },
        { text: '.' },
      ];
    }
    return late > 0
      ? [
          { text: ' Its only decision has a follow-up, but ' },
          { text: 'it is late', to: 'decisions' },
          { text: '.' },
        ]
      : [
          { text: ' Its ' },
          { text: 'only decision', to: 'decisions' },
          { text: ' has a follow-up.' },
        ];
  }
  const all = ` Of its ${latestOnly ? 'latest ' : ''}${word(decisions)} decisions, `;
  if (open > 0) {
    return [
      { text: all },
      {
        text: open === 1 ? 'one lacks a follow-up' : `${word(open)} lack a follow-up`,
        to: 'decisions',
      },
      ...(late > 0 ? [{ text: ' and ' }, { text: lateText, to: 'decisions' as const }] : []),
      { text: '.' },
    ];
  }
  return late > 0
    ? [
        { text: `${all}each has a follow-up, but ` },
        { text: lateText, to: 'decisions' },
        { text: '.' },
      ]
    : [
        { text: all },
        { text: 'each has a follow-up', to: 'decisions' },
        { text: ' and none is late.' },
      ];
}
