import { Link, type LinkProps } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { Sentence as Parts } from '../../i18n/fi/overview';

interface SentenceProps<Target extends string> {
  parts: Parts<Target>;
  /** Where the marked words lead; without a link they are plain words. */
  links: Partial<Record<Target, LinkProps>>;
}

/** A sentence whose figures are links. */
export function Sentence<Target extends string>({ parts, links }: SentenceProps<Target>) {
  return parts.map((part, index) => {
    if (typeof part === 'string') return <Fragment key={index}>{part}</Fragment>;
    const [target, words] = part;
    const link = links[target];
    return link ? (
      <Link key={index} {...link}>
        {words}
      </Link>
    ) : (
      <Fragment key={index}>{words}</Fragment>
    );
  });
}
