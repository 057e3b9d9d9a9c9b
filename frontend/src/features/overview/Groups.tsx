import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useParties, partyLook } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatNumber } from '../../lib/numbers';
import { localised } from '../../lib/text';
import { conditions, ConditionSign } from '../../ui/Condition';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded } from '../../ui/states';
import { groupLinks } from './links';
import { overviewGroupsQuery, type OverviewGroup } from './queries';
import type { OverviewFilter, OverviewSearch } from './search';

interface GroupsProps {
  by: NonNullable<OverviewSearch['by']>;
  filter: OverviewFilter;
  planId: string | undefined;
}

/** The figures of the overview by chain or by party, each a link to its rows. */
export function Groups({ by, filter, planId }: GroupsProps) {
  const t = useTexts().overview.groups;
  const query = useQuery(overviewGroupsQuery(by, filter, useAsOf()));
  return (
    <Loaded query={query} loading={t.loading}>
      {({ groups }) =>
        groups.length === 0 ? (
          <EmptyState />
        ) : (
          <Table groups={groups} by={by} filter={filter} planId={planId} />
        )
      }
    </Loaded>
  );
}

type Links = ReturnType<typeof groupLinks>;

interface Column {
  key: string;
  head: React.ReactNode;
  /** What the number is of, for those who do not see the heading. */
  name: string;
  figure: (group: OverviewGroup) => number;
  link: (links: Links) => LinkProps;
  /** Left out where no row has any. */
  spare?: true;
}

function useColumns(): Column[] {
  const texts = useTexts();
  const t = texts.overview.groups;
  const plain = (
    key: keyof typeof t.columns,
    figure: Column['figure'],
    link: Column['link'],
  ): Column => ({ key, head: t.columns[key], name: t.columns[key], figure, link });
  return [
    plain(
      'goals',
      (group) => group.goals,
      (links) => links.goals,
    ),
    plain(
      'goalsOpen',
      (group) => group.goalsOpen,
      (links) => links.goalsOpen,
    ),
    plain(
      'actions',
      (group) => group.actions,
      (links) => links.actions,
    ),
    ...conditions.map((value): Column => ({
      key: value,
      head: (
        <span className="ov-cond">
          <ConditionSign value={value} />
          {texts.ui.conditions[value]}
        </span>
      ),
      name: texts.ui.conditions[value],
      figure: (group) => group.byCondition[value],
      link: (links) => links.condition(value),
      spare: true,
    })),
    plain(
      'major',
      (group) => group.gaps.major,
      (links) => links.gap('major'),
    ),
    plain(
      'minor',
      (group) => group.gaps.minor,
      (links) => links.gap('minor'),
    ),
    plain(
      'handoversOpen',
      (group) => group.gaps.open,
      (links) => links.handoversOpen,
    ),
  ];
}

function Table({ groups, by, filter, planId }: GroupsProps & { groups: OverviewGroup[] }) {
  const t = useTexts().overview.groups;
  const lang = useLang();
  const columns = useColumns().filter(
    ({ spare, figure }) => !spare || groups.some((group) => figure(group) > 0),
  );
  return (
    <>
      <div className="scroll">
        <table className="t m ov-groups">
          <caption className="vh">{t.caption[by]}</caption>
          <thead>
            <tr>
              <th scope="col">{t.first[by]}</th>
              {columns.map(({ key, head }) => (
                <th key={key} scope="col" className="num">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => {
              const links = groupLinks(lang, by, group.id, filter, planId);
              return (
                <tr key={group.id ?? 'none'}>
                  <th scope="row">
                    <Name group={group} by={by} />
                  </th>
                  {columns.map(({ key, name, figure, link }) => {
                    const n = figure(group);
                    return (
                      <td key={key} className={n > 0 ? 'num' : 'num zero'} data-l={name}>
                        {n === 0 ? (
                          '–'
                        ) : (
                          <Link className="q" {...link(links)}>
                            {formatNumber(n, lang)}
                            <span className="vh">
                              {' '}
                              {name}, {nameOf(group, by, t, lang)}
                            </span>
                          </Link>
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="meta ov-note">{t.note[by]}</p>
    </>
  );
}

type Words = ReturnType<typeof useTexts>['overview']['groups'];

const nameOf = (
  { id, title }: OverviewGroup,
  by: GroupsProps['by'],
  t: Words,
  lang: ReturnType<typeof useLang>,
) => (id ? localised(title, lang).value : t.none[by]);

function Name({ group, by }: { group: OverviewGroup; by: GroupsProps['by'] }) {
  const t = useTexts().overview.groups;
  const lang = useLang();
  const parties = useParties().data ?? [];
  if (!group.id) return <span className="meta">{t.none[by]}</span>;
  return by === 'chain' ? (
    <Link className="q" to="/$lang/chains/$id" params={{ lang, id: group.id }}>
      <T text={group.title} />
    </Link>
  ) : (
    <Who party={partyLook(parties, group.id, lang)}>
      <T text={group.title} />
    </Who>
  );
}
