import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMay } from '../../api/me';
import { useParties } from '../../api/parties';
import { viewQuery } from '../../api/savedViews';
import { plansQuery, tagsQuery, targetGroupsQuery, themesQuery } from '../../api/terms';
import { goalRow } from '../../content/goalRows';
import { GoalTable } from '../../content/GoalTable';
import { SavedViews } from '../../content/SavedViews';
import { filterable, useTermName } from '../../content/terms';
import { useLang, useTexts } from '../../i18n';
import { ofNow, useAsOf } from '../../lib/asOf';
import { localised, type LocalisedText } from '../../lib/text';
import { LinkButton } from '../../ui/Button';
import { FileLinks } from '../../ui/FileLinks';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded } from '../../ui/states';
import {
  acceptances,
  chainChoicesQuery,
  endedChoices,
  goalActionCountsQuery,
  goalListQuery,
  goalRegister,
  type Goal,
  type GoalFilter,
} from './queries';

/** The register of goals, by theme. */
export function GoalsPage() {
  const { goals: t, imports: importing, rounds } = useTexts();
  const lang = useLang();
  const asOf = useAsOf();
  const { saved, ...filter } = useSearch({ from: '/$lang/goals' });
  const navigate = useNavigate({ from: '/$lang/goals' });
  const mayCreate = useMay('goal.create');
  const goals = useQuery(goalListQuery(filter, asOf));
  const themes = useQuery(themesQuery(asOf)).data ?? [];
  const groups = useQuery(targetGroupsQuery(asOf)).data ?? [];
  const plans = useQuery(plansQuery(asOf)).data ?? [];
  const tagTerms = useQuery(tagsQuery(asOf)).data ?? [];
  const parties = useParties().data ?? [];
  const chains = useQuery(chainChoicesQuery(asOf)).data ?? [];
  const words = useTexts().content;
  const nameOf = useTermName();
  const termOptions = (terms: typeof themes, chosen: string | undefined) =>
    filterable(terms, chosen ? [chosen] : []).map((term) => ({
      value: term.id,
      label: nameOf(term),
    }));

  const narrow = (part: GoalFilter) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const selects = [
    {
      key: 'theme',
      label: t.theme,
      all: t.allThemes,
      options: termOptions(themes, filter.theme),
    },
    {
      key: 'group',
      label: t.group,
      all: t.allGroups,
      options: withNone(termOptions(groups, filter.group), words.none),
    },
    { key: 'plan', label: t.plan, all: t.allPlans, options: plans.map((o) => option(o, lang)) },
    {
      key: 'tag',
      label: words.tag,
      all: words.allTags,
      options: withNone(termOptions(tagTerms, filter.tag), words.none),
    },
    {
      key: 'party',
      label: words.kinds.party,
      all: words.all,
      options: parties.map(({ id, shortName }) => option({ id, title: shortName }, lang)),
    },
    {
      key: 'chain',
      label: words.kinds.chain,
      all: words.all,
      options: withNone(
        chains.map((each) => option(each, lang)),
        words.none,
      ),
    },
    {
      key: 'acceptance',
      label: t.acceptance,
      all: words.all,
      options: acceptances.map((value) => ({ value, label: t.acceptances[value] })),
    },
    {
      key: 'shared',
      label: t.level.filter,
      all: t.level.all,
      options: [
        { value: 'none', label: t.level.onlyShared },
        ...sharedChoices(goals.data?.items ?? [], filter.shared).map(({ id, no }) => ({
          value: id,
          label: t.level.under(no),
        })),
      ],
    },
    {
      key: 'ended',
      label: t.ended,
      all: t.notEnded,
      options: endedChoices.map((value) => ({ value, label: t.endedChoices[value] })),
    },
  ] as const;
  const tags = selects.flatMap(({ key, label, options }): FilterTag[] => {
    const chosen = options.find(({ value }) => value === filter[key]);
    if (!chosen) return [];
    return [
      { key, label: `${label}: ${chosen.label}`, onRemove: () => narrow({ [key]: undefined }) },
    ];
  });

  const named = namedActions(goals.data?.items ?? []);
  const counted = useQuery(
    goalActionCountsQuery(named ? [] : (goals.data?.items ?? []).map(({ id }) => id), asOf),
  ).data;
  const actions = named ?? counted;
  const shown = goals.data?.items.length ?? 0;
  const lead = actions ? t.lead(shown, actions.all, actions.late) : t.leadGoals(shown);

  return (
    <>
      <PageHead
        title={t.title}
        lead={goals.data && lead}
        actions={
          <>
            <FileLinks path="/goals" query={goalRegister(filter, asOf)} />
            <LinkButton variant="secondary" small to="/$lang/plan" params={{ lang }}>
              {t.planPage}
            </LinkButton>
            <LinkButton variant="secondary" small to="/$lang/rounds" params={{ lang }}>
              {rounds.title}
            </LinkButton>
            {mayCreate && !asOf && (
              <>
                <LinkButton variant="secondary" small to="/$lang/goals/import" params={{ lang }}>
                  {importing.link}
                </LinkButton>
                <LinkButton small to="/$lang/goals/new" params={{ lang }}>
                  {t.create}
                </LinkButton>
              </>
            )}
          </>
        }
      />
      <SavedViews
        page="goals"
        query={viewQuery(goalRegister(filter, ofNow))}
        opened={saved}
        onSaved={({ id }) =>
          void navigate({ search: (before) => ({ ...before, saved: id }), replace: true })
        }
      />
      <FilterBar
        result={goals.data ? t.count(goals.data.items.length) : ''}
        tags={tags}
        onClear={() => narrow(Object.fromEntries(selects.map(({ key }) => [key, undefined])))}
      >
        {selects.map(({ key, label, all, options }) => (
          <Select
            key={key}
            small
            label={label}
            value={filter[key] ?? ''}
            options={[{ value: '', label: all }, ...options]}
            onChange={(value) => narrow({ [key]: value || undefined })}
          />
        ))}
      </FilterBar>
      <Loaded query={goals} loading={t.loading}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState />
          ) : (
            <GoalTable goals={items.map((goal) => goalRow(goal, themes))} level={2} />
          )
        }
      </Loaded>
    </>
  );
}

interface Option {
  value: string;
  label: string;
}

function withNone(options: Option[], none: string): Option[] {
  return options.length === 0 ? options : [...options, { value: 'none', label: none }];
}

/** The shared goals above those that are shown. */
function sharedChoices(goals: readonly Goal[], chosen: string | undefined) {
  const above = goals.flatMap(({ sharedGoal }) => sharedGoal ?? []);
  return above
    .filter(({ id }, index) => above.findIndex((other) => other.id === id) === index)
    .sort((a, b) => a.no - b.no)
    .filter(({ id }) => !chosen || chosen === 'none' || id === chosen);
}

function option({ id, title }: { id: string; title: LocalisedText }, lang: 'fi' | 'sv' | 'en') {
  return { value: id, label: localised(title, lang).value };
}

/** The counts of actions that are named with their goals, each counted once; undefined if some are not. */
function namedActions(goals: readonly Goal[]) {
  if (goals.some(({ actions, actionCount }) => actions.length < actionCount)) return undefined;
  const all = new Map(
    goals.flatMap(({ actions }) => actions.map(({ no, condition }) => [no, condition])),
  );
  const late = [...all.values()].filter((condition) => condition === 'late').length;
  return { all: all.size, late };
}
