import { Link } from '@tanstack/react-router';
import { T, useLang } from '../i18n';
import type { LocalisedText } from '../lib/text';

/** Under which fragment a post stands on the organisation page. */
export const postAnchor = (id: string) => `post-${id}`;

/** The name of a post, which leads to where it stands in the organisation. */
export function PostLink({ post }: { post: { id: string; title: LocalisedText } }) {
  const lang = useLang();
  return (
    <Link className="q" to="/$lang/organisation" params={{ lang }} hash={postAnchor(post.id)}>
      <T text={post.title} />
    </Link>
  );
}
