import { usePartyLooks } from '../../api/parties';
import { useLang, useTexts } from '../../i18n';
import { PartyMark } from '../../ui/PartyMark';
import type { AgendaItem } from './queries';

/** The cases of an item: registry number, and the documents in either language. */
export function CaseLinks({ cases }: { cases: AgendaItem['cases'] }) {
  const t = useTexts().meetings.item;
  const look = usePartyLooks(useLang());
  if (cases.length === 0) return null;
  return (
    <ul className="cases">
      {cases.map((row) => (
        <li key={`${row.partyId} ${row.registryNo} ${row.urlFi} ${row.urlSv}`}>
          <PartyMark party={look(row.partyId)} /> <span className="nb">{row.registryNo}</span>
          {(row.urlFi || row.urlSv) && (
            <span>
              {t.documents}{' '}
              {row.urlFi && (
                <a href={row.urlFi} hrefLang="fi">
                  {t.inFinnish}
                </a>
              )}
              {row.urlFi && row.urlSv && ' · '}
              {row.urlSv && (
                <a href={row.urlSv} hrefLang="sv">
                  {t.inSwedish}
                </a>
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
