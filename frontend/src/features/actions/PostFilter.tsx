import { useState } from 'react';
import { PostBox, type PostChoice } from './PostBox';

interface PostFilterProps {
  label: string;
  /** The post that the address names. */
  id: string | undefined;
  /** The same with its name, once that is known. */
  named: PostChoice | undefined;
  onChange: (id: string | undefined) => void;
}

/** The filter by post; loaded when it is opened. */
export default function PostFilter({ label, id, named, onChange }: PostFilterProps) {
  // What was chosen here has its name at once; the address is asked for one only for others.
  const [picked, setPicked] = useState<PostChoice | null>(null);
  const chosen = picked?.id === id ? picked : named?.id === id ? named : null;
  return (
    <PostBox
      label={label}
      value={chosen ?? null}
      onChange={(post) => {
        setPicked(post);
        onChange(post?.id);
      }}
    />
  );
}
