import { partyLook } from '../../api/parties';
import { fi } from '../../i18n/fi';
import { parties } from '../../test/builders';
import type { Agreement, Chain, Handover, Stage } from './types';
import type { Wording } from './words';

const text = (word: string) => ({ fi: word, sv: `${word} sv`, en: `${word} en` });

export function stage(id: string, partyId: string, changes: Partial<Stage> = {}): Stage {
  return {
    id,
    partyId,
    title: text(id),
    description: text(''),
    level: 'universal',
    targetGroup: text(''),
    channel: text(''),
    languages: [],
    responsibilities: [],
    actions: 0,
    conditions: {},
    validFrom: '2026-01-01',
    ...changes,
  };
}

export function agreement(answers: Record<string, 'open' | 'accepted' | 'declined'>): Agreement {
  const given = Object.values(answers);
  return {
    revision: 1,
    state: given.includes('declined') ? 'declined' : given.includes('open') ? 'open' : 'in_force',
    proposedAt: '2026-11-09T08:00:00Z',
    acceptances: Object.entries(answers).map(([partyId, answer]) => ({ partyId, answer })),
  };
}

export function handover(
  id: string,
  fromStageId: string,
  toStageId: string,
  changes: Partial<Handover> = {},
): Handover {
  return {
    id,
    fromStageId,
    toStageId,
    what: text(`Tieto ${id}`),
    channel: text('Puhelin'),
    targetDays: 14,
    gap: 'none',
    gapReason: text(''),
    reviewOverdue: false,
    evidence: [],
    responsibilities: [],
    standing: 'in_force',
    validFrom: '2026-01-01',
    updatedAt: '2026-11-09T08:00:00Z',
    version: 1,
    permissions: [],
    ...changes,
  };
}

/** Of the demo's first chain: eight stages in two lanes and seven hand-overs. */
export function childrenChain(): Chain {
  const [e, l] = ['p-espoo', 'p-luvn'];
  return {
    id: 'chain-1',
    key: 'chain_children',
    position: 1,
    title: text('Lapset, nuoret ja perheet'),
    description: text('Polku.'),
    stages: [
      stage('clinic', l),
      stage('open', e),
      stage('ecec', e),
      stage('school', e),
      stage('welfare', l),
      stage('youth', e),
      stage('family', l),
      stage('protection', l),
    ],
    handovers: [
      handover('clinic-ecec', 'clinic', 'ecec', { gap: 'major', targetDays: 30 }),
      handover('clinic-open', 'clinic', 'open', { gap: 'minor' }),
      handover('ecec-school', 'ecec', 'school', { targetDays: 60 }),
      handover('school-welfare', 'school', 'welfare', { gap: 'minor', targetDays: 7 }),
      handover('welfare-youth', 'welfare', 'youth', { gap: 'major' }),
      handover('welfare-family', 'welfare', 'family', { gap: 'minor', targetDays: 7 }),
      handover('school-protection', 'school', 'protection', { gap: 'minor', targetDays: 1 }),
    ],
    actions: [],
    goals: [],
    forums: [],
    responsibilities: [],
    tagIds: [],
    legalBasisIds: [],
    cases: [],
    visibility: 'public',
    version: 1,
    updatedAt: '2026-11-04T08:00:00Z',
    permissions: [],
  };
}

/** Words in Finnish, on the demo's day. */
export const wording: Wording = {
  texts: fi,
  lang: 'fi',
  look: (id) => partyLook(parties(), id, 'fi'),
  today: '2026-11-23',
};
