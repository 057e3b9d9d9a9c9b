import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { DraftBar, useDraftedEditing } from '../../content/drafting';
import { FollowBar } from '../../content/FollowBar';
import { GroundMark } from '../../content/GroundMark';
import { History } from '../../content/History';
import { PathLink } from '../../content/PathLink';
import { Contact, useContacts } from '../../content/Contact';
import { PostLink } from '../../content/PostLink';
import { StandingMark } from '../../content/AgreementMark';
import { Agreements } from '../../content/ResponsibilityPanel';
import { Cases, LegalBases } from '../../content/References';
import { TagList } from '../../content/TagList';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button, LinkButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Breadcrumb, DateText, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { ActionList } from './ActionList';
import { ChainForm } from './ChainForm';
import { Drawing, stageAnchor } from './Drawing';
import { HandoverDetail } from './HandoverDetail';
import { HandoverTable } from './HandoverTable';
import { PinnedList } from './PinnedList';
import { chainForumsQuery, chainListQuery, chainQuery, useSaveChain } from './queries';
import { betweenParties } from './stages';
import type { Chain, ChainInput } from './types';
import { languageNames } from './words';
import './chains.css';

/** One service chain: its stages and hand-overs as a drawing, and the same in words. */
export function ChainPage() {
  const { id } = useParams({ from: '/$lang/chains/$id' });
  const t = useTexts().chains;
  const chain = useQuery(chainQuery(id, useAsOf()));
  return (
    <>
      {!chain.data && <PageHead title={t.chain} />}
      <Loaded query={chain} loading={t.loadingOne}>
        {(shown) => <ChainView key={shown.id} chain={shown} />}
      </Loaded>
    </>
  );
}

function ChainView({ chain }: { chain: Chain }) {
  const texts = useTexts();
  const t = texts.chains;
  const lang = useLang();
  const asOf = useAsOf();
  const toast = useToast();
  const { handover, edit } = useSearch({ from: '/$lang/chains/$id' });
  const permitted = chain.permissions.includes('chain.edit') && !asOf;
  // What the form begins with: the whole chain, or one hand-over of it.
  const [editing, setEditing] = useState<{ handover?: string } | null>(
    edit && permitted ? {} : null,
  );
  const save = useSaveChain(chain.id);
  const drafts = useDraftedEditing<ChainInput>('chain', chain);
  const signedIn = useMe().data?.signedIn ?? false;
  const mayEdit = permitted && drafts.ready;
  return (
    <div className="pg-chain">
      <PageHead
        title={localised(chain.title, lang).value}
        lead={!editing && <Lead chain={chain} />}
        above={
          <>
            <Breadcrumb
              items={[{ label: t.title, link: { to: '/$lang/chains', params: { lang } } }]}
            />
            <TagList
              ids={chain.tagIds}
              to={(tagId) => ({ to: '/$lang/chains', params: { lang }, search: { tagId } })}
            />
            {chain.visibility === 'internal' && <GroundMark ground={chain.visibilityGround} />}
          </>
        }
        actions={
          !editing && (
            <>
              <LinkButton
                variant="secondary"
                to="/$lang/chains/$id/guide"
                params={{ lang, id: chain.id }}
              >
                {texts.handovers.forResidents}
              </LinkButton>
              {mayEdit && (
                <Button variant="secondary" onClick={() => setEditing({})}>
                  {t.edit}
                </Button>
              )}
            </>
          )
        }
      />
      {editing && drafts.ready ? (
        <ChainForm
          chain={chain}
          drafting={drafts.drafting}
          startAt={editing.handover}
          save={(body, version) => drafts.direct(save.mutateAsync({ body, version }))}
          onSaved={() => {
            toast(t.saved);
            setEditing(null);
          }}
          onCancel={() => setEditing(null)}
        />
      ) : (
        <>
          <FollowBar kind="chain" id={chain.id} isPublic={chain.visibility === 'public'} />
          <DraftBar draft={drafts.open} />
          <Tabs current={chain.id} />
          <Drawing chain={chain} open={handover} />
          {handover !== undefined && (
            <HandoverDetail
              key={handover}
              chain={chain}
              id={handover}
              onEdit={mayEdit ? () => setEditing({ handover }) : undefined}
            />
          )}
          <HandoverTable chain={chain} open={handover} />
          <div className="cols2">
            <div className="stack">
              <Stages chain={chain} />
              <Responsibilities chain={chain} />
              {signedIn && <History kind="chain" id={chain.id} version={chain.version} />}
            </div>
            <aside className="stack">
              <Beside chain={chain} />
            </aside>
          </div>
        </>
      )}
    </div>
  );
}

/** What the chain is, and where it breaks. */
function Lead({ chain }: { chain: Chain }) {
  const t = useTexts().handovers;
  const lang = useLang();
  const { stages, handovers } = chain;
  const major = handovers.filter(({ gap }) => gap === 'major');
  const open = handovers.filter(({ standing }) => standing !== 'in_force').length;
  const between = major.filter((handover) => betweenParties(handover, stages)).length;
  return (
    <>
      <T text={chain.description} /> {t.summary(stages.length, handovers.length)}
      {major.length > 0 && (
        <>
          {' '}
          <Link
            to="/$lang/gaps"
            params={{ lang }}
            search={{ chainId: chain.id, reason: 'gap' as const }}
          >
            {t.summaryMajor(major.length)}
          </Link>
          {t.summaryBetween(between, major.length)}
        </>
      )}
      {open > 0 && (
        <>
          {' '}
          <Link
            to="/$lang/gaps"
            params={{ lang }}
            search={{ chainId: chain.id, reason: 'unaccepted' as const }}
          >
            {t.summaryOpen(open)}
          </Link>
        </>
      )}
    </>
  );
}

/** The other chains, one press away. */
function Tabs({ current }: { current: string }) {
  const t = useTexts().chains;
  const lang = useLang();
  const chains = useQuery(chainListQuery(useAsOf())).data ?? [];
  return (
    <nav className="tabs" aria-label={t.title}>
      {chains.map((chain) => (
        <Link
          key={chain.id}
          to="/$lang/chains/$id"
          params={{ lang, id: chain.id }}
          aria-current={chain.id === current ? 'page' : undefined}
        >
          <T text={chain.title} />
        </Link>
      ))}
    </nav>
  );
}

function Stages({ chain }: { chain: Chain }) {
  const texts = useTexts();
  const t = texts.chains;
  const words = texts.handovers;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const contact = useContacts(
    chain.stages.flatMap(({ responsibilities }) => responsibilities.map(({ post }) => post)),
  );
  return (
    <section aria-labelledby="stages">
      <h2 id="stages" className="h-t3">
        {t.stagesAndActions}
      </h2>
      <DataTable
        caption={t.stagesAndActions}
        columns={[
          { key: 'no', kind: 'number', header: t.no, hiddenHeader: true, render: ({ no }) => no },
          {
            key: 'stage',
            kind: 'name',
            header: t.stage,
            render: ({ stage }) => (
              <span id={stageAnchor(stage.id)}>
                <T text={stage.title} />
                <span className="meta df">{t.levels[stage.level]}</span>
                <Line>
                  <T text={stage.description} />
                </Line>
                <Line label={words.targetGroup} show={localised(stage.targetGroup, lang).value}>
                  <T text={stage.targetGroup} />
                </Line>
                <Line label={words.stageChannel} show={localised(stage.channel, lang).value}>
                  <T text={stage.channel} />
                </Line>
                <Line label={words.languages} show={stage.languages.length > 0}>
                  {languageNames(stage.languages, lang)}
                </Line>
              </span>
            ),
          },
          {
            key: 'who',
            header: t.answers,
            render: ({ stage }) =>
              stage.responsibilities.length === 0 ? (
                <Who party={look(stage.partyId)}>{t.nobody}</Who>
              ) : (
                <ul className="who-list">
                  {stage.responsibilities.map(({ post, part, standing }) => (
                    <li key={post.id}>
                      <Who party={look(post.partyId)}>
                        <PostLink post={post} />
                        {part !== 'lead' && (
                          <span className="meta"> {texts.ui.parts[part].name}</span>
                        )}{' '}
                        <StandingMark standing={standing} />
                      </Who>
                      <Contact post={contact(post.id)} />
                    </li>
                  ))}
                </ul>
              ),
          },
          {
            key: 'actions',
            header: t.actions,
            render: ({ stage }) => (
              <>
                <ActionList
                  actions={chain.actions.filter(({ stageId }) => stageId === stage.id)}
                  none={t.noActions}
                />
                <PinnedList chain={chain} at={stage.id} />
              </>
            ),
          },
        ]}
        groups={[
          { key: 'all', rows: chain.stages.map((stage, index) => ({ stage, no: index + 1 })) },
        ]}
        rowKey={({ stage }) => stage.id}
      />
    </section>
  );
}

/** What is agreed on the posts of the chain and of each stage, and where a party does not agree. */
function Responsibilities({ chain }: { chain: Chain }) {
  const t = useTexts().chains;
  const things = [
    { kind: 'chain' as const, id: chain.id, title: t.wholeChain, of: chain.responsibilities },
    ...chain.stages.map((stage, index) => ({
      kind: 'stage' as const,
      id: stage.id,
      title: (
        <>
          {index + 1}. <T text={stage.title} />
        </>
      ),
      of: stage.responsibilities,
    })),
  ];
  return (
    <Section title={t.agreed} id="responsibilities">
      <ul className="stg-rsp">
        {things.map(({ kind, id, title, of }) => (
          <li key={id}>
            <h3>{title}</h3>
            <Agreements
              subject={{ kind, id }}
              standings={of.map(({ standing }) => standing)}
              level={4}
              reserved
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A further line below a name; nothing where there is nothing to say. */
function Line({
  label,
  show = true,
  children,
}: {
  label?: string;
  show?: string | boolean;
  children: ReactNode;
}) {
  if (show === '' || show === false) return null;
  return (
    <span className="meta df">
      {label && `${label}: `}
      {children}
    </span>
  );
}

function Beside({ chain }: { chain: Chain }) {
  const { chains: t, handovers: words } = useTexts();
  const lang = useLang();
  const look = usePartyLooks(lang);
  const forums = useQuery(chainForumsQuery(chain.id, useAsOf()));
  const reviews = chain.handovers.flatMap(({ nextReviewOn, reviewOverdue }) =>
    nextReviewOn && !reviewOverdue ? [nextReviewOn] : [],
  );
  const overdue = chain.handovers.filter(({ reviewOverdue }) => reviewOverdue).length;
  const without = chain.handovers.filter(({ nextReviewOn }) => !nextReviewOn).length;
  return (
    <>
      <Section title={t.forums}>
        <Loaded query={forums}>
          {(following) =>
            following.length === 0 ? (
              <p className="meta">{words.noForum}</p>
            ) : (
              <ul className="hl row-text">
                {following.map(({ id, title, lastMeeting, nextMeeting }) => (
                  <li key={id}>
                    <PathLink className="q" path={`/forums/${id}`}>
                      <T text={title} />
                    </PathLink>
                    {lastMeeting && (
                      <span className="meta df">
                        {words.lastMeeting(formatDate(dateOf(lastMeeting.startsAt), lang))}
                      </span>
                    )}
                    {nextMeeting && (
                      <span className="meta df">
                        {words.nextMeeting(formatDate(dateOf(nextMeeting.startsAt), lang))}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
      <Section title={words.freshness}>
        <ul className="hl row-text">
          <li>
            {words.changed} <DateText date={dateOf(chain.updatedAt)} />
          </li>
          {overdue > 0 && (
            <li>
              <Link
                to="/$lang/gaps"
                params={{ lang }}
                search={{ chainId: chain.id, reason: 'review_overdue' as const }}
              >
                {words.reviewsLate(overdue)}
              </Link>
            </li>
          )}
          {without > 0 && (
            <li>
              <Link
                to="/$lang/gaps"
                params={{ lang }}
                search={{ chainId: chain.id, reason: 'no_review' as const }}
              >
                {words.reviewsMissing(without)}
              </Link>
            </li>
          )}
          {reviews.length > 0 && (
            <li>
              {words.reviewed} <DateText date={reviews.sort()[0]} />
            </li>
          )}
        </ul>
      </Section>
      {chain.responsibilities.length > 0 && (
        <Section title={t.owners}>
          <ul className="hl row-text">
            {chain.responsibilities.map(({ post, standing }) => (
              <li key={post.id}>
                <Who party={look(post.partyId)}>
                  <PostLink post={post} /> <StandingMark standing={standing} />
                </Who>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <LegalBases ids={chain.legalBasisIds} />
      <Cases cases={chain.cases} />
    </>
  );
}
