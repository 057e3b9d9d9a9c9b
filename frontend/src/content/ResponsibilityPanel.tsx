import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import { useMe } from '../api/me';
import { usePartyLooks } from '../api/parties';
import {
  agreementsQuery,
  commentsQuery,
  subjectResponsibilitiesQuery,
  useWithdraw,
  type Agreement,
  type ResponsibilityComment,
  type ResponsibilityItem,
  type Revision,
  type Standing,
  type Subject,
} from '../api/responsibilities';
import { T, useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { dateOf, formatDate } from '../lib/dates';
import { localised } from '../lib/text';
import { whenSaved } from '../lib/whenSaved';
import { Button } from '../ui/Button';
import { TextField } from '../ui/forms/fields';
import { InlineUpdateForm } from '../ui/forms/InlineUpdateForm';
import { markWords } from '../ui/markWords';
import { Who } from '../ui/PartyMark';
import { ErrorState, Loaded } from '../ui/states';
import { useToast } from '../ui/Toast';
import { AgreementMark, useShownDay } from './AgreementMark';
import { describeTerms, isInForce, proposedTerms, type NamedTerms } from './agreements';
import { AnswerButtons, DeclineForm, useResponsibilityName } from './AnswerButtons';
import { CommentList, Discussion, More } from './Discussion';
import { useHeld } from './held';
import { PastAgreement } from './PastAgreement';
import { PostLink } from './PostLink';
import { ReservationMark, ReservationPanel } from './ReservationPanel';
import './responsibilities.css';
import { TermsChange } from './SideBySide';
import { TermsForm } from './TermsForm';

interface DisclosureProps {
  subject: Subject;
  /** How far the parties agree on each; what is not in force is shown from the start. */
  standings: readonly Standing[];
  level?: 3 | 4;
  /** Also the parties' reservations, where nothing else on the page shows them. */
  reserved?: boolean;
}

/** The wordings and acceptances of a thing below its owners: closed while all is in force. */
export function Agreements({ subject, standings, level, reserved = false }: DisclosureProps) {
  const t = useTexts().responsibilities;
  const waiting = standings.filter((standing) => standing !== 'in_force').length;
  const [open, setOpen] = useState(waiting > 0);
  return (
    <details
      className="rsp-all"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        {t.wordings} <span className="meta">{t.summary(standings.length, waiting)}</span>{' '}
        {reserved && <ReservationMark id={subject.id} />}
      </summary>
      {open && <ResponsibilityPanel subject={subject} level={level} />}
      {open && reserved && <ReservationPanel subject={subject} level={3} />}
    </details>
  );
}

interface PanelProps {
  subject: Subject;
  /** Depth of the headings, below that of the section. */
  level?: 3 | 4;
  /** Said where nobody is responsible; by default that nobody has been named. */
  empty?: ReactNode;
}

/**
 * Who answers for a thing, in which words, and how far the parties agree; what waits stands beside
 * what is in force, and whoever may answers or proposes in place.
 */
export function ResponsibilityPanel({ subject, level = 3, empty }: PanelProps) {
  const texts = useTexts();
  const t = texts.responsibilities;
  const asOf = useAsOf();
  const [proposing, setProposing] = useState(false);
  const query = useQuery(subjectResponsibilitiesQuery(subject, asOf));
  const held = useHeld(query.data?.items, `${subject.kind} ${subject.id} ${asOf ?? ''}`);
  return (
    <Loaded query={query} loading={t.loading}>
      {({ permissions }) => (
        <>
          {held.items.length === 0 && <p className="meta">{empty ?? texts.content.nobody}</p>}
          <ul className="rsps">
            {held.items.map((item) => (
              <Row
                key={item.id}
                item={item}
                subject={subject}
                level={level}
                onWriting={(writing) => held.hold(item.id, writing)}
              />
            ))}
          </ul>
          {proposing && (
            <TermsForm subject={subject} label={t.proposeNew} onClose={() => setProposing(false)} />
          )}
          <p className="btns rsp-end">
            {!asOf && permissions.includes('responsibility.edit') && !proposing && (
              <Button small variant="secondary" onClick={() => setProposing(true)}>
                {t.proposeNew}
              </Button>
            )}
          </p>
        </>
      )}
    </Loaded>
  );
}

type Form = 'change' | 'decline' | 'withdraw';

interface RowProps {
  item: ResponsibilityItem;
  subject: Subject;
  level: 3 | 4;
  /** A comment is typed that has not been sent: the row has to stay. */
  onWriting: (writing: boolean) => void;
}

function Row({ item, subject, level, onWriting }: RowProps) {
  const texts = useTexts();
  const t = texts.responsibilities;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const asOf = useAsOf();
  const name = useResponsibilityName()(item);
  const today = useShownDay();
  const ownParty = useMe().data?.post?.partyId;
  const row = useRef<HTMLLIElement>(null);
  const [form, setForm] = useState<Form | null>(null);
  const Heading = `h${level}` as const;
  const may = (permission: 'agreement.accept' | 'responsibility.edit') =>
    !asOf && item.permissions.includes(permission);
  const close = () => setForm(null);
  const answered = () => row.current?.focus();
  const toggle = (which: Form) => setForm(form === which ? null : which);
  const answerable = { kind: 'responsibility' as const, id: item.id, version: item.version, name };
  const own = item.waiting !== undefined && item.waiting.proposedPartyId === ownParty;
  return (
    <li
      ref={row}
      tabIndex={-1}
      aria-label={name}
      className={isInForce(item.standing) ? 'rsp' : 'rsp wait'}
    >
      <div className="rsp-h">
        <Heading>
          <Who party={look(item.post.partyId)}>
            <PostLink post={item.post} />
          </Who>
        </Heading>
        <AgreementMark item={item} />
      </div>
      <p className="ps">
        {texts.ui.parts[item.part].name}
        {localised(item.wording, lang).value && ': '}
        <T text={item.wording} />
      </p>
      {(item.validTo ?? '') !== '' || item.validFrom > today ? (
        <p className="meta">{t.valid(period(item.validFrom, item.validTo, lang))}</p>
      ) : null}
      {!isInForce(item.standing) && <p className="meta">{t.notYet}</p>}
      {item.change && <TermsChange item={item} />}
      {item.waiting && <Reasons agreement={item.waiting} />}
      {form === null || form === 'decline' ? (
        <div className="btns">
          {may('agreement.accept') && (
            <AnswerButtons
              item={answerable}
              declining={form === 'decline'}
              onDecline={() => toggle('decline')}
              onAnswered={answered}
            />
          )}
          {may('responsibility.edit') && (
            <Button
              small
              variant="quiet"
              aria-expanded={false}
              aria-label={t.changeOf(name)}
              onClick={() => setForm('change')}
            >
              {t.change}
            </Button>
          )}
          {may('responsibility.edit') && own && (
            <Button
              small
              variant="quiet"
              aria-expanded={false}
              aria-label={t.withdrawOf(name)}
              onClick={() => setForm('withdraw')}
            >
              {t.withdraw}
            </Button>
          )}
        </div>
      ) : null}
      {form === 'decline' && (
        <DeclineForm item={answerable} onClose={close} onAnswered={answered} />
      )}
      {form === 'change' && (
        <TermsForm
          subject={subject}
          label={t.changeOf(name)}
          item={item}
          onClose={close}
          onSaved={answered}
        />
      )}
      {form === 'withdraw' && (
        <WithdrawForm item={item} name={name} onClose={close} onDone={answered} />
      )}
      <Discussion item={item} name={name} onWriting={onWriting} />
      <Past item={item} name={name} />
    </li>
  );
}

function period(from: string, to: string | undefined, lang: ReturnType<typeof useLang>): string {
  return `${formatDate(from, lang)}–${to ? formatDate(to, lang) : ''}`;
}

/** Why a party declined. */
function Reasons({ agreement }: { agreement: Agreement }) {
  const t = useTexts().responsibilities;
  const lang = useLang();
  const look = usePartyLooks(lang);
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

interface WithdrawFormProps {
  item: ResponsibilityItem;
  name: string;
  onClose: () => void;
  onDone: () => void;
}

function WithdrawForm({ item, name, onClose, onDone }: WithdrawFormProps) {
  const t = useTexts().responsibilities;
  const tell = useToast();
  const withdraw = useWithdraw(item.id, item.version);
  const [reason, setReason] = useState('');
  return (
    <InlineUpdateForm
      label={t.withdrawOf(name)}
      saveLabel={t.withdraw}
      saving={withdraw.isPending}
      error={withdraw.error ?? null}
      onCancel={onClose}
      onSave={() =>
        whenSaved(withdraw.mutateAsync(reason), ({ gone }) => {
          tell(gone ? t.withdrawnGone : t.withdrawn);
          onClose();
          onDone();
        })
      }
    >
      <p>{isInForce(item.standing) ? t.withdrawHint : t.withdrawGoneHint}</p>
      <TextField
        label={t.withdrawReason}
        value={reason}
        onChange={setReason}
        maxLength={1000}
        optional
      />
    </InlineUpdateForm>
  );
}

/**
 * Every content that was proposed, with the answers to it and, for staff, what was said of it before
 * them; fetched when it is opened.
 */
function Past({ item, name }: { item: ResponsibilityItem; name: string }) {
  const t = useTexts().responsibilities;
  const lang = useLang();
  const asOf = useAsOf();
  const [open, setOpen] = useState(false);
  const staff = useMe().data?.hasRole ?? false;
  const revisions = useQuery({ ...agreementsQuery(item.id, asOf), enabled: open });
  const comments = useInfiniteQuery({ ...commentsQuery(item.id, asOf), enabled: open && staff });
  const said = comments.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <details
      className="rsp-past"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        {t.past}
        <span className="vh">: {name}</span>
      </summary>
      {open && (
        <Loaded query={revisions}>
          {(all) => (
            <ol className="rsp-revs" reversed>
              {all.map((revision, index) => (
                <PastRevision
                  key={revision.revision}
                  revision={revision}
                  before={all[index + 1]}
                  said={said.filter((comment) => comment.revision === revision.revision)}
                />
              ))}
            </ol>
          )}
        </Loaded>
      )}
      {open && comments.isError && !comments.isFetching && (
        <ErrorState
          error={comments.error}
          title={t.talk.failed}
          onRetry={() => void comments.refetch()}
        />
      )}
      {open && <More query={comments} />}
      {open && (
        <p>
          <Link
            to="/$lang/responsibilities/on"
            params={{ lang }}
            search={{ kind: item.subject.kind, id: item.subject.id }}
          >
            {t.whoWas}
          </Link>
        </p>
      )}
    </details>
  );
}

interface PastRevisionProps {
  revision: Revision;
  before?: Revision;
  said: readonly ResponsibilityComment[];
}

function PastRevision({ revision, before, said }: PastRevisionProps) {
  const texts = useTexts();
  const lang = useLang();
  const lines = (terms: NamedTerms) => describeTerms(terms, texts, lang);
  const now = lines(proposedTerms(revision.content)).filter(({ text }) => text !== '');
  const old = before && lines(proposedTerms(before.content));
  return (
    <PastAgreement agreement={revision}>
      <dl className="rsp-kv">
        {now.map(({ key, label, text }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>
              {old ? markWords(old.find((each) => each.key === key)?.text ?? '', text) : text}
            </dd>
          </div>
        ))}
      </dl>
      <CommentList comments={said} revision={revision.revision} />
    </PastAgreement>
  );
}
