import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../api/schema';
import { useLang, useTexts } from '../i18n';
import { useFocusStays } from '../lib/focus';
import { Button } from '../ui/Button';
import { FieldError } from '../ui/filters';
import { pinNames, placeName } from './pins';
import { ThingPicker } from './ThingPicker';
import { thingsQuery } from './things';

type Pins = components['schemas']['Pins'];

interface PinsFieldProps {
  stageIds: readonly string[];
  handoverIds: readonly string[];
  /** The pins before the edit, with the names of those that have ended since. */
  before?: Pins;
  onChange: (change: { stageIds?: string[]; handoverIds?: string[] }) => void;
  error: (pointer: string) => string | undefined;
}

/** The stages and hand-overs of service chains at which a thing is pinned, found by their names. */
export function PinsField({ stageIds, handoverIds, before, onChange, error }: PinsFieldProps) {
  const t = useTexts().content.pins;
  return (
    <fieldset>
      <legend>{t.title}</legend>
      <p className="meta">{t.hint}</p>
      <Places
        kind="stage"
        label={t.addStage}
        ids={stageIds}
        before={before}
        onChange={(ids) => onChange({ stageIds: ids })}
        error={error('/stageIds')}
      />
      <Places
        kind="handover"
        label={t.addHandover}
        ids={handoverIds}
        before={before}
        onChange={(ids) => onChange({ handoverIds: ids })}
        error={error('/handoverIds')}
      />
    </fieldset>
  );
}

interface PlacesProps {
  kind: 'stage' | 'handover';
  label: string;
  ids: readonly string[];
  before?: Pins;
  onChange: (ids: string[]) => void;
  error?: string;
}

function Places({ kind, label, ids, before, onChange, error }: PlacesProps) {
  const texts = useTexts();
  const t = texts.content;
  const lang = useLang();
  const [added, setAdded] = useState(0);
  const frame = useFocusStays<HTMLDivElement>('.combo input');
  const offered = useQuery(thingsQuery(kind, '')).data ?? [];
  const names = before ? pinNames(before, t.pins, lang) : {};
  const nameOf = (id: string) => {
    const thing = offered.find((each) => each.id === id);
    return thing ? placeName(thing, lang) : (names[id] ?? t.pins.another);
  };
  const chosen = [...ids].sort((a, b) => nameOf(a).localeCompare(nameOf(b), lang));
  return (
    <div ref={frame} className="places">
      {chosen.length > 0 && (
        <ul className="rows">
          {chosen.map((id) => (
            <li key={id} className="pin-row">
              <span>{nameOf(id)}</span>{' '}
              <Button
                variant="quiet"
                small
                aria-label={t.pins.remove(nameOf(id))}
                onClick={() => onChange(ids.filter((each) => each !== id))}
              >
                {t.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {error && <FieldError>{error}</FieldError>}
      <ThingPicker
        key={added}
        kind={kind}
        label={label}
        value={null}
        onChange={(thing) => {
          if (!thing) return;
          setAdded(added + 1);
          if (!ids.includes(thing.id)) onChange([...ids, thing.id]);
        }}
      />
    </div>
  );
}
