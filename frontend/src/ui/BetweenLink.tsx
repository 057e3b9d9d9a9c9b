import { Link } from '@tanstack/react-router';
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
  const to = typeof query.asOf === 'string' ? query.asOf : undefined;
  return (
    <Link to="/$lang/between" params={{ lang }} search={{ of: comparedAddress(path, query), to }}>
      {t.between}
    </Link>
  );
}
