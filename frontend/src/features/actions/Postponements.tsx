import { usePartyLooks } from '../../api/parties';
import { PostLink } from '../../content/PostLink';
import { useLang, useTexts } from '../../i18n';
import { dateOf, formatDate, formatPrecise } from '../../lib/dates';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import type { Action } from './queries';

/** How the due date has moved, why and by whom, the latest first. Nothing where it never has. */
export function Postponements({ action }: { action: Action }) {
  const t = useTexts().actions.page;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  if (action.postponements.length === 0) return null;
  return (
    <Section title={t.dueMoves} aside={action.postponed > 0 && t.postponed(action.postponed)}>
      <ol className="up">
        {action.postponements.map((each) => (
          <li key={each.at}>
            <span className="meta">{formatDate(dateOf(each.at), lang)}</span>
            <div>
              <p>
                {t.dueMove[each.move](
                  formatPrecise(each.fromOn, each.fromPrecision, lang),
                  each.toOn ? formatPrecise(each.toOn, each.toPrecision, lang) : '',
                )}
              </p>
              {each.reason && <p className="meta">{t.because(each.reason)}</p>}
              {each.post && (
                <p className="meta">
                  <Who party={looks(each.post.partyId)}>
                    <PostLink post={each.post} />
                  </Who>
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}
