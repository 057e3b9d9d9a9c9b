import type { Stage } from './queries';

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
