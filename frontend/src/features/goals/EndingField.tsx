import { useQuery } from '@tanstack/react-query';
import { ThingPicker } from '../../content/ThingPicker';
import { T, useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { complete, noText } from '../../lib/text';
import { Select } from '../../ui/filters';
import { TextArea } from '../../ui/forms/fields';
import type { ComboOption } from '../../ui/forms/ComboBox';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Note } from '../../ui/layout';
import { PathLink } from '../../ui/PathLink';
import { goalActionsQuery, type Goal } from './queries';

export type EndingKind = NonNullable<Goal['ending']>['kind'];

/** How a goal is to end, as the form holds it. */
export interface Ending {
  kind: EndingKind;
  reason: Goal['title'];
  goal: ComboOption | null;
}

const kinds: readonly EndingKind[] = ['cancelled', 'merged', 'superseded'];

interface EndingFieldProps {
  goal: Goal;
  ending: Ending | null;
  reason: string;
  onChange: (part: { ending?: Ending | null; reason?: string }) => void;
  error: (pointer: string) => string | undefined;
  errors: (pointer: string) => Partial<Record<'fi' | 'sv' | 'en', string>>;
}

/** Ends a goal, or takes that back, with the reason and what becomes of its actions. */
export function EndingField({ goal, ending, reason, onChange, error, errors }: EndingFieldProps) {
  const t = useTexts().goals.ending;
  const set = (part: Partial<Ending>) => ending && onChange({ ending: { ...ending, ...part } });
  const goesOn = ending && ending.kind !== 'cancelled';
  return (
    <fieldset className="fields-one">
      <legend>{t.legend}</legend>
      <Select
        label={t.field}
        value={ending?.kind ?? ''}
        options={[
          { value: '', label: t.none },
          ...kinds.map((kind) => ({ value: kind, label: t.kinds[kind] })),
        ]}
        onChange={(kind) =>
          onChange({
            ending: kind
              ? {
                  reason: ending?.reason ?? noText,
                  kind,
                  goal: kind === 'cancelled' ? null : (ending?.goal ?? null),
                }
              : null,
          })
        }
        error={error('/ending')}
      />
      {goesOn && (
        <ThingPicker
          kind="goal"
          label={t.goal}
          value={ending.goal}
          onChange={(chosen) => set({ goal: chosen })}
          error={error('/ending/goalId')}
        />
      )}
      {ending && (
        <LocalisedField
          label={t.reason}
          value={ending.reason}
          onChange={(text) => set({ reason: complete(text) })}
          errors={errors('/ending/reason')}
          maxLength={1000}
          multiline
        />
      )}
      {ending && !goal.ending && <Running goal={goal} />}
      {!ending && goal.ending && (
        <TextArea
          label={t.backReason}
          value={reason}
          onChange={(text) => onChange({ reason: text })}
          error={error('/reason')}
        />
      )}
    </fieldset>
  );
}

/** The actions that still run for a goal that is about to end. */
function Running({ goal }: { goal: Goal }) {
  const t = useTexts().goals.ending;
  const lang = useLang();
  const actions = useQuery(goalActionsQuery(goal.id, ofNow)).data ?? [];
  const running = actions.filter(({ status }) =>
    ['not_started', 'in_progress', 'paused'].includes(status),
  );
  if (running.length === 0) return null;
  return (
    <Note tone="soon">
      <p>{t.running(running.length)}</p>
      <ul lang={lang}>
        {running.map(({ id, no, title }) => (
          <li key={id}>
            <PathLink path={`/actions/${no}`}>
              {no} <T text={title} />
            </PathLink>
          </li>
        ))}
      </ul>
    </Note>
  );
}
