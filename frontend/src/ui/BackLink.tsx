import { Link, useRouter, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLang } from '../i18n';

interface BackLinkProps {
  /** Where the reader came from, below the language, with what the address said: `/actions?status=done#list`. */
  to: string;
  children: ReactNode;
}

/** A link back to the page from which the reader came, as it was. */
export function BackLink({ to, children }: BackLinkProps) {
  const lang = useLang();
  const { parseSearch } = useRouter().options;
  const [address = '', hash] = to.split(/#(.*)/s);
  const [path = '', query = ''] = address.split(/\?(.*)/s);
  const link = {
    to: `/${lang}${path}`,
    search: parseSearch(query),
    hash,
  } as unknown as LinkProps;
  return <Link {...link}>{children}</Link>;
}
