import { useQuery } from '@tanstack/react-query';
import { phasesQuery } from '../api/terms';
import { useLang } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { formatDate } from '../lib/dates';
import { localised } from '../lib/text';
import type { PhasePoint } from '../ui/PhaseLine';

interface InPhase {
  phaseId?: string;
  phases?: readonly { phaseId: string; on: string }[];
}

/**
 * The phases of implementation for one action, in their order: those in use, and those that it has
 * come to although they are retired. Empty while nobody keeps any.
 */
export function usePhasePoints(): (action: InPhase) => PhasePoint[] {
  const lang = useLang();
  const terms = useQuery(phasesQuery(useAsOf())).data ?? [];
  return ({ phaseId, phases = [] }) =>
    terms
      .filter(
        ({ id, retired }) =>
          !retired || id === phaseId || phases.some((reached) => reached.phaseId === id),
      )
      .map(({ id, title }) => {
        const reached = phases.find((each) => each.phaseId === id);
        return {
          id,
          name: localised(title, lang).value,
          on: reached && formatDate(reached.on, lang),
        };
      });
}
