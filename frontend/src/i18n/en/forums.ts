import type { Texts } from '../fi';

export const forums: Texts['forums'] = {
  title: 'Forums',
  lead: (count, without) =>
    `The parties meet in ${count === 1 ? 'one forum' : `${count} forums`}. ` +
    (without === 0
      ? 'The next meeting of each is known.'
      : without === 1
        ? 'The next meeting of one of them is not known.'
        : `The next meeting of ${without} of them is not known.`),
  caption: 'Forums',
  loading: 'Fetching forums…',
  loadingOne: 'Fetching the forum…',
  count: (count) => (count === 1 ? '1 forum' : `${count} forums`),
  none: 'There are no forums yet.',
  create: 'New forum',
  columns: {
    forum: 'Forum',
    parties: 'Parties',
    rhythm: 'Meetings',
    last: 'Last',
    next: 'Next',
    level: 'Level',
  },
  heldOf: (held, agreed) => `${held}/${agreed} held`,
  heldOnly: (held) => `${held} held`,
  noNext: 'Not known',
  noLast: 'Not yet',
  filters: { level: 'Level', party: 'Party', goal: 'Goal', all: 'All' },
  levels: {
    statutory: 'Statutory',
    strategic: 'Strategic',
    thematic: 'Thematic group',
    network: 'Network',
  },
  reaches: { bilateral: 'Espoo and LUVN', regional: 'regional' },
  reachNames: { bilateral: 'Bilateral', regional: 'Regional' },
  papers: { memo: 'Memo', minutes: 'Minutes' },
  roles: { chair: 'chair', secretary: 'secretary', member: 'member' },
  mandate: 'Mandate',
  inChain: 'The group follows the service chain',
  members: 'Members',
  seats: (count) => (count === 1 ? '1 member' : `${count} members, posts`),
  noMembers: 'No members.',
  from: (date) => `from ${date}`,
  until: (date) => `until ${date}`,
  meetings: (held, agreed) =>
    agreed > 0 ? `Meetings: ${held} held, ${agreed} agreed` : `Meetings: ${held} held`,
  earlier: (count) => `Earlier meetings (${count})`,
  noMeetings: 'There are no meetings for this year.',
  toBeAgreed: 'Not agreed',
  statuses: {
    draft: 'draft',
    called: 'called',
    in_progress: 'in progress',
    closed: 'held, waiting for approval',
    approved: 'held, approved',
    published: 'held, published',
    cancelled: 'cancelled',
  },
  cancelledBecause: (reason) => `cancelled: ${reason}`,
  attendance: 'Attendance by party',
  attendanceNote: 'Quorate when both are present',
  attendanceCaption: 'Attendance at meetings by party',
  party: 'Party',
  total: 'Total',
  decisions: 'What was decided and what came of it',
  decisionsCaption: 'Decisions, what followed and its condition, the latest first',
  section: 'Section',
  item: 'Item',
  decision: 'Decision',
  followUp: 'What followed',
  conditionNow: 'Condition now',
  nothingToFollow: 'Nothing to follow up',
  notFollowed: 'Nothing followed',
  noActionBecause: (reason) => `No action: ${reason}`,
  noDecisions: 'There are no published decisions.',
  next: 'Next meeting',
  noNextMeeting: 'The next meeting is not known.',
  agendaLater:
    'Members see the agenda from the call on, and everybody once the paper has been published.',
  createMeeting: 'Create a meeting',
  facts: 'Basic facts',
  level: 'Level',
  reportsTo: 'Reports to',
  rhythm: 'Rhythm',
  rhythmValue: (count) => (count === 1 ? '1 meeting a year' : `${count} meetings a year`),
  paper: 'Paper',
  goals: 'Goals',
  chain: 'Service chain',
  since: 'Since',
  documents: 'Papers',
  documentOf: { memo: (name) => `Memo ${name}`, minutes: (name) => `Minutes ${name}` },
  publishedOn: (date) => `Published ${date}`,
  edit: 'Edit',
  editForum: 'Edit the forum',
  editMembers: 'Edit members',
  editLabel: 'Facts of the forum',
  saved: 'The forum has been saved.',
  answer: {
    held: (held, agreed) => ({
      before: 'This year the group has held ',
      link:
        agreed > 0 && held <= agreed
          ? `${numeral(held)} of its ${numeral(agreed)} meetings`
          : `${numeral(held)} ${held === 1 ? 'meeting' : 'meetings'}`,
      after: '.',
    }),
    heldNone: 'The group has not met this year.',
    decided: (count) =>
      count === 1
        ? 'Its one decision has been followed up'
        : `All of its ${numeral(count)} decisions have been followed up`,
    open: (count, all) => ({
      before: `Of its ${numeral(all)} decisions, `,
      link: `${numeral(count)} ${count === 1 ? 'has' : 'have'} not been followed up`,
    }),
    late: (count) => ({
      before: ', but of the actions ',
      link: `${numeral(count)} ${count === 1 ? 'is' : 'are'} late`,
    }),
  },
  form: {
    key: 'Key',
    keyHint: 'Short name for addresses: lower-case letters a–z, digits and underscore',
    title: 'Name',
    purpose: 'Purpose',
    mandate: 'Mandate',
    level: 'Level',
    reach: 'Reach',
    paper: 'Paper',
    rhythm: 'Meetings a year',
    parent: 'Reports to the forum',
    chain: 'Service chain',
    goals: 'Goals',
    none: 'None',
    post: 'Post',
    role: 'Role',
    fromDay: 'From',
    addMember: 'Add a member',
    memberAdded: 'The member has been added.',
    end: 'End the membership',
    endOf: (post) => `End the membership: ${post}`,
    endOn: 'Last day',
    reason: 'Reason',
    ended: 'The membership ends.',
    done: 'Done',
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

function numeral(count: number): string {
  return words[count] ?? String(count);
}
