import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMay } from '../../api/me';
import { partiesQuery, usePartyLooks } from '../../api/parties';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf } from '../../lib/dates';
import { localised } from '../../lib/text';
import { LinkButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { FilterBar, Select } from '../../ui/filters';
import { DateText } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { PartyMarks } from '../../ui/PartyMark';
import { EmptyState, Loaded } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import { forumListQuery, type Forum } from './queries';
import { levels, readForumSearch, type ForumSearch } from './search';
import './forums.css';

/** The register of forums: what each is for, who sits there, how often it meets and when next. */
export function ForumsPage() {
  const texts = useTexts();
  const t = texts.forums;
  const lang = useLang();
  const asOf = useAsOf();
  const navigate = useNavigate();
  const search = readForumSearch(useSearch({ strict: false }));
  const forums = useQuery(
    forumListQuery({
      asOf,
      level: search.level ? [search.level] : undefined,
      partyId: search.partyId ? [search.partyId] : undefined,
    }),
  );
  const parties = useQuery(partiesQuery).data ?? [];
  const mayCreate = useMay('forum.create');
  const narrow = (part: ForumSearch) =>
    void navigate({ to: '.', search: (all) => ({ ...all, ...part }), replace: true });
  const party = parties.find(({ id }) => id === search.partyId);
  const tags = [
    ...(search.level
      ? [
          {
            key: 'level',
            label: t.levels[search.level],
            onRemove: () => narrow({ level: undefined }),
          },
        ]
      : []),
    ...(party
      ? [
          {
            key: 'party',
            label: localised(party.shortName, lang).value,
            onRemove: () => narrow({ partyId: undefined }),
          },
        ]
      : []),
  ];
  const filtered = tags.length > 0;
  const all = forums.data ?? [];
  return (
    <>
      <PageHead
        title={t.title}
        lead={
          all.length > 0 && !filtered
            ? t.lead(all.length, all.filter(({ nextMeeting }) => !nextMeeting).length)
            : undefined
        }
        actions={
          mayCreate && !asOf ? (
            <LinkButton to={`/${lang}/forums/new` as '/'} variant="secondary" small>
              {t.create}
            </LinkButton>
          ) : undefined
        }
      />
      <FilterBar
        result={t.count(all.length)}
        tags={tags}
        onClear={() => narrow({ level: undefined, partyId: undefined })}
      >
        <Select
          small
          label={t.filters.level}
          value={search.level ?? ''}
          options={[
            { value: '', label: t.filters.all },
            ...levels.map((level) => ({ value: level, label: t.levels[level] })),
          ]}
          onChange={(level) => narrow({ level: level === '' ? undefined : level })}
        />
        <Select
          small
          label={t.filters.party}
          value={search.partyId ?? ''}
          options={[
            { value: '', label: t.filters.all },
            ...parties.map(({ id, shortName }) => ({
              value: id,
              label: localised(shortName, lang).value,
            })),
          ]}
          onChange={(partyId) => narrow({ partyId: partyId || undefined })}
        />
      </FilterBar>
      <Loaded query={forums} loading={t.loading}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={filtered ? undefined : t.none} />
          ) : (
            <Register forums={rows} />
          )
        }
      </Loaded>
    </>
  );
}

function Register({ forums }: { forums: readonly Forum[] }) {
  const t = useTexts().forums;
  const look = usePartyLooks(useLang());
  return (
    <DataTable
      caption={t.caption}
      className="reg"
      columns={[
        {
          key: 'forum',
          header: t.columns.forum,
          kind: 'name',
          className: 'reg-n',
          render: (forum) => (
            <>
              <PathLink className="q" path={`/forums/${forum.key}`}>
                <T text={forum.title} />
              </PathLink>
              <span className="meta vw">
                <T text={forum.purpose} />
              </span>
              {forum.visibility === 'internal' && <InternalMark ground={forum.visibilityGround} />}
            </>
          ),
        },
        {
          key: 'parties',
          header: t.columns.parties,
          render: (forum) => {
            const ids = [...new Set(forum.members.map(({ post }) => post.partyId))];
            return ids.length === 0 ? '–' : <PartyMarks parties={ids.map((id) => look(id))} />;
          },
        },
        {
          key: 'level',
          header: t.columns.level,
          render: (forum) => t.levels[forum.level],
        },
        {
          key: 'rhythm',
          header: t.columns.rhythm,
          render: (forum) =>
            forum.meetingsPerYear > 0
              ? t.heldOf(forum.heldThisYear, forum.meetingsPerYear)
              : t.heldOnly(forum.heldThisYear),
        },
        {
          key: 'last',
          header: t.columns.last,
          render: (forum) => <MeetingLink meeting={forum.lastMeeting} none={t.noLast} />,
        },
        {
          key: 'next',
          header: t.columns.next,
          render: (forum) => <MeetingLink meeting={forum.nextMeeting} none={t.noNext} />,
        },
      ]}
      groups={[{ key: 'all', rows: forums }]}
      rowKey={(forum) => forum.id}
    />
  );
}

function MeetingLink({ meeting, none }: { meeting: Forum['lastMeeting']; none: string }) {
  if (!meeting) return <span className="meta">{none}</span>;
  return (
    <PathLink className="q" path={`/meetings/${meeting.id}`}>
      <DateText date={dateOf(meeting.startsAt)} />
    </PathLink>
  );
}
