import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { partiesQuery, usePartyLooks } from '../../api/parties';
import type { PostRef } from '../../api/posts';
import { PostPicker } from '../../content/PostPicker';
import { T, useLang, useTexts } from '../../i18n';
import { formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { DateField, TextField } from '../../ui/forms/fields';
import { PartyMark, Who } from '../../ui/PartyMark';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useAddMember, useEndMembership, type Forum, type Membership } from './queries';

/** Who sits there: the principal parties in equal halves, everyone else below. */
export function Members({ members }: { members: readonly Membership[] }) {
  const t = useTexts().forums;
  const look = usePartyLooks(useLang());
  const parties = useQuery(partiesQuery).data ?? [];
  const principals = parties.filter(({ principal }) => principal);
  const others = members.filter(({ post }) => !principals.some(({ id }) => id === post.partyId));
  if (members.length === 0) return <p className="meta">{t.noMembers}</p>;
  return (
    <>
      <div className="mem">
        {principals.map((party) => {
          const own = members.filter(({ post }) => post.partyId === party.id);
          return (
            <div key={party.id}>
              <span className={look(party.id).shape === 'circle' ? 'hb hb-l' : 'hb hb-e'} />
              <h3>
                <PartyMark party={look(party.id)} /> <T text={party.shortName} />
              </h3>
              {own.length === 0 ? (
                <p className="meta">–</p>
              ) : (
                <ul>
                  {own.map((member) => (
                    <Member key={member.id} member={member} />
                  ))}
                </ul>
              )}
            </div>
          );
        })}
      </div>
      {others.length > 0 && (
        <ul className="oth">
          {others.map((member) => (
            <Member key={member.id} member={member} />
          ))}
        </ul>
      )}
    </>
  );
}

function Member({ member }: { member: Membership }) {
  const t = useTexts().forums;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const notes = [
    member.role === 'member' ? '' : t.roles[member.role],
    member.to ? t.until(formatDate(member.to, lang)) : '',
  ].filter(Boolean);
  return (
    <li>
      <Who party={look(member.post.partyId)}>
        <T text={member.post.title} />
      </Who>
      <span className="meta">{notes.join(', ')}</span>
    </li>
  );
}

/** Adds members and ends memberships. A membership ends; it is never taken away. */
export function EditMembers({ forum, onDone }: { forum: Forum; onDone: () => void }) {
  const t = useTexts().forums;
  const lang = useLang();
  const [ending, setEnding] = useState<string | null>(null);
  return (
    <div className="edit-mem">
      <AddMember forumId={forum.id} />
      <ul className="hl row-text">
        {forum.members.map((member) => (
          <li key={member.id}>
            <div className="mem-line">
              <span>
                <T text={member.post.title} />{' '}
                <span className="meta">
                  {t.roles[member.role]}, {t.from(formatDate(member.from, lang))}
                </span>
              </span>
              {!member.to && (
                <Button
                  variant="quiet"
                  small
                  aria-label={t.form.endOf(localised(member.post.title, lang).value)}
                  aria-expanded={ending === member.id}
                  onClick={() => setEnding(ending === member.id ? null : member.id)}
                >
                  {t.form.end}
                </Button>
              )}
            </div>
            {ending === member.id && (
              <EndMembership forumId={forum.id} member={member} onDone={() => setEnding(null)} />
            )}
          </li>
        ))}
      </ul>
      <p className="btns">
        <Button variant="secondary" small onClick={onDone}>
          {t.form.done}
        </Button>
      </p>
    </div>
  );
}

const roles = ['member', 'chair', 'secretary'] as const;

function AddMember({ forumId }: { forumId: string }) {
  const texts = useTexts();
  const t = texts.forums.form;
  const tell = useToast();
  const add = useAddMember(forumId);
  const [post, setPost] = useState<PostRef | null>(null);
  const [role, setRole] = useState<(typeof roles)[number]>('member');
  const [from, setFrom] = useState('');
  const error = (pointer: string) => fieldError(add.error, pointer, texts);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (add.isPending || !post) return;
    add.mutate(
      { postId: post.id, role, ...(from && { from }) },
      {
        onSuccess: () => {
          tell(t.memberAdded);
          setPost(null);
        },
      },
    );
  };
  return (
    <form className="fields" aria-label={t.addMember} onSubmit={submit} noValidate>
      <PostPicker
        key={post === null ? 'empty' : 'chosen'}
        label={t.post}
        value={post}
        onChange={setPost}
        error={error('/postId')}
      />
      <Select
        label={t.role}
        value={role}
        options={roles.map((value) => ({ value, label: texts.forums.roles[value] }))}
        onChange={setRole}
      />
      <DateField
        label={t.fromDay}
        value={from}
        onChange={setFrom}
        error={error('/from')}
        optional
      />
      {add.error !== null && !error('/postId') && !error('/from') && (
        <ErrorState error={add.error} title={texts.problems.saveTitle} />
      )}
      <p className="btns">
        <Button type="submit" small aria-disabled={add.isPending || !post}>
          {t.addMember}
        </Button>
      </p>
    </form>
  );
}

interface EndProps {
  forumId: string;
  member: Membership;
  onDone: () => void;
}

function EndMembership({ forumId, member, onDone }: EndProps) {
  const texts = useTexts();
  const t = texts.forums.form;
  const tell = useToast();
  const end = useEndMembership(forumId);
  const [on, setOn] = useState('');
  const [reason, setReason] = useState('');
  const wrong = fieldError(end.error, '/on', texts);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (end.isPending) return;
    end.mutate(
      { memberId: member.id, body: { ...(on && { on }), reason } },
      {
        onSuccess: () => {
          tell(t.ended);
          onDone();
        },
      },
    );
  };
  return (
    <form className="fields" aria-label={t.end} onSubmit={submit} noValidate>
      <DateField label={t.endOn} value={on} onChange={setOn} error={wrong} optional />
      <TextField label={t.reason} value={reason} onChange={setReason} optional />
      {end.error !== null && !wrong && (
        <ErrorState error={end.error} title={texts.problems.saveTitle} />
      )}
      <p className="btns">
        <Button type="submit" small aria-disabled={end.isPending}>
          {t.end}
        </Button>
        <Button variant="quiet" small onClick={onDone}>
          {texts.ui.cancel}
        </Button>
      </p>
    </form>
  );
}
