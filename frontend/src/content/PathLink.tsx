import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLang } from '../i18n';
import type { ISODate } from '../lib/dates';

interface PathLinkProps {
  /** Below the language, as the server names pages: `/goals/4`. */
  path: string;
  /** The day to look at there; as on this page if left out. */
  asOf?: ISODate;
  className?: string;
  children: ReactNode;
}

/** A link to the page that the server named by its path. */
export function PathLink({ path, asOf, className, children }: PathLinkProps) {
  const lang = useLang();
  const link = { to: `/${lang}${path}`, ...(asOf && { search: { asOf } }) } as unknown as LinkProps;
  return (
    <Link {...link} className={className}>
      {children}
    </Link>
  );
}
