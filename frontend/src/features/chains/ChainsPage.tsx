import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised } from '../../lib/text';
import { LinkButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { PageHead } from '../../ui/Page';
import { PartyMarks } from '../../ui/PartyMark';
import { EmptyState, Loaded } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import { chainListQuery } from './queries';
import { stageCounts } from './stages';
import type { Chain } from './types';
import './chains.css';

/** The service chains. */
export function ChainsPage() {
  const { chains: t, handovers: words } = useTexts();
  const lang = useLang();
  const asOf = useAsOf();
  const look = usePartyLooks(lang);
  const mayEdit = useMay('chain.edit');
  const chains = useQuery(chainListQuery(asOf));
  const partiesOf = (chain: Chain) =>
    [...new Set(chain.stages.map(({ partyId }) => partyId))].map(look);
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          <>
            <LinkButton variant="secondary" to="/$lang/gaps" params={{ lang }}>
              {words.allGaps}
            </LinkButton>
            {mayEdit && !asOf && (
              <LinkButton to="/$lang/chains/new" params={{ lang }}>
                {t.create}
              </LinkButton>
            )}
          </>
        }
      />
      <Loaded query={chains} loading={t.loading}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.none} />
          ) : (
            <DataTable
              caption={t.title}
              columns={[
                {
                  key: 'title',
                  kind: 'name',
                  header: t.chain,
                  render: (chain) => (
                    <>
                      <Link className="q" to="/$lang/chains/$id" params={{ lang, id: chain.id }}>
                        <T text={chain.title} />
                      </Link>
                      {chain.visibility === 'internal' && (
                        <InternalMark ground={chain.visibilityGround} />
                      )}
                      <span className="meta df">
                        <T text={chain.description} />
                      </span>
                      <Link to="/$lang/chains/$id/guide" params={{ lang, id: chain.id }}>
                        {words.forResidentsLong}
                        <span className="vh">: {localised(chain.title, lang).value}</span>
                      </Link>
                    </>
                  ),
                },
                {
                  key: 'parties',
                  header: t.parties,
                  render: (chain) => <PartyMarks parties={partiesOf(chain)} />,
                },
                {
                  key: 'stages',
                  kind: 'figure',
                  header: t.stages,
                  render: ({ stages }) => stages.length,
                },
                {
                  key: 'handovers',
                  kind: 'figure',
                  header: words.form.handovers,
                  render: ({ handovers }) => handovers.length,
                },
                {
                  key: 'major',
                  kind: 'figure',
                  header: words.majorGaps,
                  render: ({ id, handovers }) => {
                    const major = handovers.filter(({ gap }) => gap === 'major').length;
                    if (major === 0) return 0;
                    return (
                      <Link
                        to="/$lang/gaps"
                        params={{ lang }}
                        search={{ chainId: id, reason: 'gap' as const }}
                      >
                        {major}
                      </Link>
                    );
                  },
                },
                {
                  key: 'actions',
                  kind: 'figure',
                  header: t.actions,
                  render: ({ stages }) => stageCounts(stages).actions,
                },
                {
                  key: 'late',
                  kind: 'figure',
                  header: t.late,
                  render: ({ stages }) => stageCounts(stages).late,
                },
              ]}
              groups={[{ key: 'all', rows: items }]}
              rowKey={({ id }) => id}
            />
          )
        }
      </Loaded>
    </>
  );
}
