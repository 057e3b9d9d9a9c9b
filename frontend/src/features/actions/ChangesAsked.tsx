import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { changesAskedQuery, type ResponsibilityItem } from '../../api/responsibilities';
import { useShownDay } from '../../content/AgreementMark';
import { useResponsibilityName } from '../../content/AnswerButtons';
import { Discussion } from '../../content/Discussion';
import { daysSince } from '../../content/drafting';
import { useHeld } from '../../content/held';
import { PostLink } from '../../content/PostLink';
import { SubjectLink, subjectText } from '../../content/SubjectLink';
import { useLang, useTexts } from '../../i18n';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { Loaded } from '../../ui/states';

/** What the reader's party has proposed and the other party asks to be changed before it answers. */
export function ChangesAsked() {
  const t = useTexts().myWork.changesAsked;
  const mayEdit = useMay('responsibility.edit');
  const asked = useQuery({ ...changesAskedQuery, enabled: mayEdit });
  const held = useHeld(asked.data);
  // Where it could not be had it says so, also while it is tried again.
  const failed = asked.isError || (!asked.data && asked.errorUpdateCount > 0);
  if (!mayEdit || (held.items.length === 0 && !failed)) return null;
  return (
    <Section
      title={t.title}
      aside={asked.data && asked.data.length > 0 && t.count(asked.data.length)}
      id="changes-asked"
    >
      <Loaded query={asked}>
        {() => (
          <ol className="todo">
            {held.items.map((item) => (
              <Asked
                key={item.id}
                item={item}
                onWriting={(writing) => held.hold(item.id, writing)}
              />
            ))}
          </ol>
        )}
      </Loaded>
    </Section>
  );
}

interface AskedProps {
  item: ResponsibilityItem;
  /** A comment is typed that has not been sent: the row has to stay. */
  onWriting: (writing: boolean) => void;
}

function Asked({ item, onWriting }: AskedProps) {
  const texts = useTexts();
  const t = texts.myWork;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const today = useShownDay();
  const name = useResponsibilityName()(item);
  const post = item.change?.post ?? item.post;
  return (
    <li>
      <p className="k">
        {item.waiting && t.awaiting.days(daysSince(item.waiting.proposedAt, today))}
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
    </li>
  );
}
