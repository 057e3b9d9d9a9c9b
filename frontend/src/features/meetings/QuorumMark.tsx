import { usePartyLooks } from '../../api/parties';
import { useLang, useTexts } from '../../i18n';
import { Icon } from '../../ui/Icon';
import type { AgendaItem } from './queries';

/** Says of an item that it was handled without a quorum, and who was missing; else nothing. */
export function QuorumMark({ item }: { item: AgendaItem }) {
  const t = useTexts().meetings.attendance;
  const look = usePartyLooks(useLang());
  if (!item.quorum || item.quorum.met) return null;
  const missing = item.quorum.missingPartyIds.map((id) => look(id).name).join(', ');
  return (
    <p className="noq">
      <span className="c c-late">
        <Icon name="error" />
        {t.itemWithout}
      </span>{' '}
      <span className="meta">{t.missing(missing)}</span>
    </p>
  );
}
