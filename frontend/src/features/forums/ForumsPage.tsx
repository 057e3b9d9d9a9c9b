import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMay } from '../../api/me';
import { useParties, usePartyLooks } from '../../api/parties';
import { tagsQuery } from '../../api/terms';
import { GroundMark } from '../../content/GroundMark';
import { PathLink } from '../../content/PathLink';
import { filterable, useTermName } from '../../content/terms';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { formatNumber } from '../../lib/numbers';
import { localised } from '../../lib/text';
import { LinkButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { FileLinks } from '../../ui/FileLinks';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { DateText } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { PartyMark, PartyMarks, Who } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import './forums.css';
import { chainChoicesQuery, forumListQuery, useShownDay, type Forum } from './queries';
import { levels, type ForumSearch } from './search';

/** The register of the groups in which the parties meet. */
export function ForumsPage() {
  const t = useTexts().forums;
  const lang = useLang();
  const asOf = useAsOf();
  const navigate = useNavigate();
  const search = useSearch({ from: '/$lang/forums' });
  const mayCreate = useMay('forum.create') && !asOf;
  const parties = useParties().data ?? [];
  const chains = useQuery(chainChoicesQuery(asOf)).data ?? [];
  const tagTerms = useQuery(tagsQuery(asOf)).data ?? [];
  const words = useTexts().content;
  const termName = useTermName();
  const { level, partyId, chainId, tagId } = search;
  const all = useInfiniteQuery(forumListQuery({ asOf }));
  const list = useInfiniteQuery(
    forumListQuery({
      asOf,
      ...(level && { level: [level] }),
      ...(partyId && { partyId: [partyId] }),
      ...(chainId && { chainId: [chainId] }),
      ...(tagId && { tagId: [tagId] }),
    }),
  );
  const filter = (part: ForumSearch) =>
    void navigate({ to: '.', search: { ...search, ...part }, replace: true });

  const partyNames = [
    ...parties.map(({ id, shortName }) => ({ value: id, label: localised(shortName, lang).value })),
    { value: 'none', label: t.noMember },
  ];
  const chainNames = [
    ...chains.map(({ id, title }) => ({ value: id, label: localised(title, lang).value })),
    { value: 'none', label: t.noChain },
  ];
  const tagNames = [
    ...filterable(tagTerms, tagId ? [tagId] : []).map((tag) => ({
      value: tag.id,
      label: termName(tag),
    })),
    { value: 'none', label: words.none },
  ];
  const nameOf = (names: { value: string; label: string }[], value: string) =>
    names.find((option) => option.value === value)?.label ?? value;
  const tags: FilterTag[] = [];
  if (level) {
    tags.push({
      key: 'level',
      label: t.levels[level],
      onRemove: () => filter({ level: undefined }),
    });
  }
  if (partyId) {
    tags.push({
      key: 'party',
      label: nameOf(partyNames, partyId),
      onRemove: () => filter({ partyId: undefined }),
    });
  }
  if (chainId) {
    tags.push({
      key: 'chain',
      label: nameOf(chainNames, chainId),
      onRemove: () => filter({ chainId: undefined }),
    });
  }
  if (tagId) {
    tags.push({
      key: 'tag',
      label: `${words.tag}: ${nameOf(tagNames, tagId)}`,
      onRemove: () => filter({ tagId: undefined }),
    });
  }
  const total = list.data?.pages[0]?.total;
  const everything = { value: '', label: t.filters.all };
  return (
    <>
      <PageHead
        title={t.title}
        lead={
          all.data && !all.hasNextPage ? (
            <Lead forums={all.data.pages.flatMap(({ items }) => items)} />
          ) : undefined
        }
        actions={
          <>
            <FileLinks path="/forums" query={{ asOf, level, partyId, chainId, tagId }} />
            {mayCreate && (
              <LinkButton to="/$lang/forums/new" params={{ lang }} variant="secondary">
                {t.create}
              </LinkButton>
            )}
          </>
        }
      />
      <FilterBar
        result={total === undefined ? '' : t.leadCount(total)}
        tags={tags}
        onClear={() =>
          filter({ level: undefined, partyId: undefined, chainId: undefined, tagId: undefined })
        }
      >
        <Select
          small
          label={t.filters.level}
          value={level ?? ''}
          options={[everything, ...levels.map((value) => ({ value, label: t.levels[value] }))]}
          onChange={(value) => filter({ level: levels.find((known) => known === value) })}
        />
        <Select
          small
          label={t.filters.party}
          value={partyId ?? ''}
          options={[everything, ...partyNames]}
          onChange={(value) => filter({ partyId: value || undefined })}
        />
        <Select
          small
          label={t.filters.chain}
          value={chainId ?? ''}
          options={[everything, ...chainNames]}
          onChange={(value) => filter({ chainId: value || undefined })}
        />
        {(tagTerms.length > 0 || tagId) && (
          <Select
            small
            label={words.tag}
            value={tagId ?? ''}
            options={[everything, ...tagNames]}
            onChange={(value) => filter({ tagId: value || undefined })}
          />
        )}
      </FilterBar>
      <Loaded query={list} loading={t.loading}>
        {({ pages }) => {
          const forums = pages.flatMap(({ items }) => items);
          if (forums.length === 0) {
            return tags.length > 0 ? <EmptyState /> : <EmptyState title={t.none} />;
          }
          return (
            <div id="list">
              <ForumTable forums={forums} />
              <LoadMore
                shown={forums.length}
                total={list.hasNextPage ? total : undefined}
                hasMore={list.hasNextPage}
                loading={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
              />
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

function Lead({ forums }: { forums: readonly Forum[] }) {
  const t = useTexts().forums;
  const lang = useLang();
  const day = useShownDay();
  if (!day || forums.length === 0) return null;
  const held = forums.reduce((sum, { heldThisYear }) => sum + heldThisYear, 0);
  const agreed = forums.reduce((sum, { meetingsPerYear }) => sum + meetingsPerYear, 0);
  const [next] = forums
    .flatMap((forum) => (forum.nextMeeting ? [{ forum, meeting: forum.nextMeeting }] : []))
    .filter(({ meeting }) => dateOf(meeting.startsAt) >= day)
    .sort((a, b) => a.meeting.startsAt.localeCompare(b.meeting.startsAt));
  return (
    <>
      {t.lead.before}
      <a href="#list">{t.leadCount(forums.length)}</a>
      {t.lead.year(Number(day.slice(0, 4)))}
      <a href="#list">{t.leadHeld(held)}</a>
      {t.lead.agreed(agreed)}
      {next && (
        <>
          {t.lead.next}
          <PathLink path={`/meetings/${next.meeting.id}`}>
            <T text={next.forum.title} />
          </PathLink>
          {t.lead.on(formatDate(dateOf(next.meeting.startsAt), lang))}
        </>
      )}
    </>
  );
}

function ForumTable({ forums }: { forums: readonly Forum[] }) {
  const texts = useTexts();
  const t = texts.forums;
  const loops = texts.forumLoops;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const day = useShownDay();
  const year = Number(day?.slice(0, 4));
  return (
    <DataTable
      caption={t.caption}
      className="frm-t"
      columns={[
        {
          key: 'forum',
          header: t.columns.forum,
          kind: 'name',
          render: (forum) => (
            <>
              <PathLink className="q" path={`/forums/${forum.id}`}>
                <T text={forum.title} />
              </PathLink>
              <span className="meta">
                {t.levels[forum.level]}. <T text={forum.purpose} />
              </span>
              {forum.visibility === 'internal' && <GroundMark ground={forum.visibilityGround} />}
            </>
          ),
        },
        {
          key: 'parties',
          header: t.columns.parties,
          className: 'frm-p',
          render: (forum) => {
            const ids = [...new Set(membersOn(forum, day).map(({ post }) => post.partyId))];
            return ids.length === 0 ? '–' : <PartyMarks parties={ids.map(look)} />;
          },
        },
        {
          key: 'posts',
          header: t.columns.posts,
          className: 'frm-posts',
          render: (forum) => {
            const posts = membersOn(forum, day).filter(({ role }) => role !== 'member');
            if (posts.length === 0) return '–';
            return (
              <ul>
                {(['chair', 'secretary'] as const).flatMap((role) =>
                  posts
                    .filter((member) => member.role === role)
                    .map(({ id, post }) => (
                      <li key={id}>
                        <Who party={look(post.partyId)}>
                          <T text={post.title} /> <span className="meta">{t.roles[role]}</span>
                        </Who>
                      </li>
                    )),
                )}
              </ul>
            );
          },
        },
        {
          key: 'rhythm',
          header: t.columns.rhythm(year || undefined),
          kind: 'figure',
          render: ({ heldThisYear, meetingsPerYear, cancelledThisYear }) => (
            <>
              {t.heldOf(heldThisYear, meetingsPerYear)}
              {cancelledThisYear > 0 && (
                <span className="meta">{loops.cancelled(cancelledThisYear)}</span>
              )}
            </>
          ),
        },
        {
          key: 'attendance',
          header: loops.columns.attendance,
          render: ({ attendanceThisYear }) =>
            attendanceThisYear.length === 0 ? (
              '–'
            ) : (
              <ul className="frm-attended">
                {attendanceThisYear.map(({ partyId, present, seats }) => (
                  <li key={partyId}>
                    <PartyMark party={look(partyId)} />{' '}
                    {formatNumber(present / seats, lang, {
                      style: 'percent',
                      maximumFractionDigits: 0,
                    })}
                  </li>
                ))}
              </ul>
            ),
        },
        {
          key: 'decisions',
          header: loops.columns.decisions(year || undefined),
          kind: 'figure',
          render: (forum) => (
            <Link
              className="q"
              to="/$lang/forums/$id"
              params={{ lang, id: forum.id }}
              hash="decisions"
            >
              {forum.decisionsThisYear}
            </Link>
          ),
        },
        {
          key: 'open',
          header: loops.columns.open,
          kind: 'figure',
          render: (forum) =>
            forum.openLoops === 0 ? (
              0
            ) : (
              <Link
                className="q"
                to="/$lang/open-loops"
                params={{ lang }}
                search={{ forumId: forum.id }}
              >
                {forum.openLoops}
              </Link>
            ),
        },
        {
          key: 'mandate',
          header: loops.columns.mandate,
          render: ({ mandateAccepted }) => (mandateAccepted ? loops.accepted : loops.notAccepted),
        },
        {
          key: 'last',
          header: t.columns.last,
          kind: 'figure',
          render: ({ lastMeeting }) => <MeetingDay meeting={lastMeeting} />,
        },
        {
          key: 'next',
          header: t.columns.next,
          kind: 'figure',
          render: ({ nextMeeting }) => <MeetingDay meeting={nextMeeting} />,
        },
      ]}
      groups={[{ key: 'all', rows: forums }]}
      rowKey={({ id }) => id}
    />
  );
}

function MeetingDay({ meeting }: { meeting: Forum['lastMeeting'] }) {
  if (!meeting) return '–';
  return (
    <PathLink className="q" path={`/meetings/${meeting.id}`}>
      <DateText date={dateOf(meeting.startsAt)} />
    </PathLink>
  );
}

function membersOn(forum: Forum, day: string | undefined) {
  return forum.members.filter((member) => day === undefined || member.from <= day);
}
