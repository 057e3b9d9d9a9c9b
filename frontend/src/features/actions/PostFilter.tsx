import { PostBox, type PostChoice } from './PostBox';

interface PostFilterProps {
  label: string;
  chosen: PostChoice | undefined;
  onChange: (id: string | undefined) => void;
}

/** The filter by post; loaded when it is opened. */
export default function PostFilter({ label, chosen, onChange }: PostFilterProps) {
  return <PostBox label={label} value={chosen ?? null} onChange={(post) => onChange(post?.id)} />;
}
