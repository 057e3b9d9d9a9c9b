import type { CaseReference, Responsibility } from '../../api/posts';
import { namedResponsibilities, type Drafted } from '../../content/drafting';
import { responsibilityInputs } from '../../content/ResponsibilitiesField';
import type { VisibilityValue } from '../../content/VisibilityField';
import { Problem, type FieldProblem } from '../../lib/problem';
import { complete, noText, type LocalisedText } from '../../lib/text';
import type { Chain, ChainInput, Gap, Handover, HandoverFace, Stage, StageFace } from './types';

type Text = Stage['title'];

export interface StageBody {
  /** Of the stage, or of this form for a new one. */
  key: string;
  id?: string;
  partyId: string;
  title: Text;
  description: Text;
  level: Stage['level'];
  targetGroup: Text;
  channel: Text;
  /** As typed: codes with commas between. */
  languages: string;
  responsibilities: Responsibility[];
}

export interface EvidenceBody {
  key: string;
  title: Text;
  url: string;
  checkedOn: string;
}

export interface HandoverBody {
  key: string;
  id?: string;
  /** Keys of the stages; empty while none is chosen. */
  from: string;
  to: string;
  what: Text;
  channel: Text;
  /** As typed. */
  targetDays: string;
  gap: Gap;
  gapReason: Text;
  nextReviewOn: string;
  evidence: EvidenceBody[];
}

/** What the form of a chain holds. */
export interface ChainBody {
  key: string;
  position: number;
  themeId: string;
  title: Text;
  description: Text;
  stages: StageBody[];
  handovers: HandoverBody[];
  responsibilities: Responsibility[];
  tagIds: string[];
  legalBasisIds: string[];
  cases: CaseReference[];
  visibility: VisibilityValue;
  visibilityGround: string;
}

/** A new chain: internal, since it is published with the word of each party that has a stage. */
export const emptyChain: ChainBody = {
  key: '',
  position: 100,
  themeId: '',
  title: noText,
  description: noText,
  stages: [],
  handovers: [],
  responsibilities: [],
  tagIds: [],
  legalBasisIds: [],
  cases: [],
  visibility: 'internal',
  visibilityGround: '',
};

export function newStage(partyId: string): StageBody {
  return {
    key: crypto.randomUUID(),
    partyId,
    title: noText,
    description: noText,
    level: 'universal',
    targetGroup: noText,
    channel: noText,
    languages: '',
    responsibilities: [],
  };
}

export function newHandover(from: string, to: string): HandoverBody {
  return {
    key: crypto.randomUUID(),
    from,
    to,
    what: noText,
    channel: noText,
    targetDays: '',
    gap: 'none',
    gapReason: noText,
    nextReviewOn: '',
    evidence: [],
  };
}

/** The form of a chain as it is saved. A hand-over begins with what was said last of it. */
export function bodyOfChain(chain: Chain): ChainBody {
  return {
    key: chain.key,
    position: chain.position,
    themeId: chain.themeId ?? '',
    title: chain.title,
    description: chain.description,
    stages: chain.stages.map((stage) => ({
      key: stage.id,
      id: stage.id,
      partyId: stage.partyId,
      title: stage.title,
      description: stage.description,
      level: stage.level,
      targetGroup: stage.targetGroup,
      channel: stage.channel,
      languages: stage.languages.join(', '),
      responsibilities: stage.responsibilities,
    })),
    handovers: chain.handovers.map(bodyOfHandover),
    responsibilities: chain.responsibilities,
    tagIds: chain.tagIds,
    legalBasisIds: chain.legalBasisIds,
    cases: chain.cases,
    visibility: chain.visibility,
    visibilityGround: chain.visibilityGround ?? '',
  };
}

function bodyOfHandover(handover: Handover): HandoverBody {
  const latest = handover.change ?? handover;
  return {
    key: handover.id,
    id: handover.id,
    from: latest.fromStageId,
    to: latest.toStageId,
    what: latest.what,
    channel: latest.channel,
    targetDays: latest.targetDays === undefined ? '' : String(latest.targetDays),
    gap: handover.gap,
    gapReason: handover.gapReason,
    nextReviewOn: handover.nextReviewOn ?? '',
    evidence: handover.evidence.map(({ title, url, checkedOn }, index) => ({
      key: `${handover.id} ${index}`,
      title,
      url: url ?? '',
      checkedOn,
    })),
  };
}

/** The form as a draft of the chain says it. */
export function bodyOfDraft(chain: Chain, { content, posts }: Drafted<ChainInput>): ChainBody {
  const stages = (content.stages ?? []).map((stage): StageBody => ({
    key: stage.id ?? crypto.randomUUID(),
    id: stage.id,
    partyId: stage.partyId,
    title: stage.title,
    description: complete(stage.description ?? {}),
    level: stage.level,
    targetGroup: complete(stage.targetGroup ?? {}),
    channel: complete(stage.channel ?? {}),
    languages: (stage.languages ?? []).join(', '),
    responsibilities: namedResponsibilities(stage.responsibilities, posts),
  }));
  const stageKey = (place: number | undefined) => stages[(place ?? 0) - 1]?.key ?? '';
  return {
    key: chain.key,
    position: content.position,
    themeId: content.themeId ?? '',
    title: content.title,
    description: complete(content.description ?? {}),
    stages,
    handovers: (content.handovers ?? []).map((handover): HandoverBody => {
      const key = handover.id ?? crypto.randomUUID();
      return {
        key,
        id: handover.id,
        from: stageKey(handover.from),
        to: stageKey(handover.to),
        what: handover.what,
        channel: complete(handover.channel ?? {}),
        targetDays: handover.targetDays === undefined ? '' : String(handover.targetDays),
        gap: handover.gap,
        gapReason: complete(handover.gapReason ?? {}),
        nextReviewOn: handover.nextReviewOn ?? '',
        evidence: (handover.evidence ?? []).map(({ title, url, checkedOn }, index) => ({
          key: `${key} ${index}`,
          title,
          url: url ?? '',
          checkedOn,
        })),
      };
    }),
    responsibilities: namedResponsibilities(content.responsibilities, posts),
    tagIds: content.tagIds ?? [],
    legalBasisIds: content.legalBasisIds ?? [],
    cases: content.cases ?? [],
    visibility: content.visibility,
    visibilityGround: content.visibilityGround ?? '',
  };
}

/**
 * The form as the request says it. Throws a Problem with the fields that cannot be said in a
 * request at all, in the server's own words.
 */
export function inputOf(body: ChainBody): ChainInput {
  const wrong: FieldProblem[] = [];
  const place = (key: string) => body.stages.findIndex((stage) => stage.key === key) + 1;
  const handovers = body.handovers.map((handover, index) => {
    const { id, from, to, what, channel, gap, gapReason, nextReviewOn, evidence } = handover;
    const days = handover.targetDays.trim();
    if (!/^\d{0,4}$/.test(days)) {
      wrong.push({ pointer: `/handovers/${index}/targetDays`, code: 'not_allowed' });
    }
    return {
      id,
      from: place(from),
      to: place(to),
      what: complete(what),
      channel: complete(channel),
      targetDays: days === '' ? undefined : Number(days),
      gap,
      gapReason: complete(gapReason),
      nextReviewOn: nextReviewOn || undefined,
      evidence: evidence.map(({ title, url, checkedOn }) => ({
        title: complete(title),
        url,
        checkedOn,
      })),
    };
  });
  if (wrong.length > 0) {
    throw new Problem({ status: 422, code: 'validation_failed', title: '', errors: wrong });
  }
  return {
    position: body.position,
    themeId: body.themeId || undefined,
    title: body.title,
    description: body.description,
    stages: body.stages.map((stage) => ({
      id: stage.id,
      partyId: stage.partyId,
      title: stage.title,
      description: stage.description,
      level: stage.level,
      targetGroup: complete(stage.targetGroup),
      channel: complete(stage.channel),
      languages: languageCodes(stage.languages),
      responsibilities: responsibilityInputs(stage.responsibilities),
    })),
    handovers,
    responsibilities: responsibilityInputs(body.responsibilities),
    tagIds: body.tagIds,
    legalBasisIds: body.legalBasisIds,
    cases: body.cases,
    visibility: body.visibility,
    visibilityGround: body.visibility === 'internal' ? body.visibilityGround : '',
  };
}

/** The codes in a typed list. */
export function languageCodes(typed: string): string[] {
  return typed
    .split(/[\s,;]+/)
    .map((code) => code.toLowerCase())
    .filter((code) => code !== '');
}

/** What a part of the form looks like after an edit of the stages and hand-overs. */
export type Structure = Pick<ChainBody, 'stages' | 'handovers'>;

/** A thing moved so many places later, or earlier; as it was where there is no such place. */
export function moved<Item extends { key: string }>(
  items: readonly Item[],
  key: string,
  by: number,
): Item[] {
  const from = items.findIndex((item) => item.key === key);
  const to = from + by;
  const item = items[from];
  if (!item || to < 0 || to >= items.length) return [...items];
  const rest = items.filter((other) => other !== item);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

/**
 * A stage in two: the first part keeps what it is and what comes to it; the second, of the same
 * party and level, has still to be named and takes over what left the stage. A hand-over between
 * the two is added, for something must pass there.
 */
export function split({ stages, handovers }: Structure, key: string): Structure {
  const at = stages.findIndex((stage) => stage.key === key);
  const whole = stages[at];
  if (!whole) return { stages, handovers };
  const second: StageBody = {
    ...newStage(whole.partyId),
    level: whole.level,
    targetGroup: whole.targetGroup,
    languages: whole.languages,
    responsibilities: whole.responsibilities,
  };
  return {
    stages: [...stages.slice(0, at + 1), second, ...stages.slice(at + 1)],
    handovers: [
      ...handovers.map((each) => (each.from === key ? { ...each, from: second.key } : each)),
      newHandover(key, second.key),
    ],
  };
}

/** The hand-overs that begin or end at a stage. */
export function touching(handovers: readonly HandoverBody[], key: string): HandoverBody[] {
  return handovers.filter(({ from, to }) => from === key || to === key);
}

/**
 * Without a stage. `fates` says of each of its hand-overs the key of the stage that takes the
 * place of the ended one; a hand-over of which nothing is said, or that would come to lead back
 * to itself, ends.
 */
export function withoutStage(
  { stages, handovers }: Structure,
  key: string,
  fates: ReadonlyMap<string, string>,
): Structure {
  return {
    stages: stages.filter((stage) => stage.key !== key),
    handovers: handovers.flatMap((handover) => {
      const { from, to } = handover;
      if (from !== key && to !== key) return [handover];
      const instead = fates.get(handover.key);
      if (!instead) return [];
      const next = {
        ...handover,
        from: from === key ? instead : from,
        to: to === key ? instead : to,
      };
      return next.from === next.to ? [] : [next];
    }),
  };
}

/** The form as the drawing shows it: what is new or changed is not yet agreed. */
export function facesOf(
  body: Structure,
  chain: Pick<Chain, 'handovers'> | undefined,
): { stages: StageFace[]; handovers: HandoverFace[] } {
  const saved = new Map((chain?.handovers ?? []).map((handover) => [handover.id, handover]));
  return {
    stages: body.stages.map(({ key, partyId, title, level, responsibilities }) => ({
      id: key,
      partyId,
      title,
      level,
      responsibilities,
    })),
    handovers: body.handovers.map((handover) => {
      const { key, from, to, what, channel, targetDays, gap } = handover;
      const old = saved.get(handover.id ?? '');
      const same = old !== undefined && sameTerms(bodyOfHandover(old), handover);
      return {
        id: key,
        fromStageId: from,
        toStageId: to,
        what,
        channel,
        targetDays: /^\d{1,4}$/.test(targetDays.trim()) ? Number(targetDays) : undefined,
        gap,
        standing: same ? old.standing : old ? 'reopened' : 'proposed',
        inForce: old?.inForce,
        waiting: same ? old.waiting : undefined,
        reviewOverdue: old?.reviewOverdue ?? false,
      };
    }),
  };
}

/** Whether two say the same of what the parties accept. */
function sameTerms(a: HandoverBody, b: HandoverBody): boolean {
  const text = (value: LocalisedText) => JSON.stringify(complete(value));
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.targetDays === b.targetDays.trim() &&
    text(a.what) === text(b.what) &&
    text(a.channel) === text(b.channel)
  );
}
