import { useLang, useTexts } from '../i18n';
import { LinkButton } from '../ui/Button';
import { PageHead } from '../ui/Page';

/** For an address without a page. What a person may not see looks the same. */
export function NotFoundPage() {
  const t = useTexts().app.notFound;
  const lang = useLang();
  return (
    <>
      <PageHead title={t.title} lead={t.text} />
      <LinkButton to="/$lang" params={{ lang }} variant="secondary">
        {t.home}
      </LinkButton>
    </>
  );
}
