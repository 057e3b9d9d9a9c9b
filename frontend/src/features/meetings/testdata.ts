import type { AgendaItem, Meeting } from './queries';

const none = { fi: '', sv: '', en: '' };

/** The first item of the meeting below, with nothing in it. For tests. */
export function agendaItem(more: Partial<AgendaItem>): AgendaItem {
  return {
    id: 'i1',
    meetingId: 'm1',
    kind: 'item',
    agendaNo: 1,
    hidden: false,
    title: none,
    preparer: none,
    proposal: none,
    proceedings: none,
    decision: none,
    explanation: none,
    heard: none,
    goesOnTo: none,
    links: [],
    attachments: [],
    transfers: [],
    carriedOn: false,
    carriedTimes: 0,
    legalBasisIds: [],
    cases: [],
    outcomes: [],
    visibility: 'public',
    version: 1,
    updatedAt: '2026-11-23T06:05:00Z',
    permissions: [],
    ...more,
  };
}

/** A meeting whose papers the reader sees. For tests. */
export function meeting(more: Partial<Meeting>): Meeting {
  return {
    id: 'm1',
    forum: { id: 'f1', key: 'lape', title: { fi: 'LAPE', sv: 'LAPE', en: 'LAPE' } },
    paper: 'memo',
    year: 2026,
    number: 4,
    title: none,
    place: none,
    startsAt: '2026-11-23T06:00:00Z',
    endsAt: '2026-11-23T08:00:00Z',
    status: 'draft',
    papers: true,
    itemCount: 1,
    attendance: [],
    legalBasisIds: [],
    cases: [],
    participants: [],
    approvers: [],
    lacking: { chair: false, inspectorPartyIds: [] },
    quorum: { met: false, missingPartyIds: [] },
    visibility: 'public',
    version: 3,
    updatedAt: '2026-11-23T06:05:00Z',
    permissions: [],
    ...more,
  };
}
