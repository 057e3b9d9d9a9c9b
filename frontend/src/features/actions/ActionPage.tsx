import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Fragment, useRef, useState } from 'react';
import { useMe } from '../../api/me';
import { useParties, partyLook, usePartyLooks, type Party } from '../../api/parties';
import { useExplanation } from '../../content/ConditionWhy';
import { Contact, useContacts } from '../../content/Contact';
import { StandingMark } from '../../content/AgreementMark';
import { FollowBar } from '../../content/FollowBar';
import { GroundMark } from '../../content/GroundMark';
import { usePhasePoints } from '../../content/phases';
import { PostLink } from '../../content/PostLink';
import { ReservationPanel } from '../../content/ReservationPanel';
import { Agreements } from '../../content/ResponsibilityPanel';
import { TagList } from '../../content/TagList';
import { useTermName } from '../../content/terms';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate, formatDateTime } from '../../lib/dates';
import { useFocusAfter } from '../../lib/focus';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button, LinkButton } from '../../ui/Button';
import { AtRisk, Condition } from '../../ui/Condition';
import { InlineField } from '../../ui/forms/InlineField';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { Freshness } from '../../ui/Freshness';
import { Breadcrumb, KeyValues, Section, SideColumn } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { PartyMark, PartyMarks, Who } from '../../ui/PartyMark';
import { PathLink, pathTo } from '../../ui/PathLink';
import { PhaseLine } from '../../ui/PhaseLine';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState, Loaded, LoadMore } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { Internal } from '../../ui/Visibility';
import './actions.css';
import { ActionHistory } from './ActionHistory';
import { ActionUpdate } from './ActionUpdate';
import { ConfirmButton } from './ConfirmButton';
import { Dependencies } from './Dependencies';
import { ActionLinks, ComesFrom, Ending, Withdrawal } from './Endings';
import {
  actionQuery,
  districtsQuery,
  legalBasesQuery,
  reportsQuery,
  targetGroupsQuery,
  useWithdrawWord,
  type Action,
  type StatusReport,
} from './queries';
import { Postponements } from './Postponements';
import { Tasks } from './Tasks';
import { Together } from './Together';
import { useUndoWords } from './undo';
import { dueText, isClosed, may, startText } from './words';

/** One action: why its condition is what it is, who answers for it, and where it came from. */
export function ActionPage() {
  const t = useTexts().actions;
  const { no } = useParams({ from: '/$lang/actions/$no' });
  const action = useQuery(actionQuery(no, useAsOf()));
  return (
    <div className="pg-action">
      {!action.data && <PageHead title={t.one(Number(no))} />}
      <Loaded query={action} loading={t.page.loading}>
        {(data) => <Whole key={data.id} action={data} />}
      </Loaded>
    </div>
  );
}

function Whole({ action }: { action: Action }) {
  const texts = useTexts();
  const t = texts.actions;
  const lang = useLang();
  const asOf = useAsOf();
  const goal = action.goals[0];
  return (
    <>
      <PageHead
        title={localised(action.title, lang).value}
        above={
          <>
            <Breadcrumb
              items={[
                { label: t.title, link: { to: '/$lang/actions', params: { lang } } },
                ...(goal
                  ? [
                      {
                        label: t.goal(goal.no, localised(goal.title, lang).value),
                        link: pathTo(lang, `/goals/${goal.no}`),
                      },
                    ]
                  : []),
              ]}
            />
            <Kind action={action} />
            <TagList
              ids={action.tagIds}
              to={(tag) => ({ to: '/$lang/actions', params: { lang }, search: { tagId: [tag] } })}
            />
          </>
        }
        actions={
          !asOf &&
          may(action, 'action.edit') && (
            <LinkButton
              variant="secondary"
              small
              to="/$lang/actions/$no/edit"
              params={{ lang, no: String(action.no) }}
            >
              {t.page.edit}
            </LinkButton>
          )
        }
      />
      {action.visibility === 'internal' && <GroundMark ground={action.visibilityGround} />}
      <Ending action={action} />
      <FollowBar kind="action" id={action.id} isPublic={action.visibility === 'public'} />
      <Why action={action} />
      <Together action={action} />
      <SideColumn side={<Side action={action} />}>
        <Phases action={action} />
        <Owners action={action} />
        <ComesFrom action={action} />
        <ReservationPanel subject={{ kind: 'action', id: action.id }} />
        {!isEmpty(action.description) && (
          <Section title={t.page.description}>
            <p className="prose">
              <T text={action.description} />
            </p>
          </Section>
        )}
        {!isEmpty(action.result) && (
          <Section title={t.page.result}>
            <p className="prose">
              <T text={action.result} />
            </p>
          </Section>
        )}
        <Tasks action={action} />
        <Dependencies action={action} />
        <Postponements action={action} />
        <Updates action={action} />
        <ActionHistory action={action} />
        {!asOf && <Withdrawal action={action} />}
      </SideColumn>
    </>
  );
}

/** Number, whose it is, for whom. */
function Kind({ action }: { action: Action }) {
  const t = useTexts().actions;
  const lang = useLang();
  const parties = useParties().data ?? [];
  const groups = useQuery(targetGroupsQuery(useAsOf())).data ?? [];
  const nameOf = useTermName();
  const owners = parties.filter(({ id }) =>
    action.responsibilities.some(
      ({ part, post }) => post.partyId === id && (part === 'lead' || part === 'shared'),
    ),
  );
  const names = groups
    .filter(({ id }) => action.targetGroupIds.includes(id))
    .map(nameOf)
    .join(', ');
  return (
    <p className="meta kind">
      {t.one(action.no)}
      {owners.length > 0 && (
        <>
          {' · '}
          <PartyMarks parties={owners.map(({ id }) => partyLook(parties, id, lang))} />{' '}
          {owners.length > 1
            ? t.page.joint
            : owners.map(({ shortName }) => localised(shortName, lang).value)}
        </>
      )}
      {names && ` · ${names}`}
    </p>
  );
}

function isEmpty(text: { fi: string; sv?: string; en?: string }): boolean {
  return !text.fi && !text.sv && !text.en;
}

/** The condition and, in words, why. */
function Why({ action }: { action: Action }) {
  const t = useTexts().actions;
  const lang = useLang();
  const { head, rest } = useExplanation(action.condition);
  const { total, done } = action.taskFigures;
  return (
    <div className="exp">
      <span>
        <Condition value={action.condition.value} />
        {action.condition.risk && <AtRisk />}
      </span>
      <p>
        <b>{head}</b> {rest}
        {total > 0 && !isClosed(action) && ` ${t.tasks.soFar(done, total)}`}{' '}
        <Link className="how" to="/$lang/help/condition" params={{ lang }}>
          {t.explain.how}
        </Link>
      </p>
    </div>
  );
}

/** How far its implementation has come, where the phases are in use. */
function Phases({ action }: { action: Action }) {
  const t = useTexts().actions.update;
  const phases = usePhasePoints()(action);
  if (phases.length === 0 || !action.phaseId) return null;
  return (
    <Section title={t.phase}>
      <PhaseLine phases={phases} current={action.phaseId} />
    </Section>
  );
}

/** Both principal parties side by side, each with its posts; then the others. */
function Owners({ action }: { action: Action }) {
  const t = useTexts().actions;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const parties = useParties().data ?? [];
  const principals = parties.filter(({ principal }) => principal);
  const others = action.responsibilities.filter(
    ({ post }) => !principals.some(({ id }) => id === post.partyId),
  );
  return (
    <Section title={t.page.who}>
      <div className="owners">
        {principals.map((party) => (
          <Owner key={party.id} party={party} action={action} />
        ))}
      </div>
      {others.length > 0 && (
        <div className="acc">
          <b>{t.page.others}</b>
          {others.map(({ post, part, standing }) => (
            <Who key={post.id} party={looks(post.partyId)}>
              <PostLink post={post} /> <PartName part={part} /> <StandingMark standing={standing} />
            </Who>
          ))}
        </div>
      )}
      <Agreements
        subject={{ kind: 'action', id: action.id }}
        standings={action.responsibilities.map(({ standing }) => standing)}
      />
    </Section>
  );
}

function PartName({ part }: { part: Action['responsibilities'][number]['part'] }) {
  const t = useTexts().ui.parts;
  return <span className="meta">{t[part].name.toLowerCase()}</span>;
}

function Owner({ party, action }: { party: Party; action: Action }) {
  const texts = useTexts();
  const t = texts.actions.page;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const look = looks(party.id);
  const contact = useContacts(action.responsibilities.map(({ post }) => post));
  const mine = action.responsibilities.filter(({ post }) => post.partyId === party.id);
  const owning = mine.filter(({ part }) => part === 'lead' || part === 'shared');
  const rest = (['support', 'informed'] as const).flatMap((part) => {
    const titles = mine.filter((each) => each.part === part);
    return titles.length > 0 ? [{ part, posts: titles }] : [];
  });
  return (
    <div>
      <span className={`hb hb-${look.shape}`} />
      <p>
        <PartyMark party={look} /> <T text={party.shortName} />
      </p>
      {owning.length === 0 && <p className="ps">{t.noPost}</p>}
      {owning.map(({ post, part, wording, standing }) => (
        <Fragment key={post.id}>
          <h3>
            <PostLink post={post} />
          </h3>
          <p className="ps">
            {texts.ui.parts[part].name}
            {!isEmpty(wording) && (
              <>
                {': '}
                <T text={wording} />
              </>
            )}
          </p>
          <Contact post={contact(post.id)} />
          <StandingMark standing={standing} />
        </Fragment>
      ))}
      {rest.map(({ part, posts }) => (
        <p className="ps" key={part}>
          {part === 'support' ? t.supports : t.informed}:{' '}
          {posts.map(({ post, standing }, index) => (
            <Fragment key={post.id}>
              {index > 0 && ', '}
              <PostLink post={post} /> <StandingMark standing={standing} />
            </Fragment>
          ))}
        </p>
      ))}
    </div>
  );
}

/** The latest reports, more on demand, and the form to write one. */
function Updates({ action }: { action: Action }) {
  const t = useTexts().actions.page;
  const asOf = useAsOf();
  const [writing, setWriting] = useState(false);
  const [all, setAll] = useState(false);
  const pages = useInfiniteQuery({ ...reportsQuery(action.id, asOf), enabled: all });
  const reports = (all && pages.data?.pages.flatMap(({ items }) => items)) || action.reports;
  const heading = useRef<HTMLHeadingElement>(null);
  const frame = useFocusAfter<HTMLDivElement>(writing, '.sec-h button', 'h2');
  return (
    <div ref={frame}>
      <Section
        title={t.updates}
        headingRef={heading}
        aside={
          !asOf &&
          may(action, 'action.report') &&
          !writing && (
            <Button small aria-expanded={false} onClick={() => setWriting(true)}>
              {t.write}
            </Button>
          )
        }
      >
        {writing && (
          <div className="writing">
            <ActionUpdate action={action} onClose={() => setWriting(false)} />
          </div>
        )}
        {!asOf && <Undo action={action} onUndone={() => heading.current?.focus()} />}
        {reports.length === 0 && <p className="meta">{t.noUpdates}</p>}
        <ol className="up">
          {reports.map((report) => (
            <Report key={report.id} report={report} />
          ))}
        </ol>
        <LoadMore
          shown={reports.length}
          hasMore={all ? pages.hasNextPage : action.reports.length >= 5}
          loading={pages.isFetching}
          onMore={() => (all ? void pages.fetchNextPage() : setAll(true))}
        />
      </Section>
    </div>
  );
}

interface UndoFormProps {
  action: Action;
  wordId: string;
  onClose: () => void;
}

/** Takes back with a reason what others have read: that the action has ended. */
function UndoForm({ action, wordId, onClose }: UndoFormProps) {
  const texts = useTexts();
  const t = texts.actions.update;
  const tell = useToast();
  const words = useUndoWords();
  const [reason, setReason] = useState('');
  const withdraw = useWithdrawWord();
  const label = action.undoable ? words(action.undoable) : t.undoReason;
  return (
    <InlineUpdateForm
      label={label}
      saveLabel={texts.ui.undo}
      onSave={() =>
        whenSaved(withdraw.mutateAsync({ id: action.id, wordId, reason }), () => {
          tell(t.undone(action.no));
          onClose();
        })
      }
      onCancel={onClose}
      saving={withdraw.isPending}
      error={withdraw.error}
    >
      <InlineField
        multiline
        label={t.undoReason}
        hint={t.undoReasonHint}
        value={reason}
        onChange={setReason}
        error={fieldError(withdraw.error, '/reason', texts)}
      />
    </InlineUpdateForm>
  );
}

/** Takes back what one's own party said last, one press at a time. */
function Undo({ action, onUndone }: { action: Action; onUndone: () => void }) {
  const t = useTexts().actions.update;
  const tell = useToast();
  const words = useUndoWords();
  const withdraw = useWithdrawWord();
  // The second of two presses comes before what the first led to is drawn.
  const asked = useRef('');
  const { id, no, undoable } = action;
  const [asking, setAsking] = useState('');
  if (undoable && asking === undoable.id) {
    return <UndoForm action={action} wordId={asking} onClose={() => setAsking('')} />;
  }
  return (
    <>
      {undoable && (
        <p className="undo">
          <Button
            variant="quiet"
            small
            aria-disabled={withdraw.isPending}
            onClick={() => {
              if (undoable.needsReason) {
                setAsking(undoable.id);
                return;
              }
              if (asked.current === undoable.id) return;
              asked.current = undoable.id;
              whenSaved(
                withdraw.mutateAsync({ id, wordId: undoable.id }),
                () => {
                  tell(t.undone(no));
                  onUndone();
                },
                () => {
                  asked.current = '';
                },
              );
            }}
          >
            {words(undoable)}
          </Button>
        </p>
      )}
      {withdraw.error && <ErrorState error={withdraw.error} title={t.notUndone} />}
    </>
  );
}

function Report({ report }: { report: StatusReport }) {
  const t = useTexts().actions;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const { withdrawn } = report;
  const Said = withdrawn ? 'del' : Fragment;
  const body = (
    <>
      <p>
        <Said>
          {isEmpty(report.text) ? (
            t.page.statusOnly(t.statuses[report.status])
          ) : (
            <T text={report.text} />
          )}
        </Said>
      </p>
      {report.forwardTo.length > 0 && (
        <p className="meta">
          {t.page.reportGoesOn} <ActionLinks actions={report.forwardTo} />
        </p>
      )}
      {report.reason && <p className="meta">{t.page.because(report.reason)}</p>}
      {withdrawn && (
        <p className="meta">
          {t.page.withdrawn(formatDateTime(withdrawn.at, lang, { short: true }))}
        </p>
      )}
      <p className="meta">
        <Who party={looks(report.partyId)}>
          {report.post ? <PostLink post={report.post} /> : looks(report.partyId).name}
        </Who>
      </p>
    </>
  );
  return (
    <li>
      <span className="meta">{formatDate(report.reportedOn, lang)}</span>
      <div>{report.public ? body : <Internal>{body}</Internal>}</div>
    </li>
  );
}

function Side({ action }: { action: Action }) {
  const texts = useTexts();
  const t = texts.actions.page;
  const lang = useLang();
  const asOf = useAsOf();
  const looks = usePartyLooks(lang);
  const districts = useQuery({
    ...districtsQuery(asOf),
    enabled: action.districtIds.length > 0,
  }).data;
  const mine = useMe().data?.partyId;
  const own = action.partyStatuses.find(({ partyId }) => partyId === mine) ?? action;
  const nameOf = useTermName();
  const { days, ofAction } = useTexts().freshness.rhythm;
  const { target, limit } = action.freshness;
  const interval = `${days(target, limit)}${action.ownFreshness ? ` (${ofAction})` : ''}`;
  const due = dueText(action, lang);
  const starts = startText(action, lang);
  return (
    <>
      <Section title={t.freshness}>
        <div className="fr">
          <Freshness {...action.freshness} days={action.daysSinceConfirmed} />
          {action.confirmedOn && (
            <p className="meta">
              {t.freshnessText(formatDate(action.confirmedOn, lang), interval)}
              {action.lead && (
                <>
                  {' '}
                  {t.whoConfirms} <PartyMark party={looks(action.lead.partyId)} /> {t.leadPost}
                </>
              )}
            </p>
          )}
          {!asOf && !isClosed(own) && may(action, 'action.report') && (
            <p>
              <ConfirmButton action={action} variant="secondary" />
            </p>
          )}
        </div>
      </Section>
      <Section title={t.schedule}>
        <KeyValues
          items={[
            ...(starts ? [{ name: t.starts, value: starts }] : []),
            { name: t.due, value: due || '–' },
            {
              name: texts.actions.update.status,
              value: `${texts.actions.statuses[action.status]}, ${action.progress}\u00a0%`,
            },
            ...(districts && action.districtIds.length > 0
              ? [
                  {
                    name: t.districts,
                    value: action.districtIds
                      .map((id) => districts.find((each) => each.id === id))
                      .map((each) => (each ? nameOf(each) : ''))
                      .join(', '),
                  },
                ]
              : []),
          ]}
        />
      </Section>
      <Origin action={action} />
      {action.stage && (
        <Section
          title={t.chain}
          aside={<PathLink path={`/chains/${action.stage.chainId}`}>{t.chainLink}</PathLink>}
        >
          <p className="row-text">
            <T text={action.stage.chainTitle} />
          </p>
          <p className="row-text">
            <Who party={looks(action.stage.partyId)}>
              {action.stage.position} <T text={action.stage.title} />
            </Who>
          </p>
        </Section>
      )}
      {action.handover && (
        <Section
          title={t.handover}
          aside={<PathLink path={`/chains/${action.handover.chainId}`}>{t.chainLink}</PathLink>}
        >
          <p className="row-text">
            <T text={action.handover.chainTitle} />
          </p>
          <p className="row-text">
            {texts.actions.form.between(
              localised(action.handover.from, lang).value,
              localised(action.handover.to, lang).value,
            )}
            {': '}
            <T text={action.handover.what} />
          </p>
        </Section>
      )}
      {action.forum && (
        <Section title={t.forum}>
          <p className="row-text">
            <PathLink quiet path={`/forums/${action.forum.id}`}>
              <T text={action.forum.title} />
            </PathLink>
          </p>
        </Section>
      )}
      <References action={action} />
    </>
  );
}

/** The decision and the meeting that the action came from. */
function Origin({ action }: { action: Action }) {
  const t = useTexts().actions.page;
  const lang = useLang();
  const { origin } = action;
  return (
    <Section title={t.origin}>
      {origin ? (
        <>
          <p className="row-text">
            <PathLink quiet path={`/meetings/${origin.meetingId}`}>
              <b>
                <T text={origin.forum.title} /> {`${origin.number}/${origin.year}`}
                {origin.section !== undefined && ` §\u00a0${origin.section}`}
              </b>
            </PathLink>
            , {formatDate(origin.heldOn, lang)}
            <br />
            <T text={origin.itemTitle} />
            {origin.agendaNo !== undefined && (
              <span className="meta"> {t.agendaNo(origin.agendaNo)}</span>
            )}
          </p>
          <blockquote className="quote">
            {t.outcomes[origin.type]}: <T text={origin.text} />
          </blockquote>
          <p className="meta below">
            {t.papers[origin.paper]} {t.paperStates[origin.status]}
          </p>
        </>
      ) : (
        <p className="meta">{t.noOrigin}</p>
      )}
    </Section>
  );
}

/** Cases of either party with their documents in both languages, and the acts behind it. */
function References({ action }: { action: Action }) {
  const t = useTexts().actions.page;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const bases = useQuery({
    ...legalBasesQuery(useAsOf()),
    enabled: action.legalBasisIds.length > 0,
  }).data;
  if (action.cases.length === 0 && action.legalBasisIds.length === 0) return null;
  return (
    <Section title={t.references}>
      <ul className="refs">
        {action.cases.map((each) => (
          <li key={`${each.partyId} ${each.registryNo} ${each.urlFi}`}>
            <Who party={looks(each.partyId)}>
              {each.registryNo}
              {each.urlFi && (
                <>
                  {' '}
                  <a href={each.urlFi} hrefLang="fi">
                    {t.inFinnish}
                  </a>
                </>
              )}
              {each.urlSv && (
                <>
                  {' '}
                  <a href={each.urlSv} hrefLang="sv">
                    {t.inSwedish}
                  </a>
                </>
              )}
            </Who>
          </li>
        ))}
        {action.legalBasisIds.map((id) => {
          const basis = bases?.find((each) => each.id === id);
          return (
            basis && (
              <li key={id}>
                <T text={basis.title} /> <span className="meta">({basis.act})</span>
              </li>
            )
          );
        })}
      </ul>
    </Section>
  );
}
