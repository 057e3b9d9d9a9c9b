import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import { useLang } from '../../i18n';
import { localised } from '../../lib/text';
import { ComboBox } from '../../ui/forms/ComboBox';
import { PartyMark } from '../../ui/PartyMark';
import { postsQuery } from './queries';

export interface PostChoice {
  id: string;
  label: string;
  partyId?: string;
}

interface PostBoxProps {
  label: string;
  value: PostChoice | null;
  onChange: (post: PostChoice | null) => void;
  hint?: string;
  error?: string;
}

/** A post, found by a part of its title or of its unit. */
export function PostBox({ label, value, onChange, hint, error }: PostBoxProps) {
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const [text, setText] = useState('');
  const posts = useQuery(postsQuery(text));
  const items = posts.data ?? [];
  return (
    <ComboBox
      label={label}
      value={value}
      hint={hint}
      error={error}
      loading={posts.isFetching}
      onSearch={setText}
      onChange={(option) => {
        const found = items.find(({ id }) => id === option?.id);
        onChange(option && { id: option.id, label: option.label, partyId: found?.partyId });
      }}
      options={items.map((post) => ({
        id: post.id,
        label: localised(post.title, lang).value,
        detail: post.unitPath.map((unit) => localised(unit.name, lang).value).join(' / '),
        sign: <PartyMark party={looks(post.partyId)} />,
      }))}
    />
  );
}
