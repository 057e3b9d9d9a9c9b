import type { Forum, MeetingSummary, OutcomeEntry } from './queries';

/** A text in Finnish only. */
export const text = (fi: string) => ({ fi, sv: '', en: '' });
export const post = (id: string, partyId: string) => ({ id, partyId, title: text(`Virka ${id}`) });

/** A forum with three members. */
export function forum(part: Partial<Forum> = {}): Forum {
  return {
    id: 'f1',
    key: 'lape',
    title: text('LAPE'),
    purpose: text('Sovittaa yhteen.'),
    mandate: text(''),
    level: 'thematic',
    reach: 'bilateral',
    paper: 'minutes',
    meetingsPerYear: 3,
    referralDays: 14,
    goals: [],
    members: [
      { id: 'm1', post: post('a', 'p-espoo'), role: 'chair', from: '2025-01-01' },
      { id: 'm2', post: post('a', 'p-espoo'), role: 'secretary', from: '2025-01-01' },
      { id: 'm3', post: post('b', 'p-luvn'), role: 'member', from: '2026-12-01' },
    ],
    stageIds: [],
    handoverIds: [],
    pins: { stages: [], handovers: [] },
    tagIds: [],
    legalBasisIds: [],
    cases: [],
    heldThisYear: 1,
    cancelledThisYear: 0,
    decisionsThisYear: 0,
    openLoops: 0,
    attendanceThisYear: [],
    mandateAccepted: false,
    mandateAnswers: [
      { partyId: 'p-espoo', acceptedAt: '2026-01-20T10:00:00Z' },
      { partyId: 'p-luvn' },
    ],
    validFrom: '2025-01-01',
    visibility: 'public',
    version: 4,
    updatedAt: '2026-11-01T06:00:00Z',
    permissions: [],
    ...part,
  };
}

/** A meeting of it that was held. */
export function meeting(number: number, part: Partial<MeetingSummary>): MeetingSummary {
  return {
    id: `meeting-${number}`,
    forum: { id: 'f1', key: 'lape', title: text('LAPE') },
    paper: 'minutes',
    year: 2026,
    number,
    title: text(''),
    place: text(''),
    startsAt: '2026-09-08T10:00:00Z',
    endsAt: '2026-09-08T12:00:00Z',
    status: 'published',
    papers: true,
    itemCount: 1,
    attendance: [],
    legalBasisIds: [],
    cases: [],
    visibility: 'public',
    version: 1,
    updatedAt: '2026-09-08T12:00:00Z',
    permissions: [],
    ...part,
  };
}

/** An outcome of its first meeting. */
export function outcome(id: string, part: Partial<OutcomeEntry>): OutcomeEntry {
  return {
    id,
    no: 1,
    type: 'decision',
    text: text(`Päätös ${id}`),
    lateEntry: false,
    recordedAt: '2026-09-08T11:00:00Z',
    open: false,
    actions: [],
    referrals: [],
    dissents: [],
    item: { id: 'i1', agendaNo: 2, section: 11, title: text('Asia') },
    meeting: {
      id: 'meeting-1',
      year: 2026,
      number: 1,
      startsAt: '2026-09-08T10:00:00Z',
      endsAt: '2026-09-08T12:00:00Z',
      status: 'published',
    },
    forum: { id: 'f1', key: 'lape', title: text('LAPE') },
    version: 1,
    permissions: [],
    ...part,
  };
}
