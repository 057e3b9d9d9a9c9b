import { Link } from '@tanstack/react-router';
import { useMay } from '../api/me';
import { useLang, useTexts } from '../i18n';
import './adminLinks.css';

/** The pages of administration, as far as the person may see them. */
export function AdminLinks() {
  const texts = useTexts();
  const lang = useLang();
  const access = useMay('grant.read');
  const mails = useMay('mail.read');
  const feeds = useMay('decision_feed.read');
  return (
    <nav className="adm-links" aria-label={texts.mails.administration}>
      <ul>
        {access && (
          <li>
            <Link to="/$lang/admin/access" params={{ lang }}>
              {texts.access.title}
            </Link>
          </li>
        )}
        {mails && (
          <li>
            <Link to="/$lang/admin/mails" params={{ lang }}>
              {texts.mails.title}
            </Link>
          </li>
        )}
        {feeds && (
          <li>
            <Link to="/$lang/admin/decision-feeds" params={{ lang }}>
              {texts.decisionFeeds.title}
            </Link>
          </li>
        )}
      </ul>
    </nav>
  );
}
