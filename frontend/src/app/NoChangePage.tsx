import { useLang, useTexts } from '../i18n';
import { formatDate, type ISODate } from '../lib/dates';
import { PageHead } from '../ui/Page';
import { EmptyState } from '../ui/states';
import { BackToToday } from './DayNotice';

/** In place of a page for changing something, while a past day is chosen. */
export function NoChangePage({ day }: { day: ISODate }) {
  const t = useTexts().app.past;
  return (
    <>
      <PageHead title={t.noChange} />
      <EmptyState title={t.noChangeWhy(formatDate(day, useLang()))} actions={<BackToToday />} />
    </>
  );
}
