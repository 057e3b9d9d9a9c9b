import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { Fragment } from 'react';
import { tagsQuery } from '../api/terms';
import { useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { useTermName } from './terms';

interface TagListProps {
  ids: readonly string[];
  /** The list of the things of the same kind, narrowed to one tag. */
  to: (id: string) => LinkProps;
}

/** The tags of a thing in small quiet text; each leads to the others that have it. */
export function TagList({ ids, to }: TagListProps) {
  const t = useTexts().content;
  const lang = useLang();
  const nameOf = useTermName();
  const asOf = useAsOf();
  const tags = useQuery({ ...tagsQuery(asOf), enabled: ids.length > 0 }).data;
  const shown = tags
    ?.filter(({ id }) => ids.includes(id))
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b), lang));
  if (!shown || shown.length === 0) return null;
  return (
    <p className="meta">
      {t.tags}:{' '}
      {shown.map((tag, index) => (
        <Fragment key={tag.id}>
          {index > 0 && ', '}
          <Link {...to(tag.id)}>{nameOf(tag)}</Link>
        </Fragment>
      ))}
    </p>
  );
}
