import { useQuery } from '@tanstack/react-query';
import { useMe } from '../api/me';
import { useParties } from '../api/parties';
import type { CaseReference } from '../api/posts';
import { legalBasesQuery } from '../api/terms';
import { useLang, useTexts } from '../i18n';
import { ofNow } from '../lib/asOf';
import { localised } from '../lib/text';
import { Button } from '../ui/Button';
import { FieldError, Select } from '../ui/filters';
import { CheckList } from '../ui/forms/CheckList';
import { TextField } from '../ui/forms/fields';

interface ReferencesFieldProps {
  legalBasisIds: readonly string[];
  cases: readonly CaseReference[];
  onChange: (part: { legalBasisIds?: string[]; cases?: CaseReference[] }) => void;
  error: (pointer: string) => string | undefined;
}

/** Legal bases, and cases in the registries of the parties. */
export function ReferencesField({ legalBasisIds, cases, onChange, error }: ReferencesFieldProps) {
  const t = useTexts().content;
  const lang = useLang();
  const bases = useQuery(legalBasesQuery(ofNow)).data ?? [];
  return (
    <>
      <CheckList
        legend={t.legalBases}
        options={bases.map((basis) => ({
          id: basis.id,
          label: `${localised(basis.title, lang).value} (${basis.act})`,
        }))}
        value={legalBasisIds}
        onChange={(ids) => onChange({ legalBasisIds: ids })}
        error={error('/legalBasisIds')}
      />
      <CasesField
        label={t.cases}
        cases={cases}
        onChange={(next) => onChange({ cases: next })}
        error={error('/cases')}
      />
    </>
  );
}

interface CasesFieldProps {
  label: string;
  cases: readonly CaseReference[];
  onChange: (cases: CaseReference[]) => void;
  error: string | undefined;
}

/** Cases in the registries of the parties. */
export function CasesField({ label, cases, onChange, error }: CasesFieldProps) {
  const own = useMe().data?.partyId;
  const t = useTexts().content;
  const lang = useLang();
  const parties = useParties().data ?? [];
  const change = (index: number, part: Partial<CaseReference>) =>
    onChange(cases.map((row, i) => (i === index ? { ...row, ...part } : row)));
  return (
    <fieldset>
      <legend>{label}</legend>
      <ul className="rows">
        {cases.map((row, index) => (
          // Rows have no name of their own, and new ones are added at the end only.
          <li key={index}>
            <div className="fields">
              <Select
                label={t.party}
                value={row.partyId}
                options={parties.map((party) => ({
                  value: party.id,
                  label: localised(party.shortName, lang).value,
                }))}
                onChange={(partyId) => change(index, { partyId })}
              />
              <TextField
                label={t.registryNo}
                value={row.registryNo}
                onChange={(registryNo) => change(index, { registryNo })}
              />
              <TextField
                label={t.urlFi}
                value={row.urlFi}
                onChange={(urlFi) => change(index, { urlFi })}
              />
              <TextField
                label={t.urlSv}
                value={row.urlSv}
                onChange={(urlSv) => change(index, { urlSv })}
              />
            </div>
            <div className="btns">
              <Button
                variant="quiet"
                small
                aria-label={t.removeCase(row.registryNo || String(index + 1))}
                onClick={() => onChange(cases.filter((_, i) => i !== index))}
              >
                {t.remove}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {error && <FieldError>{error}</FieldError>}
      <Button
        variant="secondary"
        small
        onClick={() =>
          onChange([
            ...cases,
            { partyId: own ?? parties[0]?.id ?? '', registryNo: '', urlFi: '', urlSv: '' },
          ])
        }
      >
        {t.addCase}
      </Button>
    </fieldset>
  );
}
