import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { useParties, usePartyLooks } from '../../api/parties';
import { AdminPage } from '../../content/AdminPage';
import { GrantScope } from '../../content/GrantTable';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate, formatDateTime, isISODate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { DataTable, type Column } from '../../ui/DataTable';
import { FilterBar, SearchField, Select, type FilterTag } from '../../ui/filters';
import { DateField } from '../../ui/forms/fields';
import { DateText, Section } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import './access.css';
import { EndGrantForm } from './EndGrantForm';
import { GrantForm } from './GrantForm';
import { grantsQuery, peopleQuery, type Grant } from './queries';
import { roles, type AccessSearch } from './search';

const route = getRouteApi('/$lang/admin/access');

/** Grants now and ever, for administrators and auditors. */
export function AccessPage() {
  const t = useTexts().access;
  return (
    <AdminPage {...t} permission="grant.read" className="pg-access">
      {(now) => (
        <>
          <Grants today={dateOf(now)} />
          <People />
        </>
      )}
    </AdminPage>
  );
}

function Grants({ today }: { today: string }) {
  const t = useTexts().access;
  const lang = useLang();
  const asOf = useAsOf();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (part: Partial<AccessSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part }) });
  const parties = useParties().data ?? [];
  const asked = {
    asOf,
    validOn: search.show ?? search.on,
    role: search.role && [search.role],
    partyId: search.party ? [search.party] : undefined,
    personId: search.person ? [search.person] : undefined,
  };
  const query = useInfiniteQuery(grantsQuery(asked));
  const [granting, setGranting] = useState(false);
  const [ending, setEnding] = useState<string>();

  const administered = parties.filter(({ permissions }) => permissions.includes('grant.create'));
  const grants = query.data?.pages.flatMap(({ items }) => items);
  const total = query.data?.pages[0]?.total ?? 0;
  const day = search.on ?? asOf ?? today;
  const figure = t.grants(total);
  const lead =
    search.role || search.party || search.person
      ? t.leadNarrowed(figure)
      : search.show
        ? t.leadAll(figure)
        : day === today
          ? t.leadToday(figure)
          : t.leadOn(formatDate(day, lang), figure);

  const party = parties.find(({ id }) => id === search.party);
  const person = grants?.flatMap(({ people }) => people).find(({ id }) => id === search.person);
  const tag = (key: keyof AccessSearch, label: string | undefined): FilterTag[] =>
    search[key] && label ? [{ key, label, onRemove: () => narrow({ [key]: undefined }) }] : [];

  return (
    <>
      <PageHead
        title={t.title}
        lead={grants && lead}
        actions={
          <>
            <FileLinks path="/grants" query={{ ...asked, sort: 'role,party,holder' }} />
            {administered.length > 0 && !asOf && (
              <Button aria-expanded={granting} onClick={() => setGranting(!granting)}>
                {t.grant}
              </Button>
            )}
          </>
        }
      />
      {granting && (
        <div className="acc-new">
          <GrantForm parties={administered} today={today} onClose={() => setGranting(false)} />
        </div>
      )}
      <FilterBar
        result={grants ? t.grants(total) : ''}
        tags={[
          ...tag('on', search.on && t.dayTag(formatDate(search.on, lang))),
          ...tag('show', t.showing.any),
          ...tag('role', search.role && t.roles[search.role]),
          ...tag('party', party && localised(party.shortName, lang).value),
          ...tag('person', person ? t.personTag(person.name) : t.personFilter),
        ]}
        onClear={() => void navigate({ search: ({ asOf: past }) => ({ asOf: past }) })}
      >
        <DayFilter
          key={search.on}
          value={search.on ?? ''}
          onChoose={(on) => narrow({ on, show: undefined })}
        />
        <Select
          small
          label={t.show}
          options={(['valid', 'any'] as const).map((value) => ({ value, label: t.showing[value] }))}
          value={search.show ?? 'valid'}
          onChange={(value) => narrow({ show: value === 'any' ? value : undefined })}
        />
        <Select
          small
          label={t.role}
          options={[
            { value: '', label: t.allRoles },
            ...roles.map((value) => ({ value, label: t.roles[value] })),
          ]}
          value={search.role ?? ''}
          onChange={(value) => narrow({ role: value || undefined })}
        />
        <Select
          small
          label={t.party}
          options={[
            { value: '', label: t.allParties },
            ...parties
              .filter(({ principal }) => principal)
              .map(({ id, shortName }) => ({ value: id, label: localised(shortName, lang).value })),
          ]}
          value={search.party ?? ''}
          onChange={(value) => narrow({ party: value || undefined })}
        />
      </FilterBar>
      <Loaded query={{ ...query, data: grants }} loading={t.loading}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t.empty.title} text={t.empty.text} />
          ) : (
            <>
              <GrantTable
                grants={found}
                today={asOf ?? today}
                ending={ending}
                onEnd={asOf ? undefined : setEnding}
              />
              <LoadMore
                shown={found.length}
                total={total}
                hasMore={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}

interface DayFilterProps {
  value: string;
  onChoose: (day: string | undefined) => void;
}

/** "Who had which role on": a day, taken on Enter or by its button. */
function DayFilter({ value, onChoose }: DayFilterProps) {
  const t = useTexts().access;
  const [day, setDay] = useState(value);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (day === '' || isISODate(day)) onChoose(day || undefined);
  };
  return (
    <form className="acc-day" onSubmit={submit} noValidate>
      <DateField label={t.day} hint="" value={day} onChange={setDay} />
      <Button type="submit" variant="secondary" small>
        {t.showDay}
      </Button>
    </form>
  );
}

interface GrantTableProps {
  grants: readonly Grant[];
  today: string;
  ending: string | undefined;
  /** Missing where nothing can be ended. */
  onEnd: ((id: string | undefined) => void) | undefined;
}

function GrantTable({ grants, today, ending, onEnd }: GrantTableProps) {
  const t = useTexts().access;
  const lang = useLang();
  const look = usePartyLooks(lang);

  const holder = ({ post, people }: Grant) =>
    post ? localised(post.title, lang).value : (people[0]?.name ?? '');
  const endable = onEnd !== undefined && grants.some(({ permissions }) => permissions.length > 0);

  const columns: Column<Grant>[] = [
    {
      key: 'holder',
      header: t.columns.holder,
      kind: 'name',
      render: (grant) => (
        <Who party={look(grant.partyId)}>
          {grant.post ? <T text={grant.post.title} /> : (grant.people[0]?.name ?? '')}
        </Who>
      ),
    },
    { key: 'scope', header: t.columns.scope, render: (grant) => <GrantScope grant={grant} /> },
    {
      key: 'people',
      header: t.columns.people,
      render: ({ people, post }) =>
        !post ? (
          <span className="meta">{t.inPerson}</span>
        ) : people.length > 0 ? (
          people.map(({ id, name, deputy }) => (
            <div key={id}>
              {name}
              {deputy && <span className="meta"> {t.deputy}</span>}
            </div>
          ))
        ) : (
          <span className="meta">{t.nobody}</span>
        ),
    },
    {
      key: 'validity',
      header: t.columns.validity,
      render: ({ validFrom, validTo }) =>
        validTo ? (
          <span>
            <DateText date={validFrom} />
            {'–'}
            <DateText date={validTo} />
          </span>
        ) : (
          <span className="nb">{t.validFrom(formatDate(validFrom, lang))}</span>
        ),
    },
    {
      key: 'state',
      header: t.columns.state,
      render: (grant) => <State grant={grant} today={today} />,
    },
  ];
  if (endable) {
    columns.push({
      key: 'actions',
      header: t.columns.actions,
      hiddenHeader: true,
      className: 'num',
      render: (grant) =>
        grant.permissions.includes('grant.end') && (
          <button
            type="button"
            className="linkish"
            aria-expanded={ending === grant.id}
            aria-label={t.endOf(t.roles[grant.role], holder(grant))}
            onClick={() => onEnd(ending === grant.id ? undefined : grant.id)}
          >
            {t.end}
          </button>
        ),
    });
  }

  return (
    <DataTable
      caption={t.title}
      columns={columns}
      groups={roles
        .map((role) => ({
          key: role,
          heading: (
            <>
              {t.roles[role]} <span className="meta">{t.roleHelp[role]}</span>
            </>
          ),
          rows: grants.filter((grant) => grant.role === role),
        }))
        .filter(({ rows }) => rows.length > 0)}
      rowKey={({ id }) => id}
      selected={({ id }) => id === ending}
      expanded={(grant) =>
        grant.id === ending && (
          <EndGrantForm
            grant={grant}
            label={t.endLabel(t.roles[grant.role], holder(grant))}
            onClose={() => onEnd?.(undefined)}
          />
        )
      }
    />
  );
}

function State({ grant, today }: { grant: Grant; today: string }) {
  const t = useTexts().access;
  const lang = useLang();
  const { endedAt, endReason, validFrom, validTo } = grant;
  if (endedAt) {
    return (
      <>
        <div>{t.endedAt(formatDateTime(endedAt, lang))}</div>
        {endReason && <div className="meta">{endReason}</div>}
      </>
    );
  }
  if (validTo && validTo < today) return t.expired(formatDate(validTo, lang));
  if (validFrom > today) return t.coming(formatDate(validFrom, lang));
  return t.current;
}

/** Everybody who has signed in, and the posts that they hold. */
function People() {
  const t = useTexts().access;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const asOf = useAsOf();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(
    peopleQuery({ asOf, q: search.q, partyId: search.party ? [search.party] : undefined }),
  );
  const people = query.data?.pages.flatMap(({ items }) => items);
  return (
    <Section title={t.peopleTitle}>
      <p className="meta acc-text">{t.peopleText}</p>
      <div className="acc-search">
        <SearchField
          label={t.peopleSearch}
          value={search.q ?? ''}
          onSearch={(q) => void navigate({ search: (old) => ({ ...old, q: q || undefined }) })}
        />
      </div>
      <Loaded query={{ ...query, data: people }}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState />
          ) : (
            <>
              <DataTable
                caption={t.peopleTitle}
                columns={[
                  {
                    key: 'name',
                    header: t.personName,
                    kind: 'name',
                    render: ({ id, name, partyId }) => (
                      <Who party={look(partyId)}>
                        <Link className="q" to="/$lang/admin/people/$id" params={{ lang, id }}>
                          {name}
                        </Link>
                      </Who>
                    ),
                  },
                  { key: 'email', header: t.personEmail, render: ({ email }) => email || '–' },
                  {
                    key: 'posts',
                    header: asOf ? t.personPostsOn(formatDate(asOf, lang)) : t.personPosts,
                    render: ({ posts }) =>
                      posts.length > 0 ? (
                        posts.map((post) => (
                          <div key={post.id}>
                            <T text={post.title} />
                            {post.deputy && <span className="meta"> {t.deputy}</span>}
                          </div>
                        ))
                      ) : (
                        <span className="meta">{t.noPosts}</span>
                      ),
                  },
                  {
                    key: 'grants',
                    header: t.columns.actions,
                    hiddenHeader: true,
                    className: 'num',
                    render: ({ id, name }) => (
                      <button
                        type="button"
                        className="linkish"
                        aria-label={t.showGrantsOf(name)}
                        onClick={() => {
                          void navigate({ search: (old) => ({ ...old, person: id }) });
                          window.scrollTo({ top: 0 });
                        }}
                      >
                        {t.showGrants}
                      </button>
                    ),
                  },
                ]}
                groups={[{ key: 'all', rows: found }]}
                rowKey={({ id }) => id}
              />
              <LoadMore
                shown={found.length}
                total={query.data?.pages[0]?.total}
                hasMore={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
