import { useState } from 'react';
import { useTexts } from '../i18n';
import { Select } from '../ui/filters';
import { TextField } from '../ui/forms/fields';

/** How often a status is to be confirmed, in days. */
export interface Rhythm {
  target: number;
  limit: number;
}

const presets = {
  monthly: { target: 30, limit: 60 },
  quarterly: { target: 90, limit: 120 },
  half_yearly: { target: 180, limit: 210 },
} as const;
type Preset = keyof typeof presets;
const names = Object.keys(presets) as Preset[];

/** The rhythm of new plans. */
export const monthly: Rhythm = presets.monthly;

const presetOf = ({ target, limit }: Rhythm) =>
  names.find((name) => presets[name].target === target && presets[name].limit === limit);

type Words = ReturnType<typeof useTexts>['freshness']['rhythm'];

/** A rhythm in words: monthly (target 30 days, limit 60 days). */
export function rhythmText(t: Words, rhythm: Rhythm): string {
  return t.option(t.presets[presetOf(rhythm) ?? 'own'], rhythm.target, rhythm.limit);
}

interface RhythmFieldProps {
  value: Rhythm | undefined;
  onChange: (value: Rhythm | undefined) => void;
  /** Lets the choice be left to the plan. */
  optional?: boolean;
  hint: string;
  /** What is wrong with the days. */
  targetError?: string;
  limitError?: string;
}

/** A rhythm by its name, or by days of its own. What is no number goes on as 0, to be refused. */
export function RhythmField(props: RhythmFieldProps) {
  const { value, onChange, optional, hint, targetError, limitError } = props;
  const t = useTexts().freshness.rhythm;
  const preset = value && presetOf(value);
  const [own, setOwn] = useState(value !== undefined && preset === undefined);
  const [typed, setTyped] = useState(() => ({
    target: String(value?.target ?? ''),
    limit: String(value?.limit ?? ''),
  }));
  const chosen = own ? 'own' : (preset ?? '');
  const type = (part: Partial<typeof typed>) => {
    const now = { ...typed, ...part };
    setTyped(now);
    onChange({ target: daysOf(now.target), limit: daysOf(now.limit) });
  };
  return (
    <>
      <Select
        label={t.label}
        options={[
          ...(optional ? [{ value: '', label: t.ofPlan }] : []),
          ...names.map((name) => ({
            value: name,
            label: t.option(t.presets[name], presets[name].target, presets[name].limit),
          })),
          { value: 'own', label: t.presets.own },
        ]}
        value={chosen}
        onChange={(name) => {
          setOwn(name === 'own');
          if (name === 'own') {
            const { target, limit } = value ?? monthly;
            setTyped({ target: String(target), limit: String(limit) });
            onChange({ target, limit });
          } else {
            onChange(name === '' ? undefined : { ...presets[name as Preset] });
          }
        }}
      />
      {own && (
        <>
          <TextField
            label={t.target}
            hint={t.targetHint}
            value={typed.target}
            onChange={(target) => type({ target })}
            error={targetError}
          />
          <TextField
            label={t.limit}
            hint={t.limitHint}
            value={typed.limit}
            onChange={(limit) => type({ limit })}
            error={limitError}
          />
        </>
      )}
      <p className="hint meta">{hint}</p>
    </>
  );
}

function daysOf(text: string): number {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
}
