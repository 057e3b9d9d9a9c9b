import { useParties, usePartyLooks } from '../../api/parties';
import { useLang, useTexts } from '../../i18n';
import { formatDate } from '../../lib/dates';
import { PartyMark } from '../../ui/PartyMark';
import { ActionLinks } from './Endings';
import type { Action, ActionSummary } from './queries';

/**
 * What each party says of an action and what that makes together, with the rule one press away.
 * Nothing where one party alone has a say.
 */
export function Together({ action }: { action: Action }) {
  const texts = useTexts();
  const t = texts.together;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const parties = useParties().data ?? [];
  const place = (partyId: string) => parties.findIndex(({ id }) => id === partyId);
  const { reconciliation } = action;
  if (action.partyStatuses.length < 2) return null;
  const partyStatuses = action.partyStatuses.toSorted(
    (a, b) => place(a.partyId) - place(b.partyId),
  );
  const word = ({ status, progress }: Pick<Action, 'status' | 'progress'>) =>
    `${texts.actions.statuses[status]}${status === 'in_progress' ? `, ${progress}\u00a0%` : ''}`;
  return (
    <section className="together" aria-label={t.title}>
      <ul>
        {partyStatuses.map((each) => (
          <li key={each.partyId}>
            <PartyMark party={looks(each.partyId)} />
            <p>
              {looks(each.partyId).name}: <b>{word(each)}</b>
              {each.forwardedTo.length > 0 && (
                <>
                  {' '}
                  {texts.actions.page.saysGoesOn} <ActionLinks actions={each.forwardedTo} />
                </>
              )}
              <span className="meta">
                {each.own
                  ? each.confirmedOn && t.confirmed(formatDate(each.confirmedOn, lang))
                  : t.silent}
              </span>
            </p>
          </li>
        ))}
        <li className="joint">
          <p>
            {t.joint}: <b>{word(action)}</b>
            <span className="meta">{t.why[reconciliation.code]}</span>
          </p>
        </li>
      </ul>
      <details>
        <summary>{t.how}</summary>
        <StatusRule />
      </details>
    </section>
  );
}

/** The rule of the joint status in words. */
export function StatusRule() {
  const { rule } = useTexts().together;
  return (
    <ol className="rule">
      {rule.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );
}

/** A quiet mark in lists, where the parties do not say the same. */
export function Differs({ action }: { action: Pick<ActionSummary, 'statusesDiffer'> }) {
  const t = useTexts().together;
  return action.statusesDiffer ? <span className="meta differs">{t.differ}</span> : null;
}
