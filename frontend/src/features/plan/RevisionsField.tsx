import type { CaseReference } from '../../api/posts';
import type { Plan } from '../../api/terms';
import { CasesField } from '../../content/ReferencesField';
import { useTexts } from '../../i18n';
import { complete, noText } from '../../lib/text';
import { Button } from '../../ui/Button';
import { FieldError } from '../../ui/filters';
import { DateField, TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';

export interface RevisionBody {
  no: number;
  year: number;
  adoptedOn: string;
  description: Plan['title'];
  cases: CaseReference[];
}

interface RevisionsFieldProps {
  revisions: readonly RevisionBody[];
  onChange: (revisions: RevisionBody[]) => void;
  error: (pointer: string) => string | undefined;
  errors: (pointer: string) => Partial<Record<'fi' | 'sv' | 'en', string>>;
}

/** The adoption of a plan and its revisions; a new one gets the next number. */
export function RevisionsField({ revisions, onChange, error, errors }: RevisionsFieldProps) {
  const t = useTexts().plan;
  const problem = error('/revisions');
  const change = (no: number, part: Partial<RevisionBody>) =>
    onChange(revisions.map((each) => (each.no === no ? { ...each, ...part } : each)));
  const next = Math.max(0, ...revisions.map(({ no }) => no)) + 1;
  return (
    <fieldset>
      <legend>{t.revisions}</legend>
      <ul className="rows">
        {revisions.map((revision, index) => {
          const { no, year, adoptedOn, description, cases } = revision;
          const at = `/revisions/${index}`;
          const numberError = error(`${at}/no`);
          return (
            <li key={no}>
              <fieldset>
                <legend>{t.revisionNo(no)}</legend>
                <div className="fields">
                  <TextField
                    label={t.year}
                    value={year ? String(year) : ''}
                    onChange={(text) => change(no, { year: Number(text.replace(/\D/g, '')) })}
                    error={error(`${at}/year`)}
                  />
                  <DateField
                    label={t.adopted}
                    value={adoptedOn}
                    onChange={(day) => change(no, { adoptedOn: day })}
                    error={error(`${at}/adoptedOn`)}
                  />
                </div>
                <LocalisedField
                  label={t.note}
                  value={description}
                  onChange={(text) => change(no, { description: complete(text) })}
                  errors={errors(`${at}/description`)}
                  maxLength={1000}
                  multiline
                />
                <CasesField
                  label={t.decisions}
                  cases={cases}
                  onChange={(rows) => change(no, { cases: rows })}
                  error={error(`${at}/cases`)}
                />
                {numberError && <FieldError>{numberError}</FieldError>}
                <Button
                  variant="quiet"
                  small
                  aria-label={t.removeRevision(t.revisionNo(no))}
                  onClick={() => onChange(revisions.filter((each) => each.no !== no))}
                >
                  {t.remove}
                </Button>
              </fieldset>
            </li>
          );
        })}
      </ul>
      {problem && <FieldError>{problem}</FieldError>}
      <Button
        variant="secondary"
        small
        onClick={() =>
          onChange([
            ...revisions,
            { no: next, year: 0, adoptedOn: '', description: noText, cases: [] },
          ])
        }
      >
        {t.addRevision}
      </Button>
    </fieldset>
  );
}
