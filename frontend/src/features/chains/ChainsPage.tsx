import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMay } from '../../api/me';
import { useParties, usePartyLooks } from '../../api/parties';
import { GroundMark } from '../../content/GroundMark';
import { useTermFields } from '../../content/TermFilters';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised } from '../../lib/text';
import { LinkButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Num } from '../../ui/Num';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { PartyMarks } from '../../ui/PartyMark';
import { EmptyState, Loaded } from '../../ui/states';
import { chainListQuery } from './queries';
import type { ChainListSearch } from './search';
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
  const content = useTexts().content;
  const navigate = useNavigate();
  const search = useSearch({ from: '/$lang/chains' });
  const chains = useQuery(chainListQuery(asOf, search));
  const parties = useParties().data ?? [];
  const narrow = (part: ChainListSearch) =>
    void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  const partyField = {
    key: 'partyId' as const,
    label: content.kinds.party,
    options: parties.map(({ id, shortName }) => ({
      value: id,
      label: localised(shortName, lang).value,
    })),
  };
  const selects = [...useTermFields(search, ['themeId', 'tagId']), partyField];
  const chosenOf = (key: string) => search[key as keyof ChainListSearch];
  const tags = selects.flatMap(({ key, label, options }): FilterTag[] => {
    const chosen = options.find(({ value }) => value === chosenOf(key));
    if (!chosen) return [];
    return [
      {
        key,
        label: `${label}: ${chosen.label}`,
        onRemove: () => narrow({ [key]: undefined }),
      },
    ];
  });
  const partiesOf = (chain: Chain) =>
    [...new Set(chain.stages.map(({ partyId }) => partyId))].map(look);
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          <>
            <FileLinks
              path="/chains"
              query={{
                themeId: search.themeId,
                tagId: search.tagId,
                partyId: search.partyId,
                asOf,
              }}
            />
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
      <FilterBar
        result={chains.data ? t.count(chains.data.length) : ''}
        tags={tags}
        onClear={() => narrow({ themeId: undefined, tagId: undefined, partyId: undefined })}
      >
        {selects.map(({ key, label, options }) => (
          <Select
            key={key}
            small
            label={label}
            value={chosenOf(key) ?? ''}
            options={[{ value: '', label: content.all }, ...options]}
            onChange={(value) => narrow({ [key]: value || undefined })}
          />
        ))}
      </FilterBar>
      <Loaded query={chains} loading={t.loading}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={tags.length > 0 ? undefined : t.none} />
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
                        <GroundMark ground={chain.visibilityGround} />
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
                  render: ({ id, handovers }) =>
                    handovers.length === 0 ? (
                      0
                    ) : (
                      <Link to="/$lang/handovers" params={{ lang }} search={{ chainId: id }}>
                        <Num value={handovers.length} />
                      </Link>
                    ),
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
                        search={{ chainId: id, gap: 'major' as const }}
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
