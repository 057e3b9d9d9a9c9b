import { useQuery } from '@tanstack/react-query';
import { secrecyGroundsQuery } from '../api/grounds';
import { useLang, useTexts } from '../i18n';
import { localised } from '../lib/text';
import { SuggestField } from '../ui/forms/SuggestField';

interface GroundFieldProps {
  value: string;
  onChange: (ground: string) => void;
  error: string | undefined;
}

/** Why something is internal: one of the common grounds in law, found by its words, or own words. */
export function GroundField({ value, onChange, error }: GroundFieldProps) {
  const t = useTexts().content;
  const lang = useLang();
  const grounds = useQuery(secrecyGroundsQuery).data ?? [];
  // An offered ground that was written in another language stands here as the reader's pages tell it.
  const offered = grounds.find(({ ground }) => Object.values(ground).includes(value));
  return (
    <SuggestField
      label={t.ground}
      hint={t.groundHint}
      value={offered ? localised(offered.ground, lang).value : value}
      onChange={onChange}
      suggestions={grounds.map(({ key, ground, citation, matter }) => ({
        id: key,
        value: localised(ground, lang).value,
        label: localised(matter, lang).value,
        detail: localised(citation, lang).value,
      }))}
      error={error}
    />
  );
}
