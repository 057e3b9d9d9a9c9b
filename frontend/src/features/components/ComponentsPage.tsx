import { useTexts } from '../../i18n';
import { PageHead } from '../../ui/Page';

/** The visual language: every part of the site, in every state, on one page. */
export function ComponentsPage() {
  const t = useTexts().components;
  return <PageHead title={t.title} lead={t.lead} />;
}
