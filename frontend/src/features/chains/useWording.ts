import { useMemo } from 'react';
import { useMe } from '../../api/me';
import { useParties, partyLook } from '../../api/parties';
import { useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf } from '../../lib/dates';
import type { Wording } from './words';

/** What the words of a chain are made with, on this page and day. */
export function useWording(): Wording {
  const texts = useTexts();
  const lang = useLang();
  const parties = useParties().data;
  const now = useMe().data?.now;
  const asOf = useAsOf();
  return useMemo(
    () => ({
      texts,
      lang,
      look: (id) => partyLook(parties ?? [], id, lang),
      today: asOf ?? dateOf(now ?? new Date()),
    }),
    [texts, lang, parties, now, asOf],
  );
}
