import { PathLink } from '../../content/PathLink';
import { OtherMeeting } from './MovedAway';
import { T, useTexts } from '../../i18n';
import type { AgendaItem } from './queries';

/** Where an item came from and went to, why it was not handled, and whether its case goes on. */
export function Handlings({ item }: { item: AgendaItem }) {
  const t = useTexts().agenda;
  const related =
    item.transfers.length > 0 || item.newer !== undefined || item.cameFrom !== undefined;
  return (
    <>
      {item.newer && (
        <p className="note soon">
          {t.case.newer} <T text={item.newer.forum.title} />, <OtherMeeting meeting={item.newer} />
        </p>
      )}
      {item.transfers.map((transfer) => {
        const came = transfer.toItemId === item.id;
        return (
          <p className="meta" key={`${transfer.kind} ${transfer.madeAt} ${transfer.toItemId}`}>
            {came ? t.transfer.from[transfer.kind] : t.transfer.to[transfer.kind]}{' '}
            <OtherMeeting meeting={came ? transfer.from : transfer.to} />
          </p>
        );
      })}
      {item.carriedTimes > 0 && <p className="meta">{t.carried(item.carriedTimes)}</p>}
      {item.notHandled && (
        <p className="meta">
          {t.notHandled} <T text={item.notHandled} />
        </p>
      )}
      {(related || item.cases.length > 0) && (
        <p className="meta">
          <PathLink path={`/agenda-items/${item.id}/case`}>{t.case.link}</PathLink>
        </p>
      )}
    </>
  );
}
