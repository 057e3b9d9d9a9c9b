import type { Me } from '../api/me';
import type { Party } from '../api/parties';
import type { components } from '../api/schema';

type Action = components['schemas']['Action'];
type MyWork = components['schemas']['MyWork'];
type MyUnits = components['schemas']['MyUnits'];
type Overview = components['schemas']['Overview'];

/** Somebody without an account. */
export function anonymous(me: Partial<Me> = {}): Me {
  return {
    signedIn: false,
    now: '2026-11-23T06:05:00Z',
    posts: [],
    hasRole: false,
    permissions: [],
    issuers: [],
    ...me,
  };
}

/** The two principal parties, Espoo first. */
export function parties(): Party[] {
  const name = (fi: string, sv: string) => ({ fi, sv, en: fi });
  return [
    {
      id: 'p-espoo',
      key: 'espoo',
      kind: 'municipality',
      letter: 'E',
      name: name('Espoon kaupunki', 'Esbo stad'),
      shortName: name('Espoo', 'Esbo'),
      principal: true,
      permissions: [],
      version: 1,
    },
    {
      id: 'p-luvn',
      key: 'luvn',
      kind: 'wellbeing_services_county',
      letter: 'L',
      name: name('Länsi-Uudenmaan hyvinvointialue', 'Västra Nylands välfärdsområde'),
      shortName: name('LUVN', 'LUVN'),
      principal: true,
      permissions: [],
      version: 1,
    },
  ];
}

/** An identity provider for each principal party. */
export function providers(): Me['issuers'] {
  return parties().map(({ key, name }) => ({
    key,
    partyKey: key,
    title: name,
    signInUrl: `/auth/${key}/login`,
  }));
}

/** An overview with nothing in it. */
export function overview(changes: Partial<Overview> = {}): Overview {
  return {
    day: '2026-11-23',
    gaps: [],
    counts: {
      goals: 0,
      actions: 0,
      byCondition: {
        late: 0,
        stale: 0,
        due_soon: 0,
        on_time: 0,
        not_started: 0,
        paused: 0,
        done: 0,
        cancelled: 0,
      },
      byPhase: [],
      byStatus: {
        not_started: 0,
        in_progress: 0,
        paused: 0,
        done: 0,
        cancelled: 0,
        merged: 0,
        superseded: 0,
      },
      acceptance: { accepted: 0, open: 0, none: 0 },
    },
    goals: [],
    lastDecisions: [],
    withoutEnding: { decisions: 0, without: 0, open: [] },
    next: { until: '2027-01-22', actions: 0, events: [] },
    freshness: { total: 0, inTarget: 0, inLimit: 0, stale: 0 },
    ...changes,
  };
}

/** What waits for a post, all of it, and else nothing. */
export function myWork(part: Partial<MyWork> = {}): MyWork {
  const { waiting = [], actions = [] } = part;
  return {
    waiting,
    waitingTotal: waiting.length,
    actions,
    actionsTotal: actions.length,
    duties: [],
    dutiesTotal: 0,
    meetings: [],
    meetingsTotal: 0,
    deadlines: [],
    deadlinesTotal: 0,
    reports: [],
    reportsTotal: 0,
    ...part,
  };
}

/** Of somebody who manages no unit. */
export function myUnits(part: Partial<MyUnits> = {}): MyUnits {
  return {
    unitIds: [],
    waiting: [],
    total: 0,
    units: [],
    unitsTotal: 0,
    posts: [],
    postsTotal: 0,
    ...part,
  };
}

/** An action that is late and led by LUVN. */
export function action(change: Partial<Action> = {}): Action {
  const text = (fi: string) => ({ fi, sv: '', en: '' });
  return {
    id: 'a-9',
    no: 9,
    title: text('Suostumukseen perustuva tiedonsiirto'),
    goals: [{ id: 'g-3', no: 3, title: text('Perheet saavat tukea'), themeId: 't-1' }],
    lead: { id: 'post-1', title: text('Palvelualuejohtaja'), partyId: 'p-luvn' },
    others: [],
    dueOn: '2026-11-13',
    duePrecision: 'day',
    startsPrecision: 'day',
    status: 'in_progress',
    progress: 40,
    statusesDiffer: false,
    partyStatuses: [],
    reconciliation: { code: 'single' },
    condition: {
      value: 'late',
      flags: [],
      explanation: {
        code: 'late',
        days: 10,
        on: '2026-11-13',
        summary: text('Myöhässä 10 päivää.'),
        detail: text('Määräaika oli 13.11.2026.'),
      },
    },
    confirmedOn: '2026-11-11',
    daysSinceConfirmed: 12,
    freshness: { target: 30, limit: 60 },
    visibility: 'public',
    version: 6,
    updatedAt: '2026-11-11T12:20:00Z',
    reasonStatuses: ['paused', 'cancelled'],
    forwardedTo: [],
    postponed: 0,
    postponements: [],
    forwardedFrom: [],
    permissions: ['action.report'],
    description: text(''),
    result: text(''),
    goalIds: ['g-3'],
    responsibilities: [],
    targetGroupIds: [],
    districtIds: [],
    tagIds: [],
    legalBasisIds: [],
    cases: [],
    taskFigures: { total: 0, done: 0, late: 0 },
    phases: [],
    needs: [],
    awaitedBy: [],
    tasks: [],
    reports: [],
    createdAt: '2026-09-09T06:00:00Z',
    ...change,
  };
}
