import type { Handover, Stage } from './types';

/** How many actions stand at the stages, and how many of them are late. */
export function stageCounts(stages: readonly Pick<Stage, 'actions' | 'conditions'>[]) {
  return stages.reduce(
    (sum, stage) => ({
      actions: sum.actions + stage.actions,
      late: sum.late + (stage.conditions.late ?? 0),
    }),
    { actions: 0, late: 0 },
  );
}

/** Whether a hand-over goes from one party to another. */
export function betweenParties(
  { fromStageId, toStageId }: Pick<Handover, 'fromStageId' | 'toStageId'>,
  stages: readonly Pick<Stage, 'id' | 'partyId'>[],
): boolean {
  const party = (id: string) => stages.find((stage) => stage.id === id)?.partyId;
  return party(fromStageId) !== party(toStageId);
}

/**
 * Where a resident can begin: stages to which nothing leads. In a chain that goes round there is
 * none such; then the first stage.
 */
export function firstStages<S extends Pick<Stage, 'id'>>({
  stages,
  handovers,
}: {
  stages: readonly S[];
  handovers: readonly Pick<Handover, 'toStageId'>[];
}): S[] {
  const free = stages.filter(({ id }) => handovers.every(({ toStageId }) => toStageId !== id));
  return free.length > 0 ? free : stages.slice(0, 1);
}
