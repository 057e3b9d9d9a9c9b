import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Fragment, useRef, useState } from 'react';
import { useMay, useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { viewQuery } from '../../api/savedViews';
import { StandingMark, UnacceptedMark } from '../../content/AgreementMark';
import { ConditionWhy } from '../../content/ConditionWhy';
import { postAnchor } from '../../content/PostLink';
import { SavedViews } from '../../content/SavedViews';
import { T, useLang, useTexts, type Texts } from '../../i18n';
import { dateOf, formatDate, formatDateTime, type ISODate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { LinkButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Select } from '../../ui/filters';
import { Section, SideColumn } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { PathLink } from '../../ui/PathLink';
import { Segments } from '../../ui/Segments';
import { EmptyState, Loaded } from '../../ui/states';
import './actions.css';
import { ActionFilters } from './ActionFilters';
import { AwaitedOthers, firstAwaited } from './AwaitedOthers';
import {
  awaitedQuery,
  myUnitsQuery,
  myWorkQuery,
  type ActionSummary,
  type MyWork,
} from './queries';
import { UnitFiguresSection } from './UnitWork';
import { WaitingList } from './WaitingList';
import { dueText } from './words';
import { WorkKeys } from './WorkKeys';
import {
  filtersOfWork,
  groupOf,
  ofUnits,
  reasonGroups,
  unitReasons,
  workFilters,
  type ReasonGroup,
  type WorkFilters,
  type WorkSearch,
} from './workSearch';

const route = getRouteApi('/$lang/my-work');

/** For those who keep responsibilities true: what nobody really answers for. */
function ToRadar() {
  const t = useTexts().radar;
  const lang = useLang();
  return (
    <LinkButton variant="secondary" small to="/$lang/radar" params={{ lang }}>
      {t.title}
    </LinkButton>
  );
}

/** How much of what waits is fetched at first, and at most: what is done makes room for the rest. */
const firstWaiting = 50;
const mostWaiting = 200;

/** What waits for the post acted in, most urgent first, each line with what can be done about it. */
export function MyWorkPage() {
  const t = useTexts().myWork;
  const me = useMe().data;
  const lang = useLang();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [limit, setLimit] = useState(firstWaiting);
  const acting = me?.post !== undefined;
  const about = filtersOfWork(search);
  const work = useQuery({ ...myWorkQuery(limit, search.reason, about), enabled: acting });
  const units = useQuery({
    ...myUnitsQuery(limit, ofUnits(search.reason), about),
    enabled: acting,
  });
  const awaited = useQuery({ ...awaitedQuery(firstAwaited, about), enabled: acting });
  const list = useRef<HTMLDivElement>(null);
  const coordinates = useMay('goal.create');
  if (me && !me.post) {
    const why = me.signedIn ? t.noPost : t.signIn;
    return (
      <>
        <PageHead title={t.title} />
        <EmptyState title={why.title} text={why.text} />
      </>
    );
  }
  const narrow = (part: WorkSearch) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const manages = (units.data?.unitIds.length ?? 0) > 0;
  const ofUnit = search.scope === 'unit' && manages;
  const filtered = Object.keys(about).length > 0;
  const narrowed = search.reason !== undefined || filtered;
  const shownList = `${search.reason?.join(' ') ?? ''} ${JSON.stringify(about)}`;
  return (
    <div className="pg-my-work">
      <PageHead
        title={t.title}
        lead={
          ofUnit && units.data
            ? t.unit.lead(units.data.total)
            : work.data
              ? leadLine(work.data, awaited.data?.total ?? 0, narrowed, t)
              : ' '
        }
        actions={
          <>
            {ofUnit ? (
              <FileLinks
                path="/actions"
                query={{
                  ...about,
                  unitId: units.data?.unitIds,
                  condition: ofUnits(search.reason) ?? [...unitReasons],
                  sort: 'condition,dueOn',
                }}
              />
            ) : (
              <FileLinks path="/me/work" query={{ reason: search.reason, ...about }} />
            )}
            {coordinates && <ToRadar />}
          </>
        }
      />
      <ActingAs />
      <SavedViews
        page="my_work"
        query={viewQuery({ reason: search.reason, scope: search.scope, ...about })}
        opened={search.saved}
        onSaved={({ id }) => narrow({ saved: id })}
      />
      <div className="narrow">
        {manages && (
          <Segments
            small
            label={t.unit.scope}
            options={(['own', 'unit'] as const).map((value) => ({
              value,
              label: t.unit.scopes[value],
            }))}
            value={ofUnit ? 'unit' : 'own'}
            onChange={(value) => narrow({ scope: value === 'unit' ? 'unit' : undefined })}
          />
        )}
        <Narrow search={search} ofUnit={ofUnit} onChange={narrow} />
      </div>
      <ActionFilters
        search={about}
        total={undefined}
        only={workFilters}
        onChange={(next) => narrow(Object.fromEntries(workFilters.map((key) => [key, next[key]])))}
      />
      {ofUnit ? (
        <Loaded query={units} loading={t.loading}>
          {(data) => (
            <SideColumn side={<WorkKeys list={list} />}>
              <WaitingList
                work={{ waiting: data.waiting, waitingTotal: data.total }}
                title={t.unit.title}
                nothing={narrowed ? t.nothingNarrowed : t.unit.nothing}
                list={`unit ${shownList}`}
                owners
                at={list}
                onMore={
                  limit < mostWaiting && data.total > data.waiting.length
                    ? () => setLimit(mostWaiting)
                    : undefined
                }
              />
              {data.total > data.waiting.length && (
                <p>
                  <Link
                    to="/$lang/actions"
                    params={{ lang }}
                    search={{
                      ...about,
                      unitId: data.unitIds,
                      condition: ofUnits(search.reason) ?? [...unitReasons],
                      sort: 'condition,dueOn',
                    }}
                  >
                    {t.unit.all(data.total)}
                  </Link>
                </p>
              )}
              <UnitFiguresSection units={data} />
            </SideColumn>
          )}
        </Loaded>
      ) : (
        <Loaded query={work} loading={t.loading}>
          {(data) => (
            <SideColumn
              side={
                <>
                  <Side work={data} />
                  <WorkKeys list={list} />
                </>
              }
            >
              <WaitingList
                work={data}
                list={shownList}
                nothing={narrowed ? t.nothingNarrowed : undefined}
                at={list}
                onMore={
                  limit < mostWaiting && data.waitingTotal > data.waiting.length
                    ? () => setLimit(mostWaiting)
                    : undefined
                }
              />
              <AwaitedOthers about={about} />
              <Duties work={data} about={about} />
            </SideColumn>
          )}
        </Loaded>
      )}
    </div>
  );
}

interface NarrowProps {
  search: WorkSearch;
  ofUnit: boolean;
  onChange: (part: WorkSearch) => void;
}

/** Only what waits for one kind of reason. */
function Narrow({ search: { reason }, ofUnit, onChange }: NarrowProps) {
  const t = useTexts().myWork;
  const groups = (Object.keys(reasonGroups) as ReasonGroup[]).filter(
    (group) => !ofUnit || ofUnits(reasonGroups[group]),
  );
  const chosen = groupOf(reason);
  return (
    <Select<ReasonGroup | ''>
      small
      label={t.narrow}
      options={[
        { value: '', label: t.allReasons },
        ...groups.map((value) => ({ value, label: t.reasonGroups[value] })),
      ]}
      value={chosen}
      onChange={(value) => onChange({ reason: value ? [...reasonGroups[value]] : undefined })}
    />
  );
}

function leadLine(work: MyWork, others: number, narrowed: boolean, t: Texts['myWork']): string {
  if (narrowed) return t.lead.narrowed(work.waitingTotal);
  const awaited = others > 0 ? ` ${t.lead.others(others)}` : '';
  const first = work.waiting[0];
  if (!first) return t.lead.nothing + awaited;
  const { reason, days } = first;
  const why =
    reason === 'late'
      ? t.lead.late(days)
      : reason === 'due_soon'
        ? t.lead.due_soon(days)
        : t.lead[reason];
  return `${t.lead.waiting(work.waitingTotal)} ${why}${awaited}`;
}

/** The post, and whether one only stands in for its holder. */
function ActingAs() {
  const t = useTexts().myWork;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const post = useMe().data?.post;
  if (!post) return null;
  return (
    <p className="meta acting">
      <Who party={looks(post.partyId)}>
        <T text={post.title} />
      </Who>
      {post.deputy && (
        <>
          <br />
          {t.deputyOf}
        </>
      )}
    </p>
  );
}

function Duties({ work, about }: { work: MyWork; about: WorkFilters }) {
  const texts = useTexts();
  const t = texts.myWork;
  const lang = useLang();
  const post = useMe().data?.post;
  return (
    <Section
      title={t.duties}
      aside={
        <Link to="/$lang/actions" params={{ lang }} search={{ mine: true, ...about }}>
          {work.actionsTotal > work.actions.length ? t.allMineOf(work.actionsTotal) : t.allMine}
        </Link>
      }
    >
      {work.actions.length === 0 ? (
        <p>{t.noActions}</p>
      ) : (
        <DataTable
          className="mine"
          caption={t.dutiesCaption}
          groups={[{ key: 'all', rows: work.actions }]}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'no',
              kind: 'number',
              header: t.columns.no,
              hiddenHeader: true,
              render: ({ no }) => no,
            },
            {
              key: 'title',
              kind: 'name',
              header: t.columns.action,
              render: (action) => (
                <>
                  <Link
                    className="q"
                    to="/$lang/actions/$no"
                    params={{ lang, no: String(action.no) }}
                  >
                    <T text={action.title} />
                  </Link>{' '}
                  <StandingMark standing={ownStanding(action, post?.id)} />
                </>
              ),
            },
            {
              key: 'status',
              header: t.columns.status,
              render: ({ status, progress, statusesDiffer }) => (
                <>
                  {texts.actions.statuses[status]}
                  {status === 'in_progress' && (
                    <span className="meta"> {`${progress}\u00a0%`}</span>
                  )}
                  {statusesDiffer && (
                    <span className="meta differs">{texts.together.otherSays}</span>
                  )}
                </>
              ),
            },
            {
              key: 'due',
              kind: 'figure',
              header: t.columns.due,
              render: (action) => <OwnDue action={action} />,
            },
            {
              key: 'condition',
              header: t.columns.condition,
              render: ({ condition }) => <ConditionWhy condition={condition} />,
            },
          ]}
        />
      )}
      {work.duties.length > 0 && (
        <p className="meta below">
          {t.also}:{' '}
          {work.duties.map((duty, index) => (
            <Fragment key={duty.id}>
              {index > 0 && '; '}
              <Duty duty={duty} />
              {duty.unaccepted > 0 && (
                <>
                  {' '}
                  <UnacceptedMark count={duty.unaccepted} />
                </>
              )}
            </Fragment>
          ))}
          {work.dutiesTotal > work.duties.length && post && (
            <>
              {'; '}
              <Link
                className="q"
                to="/$lang/organisation"
                params={{ lang }}
                hash={postAnchor(post.id)}
              >
                {t.allDuties(work.dutiesTotal)}
              </Link>
            </>
          )}
        </p>
      )}
    </Section>
  );
}

/** By when: of what is late or due soon by a task the day of that, with whose task it is. */
function OwnDue({ action }: { action: ActionSummary }) {
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const { on, task } = action.condition.explanation;
  if (!task || !on) return dueText(action, lang) || '–';
  return (
    <>
      {formatDate(on, lang)}
      <span className="meta of">
        {task.partyId ? (
          <Who party={looks(task.partyId)}>
            <T text={task.title} />
          </Who>
        ) : (
          <T text={task.title} />
        )}
      </span>
    </>
  );
}

/** How far the parties have agreed on the post's own part in an action. */
function ownStanding({ lead, leadStanding, others }: ActionSummary, postId: string | undefined) {
  return lead?.id === postId
    ? leadStanding
    : others.find(({ post }) => post.id === postId)?.standing;
}

function Duty({ duty }: { duty: MyWork['duties'][number] }) {
  const t = useTexts().myWork.duty;

  if (duty.kind === 'goal') {
    return (
      <>
        {t[duty.part]}:{' '}
        <PathLink path={`/goals/${duty.no ?? duty.id}`}>{t.goal(duty.no ?? 0)}</PathLink>
      </>
    );
  }
  if (duty.kind === 'chain') {
    return (
      <>
        {t.stages(duty.count ?? 0)}{' '}
        <PathLink path={`/chains/${duty.id}`}>
          <T text={duty.title} />
        </PathLink>
      </>
    );
  }
  return (
    <>
      {t[duty.part]}:{' '}
      <PathLink path={`/forums/${duty.id}`}>
        <T text={duty.title} />
      </PathLink>
    </>
  );
}

/** That there is more in these weeks than is told, with the way to it. */
function Rest({ work, today }: { work: MyWork; today: ISODate }) {
  const t = useTexts().myWork;
  const lang = useLang();
  const meetings = work.meetingsTotal - work.meetings.length;
  const deadlines = work.deadlinesTotal - work.deadlines.length;
  if (meetings + deadlines === 0) return null;
  return (
    <p className="meta">
      {meetings > 0 && (
        <Link to="/$lang/my-details" params={{ lang }}>
          {t.moreMeetings(meetings)}
        </Link>
      )}{' '}
      {deadlines > 0 && (
        <Link
          to="/$lang/actions"
          params={{ lang }}
          search={{ mine: true, dueFrom: today, sort: 'dueOn', group: 'none' }}
        >
          {t.moreDeadlines(deadlines)}
        </Link>
      )}
    </p>
  );
}

interface Coming {
  key: string;
  on: ISODate;
  what: React.ReactNode;
}

/** Meetings and due dates of the next four weeks, and what others did lately. */
function Side({ work }: { work: MyWork }) {
  const texts = useTexts();
  const t = texts.myWork;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const today = dateOf(useMe().data?.now ?? new Date());
  const coming: Coming[] = [
    ...work.meetings.map((meeting) => ({
      key: meeting.id,
      on: dateOf(meeting.startsAt),
      what: (
        <PathLink quiet path={`/meetings/${meeting.id}`}>
          {t.meeting(localised(meeting.forum.title, lang).value, meeting.number, meeting.year)}
        </PathLink>
      ),
    })),
    ...work.deadlines.map(({ actionId, taskId, no, kind, title, on }) => ({
      key: taskId ?? actionId,
      on,
      what: (
        <Link className="q" to="/$lang/actions/$no" params={{ lang, no: String(no) }}>
          {kind
            ? `${texts.actions.tasks.kinds[kind]}: ${localised(title, lang).value}`
            : t.dueOf(no)}
        </Link>
      ),
    })),
  ].sort((a, b) => a.on.localeCompare(b.on));
  return (
    <>
      <Section title={t.weeks}>
        <ol className="wk">
          <li className="today">
            <b>{formatDate(today, lang, { weekday: true, short: true })}</b>
            <span>{t.today}</span>
          </li>
          {coming.map(({ key, on, what }) => (
            <li key={key}>
              <b>{formatDate(on, lang, { weekday: true, short: true })}</b>
              <span>{what}</span>
            </li>
          ))}
        </ol>
        <Rest work={work} today={today} />
        {coming.length === 0 && <p className="meta">{t.nothingComing}</p>}
      </Section>
      <Section title={t.recent}>
        {work.reports.length === 0 && <p className="meta">{t.noRecent}</p>}
        <ul className="hl recent">
          {work.reports.map((report) => (
            <li key={`${report.actionId} ${report.at}`}>
              <Who party={looks(report.post.partyId)}>
                <T text={report.post.title} />{' '}
                <Link
                  className="q"
                  to="/$lang/actions/$no"
                  params={{ lang, no: String(report.no) }}
                >
                  {t.reported(report.no, texts.actions.statuses[report.status])}
                </Link>
                . <T text={report.text} />
              </Who>
              <span className="meta">
                {formatDateTime(report.at, lang, { weekday: true, short: true })}
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
