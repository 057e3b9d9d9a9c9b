import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMay } from '../../api/me';
import { plansQuery, targetGroupsQuery, themesQuery } from '../../api/terms';
import { GoalTable } from '../../content/GoalTable';
import { useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised, type LocalisedText } from '../../lib/text';
import { LinkButton } from '../../ui/Button';
import type { ConditionValue } from '../../ui/Condition';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded } from '../../ui/states';
import { goalListQuery, type Goal, type GoalFilter } from './queries';

/** The register of goals, by theme. */
export function GoalsPage() {
  const t = useTexts().goals;
  const lang = useLang();
  const asOf = useAsOf();
  const filter = useSearch({ from: '/$lang/goals' });
  const navigate = useNavigate({ from: '/$lang/goals' });
  const mayCreate = useMay('goal.create');
  const goals = useQuery(goalListQuery(filter, asOf));
  const themes = useQuery(themesQuery(asOf)).data ?? [];
  const groups = useQuery(targetGroupsQuery(asOf)).data ?? [];
  const plans = useQuery(plansQuery(asOf)).data ?? [];

  const narrow = (part: GoalFilter) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const selects = [
    { key: 'theme', label: t.theme, all: t.allThemes, options: themes },
    { key: 'group', label: t.group, all: t.allGroups, options: groups },
    { key: 'plan', label: t.plan, all: t.allPlans, options: plans },
  ] as const;
  const tags = selects.flatMap(({ key, label, options }): FilterTag[] => {
    const chosen = options.find(({ id }) => id === filter[key]);
    if (!chosen) return [];
    const name = `${label}: ${localised(chosen.title, lang).value}`;
    return [{ key, label: name, onRemove: () => narrow({ [key]: undefined }) }];
  });

  return (
    <>
      <PageHead
        title={t.title}
        lead={goals.data && lead(goals.data.items, t)}
        actions={
          <>
            <LinkButton variant="quiet" to="/$lang/plan" params={{ lang }}>
              {t.planPage}
            </LinkButton>
            {mayCreate && !asOf && (
              <LinkButton to="/$lang/goals/new" params={{ lang }}>
                {t.create}
              </LinkButton>
            )}
          </>
        }
      />
      <FilterBar
        result={goals.data ? t.count(goals.data.items.length) : ''}
        tags={tags}
        onClear={() => narrow({ theme: undefined, group: undefined, plan: undefined })}
      >
        {selects.map(({ key, label, all, options }) => (
          <Select
            key={key}
            small
            label={label}
            value={filter[key] ?? ''}
            options={[{ value: '', label: all }, ...options.map((o) => option(o, lang))]}
            onChange={(value) => narrow({ [key]: value || undefined })}
          />
        ))}
      </FilterBar>
      <Loaded query={goals} loading={t.loading}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState />
          ) : (
            <GoalTable goals={items.map((goal) => row(goal, themes))} level={2} />
          )
        }
      </Loaded>
    </>
  );
}

function option({ id, title }: { id: string; title: LocalisedText }, lang: 'fi' | 'sv' | 'en') {
  return { value: id, label: localised(title, lang).value };
}

function lead(goals: readonly Goal[], t: ReturnType<typeof useTexts>['goals']) {
  const actions = new Set(goals.flatMap((goal) => goal.actions.map(({ no }) => no)));
  const late = new Set(
    goals.flatMap((goal) =>
      goal.actions.filter(({ condition }) => condition === 'late').map(({ no }) => no),
    ),
  );
  return t.lead(goals.length, actions.size, late.size);
}

function row(goal: Goal, themes: readonly { id: string; title: LocalisedText }[]) {
  const title = themes.find(({ id }) => id === goal.themeId)?.title ?? {};
  return {
    ...goal,
    theme: { id: goal.themeId, title },
    leads: goal.responsibilities.filter(({ part }) => part === 'lead').map(({ post }) => post),
    actions: goal.actions.map((action) => ({
      ...action,
      condition: action.condition satisfies ConditionValue,
    })),
  };
}
