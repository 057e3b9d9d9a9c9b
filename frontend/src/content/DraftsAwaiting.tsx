import { useQuery } from '@tanstack/react-query';
import { draftsAwaitingMeQuery } from '../api/drafts';
import { useMay } from '../api/me';
import { usePartyLooks } from '../api/parties';
import { useLang, useTexts } from '../i18n';
import { Section } from '../ui/layout';
import { PathLink } from './PathLink';
import { Loaded } from '../ui/states';
import { useShownDay } from './AgreementMark';
import { daysSince } from './drafting';
import { subjectText } from './SubjectLink';

/** The other party's drafts that wait for a word of the reader's party, the oldest first. */
export function DraftsAwaiting() {
  const texts = useTexts();
  const t = texts.drafts;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const today = useShownDay();
  const mayAnswer = useMay('draft.answer');
  const drafts = useQuery({ ...draftsAwaitingMeQuery, enabled: mayAnswer });
  if (!mayAnswer || drafts.data?.length === 0) return null;
  return (
    <Section title={t.awaiting} aside={drafts.data && t.awaitingCount(drafts.data.length)}>
      <Loaded query={drafts}>
        {(items) => (
          <ul className="hl row-text">
            {items.map((draft) => (
              <li key={draft.id}>
                <PathLink className="q" path={`/drafts/${draft.id}`}>
                  {subjectText(draft.subject, texts, lang)}
                </PathLink>
                <span className="meta df">
                  {t.waited(look(draft.post.partyId).name, daysSince(draft.savedAt, today))}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
