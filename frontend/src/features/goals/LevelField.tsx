import { useQuery } from '@tanstack/react-query';
import { useParties } from '../../api/parties';
import { thingLabel } from '../../content/ThingPicker';
import { useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import { Select } from '../../ui/filters';
import { sharedGoalsQuery } from './queries';

interface LevelFieldProps {
  /** The goal that is changed, which is not above itself. */
  goalId?: string;
  planId: string;
  partyId: string;
  sharedGoalId: string;
  onChange: (level: { partyId: string; sharedGoalId: string }) => void;
  error: (pointer: string) => string | undefined;
}

/** Whether a goal is shared or one of a party, and then under which shared goal of its plan. */
export function LevelField({
  goalId,
  planId,
  partyId,
  sharedGoalId,
  onChange,
  error,
}: LevelFieldProps) {
  const t = useTexts().goals.level;
  const lang = useLang();
  const parties = (useParties().data ?? []).filter(({ principal }) => principal);
  const shared = useQuery({ ...sharedGoalsQuery(planId), enabled: planId !== '' }).data ?? [];
  return (
    <div className="fields">
      <Select
        label={t.field}
        value={partyId}
        options={[
          { value: '', label: t.shared },
          ...parties.map(({ id, shortName }) => ({
            value: id,
            label: t.of(localised(shortName, lang).value),
          })),
        ]}
        onChange={(chosen) =>
          onChange({ partyId: chosen, sharedGoalId: chosen ? sharedGoalId : '' })
        }
        error={error('/partyId')}
      />
      {partyId !== '' && (
        <Select
          label={t.above}
          value={sharedGoalId}
          options={[
            { value: '', label: t.chooseAbove },
            ...shared
              .filter(({ id }) => id !== goalId)
              .map((goal) => ({ value: goal.id, label: thingLabel(goal, lang) })),
          ]}
          onChange={(chosen) => onChange({ partyId, sharedGoalId: chosen })}
          error={error('/sharedGoalId')}
        />
      )}
    </div>
  );
}
