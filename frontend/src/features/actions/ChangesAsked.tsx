import { usePartyLooks } from '../../api/parties';
import type { ResponsibilityItem } from '../../api/responsibilities';
import { useShownDay } from '../../content/AgreementMark';
import { useResponsibilityName } from '../../content/AnswerButtons';
import { Discussion } from '../../content/Discussion';
import { daysSince } from '../../content/drafting';
import { PostLink } from '../../content/PostLink';
import { SubjectLink, subjectText } from '../../content/SubjectLink';
import { useLang, useTexts } from '../../i18n';
import { Who } from '../../ui/PartyMark';

interface AskedProps {
  item: ResponsibilityItem;
  /** A comment is typed that has not been sent: the row has to stay. */
  onWriting: (writing: boolean) => void;
}

/** What the reader's party has proposed and the other party asks to be changed before it answers. */
export function ChangesAsked({ item, onWriting }: AskedProps) {
  const texts = useTexts();
  const t = texts.myWork;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const today = useShownDay();
  const name = useResponsibilityName()(item);
  const post = item.change?.post ?? item.post;
  return (
    <>
      <p className="k">
        {t.reasons.changes}
        <span className="since">
          {item.waiting && t.awaiting.days(daysSince(item.waiting.proposedAt, today))}
        </span>
      </p>
      <div>
        <h3>
          <SubjectLink subject={item.subject} />
        </h3>
        <p className="why">
          <Who party={look(post.partyId)}>
            <PostLink post={post} />
          </Who>{' '}
          {texts.ui.parts[(item.change ?? item).part].name}
        </p>
        <Discussion
          item={item}
          name={`${name}, ${subjectText(item.subject, texts, lang)}`}
          listed
          onWriting={onWriting}
        />
      </div>
    </>
  );
}
