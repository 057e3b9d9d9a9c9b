import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay, useMe } from '../api/me';
import { useLang, useTexts } from '../i18n';
import { PageHead } from '../ui/Page';
import { EmptyState, Loaded } from '../ui/states';
import { InternalMark } from '../ui/Visibility';
import './adminPage.css';

interface AdminPageProps {
  title: string;
  /** Said while it is not known who looks. */
  loading: string;
  /** What one needs to see the page. */
  permission: string;
  /** Said to those who lack it. */
  notAllowed: { title: string; text: string };
  /** The page's own class. */
  className?: string;
  /** The page, given the service's clock. */
  children: (now: string) => ReactNode;
}

/** A page of administration: only for those who may, with the way to the others. */
export function AdminPage({ title, loading, permission, notAllowed, ...page }: AdminPageProps) {
  const t = useTexts().content.insiders;
  const me = useMe();
  const allowed = useMay(permission);
  if (me.data && allowed) {
    return (
      <div className={page.className}>
        <AdminLinks />
        <InternalMark what={t.administration} ground={t.administrators} />
        {page.children(me.data.now)}
      </div>
    );
  }
  return (
    <>
      <PageHead title={title} />
      <Loaded query={me} loading={loading}>
        {() => <EmptyState {...notAllowed} />}
      </Loaded>
    </>
  );
}

/** The pages of administration, as far as the person may see them. */
function AdminLinks() {
  const texts = useTexts();
  const lang = useLang();
  const access = useMay('grant.read');
  const mails = useMay('mail.read');
  const mailTexts = useMay('mail_template.read');
  const jobs = useMay('job.read');
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
        {mailTexts && (
          <li>
            <Link to="/$lang/admin/mail-texts" params={{ lang }}>
              {texts.mailTexts.title}
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
        {jobs && (
          <li>
            <Link to="/$lang/admin/jobs" params={{ lang }}>
              {texts.jobs.title}
            </Link>
          </li>
        )}
      </ul>
    </nav>
  );
}
