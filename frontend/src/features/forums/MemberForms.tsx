import { useState } from 'react';
import type { PostRef } from '../../api/posts';
import { PostPicker } from '../../content/PostPicker';
import { useLang, useTexts } from '../../i18n';
import type { ISODate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Select } from '../../ui/filters';
import { DateField, TextField } from '../../ui/forms/fields';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { fieldError } from '../../ui/problemTexts';
import { useToast } from '../../ui/Toast';
import {
  useAddMember,
  useEndMembership,
  type Forum,
  type Membership,
  type MembershipInput,
} from './queries';

const roles = ['member', 'chair', 'secretary'] as const;

/** Makes a post a member from a day on. Stays open for the next one. */
export function AddMember({
  forum,
  day,
  onClose,
}: {
  forum: Forum;
  day: ISODate;
  onClose: () => void;
}) {
  const texts = useTexts();
  const t = texts.forums;
  const toast = useToast();
  const add = useAddMember(forum.id);
  const [post, setPost] = useState<PostRef | null>(null);
  const [role, setRole] = useState<MembershipInput['role']>('member');
  const [from, setFrom] = useState(day);
  // The picker keeps what was typed; after each member a new one takes its place.
  const [added, setAdded] = useState(0);
  const error = (pointer: string) => fieldError(add.error, pointer, texts);
  const save = () =>
    whenSaved(add.mutateAsync({ postId: post?.id ?? '', role, from: from || undefined }), () => {
      toast(t.memberAdded);
      setPost(null);
      setRole('member');
      setAdded(added + 1);
    });
  return (
    <div className="frm-add">
      <h3>{t.addMember}</h3>
      <InlineUpdateForm
        label={t.addMember}
        onSave={save}
        onCancel={onClose}
        saving={add.isPending}
        error={add.error}
      >
        <div className="fields">
          <PostPicker
            key={added}
            label={t.post}
            value={post}
            onChange={setPost}
            error={error('/postId')}
          />
          <Select
            label={t.role}
            value={role}
            options={roles.map((value) => ({ value, label: t.roles[value] }))}
            onChange={setRole}
            error={error('/role')}
          />
          <DateField label={t.fromDay} value={from} onChange={setFrom} error={error('/from')} />
        </div>
      </InlineUpdateForm>
    </div>
  );
}

interface EndMembershipProps {
  forum: Forum;
  member: Membership;
  day: ISODate;
  onClose: () => void;
}

/** Says which day is the last of a membership. */
export function EndMembership({ forum, member, day, onClose }: EndMembershipProps) {
  const texts = useTexts();
  const t = texts.forums;
  const lang = useLang();
  const toast = useToast();
  const end = useEndMembership(forum.id, member.id);
  const [on, setOn] = useState(day);
  const [reason, setReason] = useState('');
  const save = () =>
    whenSaved(end.mutateAsync({ on: on || undefined, reason: reason || undefined }), () => {
      toast(t.membershipEnded);
      onClose();
    });
  return (
    <InlineUpdateForm
      label={t.endMembershipOf(localised(member.post.title, lang).value, t.roles[member.role])}
      onSave={save}
      onCancel={onClose}
      saving={end.isPending}
      error={end.error}
    >
      <div className="fields">
        <DateField
          label={t.endOn}
          value={on}
          onChange={setOn}
          error={fieldError(end.error, '/on', texts)}
        />
        <TextField
          optional
          label={t.endReason}
          value={reason}
          onChange={setReason}
          error={fieldError(end.error, '/reason', texts)}
        />
      </div>
    </InlineUpdateForm>
  );
}
