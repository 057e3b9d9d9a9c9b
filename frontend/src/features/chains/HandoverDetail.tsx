import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useMay, useMe } from '../../api/me';
import { AgreementMark } from '../../content/AgreementMark';
import { AnswerButtons, DeclineForm } from '../../content/AnswerButtons';
import { PastAgreement } from '../../content/PastAgreement';
import { ReservationPanel } from '../../content/ReservationPanel';
import { ResponsibilityPanel } from '../../content/ResponsibilityPanel';
import { SideBySide } from '../../content/SideBySide';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button, LinkButton } from '../../ui/Button';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { TextField } from '../../ui/forms/fields';
import { Gap } from '../../ui/Gap';
import { Icon } from '../../ui/Icon';
import { DateText, KeyValues } from '../../ui/layout';
import { markWords } from '../../ui/markWords';
import { Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { ActionList } from './ActionList';
import { revisionsQuery, useWithdrawHandover } from './handoverQueries';
import { Way } from './HandoverTable';
import { PinnedList } from './PinnedList';
import type { Agreement, Chain, Handover, HandoverRevision, StageFace } from './types';
import { useWording } from './useWording';
import { termLines } from './words';

interface HandoverDetailProps {
  chain: Chain;
  id: string;
  /** Opens the form at this hand-over; left out for who may not edit. */
  onEdit?: () => void;
}

/**
 * Everything of one hand-over, in place below the drawing, at an address of its own. Takes the
 * focus when it opens: the press on its line led here.
 */
export function HandoverDetail({ chain, id, onEdit }: HandoverDetailProps) {
  const t = useTexts().handovers.detail;
  const heading = useRef<HTMLHeadingElement>(null);
  const handover = chain.handovers.find((each) => each.id === id);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="ch-detail" id="handover" aria-labelledby="handover-title">
      <div className="sec-h">
        <h2 id="handover-title" ref={heading} tabIndex={-1}>
          <Title handover={handover} />
        </h2>
        <Link
          to="."
          search={(now) => ({ ...now, handover: undefined })}
          hash="drawing"
          resetScroll={false}
        >
          {t.close}
        </Link>
      </div>
      {handover ? <Content chain={chain} handover={handover} onEdit={onEdit} /> : <p>{t.gone}</p>}
    </section>
  );
}

function Title({ handover }: { handover: Handover | undefined }) {
  const t = useTexts().handovers;
  return (
    <>
      {t.title}
      {handover && (
        <>
          : <T text={handover.what} />
        </>
      )}
    </>
  );
}

function Content({
  chain,
  handover,
  onEdit,
}: {
  chain: Chain;
  handover: Handover;
  onEdit?: () => void;
}) {
  const t = useTexts().handovers;
  const lang = useLang();
  const asOf = useAsOf();
  const wording = useWording();
  const mayCreate = useMay('action.create') && !asOf;
  const { standing } = handover;
  const treating = chain.actions.filter(({ handoverId }) => handoverId === handover.id);
  return (
    <>
      <p className="ch-way">
        <Way handover={handover} stages={chain.stages} />
      </p>
      {(standing === 'proposed' || standing === 'declined') && <p>{t.detail.notInForce}</p>}
      <div className="ch-two">
        <div className="stack">
          <KeyValues
            items={[
              { name: t.channel, value: <Given text={handover.channel} none="–" /> },
              {
                name: t.target,
                value: handover.targetDays === undefined ? t.noTarget : t.days(handover.targetDays),
              },
              {
                name: t.gap,
                value: (
                  <>
                    <Gap value={handover.gap} />
                    {handover.gap !== 'none' && (
                      <span className="df">
                        <Given text={handover.gapReason} none={t.noReason} />
                      </span>
                    )}
                  </>
                ),
              },
              {
                name: t.nextReview,
                value: handover.nextReviewOn ? (
                  <>
                    <DateText date={handover.nextReviewOn} />
                    {handover.reviewOverdue && (
                      <span className="overdue">
                        {' '}
                        <Icon name="clock" /> {t.reviewLate}
                      </span>
                    )}
                  </>
                ) : (
                  t.noReview
                ),
              },
              { name: t.evidence, value: <EvidenceList handover={handover} /> },
            ]}
          />
          <div>
            <h3>{t.acceptance}</h3>
            <AgreementMark item={handover} />
            {handover.waiting && <Reasons agreement={handover.waiting} />}
            {handover.change && (
              <SideBySide
                now={termLines(handover, chain.stages, wording)}
                next={termLines(handover.change, chain.stages, wording)}
                waiting={handover.waiting}
              />
            )}
            <Answer handover={handover} onEdit={onEdit} />
            <Past handover={handover} stages={chain.stages} />
          </div>
        </div>
        <div className="stack">
          <div>
            <h3>{t.detail.responsible}</h3>
            <ResponsibilityPanel subject={{ kind: 'handover', id: handover.id }} level={4} />
            <ReservationPanel subject={{ kind: 'handover', id: handover.id }} level={3} />
          </div>
          <div>
            <h3>{t.detail.actions}</h3>
            <ActionList actions={treating} none={t.detail.noActions} />
            <PinnedList chain={chain} at={handover.id} />
            {mayCreate && (
              <p className="btns">
                <LinkButton
                  variant="secondary"
                  small
                  to="/$lang/actions/new"
                  params={{ lang }}
                  search={{ stageId: handover.fromStageId, handoverId: handover.id }}
                >
                  {t.detail.createAction}
                </LinkButton>
              </p>
            )}
          </div>
        </div>
      </div>
    </>
  );
}

function Given({ text, none }: { text: Handover['what']; none: string }) {
  const lang = useLang();
  return localised(text, lang).value ? <T text={text} /> : <span className="meta">{none}</span>;
}

function EvidenceList({ handover }: { handover: Handover }) {
  const t = useTexts().handovers;
  const lang = useLang();
  if (handover.evidence.length === 0) return <span className="meta">{t.noEvidence}</span>;
  return (
    <ul>
      {handover.evidence.map(({ title, url, checkedOn }, index) => (
        <li key={index}>
          {url ? (
            <a href={url} rel="noreferrer">
              <T text={title} />
            </a>
          ) : (
            <T text={title} />
          )}{' '}
          <span className="meta">{t.checkedOn(formatDate(checkedOn, lang))}</span>
        </li>
      ))}
    </ul>
  );
}

/** Why a party declined. */
function Reasons({ agreement }: { agreement: Agreement }) {
  const t = useTexts().responsibilities;
  const { lang, look } = useWording();
  return agreement.acceptances
    .filter(({ answer }) => answer === 'declined')
    .map(({ partyId, decidedAt, reason }) => (
      <p key={partyId} className="note late">
        <b>
          {t.declinedBy(look(partyId).name, decidedAt ? formatDate(dateOf(decidedAt), lang) : '')}
        </b>{' '}
        <T text={reason} />
      </p>
    ));
}

/** The buttons of who may answer, withdraw or change it. Declining needs a reason. */
function Answer({ handover, onEdit }: { handover: Handover; onEdit?: () => void }) {
  const texts = useTexts();
  const t = texts.handovers.detail;
  const words = texts.responsibilities;
  const lang = useLang();
  const tell = useToast();
  const asOf = useAsOf();
  const ownParty = useMe().data?.post?.partyId;
  const [open, setOpen] = useState<'decline' | 'withdraw' | null>(null);
  const [why, setWhy] = useState('');
  const withdraw = useWithdrawHandover(handover.id, handover.version);
  const box = useRef<HTMLDivElement>(null);
  const may = (permission: string) =>
    !asOf && handover.permissions.some((held) => held === permission);
  const mayAnswer = may('agreement.accept');
  // Only the party that proposed may take back; the server has the last word.
  const mayWithdraw =
    may('chain.edit') &&
    handover.waiting !== undefined &&
    handover.waiting.proposedPartyId === ownParty;
  const answerable = {
    kind: 'handover' as const,
    id: handover.id,
    version: handover.version,
    name: localised(handover.what, lang).value,
  };
  const answered = () => box.current?.focus();
  return (
    <div ref={box} tabIndex={-1} className="ch-answer">
      <div className="btns">
        {mayAnswer && (
          <AnswerButtons
            item={answerable}
            declining={open === 'decline'}
            onDecline={() => setOpen('decline')}
            onAnswered={answered}
          />
        )}
        {mayWithdraw && (
          <Button
            small
            variant="secondary"
            aria-expanded={open === 'withdraw'}
            onClick={() => setOpen('withdraw')}
          >
            {words.withdraw}
          </Button>
        )}
        {onEdit && (
          <Button small variant="quiet" onClick={onEdit}>
            {t.edit}
          </Button>
        )}
      </div>
      {mayAnswer && open === 'decline' && (
        <DeclineForm item={answerable} onClose={() => setOpen(null)} onAnswered={answered} />
      )}
      {mayWithdraw && open === 'withdraw' && (
        <InlineUpdateForm
          label={words.withdrawOf(answerable.name)}
          saveLabel={words.withdraw}
          saving={withdraw.isPending}
          error={withdraw.error}
          onCancel={() => setOpen(null)}
          onSave={() =>
            whenSaved(withdraw.mutateAsync(why), () => {
              tell(words.withdrawn);
              setOpen(null);
              answered();
            })
          }
        >
          <p>{t.withdrawHint}</p>
          <TextField
            label={words.withdrawReason}
            value={why}
            onChange={setWhy}
            maxLength={1000}
            optional
          />
        </InlineUpdateForm>
      )}
    </div>
  );
}

/** Every content that was proposed, with the answers to it; fetched when it is opened. */
function Past({ handover, stages }: { handover: Handover; stages: readonly StageFace[] }) {
  const t = useTexts().responsibilities;
  const asOf = useAsOf();
  const [open, setOpen] = useState(false);
  const revisions = useQuery({ ...revisionsQuery(handover.id, asOf), enabled: open });
  return (
    <details
      className="ch-past"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t.past}</summary>
      {open && (
        <Loaded query={revisions}>
          {(all) => (
            <ol reversed>
              {all.map((revision, index) => (
                <Revision
                  key={revision.revision}
                  revision={revision}
                  before={all[index + 1]}
                  stages={stages}
                />
              ))}
            </ol>
          )}
        </Loaded>
      )}
    </details>
  );
}

interface RevisionProps {
  revision: HandoverRevision;
  before: HandoverRevision | undefined;
  stages: readonly StageFace[];
}

function Revision({ revision, before, stages }: RevisionProps) {
  const wording = useWording();
  const old = before && termLines(before.content, stages, wording);
  return (
    <PastAgreement agreement={revision}>
      <KeyValues
        items={termLines(revision.content, stages, wording)
          .filter(({ text }) => text !== '')
          .map(({ key, label, text }) => ({
            name: label,
            value: old ? markWords(old.find((line) => line.key === key)?.text ?? '', text) : text,
          }))}
      />
    </PastAgreement>
  );
}
