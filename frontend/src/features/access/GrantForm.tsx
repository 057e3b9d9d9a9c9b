import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Party } from '../../api/parties';
import { usePartyLooks } from '../../api/parties';
import { usePersonSearch } from '../../api/people';
import { usePostSearch } from '../../api/posts';
import { unitOptions, unitsQuery } from '../../api/units';
import { useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Select } from '../../ui/filters';
import { ComboBox, type ComboOption } from '../../ui/forms/ComboBox';
import { DateField } from '../../ui/forms/fields';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { PartyMark } from '../../ui/PartyMark';
import { fieldError } from '../../ui/problemTexts';
import { Segments } from '../../ui/Segments';
import { useToast } from '../../ui/Toast';
import { forumChoicesQuery, useCreateGrant } from './queries';
import { roles, type Role } from './search';

interface GrantFormProps {
  /** Those whose administrator the reader is. */
  parties: readonly Party[];
  today: string;
  onClose: () => void;
}

/** Grants a role to a post, or for administrators and auditors to a person. */
export function GrantForm({ parties, today, onClose }: GrantFormProps) {
  const texts = useTexts();
  const t = texts.access;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const tell = useToast();
  const partyIds = parties.map(({ id }) => id);
  const posts = usePostSearch(partyIds);
  const people = usePersonSearch(partyIds);
  const units = useQuery(unitsQuery({ asOf: ofNow })).data ?? [];
  const forums = useQuery(forumChoicesQuery).data ?? [];

  const [role, setRole] = useState<Role>('reader');
  const [to, setTo] = useState<'post' | 'person'>('post');
  const [post, setPost] = useState<ComboOption | null>(null);
  const [person, setPerson] = useState<ComboOption | null>(null);
  const [unitId, setUnitId] = useState('');
  const [forumId, setForumId] = useState('');
  const [validFrom, setValidFrom] = useState(today);
  const [validTo, setValidTo] = useState('');
  const { mutateAsync, isPending, error } = useCreateGrant();

  const personal = role === 'administrator' || role === 'auditor';
  const toPerson = personal && to === 'person';
  const choose = [{ value: '', label: texts.ui.choose }];
  const withMark = (found: { id: string; label: string; detail: string; partyId: string }[]) =>
    found.map((option) => ({ ...option, sign: <PartyMark party={look(option.partyId)} /> }));

  const save = () =>
    whenSaved(
      mutateAsync({
        role,
        ...(toPerson ? { personId: person?.id } : { postId: post?.id }),
        ...(role === 'manager' && unitId ? { unitId } : {}),
        ...(role === 'secretary' && forumId ? { forumId } : {}),
        validFrom,
        ...(validTo ? { validTo } : {}),
      }),
      () => {
        tell(t.granted);
        onClose();
      },
    );
  // With nobody chosen the server misses the post; the field in sight tells it.
  const missing = fieldError(error, '/postId', texts);

  return (
    <InlineUpdateForm
      label={t.grant}
      saveLabel={t.grantAction}
      saving={isPending}
      error={error}
      onSave={save}
      onCancel={onClose}
    >
      <div>
        <h2>{t.grant}</h2>
        <p className="meta">{t.grantHint}</p>
      </div>
      <Select
        label={t.role}
        hint={t.roleHelp[role]}
        options={roles.map((value) => ({ value, label: t.roles[value] }))}
        value={role}
        onChange={setRole}
        error={fieldError(error, '/role', texts)}
      />
      {personal && (
        <Segments
          label={t.grantTo}
          options={(['post', 'person'] as const).map((value) => ({
            value,
            label: t.grantToOptions[value],
          }))}
          value={to}
          onChange={setTo}
        />
      )}
      {toPerson ? (
        <ComboBox
          key="person"
          label={t.personField}
          hint={t.personHint}
          value={person}
          onChange={setPerson}
          options={withMark(people.found)}
          onSearch={people.search}
          loading={people.loading}
          error={fieldError(error, '/personId', texts) ?? missing}
        />
      ) : (
        <ComboBox
          key="post"
          label={t.postField}
          hint={t.postHint}
          value={post}
          onChange={setPost}
          options={withMark(posts.found)}
          onSearch={posts.search}
          loading={posts.loading}
          error={missing}
        />
      )}
      {role === 'manager' && (
        <Select
          label={t.unitField}
          options={[...choose, ...partyIds.flatMap((id) => unitOptions(units, id, lang))]}
          value={unitId}
          onChange={setUnitId}
          error={fieldError(error, '/unitId', texts)}
        />
      )}
      {role === 'secretary' && (
        <Select
          label={t.forumField}
          options={[
            ...choose,
            ...forums.map(({ id, title }) => ({ value: id, label: localised(title, lang).value })),
          ]}
          value={forumId}
          onChange={setForumId}
          error={fieldError(error, '/forumId', texts)}
        />
      )}
      <div className="acc-period">
        <DateField
          label={t.firstDay}
          value={validFrom}
          onChange={setValidFrom}
          error={fieldError(error, '/validFrom', texts)}
        />
        <DateField
          label={t.lastDay}
          hint={t.lastDayHint}
          optional
          value={validTo}
          onChange={setValidTo}
          error={fieldError(error, '/validTo', texts)}
        />
      </div>
    </InlineUpdateForm>
  );
}
