import { useState } from 'react';
import type { Me } from '../../api/me';
import { useLang, useTexts } from '../../i18n';
import { addDays, dateOf } from '../../lib/dates';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { CheckList } from '../../ui/forms/CheckList';
import { DateField, TextArea, TextField } from '../../ui/forms/fields';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { fieldError } from '../../ui/problemTexts';
import { useCreateToken, type Scope } from './queries';

/** Until when a token works unless its owner says otherwise, in days. */
const usualDays = 90;

const scopes: readonly Scope[] = [
  'read',
  'write:goals',
  'write:actions',
  'write:responsibilities',
  'write:meetings',
  'write:vocabularies',
];

interface TokenFormProps {
  me: Me;
  onMade: (made: { name: string; secret: string }) => void;
  onClose: () => void;
}

/** Makes a token of the reader's, in the post that they act in. */
export function TokenForm({ me, onMade, onClose }: TokenFormProps) {
  const texts = useTexts();
  const t = texts.tokens;
  const lang = useLang();
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>(['read']);
  const [expiresOn, setExpiresOn] = useState<string>(addDays(dateOf(me.now), usualDays));
  const { mutateAsync, isPending, error } = useCreateToken();
  const save = () =>
    whenSaved(
      mutateAsync({
        name,
        purpose,
        scopes: scopes.filter((scope) => chosen.includes(scope)),
        ...(expiresOn ? { expiresOn } : {}),
      }),
      ({ secret }) => onMade({ name: name.trim(), secret }),
    );
  return (
    <InlineUpdateForm
      label={t.create}
      saveLabel={t.create}
      saving={isPending}
      error={error}
      onSave={save}
      onCancel={onClose}
    >
      <p>{me.post ? t.createIn(localised(me.post.title, lang).value) : t.createInPerson}</p>
      <TextField
        label={t.name}
        hint={t.nameHint}
        value={name}
        onChange={setName}
        maxLength={100}
        error={fieldError(error, '/name', texts)}
      />
      <TextArea
        label={t.purpose}
        hint={t.purposeHint}
        rows={2}
        value={purpose}
        onChange={setPurpose}
        maxLength={500}
        error={fieldError(error, '/purpose', texts)}
      />
      <CheckList
        legend={t.scopes}
        options={scopes.map((id) => ({ id, label: t.scopeNames[id] }))}
        value={chosen}
        onChange={setChosen}
        error={fieldError(error, '/scopes', texts)}
      />
      <DateField
        label={t.expires}
        hint={t.expiresHint}
        value={expiresOn}
        onChange={setExpiresOn}
        error={fieldError(error, '/expiresOn', texts)}
      />
    </InlineUpdateForm>
  );
}
