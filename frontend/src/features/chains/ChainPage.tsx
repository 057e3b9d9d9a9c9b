import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { History } from '../../content/History';
import { PathLink } from '../../content/PathLink';
import { Cases, LegalBases } from '../../content/References';
import { PostLink } from '../../content/PostLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { ConditionSign } from '../../ui/Condition';
import { DataTable } from '../../ui/DataTable';
import { Breadcrumb, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { InternalMark } from '../../ui/Visibility';
import { ChainForm } from './ChainForm';
import { Lanes } from './Lanes';
import {
  chainActionsQuery,
  chainForumsQuery,
  chainListQuery,
  chainQuery,
  useSaveChain,
  type Chain,
  type ChainAction,
  type Stage,
} from './queries';
import { stageCounts } from './stages';
import './chains.css';

/** One service chain: its stages in the lanes of the parties, and the same in words. */
export function ChainPage() {
  const { id } = useParams({ from: '/$lang/chains/$id' });
  const t = useTexts().chains;
  const chain = useQuery(chainQuery(id, useAsOf()));
  return (
    <Loaded query={chain} loading={t.loadingOne}>
      {(shown) => <ChainView key={shown.id} chain={shown} />}
    </Loaded>
  );
}

function ChainView({ chain }: { chain: Chain }) {
  const t = useTexts().chains;
  const lang = useLang();
  const asOf = useAsOf();
  const toast = useToast();
  const [editing, setEditing] = useState(false);
  const save = useSaveChain(chain.id);
  const actions = useQuery(chainActionsQuery(chain.id, asOf)).data ?? [];
  const counts = stageCounts(chain.stages);
  const signedIn = useMe().data?.signedIn ?? false;
  const mayEdit = chain.permissions.includes('chain.edit') && !asOf;
  return (
    <>
      <PageHead
        title={localised(chain.title, lang).value}
        lead={
          !editing && (
            <>
              <T text={chain.description} />{' '}
              {t.summary(chain.stages.length, counts.actions, counts.late)}
            </>
          )
        }
        above={
          <>
            <Breadcrumb
              items={[{ label: t.title, link: { to: '/$lang/chains', params: { lang } } }]}
            />
            {chain.visibility === 'internal' && <InternalMark ground={chain.visibilityGround} />}
          </>
        }
        actions={
          mayEdit &&
          !editing && (
            <Button variant="secondary" onClick={() => setEditing(true)}>
              {t.edit}
            </Button>
          )
        }
      />
      {editing ? (
        <ChainForm
          chain={chain}
          save={(body, version) => save.mutateAsync({ body, version })}
          onSaved={() => {
            toast(t.saved);
            setEditing(false);
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <>
          <Tabs current={chain.id} />
          <Lanes chain={chain} actions={actions} />
          <div className="cols2">
            <div className="stack">
              <Stages stages={chain.stages} actions={actions} />
              {signedIn && <History kind="chain" id={chain.id} version={chain.version} />}
            </div>
            <aside className="stack">
              <Beside chain={chain} />
            </aside>
          </div>
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

function Stages({
  stages,
  actions,
}: {
  stages: readonly Stage[];
  actions: readonly ChainAction[];
}) {
  const texts = useTexts();
  const t = texts.chains;
  const look = usePartyLooks(useLang());
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
              <>
                <T text={stage.title} />
                <span className="meta df">{t.levels[stage.level]}</span>
                <span className="meta df">
                  <T text={stage.description} />
                </span>
              </>
            ),
          },
          {
            key: 'who',
            header: t.answers,
            render: ({ stage }) =>
              stage.responsibilities.length === 0 ? (
                <Who party={look(stage.partyId)}>{t.nobody}</Who>
              ) : (
                <ul>
                  {stage.responsibilities.map(({ post, part }) => (
                    <li key={post.id}>
                      <Who party={look(post.partyId)}>
                        <PostLink post={post} />
                        {part !== 'lead' && (
                          <span className="meta"> {texts.ui.parts[part].name}</span>
                        )}
                      </Who>
                    </li>
                  ))}
                </ul>
              ),
          },
          {
            key: 'actions',
            header: t.actions,
            render: ({ stage }) => (
              <StageActions actions={actions.filter((action) => action.stage?.id === stage.id)} />
            ),
          },
        ]}
        groups={[{ key: 'all', rows: stages.map((stage, index) => ({ stage, no: index + 1 })) }]}
        rowKey={({ stage }) => stage.id}
      />
    </section>
  );
}

function StageActions({ actions }: { actions: readonly ChainAction[] }) {
  const { chains: t, ui } = useTexts();
  if (actions.length === 0) return <span className="meta">{t.noActions}</span>;
  return (
    <ul className="al">
      {actions.map(({ id, no, title, condition }) => (
        <li key={id}>
          <ConditionSign value={condition.value} />
          <span>
            <PathLink className="q" path={`/actions/${no}`}>
              {no} <T text={title} />
            </PathLink>{' '}
            <span className="meta">{ui.conditions[condition.value].toLowerCase()}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Beside({ chain }: { chain: Chain }) {
  const t = useTexts().chains;
  const look = usePartyLooks(useLang());
  const forums = useQuery(chainForumsQuery(chain.id, useAsOf())).data ?? [];
  return (
    <>
      {chain.responsibilities.length > 0 && (
        <Section title={t.owners}>
          <ul className="hl row-text">
            {chain.responsibilities.map(({ post }) => (
              <li key={post.id}>
                <Who party={look(post.partyId)}>
                  <PostLink post={post} />
                </Who>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {forums.length > 0 && (
        <Section title={t.forums}>
          <ul className="hl row-text">
            {forums.map((forum) => (
              <li key={forum.id}>
                <PathLink className="q" path={`/forums/${forum.id}`}>
                  <T text={forum.title} />
                </PathLink>
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
