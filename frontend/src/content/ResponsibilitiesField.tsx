import { useState } from 'react';
import { usePartyLooks } from '../api/parties';
import type { Responsibility } from '../api/posts';
import { T, useLang, useTexts } from '../i18n';
import { useFocusStays } from '../lib/focus';
import { complete, localised, noText } from '../lib/text';
import { Button } from '../ui/Button';
import { FieldError, Select } from '../ui/filters';
import { LocalisedField } from '../ui/forms/LocalisedField';
import { Who } from '../ui/PartyMark';
import { StandingMark } from './AgreementMark';
import { PostPicker } from './PostPicker';

const parts = ['lead', 'shared', 'support', 'informed'] as const;

interface ResponsibilitiesFieldProps {
  value: readonly Responsibility[];
  onChange: (value: Responsibility[]) => void;
  error?: string;
}

/** The posts responsible for something, each with its part and, where agreed, its wording. */
export function ResponsibilitiesField({ value, onChange, error }: ResponsibilitiesFieldProps) {
  const texts = useTexts();
  const t = texts.content;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const [added, setAdded] = useState(0);
  const frame = useFocusStays<HTMLFieldSetElement>('.combo input');
  const change = (index: number, part: Partial<Responsibility>) =>
    onChange(value.map((row, i) => (i === index ? { ...row, ...part } : row)));
  return (
    <fieldset ref={frame}>
      <legend>{t.responsible}</legend>
      <p className="meta">{texts.responsibilities.proposalHint}</p>
      <ul className="rows">
        {value.map((row, index) => {
          const title = localised(row.post.title, lang).value;
          return (
            <li key={row.post.id}>
              <Who party={look(row.post.partyId)}>
                <T text={row.post.title} />
              </Who>{' '}
              <StandingMark standing={row.standing} />
              <div className="fields">
                <Select
                  label={t.part}
                  value={row.part}
                  options={parts.map((part) => ({ value: part, label: texts.ui.parts[part].name }))}
                  onChange={(part) => change(index, { part })}
                />
                <Button
                  variant="quiet"
                  aria-label={t.removePost(title)}
                  onClick={() => onChange(value.filter((_, i) => i !== index))}
                >
                  {t.remove}
                </Button>
              </div>
              <details open={localised(row.wording, lang).value !== ''}>
                <summary>{t.wording}</summary>
                <LocalisedField
                  label={t.wordingOf(title)}
                  value={row.wording}
                  onChange={(wording) => change(index, { wording: complete(wording) })}
                  multiline
                  maxLength={1000}
                />
              </details>
            </li>
          );
        })}
      </ul>
      {error && <FieldError>{error}</FieldError>}
      <PostPicker
        key={added}
        label={t.addPost}
        value={null}
        onChange={(post) => {
          if (!post) return;
          setAdded(added + 1);
          if (value.some((row) => row.post.id === post.id)) return;
          const { id, title, partyId } = post;
          const leads = value.some((r) => r.part === 'lead' && r.post.partyId === partyId);
          onChange([
            ...value,
            {
              post: { id, title, partyId },
              part: leads ? 'support' : 'lead',
              wording: noText,
              standing: 'proposed',
            },
          ]);
        }}
      />
    </fieldset>
  );
}

/** What a request says of responsibilities. */
export function responsibilityInputs(value: readonly Responsibility[]) {
  return value.map(({ post, part, wording }) => ({
    postId: post.id,
    part,
    wording: complete(wording),
  }));
}
