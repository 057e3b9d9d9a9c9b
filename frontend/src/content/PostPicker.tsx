import { usePostSearch, type PostRef } from '../api/posts';
import { usePartyLooks } from '../api/parties';
import { useLang, useTexts } from '../i18n';
import { localised } from '../lib/text';
import { ComboBox } from '../ui/forms/ComboBox';
import { PartyMark } from '../ui/PartyMark';

interface PostPickerProps {
  label: string;
  value: PostRef | null;
  onChange: (post: PostRef | null) => void;
  /** Only posts of this party; without it, or empty, those of all. */
  partyId?: string;
  /** Only posts of these parties. */
  partyIds?: readonly string[];
  /** It is not known yet which parties: nothing is searched. */
  waiting?: boolean;
  hint?: string;
  error?: string;
}

/** A post found by a part of its name or unit. */
export function PostPicker({
  label,
  value,
  onChange,
  partyId,
  partyIds,
  waiting = false,
  hint,
  error,
}: PostPickerProps) {
  const t = useTexts().content;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const { found, posts, search, loading } = usePostSearch(
    partyIds ?? (partyId ? [partyId] : []),
    !waiting,
  );
  return (
    <ComboBox
      label={label}
      hint={hint ?? t.postHint}
      error={error}
      value={value && { id: value.id, label: localised(value.title, lang).value }}
      options={found.map((post) => ({ ...post, sign: <PartyMark party={look(post.partyId)} /> }))}
      onSearch={search}
      loading={loading}
      onChange={(option) => onChange(posts.find(({ id }) => id === option?.id) ?? null)}
    />
  );
}
