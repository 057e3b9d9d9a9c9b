import { useState } from 'react';
import { useParties, usePartyLooks } from '../../api/parties';
import { PostLink } from '../../content/PostLink';
import { T, useLang, useTexts } from '../../i18n';
import { formatDate, type ISODate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { Section } from '../../ui/layout';
import { PartyMark, Who } from '../../ui/PartyMark';
import { AddMember, EndMembership } from './MemberForms';
import type { Forum, Membership } from './queries';

interface MembersProps {
  forum: Forum;
  day: ISODate;
  /** The reader may add members and end memberships. */
  editable: boolean;
}

/**
 * The members: the principal parties in equal halves, also where one is empty, everyone else
 * below. A post stands once, with all its roles.
 */
export function Members({ forum, day, editable }: MembersProps) {
  const t = useTexts().forums;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const [editing, setEditing] = useState(false);
  const principals = (useParties().data ?? []).filter(({ principal }) => principal);
  const others = forum.members.filter(
    ({ post }) => !principals.some(({ id }) => id === post.partyId),
  );
  const posts = new Set(forum.members.filter(({ from }) => from <= day).map(({ post }) => post.id));
  const edits = editing && editable;
  return (
    <Section
      title={t.members}
      aside={
        editable ? (
          <Button variant="quiet" small aria-expanded={edits} onClick={() => setEditing(!edits)}>
            {edits ? t.editMembersDone : t.editMembers}
          </Button>
        ) : (
          t.seats(posts.size)
        )
      }
    >
      {forum.members.length === 0 && <p className="meta">{t.noMembers}</p>}
      <div className="frm-mem">
        {principals.map((party) => (
          <div key={party.id}>
            <span className={look(party.id).shape === 'circle' ? 'hb hb-l' : 'hb hb-e'} />
            <h3>
              <PartyMark party={look(party.id)} /> <T text={party.shortName} />
            </h3>
            <MemberList
              forum={forum}
              members={forum.members.filter(({ post }) => post.partyId === party.id)}
              day={day}
              editing={edits}
            />
          </div>
        ))}
      </div>
      {others.length > 0 && (
        <div className="frm-oth">
          <MemberList forum={forum} members={others} day={day} editing={edits} />
        </div>
      )}
      {edits && <AddMember forum={forum} day={day} onClose={() => setEditing(false)} />}
    </Section>
  );
}

interface MemberListProps {
  forum: Forum;
  members: readonly Membership[];
  day: ISODate;
  editing: boolean;
}

function MemberList({ forum, members, day, editing }: MemberListProps) {
  const t = useTexts().forums;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const [ending, setEnding] = useState<string | null>(null);
  if (members.length === 0) return <p className="meta">{t.noMembers}</p>;
  return (
    <ul>
      {byPost(members).map(([first, ...more]) => (
        <li key={first.post.id}>
          <div className="frm-m">
            <Who party={look(first.post.partyId)}>
              <PostLink post={first.post} />
            </Who>
            <span className="meta">
              {[first, ...more]
                .map((member) => roleText(member, day, t, lang))
                .filter(Boolean)
                .join(', ')}
            </span>
          </div>
          {editing &&
            [first, ...more]
              .filter(({ to }) => !to)
              .map((member) =>
                ending === member.id ? (
                  <EndMembership
                    key={member.id}
                    forum={forum}
                    member={member}
                    day={day}
                    onClose={() => setEnding(null)}
                  />
                ) : (
                  <Button
                    key={member.id}
                    variant="quiet"
                    small
                    aria-label={t.endMembershipOf(
                      localised(member.post.title, lang).value,
                      t.roles[member.role],
                    )}
                    onClick={() => setEnding(member.id)}
                  >
                    {more.length > 0 ? t.endRole(t.roles[member.role]) : t.endMembership}
                  </Button>
                ),
              )}
        </li>
      ))}
    </ul>
  );
}

/** The memberships of each post together, in the order of the first of them. */
function byPost(members: readonly Membership[]): [Membership, ...Membership[]][] {
  const posts = new Map<string, [Membership, ...Membership[]]>();
  for (const member of members) {
    const own = posts.get(member.post.id);
    if (own) own.push(member);
    else posts.set(member.post.id, [member]);
  }
  return [...posts.values()];
}

type Words = ReturnType<typeof useTexts>['forums'];

/** The role, and when it begins or ends where that is still to come; an ordinary member has none. */
function roleText(
  { role, from, to }: Membership,
  day: ISODate,
  t: Words,
  lang: Parameters<typeof formatDate>[1],
): string {
  const coming = from > day ? t.from(formatDate(from, lang)) : '';
  const ends = to ? t.until(formatDate(to, lang)) : '';
  const name = role === 'member' && !coming && !ends ? '' : t.roles[role];
  return [name, coming, ends].filter(Boolean).join(' ');
}
