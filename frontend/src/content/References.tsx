import { useQuery } from '@tanstack/react-query';
import { usePartyLooks } from '../api/parties';
import type { CaseReference } from '../api/posts';
import { legalBasesQuery } from '../api/terms';
import { T, useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { Section } from '../ui/layout';
import { PartyMark } from '../ui/PartyMark';

/** The laws that something rests on; nothing where there is none. */
export function LegalBases({ ids }: { ids: readonly string[] }) {
  const t = useTexts().content;
  const bases = useQuery(legalBasesQuery(useAsOf())).data ?? [];
  const shown = bases.filter(({ id }) => ids.includes(id));
  if (shown.length === 0) return null;
  return (
    <Section title={t.legalBases}>
      <ul className="hl row-text">
        {shown.map((basis) => (
          <li key={basis.id}>
            <T text={basis.title} /> <span className="meta">({basis.act})</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The cases in the registries of the parties; nothing where there is none. */
export function Cases({ cases }: { cases: readonly CaseReference[] }) {
  const t = useTexts().content;
  if (cases.length === 0) return null;
  return (
    <Section title={t.cases}>
      <CaseList cases={cases} />
    </Section>
  );
}

/** The same without a heading, for a cell of a table. */
export function CaseList({ cases }: { cases: readonly CaseReference[] }) {
  const t = useTexts().content;
  const look = usePartyLooks(useLang());
  return (
    <ul className="hl row-text">
      {cases.map((row) => (
        <li key={`${row.partyId} ${row.registryNo} ${row.urlFi} ${row.urlSv}`}>
          <PartyMark party={look(row.partyId)} /> {row.registryNo}{' '}
          {row.urlFi && (
            <a href={row.urlFi} hrefLang="fi">
              {t.inFinnish}
            </a>
          )}{' '}
          {row.urlSv && (
            <a href={row.urlSv} hrefLang="sv">
              {t.inSwedish}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
