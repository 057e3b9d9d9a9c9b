import { Link, useLocation } from '@tanstack/react-router';
import { useLang, useTexts } from '../i18n';
import { comparedAddress } from '../lib/between';

interface BetweenLinkProps {
  /** The list's or item's address in the API. */
  path: string;
  /** The filters of the list, as the API takes them; a past day shown is the later one. */
  query?: Parameters<typeof comparedAddress>[1];
}

/** The way to what changed in a list or item between two days, with its filters. */
export function BetweenLink({ path, query = {} }: BetweenLinkProps) {
  const t = useTexts().ui;
  const lang = useLang();
  // Where one came from, as it is: the comparison leads back to it.
  const back = useLocation({ select: ({ href }) => href.replace(/^\/[a-z]{2}(?=\/|$)/, '') });
  const to = typeof query.asOf === 'string' ? query.asOf : undefined;
  return (
    <Link
      to="/$lang/between"
      params={{ lang }}
      search={{ of: comparedAddress(path, query), to, back }}
    >
      {t.between}
    </Link>
  );
}
