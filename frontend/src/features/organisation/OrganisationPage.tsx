import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useMay, useMe } from '../../api/me';
import { useParties, usePartyLooks, type Party } from '../../api/parties';
import type { Post } from '../../api/posts';
import { unitsQuery } from '../../api/units';
import { postAnchor } from '../../content/PostLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button, LinkButton } from '../../ui/Button';
import { FileLinks } from '../../ui/FileLinks';
import { FilterBar, SearchField, Select } from '../../ui/filters';
import { DateText, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { PartyMark, type PartyShape } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadingLines } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import './organisation.css';
import { holdingsQuery, postsQuery, type Holding } from './queries';
import { countTree, searchTree, unitTree, type UnitNode } from './tree';

const forms = () => import('./forms');
const PartyForm = lazy(async () => ({ default: (await forms()).PartyForm }));
const UnitForm = lazy(async () => ({ default: (await forms()).UnitForm }));
const PostForm = lazy(async () => ({ default: (await forms()).PostForm }));
const Holders = lazy(async () => ({ default: (await forms()).Holders }));

const route = getRouteApi('/$lang/organisation');

/** The one form that is open on the page. */
type Open =
  | { kind: 'party' | 'unit' | 'post' | 'holders'; id: string }
  | { kind: 'newUnit' | 'newPost'; id: string }
  | undefined;

interface Editing {
  /** Whether the controls show: chosen by the reader, and never of a past day. */
  on: boolean;
  open: Open;
  setOpen: (open: Open) => void;
  today: string;
}

/** The parties side by side with their units and posts. Persons are shown to staff only. */
export function OrganisationPage() {
  const texts = useTexts();
  const t = texts.organisation;
  const lang = useLang();
  const asOf = useAsOf();
  const { q = '', show } = route.useSearch();
  const navigate = route.useNavigate();
  const me = useMe().data;
  const asked = { asOf, validOn: show };
  const parties = useParties();
  const units = useQuery(unitsQuery(asked));
  const posts = useQuery(postsQuery(asked));
  const staff = me?.hasRole ?? false;
  const holdings = useQuery({ ...holdingsQuery({ asOf }), enabled: staff });
  const [editing, setEditing] = useState(false);
  const [open, setOpen] = useState<Open>();

  // A link to a post of another time than the one shown.
  const hash = useLocation({ select: (location) => location.hash });
  const absent =
    hash.startsWith(postAnchor('')) &&
    posts.data?.some(({ id }) => postAnchor(id) === hash) === false;
  useEffect(() => {
    if (absent && !show) {
      void navigate({ search: (old) => ({ ...old, show: 'any' }), hash: true, replace: true });
    }
  }, [absent, show, navigate]);

  const mayImport = useMay('post.edit');
  const mayEdit = parties.data?.some(({ permissions }) => permissions.includes('unit.edit'));
  const edit: Editing = {
    on: editing && mayEdit === true && !asOf,
    open,
    setOpen,
    today: me ? dateOf(me.now) : '',
  };
  const all = {
    data:
      parties.data && units.data && posts.data
        ? { parties: parties.data, units: units.data, posts: posts.data }
        : undefined,
    error: parties.error ?? units.error ?? posts.error ?? holdings.error,
    isFetching: parties.isFetching || units.isFetching || posts.isFetching || holdings.isFetching,
    refetch: () => Promise.all([parties.refetch(), units.refetch(), posts.refetch()]),
  };
  const figures = all.data && { units: all.data.units.length, posts: all.data.posts.length };

  return (
    <div className="pg-org">
      <PageHead
        title={t.title}
        lead={
          figures && (
            <>
              {t.lead(t.posts(figures.posts), t.inUnits(figures.units))}{' '}
              <Link to="/$lang/radar" params={{ lang }}>
                {texts.radar.title}
              </Link>
            </>
          )
        }
        actions={
          <>
            <FileLinks path="/posts" query={{ ...asked, q: q || undefined, sort: 'party,title' }} />
            {mayImport && !asOf && (
              <LinkButton variant="secondary" to="/$lang/organisation/import" params={{ lang }}>
                {texts.imports.link}
              </LinkButton>
            )}
            {mayEdit && !asOf && (
              <Button
                variant="secondary"
                aria-pressed={editing}
                onClick={() => {
                  setEditing(!editing);
                  setOpen(undefined);
                }}
              >
                {editing ? t.editDone : t.edit}
              </Button>
            )}
          </>
        }
      />
      <Loaded query={all} loading={t.loading}>
        {(data) => {
          const trees = data.parties.map((party) => ({
            party,
            nodes: searchTree(unitTree(data.units, data.posts, party.id), q),
          }));
          const found = countTree(trees.flatMap(({ nodes }) => nodes));
          const principal = trees.filter(({ party }) => party.principal);
          const others = trees.filter(
            ({ party, nodes }) => !party.principal && (!q || nodes.length > 0),
          );
          return (
            <>
              <FilterBar
                result={t.found(found.posts)}
                tags={[
                  ...(q
                    ? [
                        {
                          key: 'q',
                          label: q,
                          onRemove: () =>
                            void navigate({ search: (old) => ({ ...old, q: undefined }) }),
                        },
                      ]
                    : []),
                  ...(show
                    ? [
                        {
                          key: 'show',
                          label: t.showing.any,
                          onRemove: () =>
                            void navigate({ search: (old) => ({ ...old, show: undefined }) }),
                        },
                      ]
                    : []),
                ]}
                onClear={() => void navigate({ search: ({ asOf: day }) => ({ asOf: day }) })}
              >
                <SearchField
                  label={t.search}
                  value={q}
                  onSearch={(text) =>
                    void navigate({ search: (old) => ({ ...old, q: text || undefined }) })
                  }
                />
                <Select
                  small
                  label={t.show}
                  options={(['valid', 'any'] as const).map((value) => ({
                    value,
                    label: t.showing[value],
                  }))}
                  value={show ?? 'valid'}
                  onChange={(value) =>
                    void navigate({
                      search: (old) => ({ ...old, show: value === 'any' ? value : undefined }),
                    })
                  }
                />
              </FilterBar>
              {found.units === 0 && q ? (
                <EmptyState title={t.noneFound} />
              ) : (
                <>
                  {staff ? <InternalNote /> : null}
                  <div className="org-two">
                    {principal.map(({ party, nodes }) => (
                      <PartySection
                        key={party.id}
                        party={party}
                        nodes={nodes}
                        searching={q !== ''}
                        holdings={staff ? holdings.data : undefined}
                        edit={edit}
                      />
                    ))}
                  </div>
                  {others.length > 0 && (
                    <Section title={t.others}>
                      <div className="org-others">
                        {others.map(({ party, nodes }) => (
                          <PartySection
                            key={party.id}
                            party={party}
                            nodes={nodes}
                            searching={q !== ''}
                            holdings={staff ? holdings.data : undefined}
                            edit={edit}
                            level={3}
                          />
                        ))}
                      </div>
                    </Section>
                  )}
                </>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

/** Says once what the shaded names are. */
function InternalNote() {
  const t = useTexts().organisation;
  return (
    <div className="org-note">
      <InternalMark />
      <span className="meta">{t.holdersInternal}</span>
    </div>
  );
}

interface PartySectionProps {
  party: Party;
  nodes: readonly UnitNode[];
  searching: boolean;
  holdings: readonly Holding[] | undefined;
  edit: Editing;
  level?: 2 | 3;
}

function PartySection({ party, nodes, searching, holdings, edit, level = 2 }: PartySectionProps) {
  const t = useTexts().organisation;
  const lang = useLang();
  const look = usePartyLooks(lang)(party.id);
  const may = (permission: string) =>
    edit.on && party.permissions.some((held) => held === permission);
  const is = (kind: string) => edit.open?.kind === kind && edit.open.id === party.id;
  const close = () => edit.setOpen(undefined);
  const figures = countTree(nodes);
  const name = localised(party.name, lang).value;
  return (
    <Section
      level={level}
      title={
        <span className="org-party">
          <PartyMark party={look} />
          <T text={party.name} />
        </span>
      }
      aside={t.partyFigures(figures.units, figures.posts)}
    >
      {(may('party.edit') || may('unit.edit')) && (
        <div className="btns org-do">
          {may('party.edit') && (
            <Button
              variant="secondary"
              small
              onClick={() => edit.setOpen({ kind: 'party', id: party.id })}
            >
              {t.rename}
            </Button>
          )}
          {may('unit.edit') && (
            <Button
              variant="secondary"
              small
              aria-label={t.addUnitTo(name)}
              onClick={() => edit.setOpen({ kind: 'newUnit', id: party.id })}
            >
              {t.addUnit}
            </Button>
          )}
        </div>
      )}
      <Suspense fallback={<LoadingLines lines={2} />}>
        {is('party') && <PartyForm party={party} onClose={close} />}
        {is('newUnit') && <UnitForm partyId={party.id} today={edit.today} onClose={close} />}
      </Suspense>
      {nodes.length === 0 ? (
        <p className="meta">{searching ? t.noneFound : t.none}</p>
      ) : (
        <UnitList nodes={nodes} shape={look.shape} holdings={holdings} edit={edit} />
      )}
    </Section>
  );
}

interface UnitListProps {
  nodes: readonly UnitNode[];
  shape: PartyShape;
  holdings: readonly Holding[] | undefined;
  edit: Editing;
}

function UnitList({ nodes, shape, holdings, edit }: UnitListProps) {
  return (
    <ul className="org-units">
      {nodes.map((node) => (
        <UnitItem key={node.unit.id} node={node} shape={shape} holdings={holdings} edit={edit} />
      ))}
    </ul>
  );
}

interface UnitItemProps extends Omit<UnitListProps, 'nodes'> {
  node: UnitNode;
}

function UnitItem({ node, shape, holdings, edit }: UnitItemProps) {
  const t = useTexts().organisation;
  const lang = useLang();
  const { unit, posts, below } = node;
  const name = localised(unit.name, lang).value;
  const may = (permission: string) =>
    edit.on && unit.permissions.some((held) => held === permission);
  const is = (kind: string) => edit.open?.kind === kind && edit.open.id === unit.id;
  const close = () => edit.setOpen(undefined);
  return (
    <li>
      <div className="org-unit">
        <b>
          <T text={unit.name} />
        </b>
        <Validity from={unit.validFrom} to={unit.validTo} />
        {may('unit.edit') && (
          <span className="org-act">
            <button
              type="button"
              className="linkish"
              aria-label={t.changeOf(name)}
              onClick={() => edit.setOpen({ kind: 'unit', id: unit.id })}
            >
              {t.change}
            </button>
            <button
              type="button"
              className="linkish"
              aria-label={t.addPostTo(name)}
              onClick={() => edit.setOpen({ kind: 'newPost', id: unit.id })}
            >
              {t.addPost}
            </button>
            <button
              type="button"
              className="linkish"
              aria-label={t.addUnitTo(name)}
              onClick={() => edit.setOpen({ kind: 'newUnit', id: unit.id })}
            >
              {t.addUnit}
            </button>
          </span>
        )}
      </div>
      <Suspense fallback={<LoadingLines lines={2} />}>
        {is('unit') && (
          <UnitForm partyId={unit.partyId} unit={unit} today={edit.today} onClose={close} />
        )}
        {is('newUnit') && (
          <UnitForm partyId={unit.partyId} parentId={unit.id} today={edit.today} onClose={close} />
        )}
        {is('newPost') && (
          <PostForm partyId={unit.partyId} unitId={unit.id} today={edit.today} onClose={close} />
        )}
      </Suspense>
      {posts.length > 0 && (
        <ul className={`org-posts ${shape}`}>
          {posts.map((post) => (
            <PostItem
              key={post.id}
              post={post}
              holdings={holdings?.filter((holding) => holding.post.id === post.id)}
              edit={edit}
            />
          ))}
        </ul>
      )}
      {below.length > 0 && <UnitList nodes={below} shape={shape} holdings={holdings} edit={edit} />}
    </li>
  );
}

interface PostItemProps {
  post: Post;
  /** Who holds it today; undefined for those who may not know. */
  holdings: readonly Holding[] | undefined;
  edit: Editing;
}

function PostItem({ post, holdings, edit }: PostItemProps) {
  const texts = useTexts();
  const t = texts.organisation;
  const lang = useLang();
  const name = localised(post.title, lang).value;
  const may = (permission: string) =>
    edit.on && post.permissions.some((held) => held === permission);
  const is = (kind: string) => edit.open?.kind === kind && edit.open.id === post.id;
  const close = () => edit.setOpen(undefined);
  const anchor = postAnchor(post.id);
  const meant = useLocation({ select: ({ hash }) => hash === anchor });
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!meant) return;
    row.current?.scrollIntoView({ block: 'center' });
    row.current?.focus({ preventScroll: true });
  }, [meant]);
  return (
    <li ref={row} id={anchor} tabIndex={-1} className={meant ? 'meant' : undefined}>
      <div className="org-post">
        <Link className="q" to="/$lang/organisation/posts/$id" params={{ lang, id: post.id }}>
          <T text={post.title} />
        </Link>
        <Validity from={post.validFrom} to={post.validTo} />
        {post.serviceAddress && <span className="meta">{post.serviceAddress}</span>}
        {holdings ? (
          <HeldBy holdings={holdings} />
        ) : (
          post.contacts.map(({ name, kind }) => (
            <span key={name} className="meta">
              {kind === 'deputy' ? texts.content.deputyNamed(name) : name}
            </span>
          ))
        )}
        {(may('post.edit') || may('holding.edit')) && (
          <span className="org-act">
            {may('post.edit') && (
              <button
                type="button"
                className="linkish"
                aria-label={t.changeOf(name)}
                onClick={() => edit.setOpen({ kind: 'post', id: post.id })}
              >
                {t.change}
              </button>
            )}
            {may('holding.edit') && (
              <button
                type="button"
                className="linkish"
                aria-label={t.holdersOf(name)}
                onClick={() => edit.setOpen({ kind: 'holders', id: post.id })}
              >
                {t.holders}
              </button>
            )}
          </span>
        )}
      </div>
      <Suspense fallback={<LoadingLines lines={2} />}>
        {is('post') && (
          <PostForm
            partyId={post.partyId}
            post={post}
            unitId={post.unitId}
            today={edit.today}
            onClose={close}
          />
        )}
        {is('holders') && <Holders post={post} today={edit.today} onClose={close} />}
      </Suspense>
    </li>
  );
}

/** Who holds a post, shaded as what the public does not see. */
function HeldBy({ holdings }: { holdings: readonly Holding[] }) {
  const t = useTexts().organisation;
  const holders = holdings.filter(({ kind }) => kind === 'holder');
  const deputies = holdings.filter(({ kind }) => kind === 'deputy');
  return (
    <span className="org-held">
      {holders.length === 0 && <span className="meta">{t.vacant}</span>}
      {holders.map(({ id, person }) => (
        <span key={id}>{person.name}</span>
      ))}
      {deputies.map(({ id, person, validTo }) => (
        <span key={id}>
          {person.name} <span className="meta">{t.deputy}</span>{' '}
          {validTo && <Until day={validTo} />}
        </span>
      ))}
    </span>
  );
}

function Until({ day }: { day: string }) {
  const t = useTexts().organisation;
  const lang = useLang();
  return <span className="meta">{t.to(formatDate(day, lang))}</span>;
}

/** The validity of what has not been there always, or is not for ever. */
function Validity({ from, to }: { from: string; to?: string }) {
  const me = useMe().data;
  const today = useAsOf() ?? (me && dateOf(me.now)) ?? '';
  if (!to && from <= today) return null;
  return (
    <span className="meta">
      <DateText date={from} />
      {'–'}
      {to && <DateText date={to} />}
    </span>
  );
}
