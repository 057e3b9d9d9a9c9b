import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import {
  agreementsQuery,
  handoverAgreementsQuery,
  type HandoverItem,
  type MandateItem,
  type ResponsibilityItem,
  type SubjectRef,
} from '../../api/responsibilities';
import { useShownDay } from '../../content/AgreementMark';
import { describeTerms, hadOthers, latestTerms, proposedTerms } from '../../content/agreements';
import {
  AnswerButtons,
  DeclineForm,
  useResponsibilityName,
  type Answerable,
} from '../../content/AnswerButtons';
import { Discussion } from '../../content/Discussion';
import { PostLink } from '../../content/PostLink';
import { inEachLanguage } from '../../content/describe';
import {
  HandoverChange,
  SideBySide,
  SinceAnswered,
  TermsChange,
  useHandoverLines,
} from '../../content/SideBySide';
import { SubjectLink, subjectText } from '../../content/SubjectLink';
import { T, useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { dateOf, daysBetween, formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Who } from '../../ui/PartyMark';
import { Loaded } from '../../ui/states';

const ownAnswer = ({ mandateAnswers }: MandateItem, partyId: string | undefined) =>
  mandateAnswers.find((answer) => answer.partyId === partyId);

interface ResponsibilityProps {
  item: ResponsibilityItem;
  /** It waits no longer, and stays for the comment that is typed. */
  gone: boolean;
  onWriting: (writing: boolean) => void;
  onAnswered: () => void;
}

/** A responsibility that waits for the reader's party to accept it, answered in place. */
export function Responsibility({ item, gone, onWriting, onAnswered }: ResponsibilityProps) {
  const texts = useTexts();
  const lang = useLang();
  const look = usePartyLooks(lang);
  const name = useResponsibilityName()(item);
  const others = hadOthers(item);
  const revisions = useQuery({ ...agreementsQuery(item.id, ofNow), enabled: others });
  const answerable = {
    kind: 'responsibility' as const,
    id: item.id,
    version: item.version,
    name: `${name}, ${subjectText(item.subject, texts, lang)}`,
  };
  return (
    <Waiting
      since={item.waiting?.proposedAt}
      proposedBy={item.waiting?.proposedPartyId}
      subject={item.subject}
      answerable={answerable}
      gone={gone}
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
      {others && (
        <Loaded query={revisions}>
          {(all) => (
            <SinceAnswered
              item={item}
              revisions={all}
              lines={({ content }) => describeTerms(proposedTerms(content), texts, lang)}
              next={describeTerms(latestTerms(item), texts, lang)}
            />
          )}
        </Loaded>
      )}
      <Discussion item={item} name={answerable.name} listed onWriting={onWriting} />
    </Waiting>
  );
}

/** The same of a hand-over. */
export function Handover({ item, onAnswered }: { item: HandoverItem; onAnswered: () => void }) {
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
  const lines = useHandoverLines();
  const others = hadOthers(item);
  const revisions = useQuery({ ...handoverAgreementsQuery(item.id, ofNow), enabled: others });
  return (
    <Waiting
      since={item.waiting?.proposedAt}
      proposedBy={item.waiting?.proposedPartyId}
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
      {others && (
        <Loaded query={revisions}>
          {(all) => (
            <SinceAnswered
              item={item}
              revisions={all}
              lines={({ content, from, to }) => lines(content, from, to)}
              next={
                item.change
                  ? lines(item.change, item.changeFrom, item.changeTo)
                  : lines(item, item.from, item.to)
              }
            />
          )}
        </Loaded>
      )}
    </Waiting>
  );
}

/** The purpose and mandate of a forum, beside what the party had accepted of them before. */
export function Mandate({ item, onAnswered }: { item: MandateItem; onAnswered: () => void }) {
  const texts = useTexts();
  const t = texts.responsibilities;
  const lang = useLang();
  const me = useMe().data;
  const own = ownAnswer(item, me?.partyId);
  const subject: SubjectRef = { kind: 'forum', id: item.id, key: item.key, title: item.title };
  const lines = ({ purpose, mandate }: Pick<MandateItem, 'purpose' | 'mandate'>) => [
    ...inEachLanguage(texts, 'purpose', t.purpose, purpose),
    ...inEachLanguage(texts, 'mandate', t.mandate, mandate),
  ];
  return (
    <Waiting
      since={own?.waitingSince}
      subject={subject}
      answerable={{
        kind: 'mandate',
        id: item.id,
        version: item.version,
        name: `${t.mandateOf} ${subjectText(subject, texts, lang)}`,
      }}
      onAnswered={onAnswered}
    >
      <p className="why">{t.mandateWaits}</p>
      {own?.before ? (
        <>
          <p>{t.mandateBefore(formatDate(dateOf(own.before.acceptedAt), lang))}</p>
          <SideBySide
            now={lines(own.before)}
            next={lines(item)}
            before={{ label: t.sinceAnswered, title: t.acceptedBefore, same: t.sameAsAnswered }}
          />
        </>
      ) : (
        <>
          <p>
            <T text={item.purpose} />
          </p>
          {localised(item.mandate, lang).value && (
            <p>
              <T text={item.mandate} />
            </p>
          )}
        </>
      )}
    </Waiting>
  );
}

interface WaitingProps {
  /** Since when it waits, and who proposed it where somebody did. */
  since: string | undefined;
  proposedBy?: string;
  subject: SubjectRef;
  answerable: Answerable;
  /** There is nothing to answer any more. */
  gone?: boolean;
  onAnswered: () => void;
  children: ReactNode;
}

function Waiting(props: WaitingProps) {
  const { since, proposedBy, subject, answerable, gone = false, onAnswered, children } = props;
  const texts = useTexts();
  const t = texts.myWork.awaiting;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const today = useShownDay();
  const days = since ? Math.max(0, daysBetween(dateOf(since), today)) : 0;
  const [declining, setDeclining] = useState(false);
  return (
    <>
      <p className="k">
        {texts.myWork.reasons.acceptance}
        <span className="since">{t.days(days)}</span>
        {since && (
          <span className="since">
            {t.proposed(proposedBy ? look(proposedBy).name : '', formatDate(dateOf(since), lang))}
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
        {!gone && (
          <AnswerButtons
            item={answerable}
            declining={declining}
            onDecline={answerable.kind === 'mandate' ? undefined : () => setDeclining(!declining)}
            onAnswered={onAnswered}
          />
        )}
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
    </>
  );
}
