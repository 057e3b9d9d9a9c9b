import { usePartyLooks } from '../api/parties';
import { T, useLang } from '../i18n';
import { formatDateTime } from '../lib/dates';
import type { Changed } from '../lib/problem';
import { Who } from '../ui/PartyMark';

/** Who saved the other version, and when: for the panel of two versions. */
export function ChangedBy({ changed }: { changed: Changed }) {
  const lang = useLang();
  const look = usePartyLooks(lang);
  return (
    <>
      <Who party={look(changed.party)}>
        <T text={changed.post} />
      </Who>{' '}
      {formatDateTime(changed.at, lang)}
    </>
  );
}
