import { CopyAddress } from '../../content/CopyAddress';
import { useLang, useTexts } from '../../i18n';
import { Section } from '../../ui/layout';
import type { Forum } from './queries';

/** The address by which anybody follows a public forum's meetings in a calendar. */
export function ForumCalendar({ forum }: { forum: Forum }) {
  const t = useTexts().calendars;
  const lang = useLang();
  if (forum.visibility !== 'public') return null;
  const address = `${window.location.origin}/api/v1/forums/${forum.id}/calendar.ics?lang=${lang}`;
  return (
    <Section title={t.subscribe}>
      <p className="meta">{t.forumHelp}</p>
      <CopyAddress label={t.address} address={address} />
      <p className="cal-links">
        <a className="q" href={address.replace(/^https?:/, 'webcal:')}>
          {t.open}
        </a>
      </p>
    </Section>
  );
}
