import { useQuery } from '@tanstack/react-query';
import { Fragment, lazy, Suspense, useState } from 'react';
import { useParties } from '../../api/parties';
import { phasesQuery, plansQuery, tagsQuery } from '../../api/terms';
import { unitsQuery } from '../../api/units';
import { filterable, useTermName, type NamedTerm } from '../../content/terms';
import { useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { conditions, type ConditionValue } from '../../ui/Condition';
import { FilterBar, SearchField, Select, type FilterTag } from '../../ui/filters';
import {
  chainsQuery,
  districtsQuery,
  forumsQuery,
  goalsQuery,
  postQuery,
  targetGroupsQuery,
  themesQuery,
  type ActionStatus,
} from './queries';
import {
  dayFilters,
  freshnessLevels,
  idFilters,
  groupings,
  statuses,
  withoutFilters,
  type ActionSearch,
  type FreshnessLevel,
  type IdFilter,
} from './search';

const PostFilter = lazy(() => import('./PostFilter'));

interface ActionFiltersProps {
  search: ActionSearch;
  /** How many the filters let through. */
  total: number | undefined;
  onChange: (search: ActionSearch) => void;
  /**
   * Where a page other than the list is narrowed: only these filters over ids, the first four at
   * once and the others below "more".
   */
  only?: readonly IdFilter[];
}

/** How many of the filters of another page stand there before "more". */
const atOnce = 4;

interface Option {
  value: string;
  label: string;
}

/** The filters over the list. Several values of one can stand in the address; each is a tag. */
export function ActionFilters({ search, total, onChange, only }: ActionFiltersProps) {
  const texts = useTexts();
  const t = texts.actions.filters;
  const lang = useLang();
  const asOf = useAsOf();
  const [more, setMore] = useState(false);
  const wants = (...keys: IdFilter[]) =>
    more ||
    keys.some((key) => search[key] !== undefined || only?.slice(0, atOnce).includes(key) === true);
  const parties = useParties().data ?? [];
  const chains = useQuery(chainsQuery(asOf)).data ?? [];
  const groups = useQuery(targetGroupsQuery(asOf)).data ?? [];
  const themes = useQuery({ ...themesQuery(asOf), enabled: wants('themeId') }).data ?? [];
  const goals = useQuery({ ...goalsQuery(asOf), enabled: wants('goalId') }).data ?? [];
  const plans = useQuery({ ...plansQuery(asOf), enabled: wants('planId') }).data ?? [];
  const forums = useQuery({ ...forumsQuery(asOf), enabled: wants('forumId') }).data ?? [];
  const districts = useQuery({ ...districtsQuery(asOf), enabled: wants('districtId') }).data ?? [];
  const phases = useQuery({ ...phasesQuery(asOf), enabled: wants('phaseId') }).data ?? [];
  const tagTerms = useQuery({ ...tagsQuery(asOf), enabled: wants('tagId') }).data ?? [];
  const nameOf = useTermName();
  const postId = search.postId?.find((id) => id !== 'none');
  const post = useQuery({ ...postQuery(postId ?? '', asOf), enabled: postId !== undefined }).data;
  const leadId = search.leadPostId?.find((id) => id !== 'none');
  const lead = useQuery({ ...postQuery(leadId ?? '', asOf), enabled: leadId !== undefined }).data;
  const units = useQuery({ ...unitsQuery({ asOf }), enabled: search.unitId !== undefined }).data;

  const change = (next: ActionSearch) => onChange({ ...search, show: undefined, ...next });
  const word = (text: Parameters<typeof localised>[0]) => localised(text, lang).value;
  const byTitle = (items: readonly { id: string; title: Parameters<typeof localised>[0] }[]) =>
    items.map(({ id, title }) => ({ value: id, label: word(title) }));
  const byTerm = (key: IdFilter, terms: readonly NamedTerm[]) =>
    filterable(terms, search[key]).map((term) => ({ value: term.id, label: nameOf(term) }));
  const withNone = (options: Option[], none = t.none) => [
    ...options,
    { value: 'none', label: none },
  ];

  const options: Record<IdFilter, Option[]> = {
    partyId: withNone(
      parties.map(({ id, shortName }) => ({ value: id, label: word(shortName) })),
      t.noLead,
    ),
    themeId: withNone(byTerm('themeId', themes)),
    goalId: withNone(
      goals.map(({ id, no, title }) => ({ value: id, label: `${no} ${word(title)}` })),
    ),
    planId: withNone(byTitle(plans)),
    chainId: byTitle(chains),
    stageId: withNone(
      chains.flatMap(({ stages }) =>
        stages.map(({ id, title }, index) => ({ value: id, label: `${index + 1} ${word(title)}` })),
      ),
    ),
    targetGroupId: withNone(byTerm('targetGroupId', groups)),
    districtId: withNone(byTerm('districtId', districts)),
    phaseId: withNone(byTerm('phaseId', phases)),
    tagId: withNone(byTerm('tagId', tagTerms)),
    forumId: withNone(byTitle(forums)),
    postId: withNone(post ? [{ value: post.id, label: word(post.title) }] : []),
    leadPostId: withNone(lead ? [{ value: lead.id, label: word(lead.title) }] : [], t.noLead),
    outcomeId: withNone([]),
    silentPartyId: withNone(
      parties.map(({ id, shortName }) => ({ value: id, label: word(shortName) })),
    ),
    unitId: (units ?? []).map(({ id, name }) => ({ value: id, label: word(name) })),
  };
  const names: Record<IdFilter, string> = {
    partyId: t.party,
    themeId: t.theme,
    goalId: t.goal,
    planId: texts.content.kinds.plan,
    chainId: only ? texts.content.kinds.chain : t.stage,
    stageId: t.stage,
    targetGroupId: t.targetGroup,
    districtId: t.district,
    phaseId: t.phase,
    tagId: texts.content.tag,
    forumId: t.forum,
    postId: t.post,
    leadPostId: t.leadPost,
    outcomeId: texts.actions.fields.outcomeId ?? '',
    silentPartyId: t.silent,
    unitId: t.unit,
  };

  const tags: FilterTag[] = [];
  if (search.q) {
    tags.push({
      key: 'q',
      label: `${t.search}: ${search.q}`,
      onRemove: () => change({ q: undefined }),
    });
  }
  for (const key of idFilters) {
    for (const id of search[key] ?? []) {
      const label = options[key].find(({ value }) => value === id)?.label ?? '…';
      tags.push({
        key: `${key}-${id}`,
        label: `${names[key]}: ${label}`,
        onRemove: () => change({ [key]: without(search[key], id) }),
      });
    }
  }
  for (const value of search.condition ?? []) {
    tags.push({
      key: `condition-${value}`,
      label: `${t.condition}: ${texts.ui.conditions[value]}`,
      onRemove: () => change({ condition: without(search.condition, value) }),
    });
  }
  for (const value of search.freshness ?? []) {
    tags.push({
      key: `freshness-${value}`,
      label: `${t.freshness}: ${texts.freshness.levels[value]}`,
      onRemove: () => change({ freshness: without(search.freshness, value) }),
    });
  }
  for (const value of search.status ?? []) {
    tags.push({
      key: `status-${value}`,
      label: `${t.status}: ${texts.actions.statuses[value]}`,
      onRemove: () => change({ status: without(search.status, value) }),
    });
  }
  for (const key of dayFilters) {
    const day = search[key];
    if (day) {
      tags.push({
        key,
        label: t[key](formatDate(day, lang)),
        onRemove: () => change({ [key]: undefined }),
      });
    }
  }
  if (search.mine)
    tags.push({ key: 'mine', label: t.mine, onRemove: () => change({ mine: undefined }) });
  if (search.withdrawn)
    tags.push({
      key: 'withdrawn',
      label: t.withdrawn,
      onRemove: () => change({ withdrawn: undefined }),
    });
  if (search.unowned !== undefined)
    tags.push({
      key: 'unowned',
      label: search.unowned ? t.unowned : t.owned,
      onRemove: () => change({ unowned: undefined }),
    });
  if (search.atRisk !== undefined)
    tags.push({
      key: 'atRisk',
      label: search.atRisk ? t.atRisk : t.notAtRisk,
      onRemove: () => change({ atRisk: undefined }),
    });

  const idSelect = (key: IdFilter, any = t.any) => (
    <Select
      small
      label={names[key]}
      options={choices(options[key], search[key], any)}
      value={shownValue(search[key])}
      onChange={(value) => change({ [key]: picked(value, search[key]) })}
    />
  );
  // A chain as a whole or one of its stages: one question to the reader, two filters.
  const places = chains.flatMap((chain) => [
    { value: `chain:${chain.id}`, label: word(chain.title) },
    ...chain.stages.map((stage, index) => ({
      value: `stage:${stage.id}`,
      label: `\u00a0\u00a0${index + 1} ${word(stage.title)}`,
    })),
  ]);
  const place = [
    ...(search.chainId ?? []).map((id) => `chain:${id}`),
    ...(search.stageId ?? []).map((id) => `stage:${id}`),
  ];
  const choosePlace = (value: string) => {
    const [kind, id] = value.split(':');
    change({
      chainId: kind === 'chain' && id ? [id] : undefined,
      stageId: kind === 'stage' && id ? [id] : undefined,
    });
  };

  const oneOf = (key: IdFilter) => {
    if (key === 'postId')
      return (
        <Suspense key={key} fallback={null}>
          <PostFilter
            label={t.post}
            id={postId}
            named={post && { id: post.id, label: word(post.title) }}
            onChange={(id) => change({ postId: id ? [id] : undefined })}
          />
        </Suspense>
      );
    if (key === 'tagId' && tagTerms.length === 0 && !search.tagId) return null;
    return (
      <Fragment key={key}>{idSelect(key, key === 'partyId' ? t.bothParties : t.any)}</Fragment>
    );
  };
  const moreButton = (
    <div className="f more-f">
      <Button variant="quiet" small aria-expanded={more} onClick={() => setMore(!more)}>
        {t.more}
      </Button>
    </div>
  );
  if (only)
    return (
      <FilterBar
        result={total === undefined ? '' : texts.actions.count(total)}
        tags={tags}
        onClear={() => onChange(withoutFilters(search))}
      >
        {only.slice(0, atOnce).map(oneOf)}
        {moreButton}
        {more && <div className="row full open more-row">{only.slice(atOnce).map(oneOf)}</div>}
      </FilterBar>
    );
  return (
    <FilterBar
      result={total === undefined ? '' : texts.actions.count(total)}
      tags={tags}
      onClear={() => onChange(withoutFilters(search))}
    >
      <SearchField
        label={texts.actions.list.search}
        value={search.q ?? ''}
        onSearch={(q) => change({ q: q || undefined })}
      />
      {idSelect('partyId', t.bothParties)}
      <Select
        small
        label={t.condition}
        options={choices(
          conditions.map((value) => ({ value, label: texts.ui.conditions[value] })),
          search.condition,
          t.any,
        )}
        value={shownValue(search.condition)}
        onChange={(value) =>
          change({ condition: picked(value as ConditionValue, search.condition) })
        }
      />
      <Select
        small
        label={t.stage}
        options={choices(
          withNone(places.map(({ value, label }) => ({ value, label }))).map((option) =>
            option.value === 'none' ? { ...option, value: 'stage:none' } : option,
          ),
          place,
          t.any,
        )}
        value={shownValue(place)}
        onChange={choosePlace}
      />
      {idSelect('targetGroupId')}
      {search.view !== 'board' && (
        <Select
          small
          label={t.group}
          options={[...groupings, 'none' as const].map((value) => ({
            value,
            label: texts.actionTable.groups[value],
          }))}
          value={search.group ?? 'goal'}
          onChange={(group) =>
            change({ group: group === 'goal' ? undefined : group, sort: undefined })
          }
        />
      )}
      {moreButton}
      {more && (
        <div className="row full open more-row">
          {idSelect('planId')}
          {idSelect('themeId')}
          {idSelect('goalId')}
          {phases.length > 0 && idSelect('phaseId')}
          <Select
            small
            label={t.status}
            options={choices(
              statuses.map((value) => ({ value, label: texts.actions.statuses[value] })),
              search.status,
              t.any,
            )}
            value={shownValue(search.status)}
            onChange={(value) => change({ status: picked(value as ActionStatus, search.status) })}
          />
          <Select
            small
            label={t.freshness}
            options={choices(
              freshnessLevels.map((value) => ({ value, label: texts.freshness.levels[value] })),
              search.freshness,
              t.any,
            )}
            value={shownValue(search.freshness)}
            onChange={(value) =>
              change({ freshness: picked(value as FreshnessLevel, search.freshness) })
            }
          />
          {idSelect('forumId')}
          {idSelect('districtId')}
          {(tagTerms.length > 0 || search.tagId) && idSelect('tagId')}
          <Suspense fallback={null}>
            <PostFilter
              label={t.post}
              id={postId}
              named={post && { id: post.id, label: word(post.title) }}
              onChange={(id) => change({ postId: id ? [id] : undefined })}
            />
          </Suspense>
        </div>
      )}
    </FilterBar>
  );
}

function without<Value extends string>(values: Value[] | undefined, value: Value) {
  const rest = values?.filter((each) => each !== value) ?? [];
  return rest.length > 0 ? rest : undefined;
}

const several = 'several';

/** "All" first; where several are in force, a line that says so. */
function choices(options: readonly Option[], values: readonly string[] | undefined, any: string) {
  const first = { value: '', label: any };
  return values && values.length > 1
    ? [first, { value: several, label: `${values.length} ×` }, ...options]
    : [first, ...options];
}

function shownValue(values: readonly string[] | undefined): string {
  if (!values || values.length === 0) return '';
  return values.length > 1 ? several : (values[0] ?? '');
}

function picked<Value extends string>(value: Value, now: Value[] | undefined): Value[] | undefined {
  if (value === several) return now;
  return value === '' ? undefined : [value];
}
