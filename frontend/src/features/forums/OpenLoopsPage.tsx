import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useParties } from '../../api/parties';
import { PathLink } from '../../content/PathLink';
import { termTags, TermSelects, useTermFields } from '../../content/TermFilters';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf } from '../../lib/dates';
import { localised } from '../../lib/text';
import { DataTable } from '../../ui/DataTable';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { Breadcrumb, DateText } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import { Awaited } from './Awaited';
import './forums.css';
import { openLoopsQuery } from './loopQueries';
import { meetingNo } from './meetings';
import { forumListQuery } from './queries';
import { ages, loopKinds, type LoopSearch } from './search';

/** Everything that forums decided or put off without an ending, the oldest first. */
export function OpenLoopsPage() {
  const texts = useTexts();
  const t = texts.forumLoops;
  const lang = useLang();
  const asOf = useAsOf();
  const navigate = useNavigate();
  const search = useSearch({ from: '/$lang/open-loops' });
  const { forumId, partyId, kind, minAge, tagId } = search;
  const terms = useTermFields(search, ['tagId']);
  const parties = useParties().data ?? [];
  const forums = useInfiniteQuery(forumListQuery({ asOf })).data?.pages[0]?.items ?? [];
  const asked = {
    asOf,
    ...(forumId && { forumId: [forumId] }),
    ...(partyId && { partyId: [partyId] }),
    ...(kind && { kind: [kind] }),
    ...(minAge && { minAge: Number(minAge) }),
    ...(tagId && { tagId: [tagId] }),
  };
  const list = useInfiniteQuery(openLoopsQuery({ ...asked, limit: 100 }));
  const filter = (part: LoopSearch) =>
    void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  const everything = { value: '', label: texts.forums.filters.all };
  const forumNames = forums.map(({ id, title }) => ({
    value: id,
    label: localised(title, lang).value,
  }));
  const partyNames = parties.map(({ id, shortName }) => ({
    value: id,
    label: localised(shortName, lang).value,
  }));
  const nameOf = (names: { value: string; label: string }[], value: string) =>
    names.find((option) => option.value === value)?.label ?? value;
  const tags: FilterTag[] = [];
  const tag = (key: string, label: string, off: LoopSearch) =>
    tags.push({ key, label, onRemove: () => filter(off) });
  if (forumId) tag('forum', nameOf(forumNames, forumId), { forumId: undefined });
  if (partyId) tag('party', nameOf(partyNames, partyId), { partyId: undefined });
  if (kind) tag('kind', t.kinds[kind], { kind: undefined });
  if (minAge) tag('age', t.olderThan(Number(minAge)), { minAge: undefined });
  tags.push(...termTags(terms, search, filter));
  const total = list.data?.pages[0]?.total;
  return (
    <>
      <PageHead
        title={t.title}
        above={
          <Breadcrumb
            items={[{ label: texts.forums.title, link: { to: '/$lang/forums', params: { lang } } }]}
          />
        }
        actions={<FileLinks path="/open-loops" query={asked} />}
        lead={total !== undefined && tags.length === 0 ? t.lead(total) : undefined}
      />
      <FilterBar
        result={total === undefined ? '' : t.count(total)}
        tags={tags}
        onClear={() =>
          filter({
            forumId: undefined,
            partyId: undefined,
            kind: undefined,
            minAge: undefined,
            tagId: undefined,
          })
        }
      >
        <Select
          small
          label={t.forum}
          value={forumId ?? ''}
          options={[everything, ...forumNames]}
          onChange={(value) => filter({ forumId: value || undefined })}
        />
        <Select
          small
          label={texts.forums.filters.party}
          value={partyId ?? ''}
          options={[everything, ...partyNames]}
          onChange={(value) => filter({ partyId: value || undefined })}
        />
        <Select
          small
          label={t.kind}
          value={kind ?? ''}
          options={[everything, ...loopKinds.map((value) => ({ value, label: t.kinds[value] }))]}
          onChange={(value) => filter({ kind: loopKinds.find((known) => known === value) })}
        />
        <Select
          small
          label={t.age}
          value={minAge ?? ''}
          options={[
            everything,
            ...ages.map((value) => ({ value, label: t.olderThan(Number(value)) })),
          ]}
          onChange={(value) => filter({ minAge: ages.find((known) => known === value) })}
        />
        <TermSelects fields={terms} search={search} onChange={filter} />
      </FilterBar>
      <Loaded query={list} loading={t.loading}>
        {({ pages }) => {
          const loops = pages.flatMap(({ items }) => items);
          if (loops.length === 0) {
            return tags.length > 0 ? <EmptyState /> : <EmptyState title={t.none} />;
          }
          return (
            <>
              <DataTable
                caption={t.title}
                className="frm-loops"
                columns={[
                  {
                    key: 'what',
                    header: t.what,
                    kind: 'name',
                    render: (loop) => (
                      <>
                        <Link
                          className="q"
                          to="/$lang/meetings/$id"
                          params={{ lang, id: loop.meeting.id }}
                          search={{ item: loop.item.id }}
                        >
                          <T text={loop.text} />
                        </Link>
                        <span className="meta">
                          <T text={loop.item.title} />
                        </span>
                      </>
                    ),
                  },
                  {
                    key: 'kind',
                    header: t.kind,
                    render: (loop) => (
                      <>
                        {t.kinds[loop.kind]}
                        {loop.awaited && <Awaited awaited={loop.awaited} />}
                      </>
                    ),
                  },
                  {
                    key: 'forum',
                    header: t.forum,
                    render: (loop) => (
                      <PathLink className="q" path={`/forums/${loop.forum.id}`}>
                        <T text={loop.forum.title} />
                      </PathLink>
                    ),
                  },
                  {
                    key: 'meeting',
                    header: texts.forums.meeting,
                    render: (loop) => (
                      <>
                        <span className="nb">{meetingNo(loop.meeting)}</span>{' '}
                        <DateText date={dateOf(loop.meeting.startsAt)} />
                      </>
                    ),
                  },
                  {
                    key: 'age',
                    header: t.age,
                    kind: 'figure',
                    render: ({ ageDays }) => texts.forums.days(ageDays),
                  },
                ]}
                groups={[{ key: 'all', rows: loops }]}
                rowKey={({ id }) => id}
              />
              <LoadMore
                shown={loops.length}
                total={list.hasNextPage ? total : undefined}
                hasMore={list.hasNextPage}
                loading={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
              />
            </>
          );
        }}
      </Loaded>
    </>
  );
}
