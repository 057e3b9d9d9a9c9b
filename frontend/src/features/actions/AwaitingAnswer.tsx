import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { useMay } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import {
  awaitingMeQuery,
  handoversAwaitingMeQuery,
  type Agreement,
  type HandoverItem,
  type ResponsibilityItem,
  type SubjectRef,
} from '../../api/responsibilities';
import { useShownDay } from '../../content/AgreementMark';
import { openDays } from '../../content/agreements';
import {
  AnswerButtons,
  DeclineForm,
  useResponsibilityName,
  type Answerable,
} from '../../content/AnswerButtons';
import { PostLink } from '../../content/PostLink';
import { HandoverChange, TermsChange } from '../../content/SideBySide';
import { SubjectLink, subjectText } from '../../content/SubjectLink';
import { T, useLang, useTexts } from '../../i18n';
import { dateOf, formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { Loaded } from '../../ui/states';

/** What waits for the reader's party to accept it, the oldest first, answered in place. */
export function AwaitingAnswer() {
  const t = useTexts().myWork.awaiting;
  const mayAnswer = useMay('agreement.accept');
  const responsibilities = useQuery({ ...awaitingMeQuery, enabled: mayAnswer });
  const handovers = useQuery({ ...handoversAwaitingMeQuery, enabled: mayAnswer });
  const section = useRef<HTMLDivElement>(null);
  if (!mayAnswer) return null;
  const answered = () => section.current?.focus();
  return (
    <div ref={section} tabIndex={-1} id="awaiting">
      <Section
        title={t.title}
        aside={
          responsibilities.data &&
          handovers.data &&
          t.count(responsibilities.data.length + handovers.data.length)
        }
      >
        <Loaded query={responsibilities}>
          {(items) => (
            <Loaded query={handovers}>
              {(edges) => (
                <>
                  {items.length + edges.length === 0 && <p>{t.nothing}</p>}
                  <ol className="todo">
                    {inOrder(items, edges).map((item) =>
                      'subject' in item ? (
                        <Responsibility key={item.id} item={item} onAnswered={answered} />
                      ) : (
                        <Handover key={item.id} item={item} onAnswered={answered} />
                      ),
                    )}
                  </ol>
                </>
              )}
            </Loaded>
          )}
        </Loaded>
      </Section>
    </div>
  );
}

const since = ({ waiting }: { waiting?: Agreement }) => waiting?.proposedAt ?? '';

function inOrder(
  items: readonly ResponsibilityItem[],
  edges: readonly HandoverItem[],
): (ResponsibilityItem | HandoverItem)[] {
  return [...items, ...edges].sort((a, b) => since(a).localeCompare(since(b)));
}

function Responsibility({
  item,
  onAnswered,
}: {
  item: ResponsibilityItem;
  onAnswered: () => void;
}) {
  const texts = useTexts();
  const lang = useLang();
  const look = usePartyLooks(lang);
  const name = useResponsibilityName()(item);
  return (
    <Waiting
      waiting={item.waiting}
      subject={item.subject}
      answerable={{
        kind: 'responsibility',
        id: item.id,
        version: item.version,
        name: `${name}, ${subjectText(item.subject, texts, lang)}`,
      }}
      onAnswered={onAnswered}
    >
      <p className="why">
        <Who party={look(item.post.partyId)}>
          <PostLink post={item.post} />
        </Who>{' '}
        {texts.ui.parts[item.part].name}
        {!item.change && localised(item.wording, lang).value && (
          <>
            {': '}
            <T text={item.wording} />
          </>
        )}
      </p>
      {item.change && <TermsChange item={item} />}
    </Waiting>
  );
}

function Handover({ item, onAnswered }: { item: HandoverItem; onAnswered: () => void }) {
  const texts = useTexts();
  const t = texts.responsibilities;
  const lang = useLang();
  const subject: SubjectRef = {
    kind: 'handover',
    id: item.id,
    key: item.chain.key,
    title: item.what,
    from: item.from.title,
    to: item.to.title,
  };
  return (
    <Waiting
      waiting={item.waiting}
      subject={subject}
      answerable={{
        kind: 'handover',
        id: item.id,
        version: item.version,
        name: subjectText(subject, texts, lang),
      }}
      onAnswered={onAnswered}
    >
      {item.change ? (
        <HandoverChange item={item} />
      ) : (
        <p className="why">
          <T text={item.channel} /> {item.targetDays !== undefined && t.inDays(item.targetDays)}
        </p>
      )}
    </Waiting>
  );
}

interface WaitingProps {
  waiting: Agreement | undefined;
  subject: SubjectRef;
  answerable: Answerable;
  onAnswered: () => void;
  children: ReactNode;
}

function Waiting({ waiting, subject, answerable, onAnswered, children }: WaitingProps) {
  const t = useTexts().myWork.awaiting;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const days = openDays(waiting, useShownDay()) ?? 0;
  const [declining, setDeclining] = useState(false);
  return (
    <li>
      <p className="k">
        {t.days(days)}
        {waiting && (
          <span className="since">
            {t.proposed(
              waiting.proposedPartyId ? look(waiting.proposedPartyId).name : '',
              formatDate(dateOf(waiting.proposedAt), lang),
            )}
          </span>
        )}
      </p>
      <div>
        <h3>
          <SubjectLink subject={subject} />
        </h3>
        {children}
      </div>
      <div className="do">
        <AnswerButtons
          item={answerable}
          declining={declining}
          onDecline={() => setDeclining(!declining)}
          onAnswered={onAnswered}
        />
      </div>
      {declining && (
        <div className="todo-upd">
          <DeclineForm
            item={answerable}
            onClose={() => setDeclining(false)}
            onAnswered={onAnswered}
          />
        </div>
      )}
    </li>
  );
}
