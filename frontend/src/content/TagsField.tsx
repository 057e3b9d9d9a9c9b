import { useTexts } from '../i18n';
import { CheckList } from '../ui/forms/CheckList';
import { offered, useTermName, type NamedTerm } from './terms';

interface TagsFieldProps {
  tags: readonly NamedTerm[];
  value: readonly string[];
  /** The tags that the thing had before the edit: it may keep those that are retired. */
  before?: readonly string[];
  onChange: (value: string[]) => void;
  error?: string;
}

/** The tags of a thing, of those that the coordinators keep. Nothing shows while there are none. */
export function TagsField({ tags, value, before = [], onChange, error }: TagsFieldProps) {
  const t = useTexts().content;
  const nameOf = useTermName();
  const options = offered(tags, [...value, ...before]);
  if (options.length === 0) return null;
  return (
    <>
      <CheckList
        legend={t.tags}
        options={options.map((tag) => ({ id: tag.id, label: nameOf(tag) }))}
        value={value}
        onChange={onChange}
        error={error}
      />
      <p className="meta">{t.tagsHint}</p>
    </>
  );
}
