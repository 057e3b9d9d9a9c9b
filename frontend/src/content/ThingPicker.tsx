import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubjectKind } from '../api/responsibilities';
import { useLang } from '../i18n';
import type { Lang } from '../lib/lang';
import { localised, type LocalisedText } from '../lib/text';
import { ComboBox, type ComboOption } from '../ui/forms/ComboBox';
import { thingsQuery } from './things';

/** A thing as it is chosen, by its number and name. */
export function thingLabel(thing: { no?: number; title: LocalisedText }, lang: Lang): string {
  return [thing.no, localised(thing.title, lang).value].filter(Boolean).join(' ');
}

interface ThingPickerProps {
  /** Another kind is another field: give it as the key too. */
  kind: SubjectKind;
  label: string;
  value: ComboOption | null;
  onChange: (thing: ComboOption | null) => void;
  /** Says by default that a part of the name is typed. */
  hint?: string;
  error?: string;
}

/** A thing of a kind, found by a part of its name or of its chain's. */
export function ThingPicker({ kind, label, value, onChange, hint, error }: ThingPickerProps) {
  const lang = useLang();
  const [text, setText] = useState('');
  const things = useQuery(thingsQuery(kind, text));
  const sought = text.toLocaleLowerCase(lang);
  const options = (things.data ?? [])
    .map((thing) => ({
      id: thing.id,
      label: thingLabel(thing, lang),
      detail: localised(thing.of, lang).value,
    }))
    .filter(({ label: name, detail }) =>
      `${name} ${detail}`.toLocaleLowerCase(lang).includes(sought),
    );
  return (
    <ComboBox
      label={label}
      value={value}
      options={options}
      onSearch={setText}
      loading={things.isFetching}
      onChange={onChange}
      hint={hint}
      error={error}
    />
  );
}
