import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLang } from '../i18n';
import type { Lang } from '../lib/lang';

/**
 * Where a path below the language leads, for paths that come with the data (`/goals/4`). What the
 * page itself knows is written as a typed route instead.
 */
export function pathTo(lang: Lang, path: string): LinkProps {
  return { to: `/${lang}${path}` as LinkProps['to'] };
}

interface PathLinkProps {
  path: string;
  /** What the address says beside the path. */
  search?: Record<string, string>;
  hash?: string;
  /** Pale underline and ink, for tables and lists of links. */
  quiet?: boolean;
  children: ReactNode;
}

/** A link to such a path. */
export function PathLink({ path, search, hash, quiet, children }: PathLinkProps) {
  return (
    <Link
      {...pathTo(useLang(), path)}
      search={search as LinkProps['search']}
      hash={hash}
      className={quiet ? 'q' : undefined}
    >
      {children}
    </Link>
  );
}
