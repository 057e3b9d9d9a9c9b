import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Chain = Schemas['Chain'];
export type ChainInput = Schemas['ChainInput'];
export type Stage = Schemas['Stage'];
export type Handover = Schemas['Handover'];
export type HandoverItem = Schemas['HandoverItem'];
export type HandoverTerms = Schemas['HandoverTerms'];
export type HandoverRevision = Schemas['HandoverRevision'];
export type ChainAction = Schemas['PinnedAction'];
export type Agreement = Schemas['Agreement'];
export type Gap = Handover['gap'];

/** What is drawn of a stage. */
export type StageFace = Pick<Stage, 'id' | 'partyId' | 'title' | 'level' | 'responsibilities'>;

/** What is drawn of a hand-over. */
export type HandoverFace = Pick<
  Handover,
  | 'id'
  | 'fromStageId'
  | 'toStageId'
  | 'what'
  | 'channel'
  | 'targetDays'
  | 'gap'
  | 'standing'
  | 'inForce'
  | 'waiting'
  | 'reviewOverdue'
>;
